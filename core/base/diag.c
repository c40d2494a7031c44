#include "base/diag.h"

#include <stdlib.h>

#define DIAG_ROW(code, name, level) {name, level},
static const struct {
	const char *name;
	enum diag_level level;
} messages[DIAG_N] = {DIAG_LIST(DIAG_ROW)};
#undef DIAG_ROW

const char *diag_name(enum diag_code code)
{
	return messages[code].name;
}

enum diag_level diag_level(enum diag_code code)
{
	return messages[code].level;
}

static struct diag_tally *tally(
	struct diag *diag, enum diag_code code, uint32_t file)
{
	struct diag_tally fresh = {code, file, 0, 0};

	for (size_t i = diag->tallies.n; i-- > 0;)
		if (diag->tallies.at[i].code == code &&
			diag->tallies.at[i].file == file)
			return &diag->tallies.at[i];
	vec_push(&diag->texts, &diag->tallies, fresh);
	return &diag->tallies.at[diag->tallies.n - 1];
}

/* Counts `count` complaints; true if one more may be kept with its text. */
static bool admit(
	struct diag *diag, enum diag_code code, uint32_t file, uint64_t count)
{
	struct diag_tally *t = tally(diag, code, file);

	t->count += count;
	if (t->kept >= DIAG_KEEP)
		return false;
	t->kept++;
	return true;
}

static struct diag_item *keep(struct diag *diag, struct diag_item item)
{
	vec_push(&diag->texts, &diag->items, item);
	return &diag->items.at[diag->items.n - 1];
}

/* Moves a position that lies inside a code point of UTF-8 to its first byte. */
static size_t to_boundary(struct str text, size_t at)
{
	while (at > 0 && ((unsigned char)text.s[at] & 0xc0) == 0x80)
		at--;
	return at;
}

static struct str shorten(struct arena *a, struct str text)
{
	size_t head, tail;

	if (text.len <= DIAG_TEXT_MAX)
		return text;
	head = to_boundary(text, DIAG_TEXT_MAX / 2);
	tail = to_boundary(text, text.len - DIAG_TEXT_MAX / 2);
	return arena_print(a, "%.*s\xe2\x80\xa6%.*s", (int)head, text.s,
		STR_ARG(str_slice(text, tail, text.len)));
}

struct diag_item *diag_add(struct diag *diag, enum diag_code code,
	struct loc loc, const char *format, ...)
{
	struct diag_item item = {.code = code, .loc = loc};
	va_list args;

	if (!admit(diag, code, loc.file, 1))
		return NULL;
	va_start(args, format);
	item.text = shorten(
		&diag->texts, arena_print_list(&diag->texts, format, args));
	va_end(args);
	return keep(diag, item);
}

void diag_help(struct diag *diag, struct diag_item *item, struct str help)
{
	if (item)
		item->help = arena_copy(&diag->texts, help);
}

void diag_add_item(struct diag *diag, struct diag_item item, uint64_t count)
{
	if (!admit(diag, item.code, item.loc.file, count))
		return;
	item.text = arena_copy(&diag->texts, item.text);
	item.help = arena_copy(&diag->texts, item.help);
	keep(diag, item);
}

void diag_add_err(struct diag *diag, enum diag_code code, const struct err *err)
{
	diag_add(diag, code, err->loc, "%s", err->text);
}

void diag_append(struct diag *diag, const struct diag *from)
{
	for (size_t i = 0; i < from->items.n; i++)
		diag_add_item(diag, from->items.at[i], 1);
	/* What was only counted there is only counted here. */
	for (size_t i = 0; i < from->tallies.n; i++) {
		const struct diag_tally *t = &from->tallies.at[i];

		tally(diag, t->code, t->file)->count += t->count - t->kept;
	}
}

uint64_t diag_count(const struct diag *diag, enum diag_code code)
{
	uint64_t count = 0;

	for (size_t i = 0; i < diag->tallies.n; i++)
		if (diag->tallies.at[i].code == code)
			count += diag->tallies.at[i].count;
	return count;
}

uint64_t diag_count_level(const struct diag *diag, enum diag_level level)
{
	uint64_t count = 0;

	for (size_t i = 0; i < diag->tallies.n; i++)
		if (diag_level(diag->tallies.at[i].code) == level)
			count += diag->tallies.at[i].count;
	return count;
}

/* Equal places keep their order of arrival: the last key is the number. */
struct numbered {
	struct diag_item item;
	size_t number;
};

/* What has no file sums up the rest, so it comes last. */
static int by_file(uint32_t a, uint32_t b)
{
	if (a == 0 || b == 0)
		return a == 0 ? 1 : -1;
	return a < b ? -1 : 1;
}

static int compare_numbered(const void *left, const void *right)
{
	const struct numbered *a = left, *b = right;

	if (a->item.loc.file != b->item.loc.file)
		return by_file(a->item.loc.file, b->item.loc.file);
	if (a->item.loc.line != b->item.loc.line)
		return a->item.loc.line < b->item.loc.line ? -1 : 1;
	if (a->item.loc.col != b->item.loc.col)
		return a->item.loc.col < b->item.loc.col ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

void diag_sort(struct diag *diag)
{
	struct arena scratch = {0};
	size_t n = diag->items.n;
	struct numbered *all = arena_array(&scratch, struct numbered, n);

	for (size_t i = 0; i < n; i++)
		all[i] = (struct numbered) {diag->items.at[i], i};
	if (n)
		qsort(all, n, sizeof(*all), compare_numbered);
	for (size_t i = 0; i < n; i++)
		diag->items.at[i] = all[i].item;
	arena_free(&scratch);
}

void diag_free(struct diag *diag)
{
	arena_free(&diag->texts);
	*diag = (struct diag) {0};
}
