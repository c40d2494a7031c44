#include "ingest/pieces.h"

#include "format/rows.h"

#define JSON_PIECE_BYTES ((size_t)8 * CHUNK_MIN)

struct piece_vec VEC(struct input_piece);

static struct input_piece *cut_csv(struct arena *a, const struct input *input,
	const struct split_wish *wish, size_t *n)
{
	struct rows_piece whole = {input->body, input->facts.file,
		input->body_line, input->body_byte, 0};
	struct rows_piece *rows = rows_cut(a, &whole, wish, n);
	struct input_piece *pieces = arena_array(a, struct input_piece, *n);

	for (size_t i = 0; i < *n; i++)
		pieces[i] = (struct input_piece) {
			rows[i].text, rows[i].line, rows[i].byte, *n == 1};
	return pieces;
}

static uint32_t count_lines(struct str text)
{
	uint32_t lines = 0;

	while (text.len) {
		size_t end = str_find(text, '\n');

		lines += end < text.len;
		text = str_slice(text, end + 1, text.len);
	}
	return lines;
}

/* Takes lines of about `size` bytes off `rest`. */
static struct input_piece take_lines(struct input_piece *rest, size_t size)
{
	struct input_piece piece = *rest;
	struct str tail = str_slice(rest->text, size, rest->text.len);
	size_t len = rest->text.len - tail.len;

	if (tail.len)
		len += str_find(tail, '\n') + 1;
	piece.text = str_slice(rest->text, 0, len);
	rest->text = str_slice(rest->text, len, rest->text.len);
	rest->line += count_lines(piece.text);
	rest->byte += piece.text.len;
	return piece;
}

static void add_piece(
	struct arena *a, struct piece_vec *pieces, struct input_piece piece)
{
	vec_push(a, pieces, piece);
}

static struct input_piece *cut_lines(
	struct arena *a, const struct input *input, size_t size, size_t *n)
{
	struct input_piece rest = input_whole(input);
	struct piece_vec pieces = {0};

	do
		add_piece(a, &pieces, take_lines(&rest, size));
	while (rest.text.len);
	for (size_t i = 0; i < pieces.n; i++)
		pieces.at[i].is_whole = pieces.n == 1;
	*n = pieces.n;
	return pieces.at;
}

struct input_piece *pieces_cut(struct arena *a, const struct input *input,
	const struct source *source, const struct split_wish *wish, size_t *n)
{
	size_t size = input->body.len / (wish->parts ? wish->parts : 1) + 1;
	struct input_piece *whole;

	if (input->syntax == SYNTAX_CSV && source->quotes != QUOTES_LOOSE)
		return cut_csv(a, input, wish, n);
	if (input->syntax == SYNTAX_LINES)
		return cut_lines(
			a, input, size > CHUNK_MIN ? size : CHUNK_MIN, n);
	if (input->syntax == SYNTAX_JSON_LINES)
		return cut_lines(a, input, JSON_PIECE_BYTES, n);
	whole = arena_new(a, struct input_piece);
	*whole = input_whole(input);
	*n = 1;
	return whole;
}

struct input_piece pieces_first(struct arena *a, const struct input *input,
	const struct source *source, size_t size)
{
	static const struct split_wish two = {2, 1};
	struct input_piece rest = input_whole(input), first;
	struct input head = *input;
	size_t n;

	if (size < CHUNK_MIN)
		size = CHUNK_MIN;
	if (input->syntax == SYNTAX_JSON || input->body.len <= 2 * size)
		return rest;
	if (input->syntax == SYNTAX_CSV) {
		head.body.len = 2 * size;
		first = pieces_cut(a, &head, source, &two, &n)[0];
		return n > 1 ? first : rest;
	}
	first = take_lines(&rest, size);
	first.is_whole = false;
	return first;
}
