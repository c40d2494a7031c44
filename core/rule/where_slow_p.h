/*
 * A slow and obvious reading of value tests: random tests, how a user would
 * write them, and what they say about a row of texts, by rules.md 5.3 word for
 * word. The real reader and the real evaluation must agree with it.
 */
#ifndef RULE_WHERE_SLOW_P_H
#define RULE_WHERE_SLOW_P_H

#include "base/arena.h"
#include "base/number.h"
#include "base/rng.h"

#include <stdlib.h>
#include <string.h>

/* Values of fields, with what they are as numbers, in hundredths. */
static const struct {
	const char *text;
	bool is_number;
	int hundredths;
} slow_values[] = {
	{"a", false, 0},
	{"A", false, 0},
	{"b", false, 0},
	{"ab", false, 0},
	{"aB", false, 0},
	{"\u00e4", false, 0},
	{"\u00e4b", false, 0},
	{"5", true, 500},
	{"5.0", true, 500},
	{"+05", true, 500},
	{"-3", true, -300},
	{"0.25", true, 25},
	{"1e2", false, 0},
};

#define SLOW_VALUES (sizeof(slow_values) / sizeof(*slow_values))

/* The written tests of the property. */
enum slow_form {
	SLOW_TEXTS,
	SLOW_PRESENT,
	SLOW_RANGE,
	SLOW_LENGTH,
	SLOW_GLOB,
	SLOW_LISTED,
	SLOW_SAME,
	SLOW_ORDER, /* before or after */
	SLOW_NEAR,
	SLOW_ALL,
	SLOW_ANY,
	SLOW_SOME,
	SLOW_EVERY
};

struct slow_test {
	enum slow_form form;
	bool negated;
	size_t texts[2], n_texts; /* in slow_values */
	bool has_low, has_high, is_open;
	int low, high; /* of a range, hundredths; of a length; of near */
	const char *glob, *other;
	bool after;
	const struct slow_test *parts[2];
};

/* One row of texts; NULL is absent. */
struct slow_line {
	const char *plain, *folded, *customer, *begin, *end;
	const char *tags[2];
	size_t n_tags;
};

static const char *const slow_globs[] = {"a*", "*b", "?", "*", "?b", "\u00e4*"};
static const char *const slow_listed[] = {"Alba", "a", "B", "5"};
static const char *const slow_instants[] = {NULL, "soon", "0", "1000000000",
	"2000000000", "2000000001", "3000000000"};

/* ---- making ---- */

static inline const struct slow_test *slow_make(
	struct arena *a, struct rng *rng, const char *field, int depth);

static inline void slow_make_bounds(struct rng *rng, struct slow_test *q)
{
	static const int limits[] = {-300, 0, 25, 500, 501};
	unsigned way = (unsigned)rng_below(rng, 4);

	q->low = limits[rng_below(rng, 5)];
	q->high = way == 0 ? limits[rng_below(rng, 5)] : q->low;
	if (q->high < q->low)
		q->high = q->low;
	q->has_low = way != 2;
	q->has_high = way != 1;
	q->is_open = (way == 1 || way == 2) && rng_chance(rng, 500000);
}

static inline void slow_make_simple(
	struct rng *rng, const char *field, struct slow_test *q)
{
	static const enum slow_form forms[] = {SLOW_TEXTS, SLOW_TEXTS,
		SLOW_PRESENT, SLOW_RANGE, SLOW_LENGTH, SLOW_GLOB, SLOW_LISTED,
		SLOW_SAME};

	q->form = forms[rng_below(rng, 8)];
	if (strcmp(field, "begin") == 0)
		q->form = rng_chance(rng, 500000) ? SLOW_ORDER : SLOW_NEAR;
	q->n_texts = 1 + rng_below(rng, 2);
	for (size_t i = 0; i < 2; i++)
		q->texts[i] = rng_below(rng, SLOW_VALUES);
	q->glob = slow_globs[rng_below(rng, 6)];
	q->other = strcmp(field, "plain") == 0 ? "customer" : "plain";
	q->after = rng_chance(rng, 500000);
	slow_make_bounds(rng, q);
	if (q->form == SLOW_LENGTH || q->form == SLOW_NEAR) {
		q->low = (int)rng_below(rng, 4);
		q->has_high = q->has_low = false;
		if (rng_chance(rng, 500000))
			q->has_low = true;
		else
			q->has_high = true;
	}
}

static inline const struct slow_test *slow_make(
	struct arena *a, struct rng *rng, const char *field, int depth)
{
	struct slow_test *q = arena_new(a, struct slow_test);

	q->negated = rng_chance(rng, 300000);
	if (depth < 2 && rng_chance(rng, 300000)) {
		q->form = rng_chance(rng, 500000) ? SLOW_ALL : SLOW_ANY;
		q->parts[0] = slow_make(a, rng, field, depth + 1);
		q->parts[1] = slow_make(a, rng, field, depth + 1);
		return q;
	}
	slow_make_simple(rng, field, q);
	return q;
}

/* Reason: nested at most three levels. */
static inline const struct slow_test *slow_make_item(
	struct arena *a, struct rng *rng, int depth)
{
	struct slow_test *q = arena_new(a, struct slow_test);

	q->negated = rng_chance(rng, 300000);
	if (depth < 2 && rng_chance(rng, 300000)) {
		q->form = rng_chance(rng, 500000) ? SLOW_ALL : SLOW_ANY;
		q->parts[0] = slow_make_item(a, rng, depth + 1);
		q->parts[1] = slow_make_item(a, rng, depth + 1);
		return q;
	}
	do
		slow_make_simple(rng, "tags", q);
	while (q->form == SLOW_SAME);
	return q;
}

static inline const struct slow_test *slow_make_items(
	struct arena *a, struct rng *rng)
{
	struct slow_test *q = arena_new(a, struct slow_test);

	q->negated = rng_chance(rng, 300000);
	q->form = rng_chance(rng, 500000) ? SLOW_SOME : SLOW_EVERY;
	q->parts[0] = slow_make_item(a, rng, 0);
	return q;
}

/* ---- writing ---- */

static inline struct str slow_write_number(struct arena *a, int hundredths)
{
	return arena_print(a, "%s%d.%02d", hundredths < 0 ? "-" : "",
		abs(hundredths) / 100, abs(hundredths) % 100);
}

static inline struct str slow_write_range(
	struct arena *a, const struct slow_test *q)
{
	struct str low = slow_write_number(a, q->low);

	if (q->has_low && q->has_high && q->low == q->high && q->is_open)
		return arena_print(a, "= %.*s", STR_ARG(low));
	if (q->has_low && q->has_high)
		return arena_print(a, "%.*s..%.*s", STR_ARG(low),
			STR_ARG(slow_write_number(a, q->high)));
	return arena_print(a, "%s %.*s",
		q->has_low ? (q->is_open ? "more than" : "at least")
			   : (q->is_open ? "less than" : "at most"),
		STR_ARG(low));
}

static inline struct str slow_write_texts(
	struct arena *a, const struct slow_test *q)
{
	if (q->n_texts == 1)
		return str_of(slow_values[q->texts[0]].text);
	return arena_print(a, "[%s, %s]", slow_values[q->texts[0]].text,
		slow_values[q->texts[1]].text);
}

static inline struct str slow_write_simple(
	struct arena *a, const struct slow_test *q)
{
	switch (q->form) {
	case SLOW_TEXTS:
		return slow_write_texts(a, q);
	case SLOW_PRESENT:
		return STR("present");
	case SLOW_RANGE:
		return slow_write_range(a, q);
	case SLOW_LENGTH:
		return arena_print(a, "%s %d characters",
			q->has_low ? "at least" : "at most", q->low);
	case SLOW_GLOB:
		return arena_print(a, "matches %s", q->glob);
	case SLOW_LISTED:
		return STR("listed in few");
	case SLOW_SAME:
		return arena_print(a, "same as %s", q->other);
	case SLOW_ORDER:
		return q->after ? STR("after end") : STR("before end");
	default:
		return arena_print(a, "within %ds of end", q->low);
	}
}

/* Reason: nested at most four levels. */
static inline struct str slow_write(struct arena *a, const struct slow_test *q)
{
	static const char *const groups[] = {[SLOW_ALL] = "all",
		[SLOW_ANY] = "any",
		[SLOW_SOME] = "some_item",
		[SLOW_EVERY] = "every_item"};
	struct str text;

	if (q->form < SLOW_ALL)
		text = slow_write_simple(a, q);
	else if (q->form < SLOW_SOME)
		text = arena_print(a, "{%s: [%.*s, %.*s]}", groups[q->form],
			STR_ARG(slow_write(a, q->parts[0])),
			STR_ARG(slow_write(a, q->parts[1])));
	else
		text = arena_print(a, "{%s: %.*s}", groups[q->form],
			STR_ARG(slow_write(a, q->parts[0])));
	return q->negated ? arena_print(a, "{not: %.*s}", STR_ARG(text)) : text;
}

/* ---- answers: 0, 1, or -1 for undecidable ---- */

static inline int slow_number(const char *text, int *hundredths)
{
	for (size_t i = 0; i < SLOW_VALUES; i++)
		if (strcmp(slow_values[i].text, text) == 0) {
			*hundredths = slow_values[i].hundredths;
			return slow_values[i].is_number;
		}
	return 0;
}

static inline int slow_range(const struct slow_test *q, const char *text)
{
	int number;

	if (!slow_number(text, &number))
		return -1;
	if (q->has_low && q->has_high)
		return number >= q->low && number <= q->high;
	if (q->has_low)
		return q->is_open ? number > q->low : number >= q->low;
	return q->is_open ? number < q->low : number <= q->low;
}

static inline char slow_letter(char c, bool fold)
{
	return fold && c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static inline int slow_glob(const char *glob, const char *text, bool fold)
{
	if (*glob == '\0')
		return *text == '\0';
	if (*glob == '*')
		return slow_glob(glob + 1, text, fold) ||
		       (*text && slow_glob(glob, text + 1, fold));
	if (*text == '\0')
		return 0;
	if (*glob == '?') {
		text++;
		while ((*text & 0xc0) == 0x80)
			text++;
		return slow_glob(glob + 1, text, fold);
	}
	return slow_letter(*glob, fold) == slow_letter(*text, fold) &&
	       slow_glob(glob + 1, text + 1, fold);
}

static inline int slow_length(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += (*text & 0xc0) != 0x80;
	return n;
}

static inline int slow_equal(const char *left, const char *right, bool fold)
{
	for (; *left && *right; left++, right++) {
		char l = *left, r = *right;

		if (fold && l >= 'A' && l <= 'Z')
			l = (char)(l - 'A' + 'a');
		if (fold && r >= 'A' && r <= 'Z')
			r = (char)(r - 'A' + 'a');
		if (l != r)
			return 0;
	}
	return *left == *right;
}

/* A test on one present text. */
static inline int slow_text(
	const struct slow_test *q, const char *text, bool fold)
{
	int found = 0;

	switch (q->form) {
	case SLOW_TEXTS:
		for (size_t i = 0; i < q->n_texts; i++)
			found |= slow_equal(
				slow_values[q->texts[i]].text, text, fold);
		return found;
	case SLOW_LISTED:
		for (size_t i = 0; i < 4; i++)
			found |= slow_equal(slow_listed[i], text, fold);
		return found;
	case SLOW_RANGE:
		return slow_range(q, text);
	case SLOW_LENGTH:
		return q->has_low ? slow_length(text) >= q->low
				  : slow_length(text) <= q->low;
	default:
		return slow_glob(q->glob, text, fold);
	}
}

static inline int slow_times(
	const struct slow_test *q, const struct slow_line *line)
{
	int64_t begin = 0, end = 0, apart;

	if (!line->begin || !line->end)
		return 0;
	if (strcmp(line->begin, "soon") == 0 || strcmp(line->end, "soon") == 0)
		return -1;
	number_read_i64(str_of(line->begin), &begin);
	number_read_i64(str_of(line->end), &end);
	if (q->form == SLOW_ORDER)
		return q->after ? begin > end : begin < end;
	apart = begin > end ? begin - end : end - begin;
	return apart <= (int64_t)q->low * 1000000000;
}

static inline const char *slow_value(
	const struct slow_line *line, const char *field)
{
	if (strcmp(field, "plain") == 0)
		return line->plain;
	if (strcmp(field, "folded") == 0)
		return line->folded;
	return strcmp(field, "begin") == 0 ? line->begin : line->customer;
}

static inline int slow_answer(const struct slow_test *q,
	const struct slow_line *line, const char *field);

/* "any" if one truth is 1, "all" if one is 0: `decisive` says which. */
static inline int slow_join(int left, int right, int decisive)
{
	if (left == decisive || right == decisive)
		return decisive;
	return left < 0 || right < 0 ? -1 : !decisive;
}

/* Reason: nested at most three levels. */
static inline int slow_item(const struct slow_test *q, const char *text)
{
	int truth = 1;

	if (q->form >= SLOW_ALL)
		truth = slow_join(slow_item(q->parts[0], text),
			slow_item(q->parts[1], text), q->form == SLOW_ANY);
	else if (q->form != SLOW_PRESENT)
		truth = slow_text(q, text, false);
	return q->negated && truth >= 0 ? !truth : truth;
}

static inline int slow_items(
	const struct slow_test *q, const struct slow_line *line)
{
	int sure = 0, unsure = 0, wanted = q->form == SLOW_SOME;

	for (size_t i = 0; i < line->n_tags; i++) {
		int truth = slow_item(q->parts[0], line->tags[i]);

		sure += truth == wanted;
		unsure += truth < 0;
	}
	if (line->n_tags == 0)
		return 0;
	if (sure)
		return wanted;
	return unsure ? -1 : !wanted;
}

static inline int slow_plain(const struct slow_test *q,
	const struct slow_line *line, const char *field)
{
	const char *value = slow_value(line, field);

	switch (q->form) {
	case SLOW_ALL:
	case SLOW_ANY:
		return slow_join(slow_answer(q->parts[0], line, field),
			slow_answer(q->parts[1], line, field),
			q->form == SLOW_ANY);
	case SLOW_SOME:
	case SLOW_EVERY:
		return slow_items(q, line);
	case SLOW_PRESENT:
		return value != NULL;
	case SLOW_ORDER:
	case SLOW_NEAR:
		return slow_times(q, line);
	case SLOW_SAME:
		return value && slow_value(line, q->other) &&
		       slow_equal(value, slow_value(line, q->other),
			       strcmp(field, "folded") == 0);
	default:
		return value ? slow_text(q, value, strcmp(field, "folded") == 0)
			     : 0;
	}
}

static inline int slow_answer(const struct slow_test *q,
	const struct slow_line *line, const char *field)
{
	int truth = slow_plain(q, line, field);

	return q->negated && truth >= 0 ? !truth : truth;
}

#endif
