#include "format/split.h"

#include "base/jobs.h"
#include "format/text.h"

#include <string.h>

/* Bytes that are counted at once, by a loop of known length that compilers
   turn into vector instructions; below 256, so that a byte holds a count. */
#define BLOCK 128

/* How far before its turn a block is called from memory: 3.2 GB/s become 6.3,
   which is what one core gets from memory; AVX2 gave no more. */
#define AHEAD 1024

static bool is_mark(char c)
{
	return c == '"' || c == '\n' || c == '\r' || c == '\0';
}

/* Not 0 if one of the eight bytes of `word` is `byte`. */
static uint64_t has_byte(uint64_t word, char byte)
{
	const uint64_t ones = UINT64_MAX / 255;
	uint64_t diff = word ^ ones * (unsigned char)byte;

	return (diff - ones) & ~diff & ones << 7;
}

/* Position of the first mark at or after `at`, or `text.len`. The last steps
   are single bytes: the loop is predicted, a computed position is not. */
static size_t next_mark(struct str text, size_t at)
{
	uint64_t word;

	for (; text.len - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, text.s + at, sizeof(word));
		if (has_byte(word, '"') | has_byte(word, '\n') |
			has_byte(word, '\r') | has_byte(word, '\0'))
			break;
	}
	while (at < text.len && !is_mark(text.s[at]))
		at++;
	return at;
}

static void note(size_t *first, size_t at)
{
	if (*first == SPLIT_NONE)
		*first = at;
}

static void note_content(
	struct split_record *record, struct str text, size_t at)
{
	if (text.s[at] == '\0')
		note(&record->nul, at);
	record->lines += text_ends_line(text, at);
}

/* Position behind the quote that closes the field opened before `at`; if none
   does, the record becomes SPLIT_UNCLOSED. */
static size_t skip_quoted(
	struct split_record *record, struct str text, size_t at)
{
	record->opened = at - 1;
	while ((at = next_mark(text, at)) < text.len) {
		bool quote = text.s[at] == '"';

		if (quote && (at + 1 == text.len || text.s[at + 1] != '"'))
			return at + 1;
		if (quote) {
			record->escapes = true;
			at++;
		} else {
			note_content(record, text, at);
		}
		at++;
	}
	record->end = SPLIT_UNCLOSED;
	return at;
}

/* The same where a backslash escapes, one byte at a time. */
static size_t skip_loose(
	struct split_record *record, struct str text, size_t at)
{
	record->opened = at - 1;
	for (; at < text.len; at++) {
		bool last = at + 1 == text.len;
		bool quote = text.s[at] == '"';

		if (quote && (last || text.s[at + 1] != '"'))
			return at + 1;
		if (!last && (quote || text.s[at] == '\\')) {
			record->escapes = true;
			at++;
		}
		note_content(record, text, at);
	}
	record->end = SPLIT_UNCLOSED;
	return at;
}

/* Is the field over at `at`, behind its closing quote? */
static bool ends_field(struct str text, size_t at, char delimiter)
{
	return at == text.len || text.s[at] == delimiter ||
	       text.s[at] == '\n' || text.s[at] == '\r';
}

static size_t skip_quote(struct split_record *record, struct str text,
	size_t at, char delimiter, bool loose)
{
	size_t behind;

	if (at > 0 && text.s[at - 1] != delimiter) {
		note(&record->stray, at);
		return at + 1;
	}
	behind = loose ? skip_loose(record, text, at + 1)
		       : skip_quoted(record, text, at + 1);
	if (!ends_field(text, behind, delimiter))
		note(&record->stray, behind - 1);
	return behind;
}

static void end_record(struct split_record *record, struct str text, size_t at)
{
	bool crlf = text.s[at] == '\r' && !text_ends_line(text, at);

	record->len = at;
	record->next = at + (crlf ? 2 : 1);
	record->lines++;
	record->end = crlf                 ? SPLIT_CRLF
		      : text.s[at] == '\r' ? SPLIT_CR
					   : SPLIT_LF;
}

struct split_record split_record(struct str text, char delimiter, bool loose)
{
	struct split_record record = {.opened = SPLIT_NONE,
		.stray = SPLIT_NONE,
		.nul = SPLIT_NONE,
		.end = SPLIT_TEXT_END};
	size_t at = 0;

	while ((at = next_mark(text, at)) < text.len) {
		if (text.s[at] == '"') {
			at = skip_quote(&record, text, at, delimiter, loose);
		} else if (text.s[at] == '\0') {
			note(&record.nul, at++);
		} else {
			end_record(&record, text, at);
			return record;
		}
	}
	record.len = record.next = text.len;
	return record;
}

struct tally {
	uint64_t quotes, lines;
};

/* The block is followed by at least one more byte. */
static void tally_block(struct tally *tally, const char *s)
{
	uint8_t quotes = 0, lines = 0;

	for (size_t i = 0; i < BLOCK; i++) {
		bool lone_cr = (s[i] == '\r') & (s[i + 1] != '\n');

		quotes += s[i] == '"';
		lines += (s[i] == '\n') | lone_cr;
	}
	tally->quotes += quotes;
	tally->lines += lines;
}

/* Adds the quotes and line ends from `at` up to `end`. */
static void tally_add(
	struct tally *tally, struct str text, size_t at, size_t end)
{
	for (; end - at > BLOCK; at += BLOCK) {
		if (text.len - at > AHEAD + BLOCK) {
			__builtin_prefetch(text.s + at + AHEAD);
			__builtin_prefetch(text.s + at + AHEAD + BLOCK / 2);
		}
		tally_block(tally, text.s + at);
	}
	for (; at < end; at++) {
		tally->quotes += text.s[at] == '"';
		tally->lines += text_ends_line(text, at);
	}
}

/* The first record that starts behind the line end at or after `at`; `before`
   tells what stands before `at`. */
static struct split_part next_start(
	struct str text, size_t at, struct tally before)
{
	while ((at = next_mark(text, at)) < text.len) {
		bool line_end = text_ends_line(text, at);

		before.quotes += text.s[at] == '"';
		before.lines += line_end;
		at++;
		if (line_end && before.quotes % 2 == 0)
			break;
	}
	return (struct split_part) {at, before.lines};
}

/* Counting between the places where cuts are wanted. */
struct counting {
	struct str text;
	size_t want;
	struct tally *tallies; /* from place i up to place i + 1 */
};

static size_t place(const struct counting *c, size_t i)
{
	return c->text.len / c->want * i;
}

static void count_part(void *ctx, size_t i)
{
	struct counting *c = ctx;
	struct tally sum = {0};

	tally_add(&sum, c->text, place(c, i), place(c, i + 1));
	c->tallies[i] = sum;
}

static struct split_part *cut(
	struct arena *a, const struct counting *c, size_t *n)
{
	struct split_part *parts = arena_array(a, struct split_part, c->want);
	struct tally before = {0};

	*n = 1;
	for (size_t i = 1; i < c->want; i++) {
		struct split_part part;

		before.quotes += c->tallies[i - 1].quotes;
		before.lines += c->tallies[i - 1].lines;
		/* A record may be longer than a part. */
		if (place(c, i) < parts[*n - 1].start)
			continue;
		part = next_start(c->text, place(c, i), before);
		if (part.start == c->text.len)
			break;
		parts[(*n)++] = part;
	}
	return parts;
}

struct split_part *split_parts(struct arena *a, struct str text,
	const struct split_wish *wish, size_t *n)
{
	struct arena scratch = {0};
	struct counting c = {text, wish->parts ? wish->parts : 1, NULL};
	struct split_part *parts;

	c.tallies = arena_array(&scratch, struct tally, c.want);
	jobs_run(wish->threads, c.want - 1, count_part, &c);
	parts = cut(a, &c, n);
	arena_free(&scratch);
	return parts;
}
