/*
 * Small random logs for the property tests of shapes, and what a slow reading
 * of the manual needs of them: the order, the horizons, the verdicts that come
 * before a shape's own.
 *
 * A row is any subset of the events a, b, x and s; d is a b that happens in
 * crm. Its fields are n (for `where`), u (for `unless`), from, k and seq.
 */
#ifndef RULE_DRAWN_P_H
#define RULE_DRAWN_P_H

#include "scene_p.h"

#include "base/rng.h"

#include <stdio.h>

#define DRAWN_ROWS 12
#define DRAWN_KEYS 3
#define DRAWN_TEXT 4096
#define DRAWN_NONE INT32_MIN

enum drawn_kind { DRAWN_A = 1, DRAWN_B = 2, DRAWN_X = 4, DRAWN_S = 8 };

/* Types are "t" and the letters of the events that a row is. */
#define DRAWN_WORDS                                                           \
	"{keys: {k: {columns: [k], split: \",\"}},"                           \
	" fields: {n: [n], u: [u], from: [from], seq: [seq]},"                \
	" calendars: {eu: {time_zone: \"+02:00\", weekend: [sat, sun],"       \
	" extend: eu_1182}},"                                                 \
	" things: {t: {key: k, starts_with: s}, seen: {key: k},"              \
	" listed: {key: k, listed_in: crm}, both: {key: k, starts_with: s,"   \
	" listed_in: crm}, whole: {key: k, listed_in: crm, complete: true}}," \
	" events: {"                                                          \
	" a: {type: [ta, tab, tax, tas, tabx, tabs, taxs, tabxs]},"           \
	" b: {type: [tb, tab, tbx, tbs, tabx, tabs, tbxs, tabxs]},"           \
	" d: {type: [tb, tab, tbx, tbs, tabx, tabs, tbxs, tabxs],"            \
	" source: crm},"                                                      \
	" x: {type: [tx, tax, tbx, txs, tabx, taxs, tbxs, tabxs]},"           \
	" s: {type: [ts, tas, tbs, txs, tabs, taxs, tbxs, tabxs]}}}"

struct drawn_row {
	int hour; /* from SCENE_START, DRAWN_NONE if untimed */
	unsigned kinds;
	unsigned keys; /* bit k - 1 of each key value k */
	char n, u;     /* '1': in 1..5, '9': not, '?': unreadable, '-' */
	int from;      /* hours; DRAWN_NONE: absent */
	bool from_is_bad;
	int seq; /* a number; DRAWN_NONE: absent */
	bool is_crm, is_merged;
};

struct drawn_log {
	struct drawn_row rows[DRAWN_ROWS];
	int n;
	bool is_closed;
	int as_of;            /* hours, DRAWN_NONE: not given */
	int crm_from, crm_to; /* declared edges, or DRAWN_NONE */
};

/* What logs are drawn from; chances in 10^-6. */
struct drawn_style {
	unsigned kinds; /* events that may happen */
	uint32_t untimed, merged, closed, edges;
	bool single_keys;
};

/* ---- drawing ---- */

static inline char drawn_value(struct rng *rng)
{
	return "111199?-"[rng_below(rng, 8)];
}

static inline unsigned drawn_keys(struct rng *rng, bool single)
{
	static const unsigned several[] = {0, 1, 1, 1, 2, 2, 4, 3, 7};

	return single ? several[rng_below(rng, 7)] : several[rng_below(rng, 9)];
}

/* Hours apart, or half a day, or ten days: one step for a whole log. */
static inline int drawn_hour(struct rng *rng, int step)
{
	return (int)rng_below(rng, 9) * step;
}

static inline void drawn_row(struct rng *rng, const struct drawn_style *style,
	int step, struct drawn_row *r)
{
	*r = (struct drawn_row) {.hour = drawn_hour(rng, step),
		.keys = drawn_keys(rng, style->single_keys),
		.n = drawn_value(rng),
		.u = drawn_value(rng),
		.from = drawn_hour(rng, step) - 2 * step,
		.from_is_bad = rng_chance(rng, 100000),
		.seq = (int)rng_below(rng, 8) - 1,
		.is_crm = rng_chance(rng, 300000),
		.is_merged = rng_chance(rng, style->merged)};
	for (unsigned bit = 1; bit <= DRAWN_S; bit *= 2)
		if ((style->kinds & bit) && rng_chance(rng, 400000))
			r->kinds |= bit;
	if (rng_chance(rng, style->untimed))
		r->hour = DRAWN_NONE;
	if (rng_chance(rng, 100000))
		r->from = DRAWN_NONE;
	if (rng_chance(rng, 100000))
		r->seq = DRAWN_NONE;
}

static inline void drawn_log(
	struct rng *rng, const struct drawn_style *style, struct drawn_log *log)
{
	static const int steps[] = {1, 1, 12, 240};
	int step = steps[rng_below(rng, 4)];

	*log = (struct drawn_log) {.n = 1 + (int)rng_below(rng, DRAWN_ROWS),
		.is_closed = rng_chance(rng, style->closed),
		.as_of = DRAWN_NONE,
		.crm_from = DRAWN_NONE,
		.crm_to = DRAWN_NONE};
	for (int i = 0; i < log->n; i++)
		drawn_row(rng, style, step, &log->rows[i]);
	if (rng_chance(rng, style->edges))
		log->as_of = drawn_hour(rng, step) + step / 2;
	if (rng_chance(rng, style->edges))
		log->crm_from = drawn_hour(rng, step);
	if (rng_chance(rng, style->edges))
		log->crm_to = drawn_hour(rng, step);
}

/* ---- as text ---- */

struct drawn_text {
	char at[DRAWN_TEXT];
	size_t len;
};

__attribute__((format(printf, 2, 3))) static inline void drawn_add(
	struct drawn_text *text, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(
		text->at + text->len, DRAWN_TEXT - text->len, format, args);
	va_end(args);
	text->len += (size_t)len;
	cr_assert(text->len < DRAWN_TEXT);
}

static inline void drawn_add_hour(struct drawn_text *text, int hour)
{
	if (hour == DRAWN_NONE)
		drawn_add(text, "-");
	else
		drawn_add(text, "%+dh", hour);
}

static inline void drawn_add_keys(struct drawn_text *text, unsigned keys)
{
	const char *between = " k=";

	for (int k = 1; k <= DRAWN_KEYS; k++) {
		if (!(keys >> (k - 1) & 1))
			continue;
		drawn_add(text, "%s%d", between, k);
		between = ",";
	}
}

static inline void drawn_add_row(
	struct drawn_text *text, const struct drawn_row *r)
{
	if (r->hour == DRAWN_NONE)
		drawn_add(text, " | untimed t");
	else
		drawn_add(text, " | %+dh t", r->hour);
	for (int i = 0; i < 4; i++)
		if (r->kinds >> i & 1)
			drawn_add(text, "%c", "abxs"[i]);
	drawn_add_keys(text, r->keys);
	if (r->n != '-')
		drawn_add(text, " n=%c", r->n);
	if (r->u != '-')
		drawn_add(text, " u=%c", r->u);
	if (r->from_is_bad)
		drawn_add(text, " from=soon");
	else if (r->from != DRAWN_NONE)
		drawn_add(text, " from=%+dh", r->from);
	if (r->seq != DRAWN_NONE)
		drawn_add(text, " seq=%d", r->seq);
	if (r->is_crm)
		drawn_add(text, " source_name=crm");
	if (r->is_merged)
		drawn_add(text, " merged");
}

static inline void drawn_print(
	const struct drawn_log *log, struct drawn_text *text)
{
	text->len = 0;
	drawn_add(text, "%s | source crm ", log->is_closed ? "closed" : "");
	drawn_add_hour(text, log->crm_from);
	drawn_add(text, " ");
	drawn_add_hour(text, log->crm_to);
	if (log->as_of != DRAWN_NONE)
		drawn_add(text, " | as_of %+dh", log->as_of);
	for (int i = 0; i < log->n; i++)
		drawn_add_row(text, &log->rows[i]);
}

/* ---- the order and the edges ---- */

static inline bool drawn_is_timed(const struct drawn_log *log, int i)
{
	return log->rows[i].hour != DRAWN_NONE;
}

static inline int64_t drawn_time(const struct drawn_log *log, int i)
{
	return drawn_is_timed(log, i) ? SCENE_AT(log->rows[i].hour)
				      : CELL_ABSENT;
}

/* Rows behind as_of are set aside. */
static inline bool drawn_is_kept(const struct drawn_log *log, int i)
{
	return !drawn_is_timed(log, i) || log->as_of == DRAWN_NONE ||
	       log->rows[i].hour <= log->as_of;
}

static inline bool drawn_is(const struct drawn_log *log, int i, unsigned kind)
{
	return drawn_is_kept(log, i) && !log->rows[i].is_merged &&
	       (log->rows[i].kinds & kind) != 0;
}

/* Source sequence: source name, then position. */
static inline bool drawn_is_earlier(const struct drawn_log *log, int i, int j)
{
	if (log->rows[i].is_crm != log->rows[j].is_crm)
		return log->rows[i].is_crm;
	return i < j;
}

/* Strictly before in the order of rows with a time. */
static inline bool drawn_is_before(const struct drawn_log *log, int i, int j)
{
	if (!drawn_is_timed(log, i) || !drawn_is_timed(log, j))
		return false;
	if (log->rows[i].hour != log->rows[j].hour)
		return log->rows[i].hour < log->rows[j].hour;
	return drawn_is_earlier(log, i, j);
}

static inline int64_t drawn_edge(const struct drawn_log *log, bool newest)
{
	int64_t edge = CELL_ABSENT;

	for (int i = 0; i < log->n; i++) {
		int64_t time = drawn_time(log, i);

		if (!drawn_is_kept(log, i) || time == CELL_ABSENT)
			continue;
		if (edge == CELL_ABSENT || (newest ? time > edge : time < edge))
			edge = time;
	}
	return edge == CELL_ABSENT ? SCENE_START : edge;
}

static inline int64_t drawn_as_of(const struct drawn_log *log)
{
	return log->as_of == DRAWN_NONE ? drawn_edge(log, true)
					: SCENE_AT(log->as_of);
}

/* The horizon of an event of crm, or of any source: that is the narrower one
   of crm and log, and log declares nothing. */
static inline struct horizon drawn_horizon(
	const struct drawn_log *log, bool crm_only)
{
	int64_t first = drawn_edge(log, false), as_of = drawn_as_of(log);
	struct horizon out = {first, as_of};

	if (log->is_closed)
		return (struct horizon) {INT64_MIN, INT64_MAX};
	if (log->crm_from != DRAWN_NONE)
		out.start = SCENE_AT(log->crm_from);
	if (!crm_only && out.start < first)
		out.start = first;
	if (log->crm_to != DRAWN_NONE && SCENE_AT(log->crm_to) < as_of)
		out.end = SCENE_AT(log->crm_to);
	return out;
}

/* ---- keys, and exceptions that count anywhere ---- */

static inline bool drawn_has_key(const struct drawn_log *log, int i, int key)
{
	return (log->rows[i].keys >> (key - 1) & 1) != 0;
}

/* True if an x other than row `of` shares a key with it. */
static inline bool drawn_is_excused(const struct drawn_log *log, int of)
{
	for (int i = 0; i < log->n; i++)
		if (i != of && drawn_is(log, i, DRAWN_X) &&
			(log->rows[i].keys & log->rows[of].keys))
			return true;
	return false;
}

/* ---- what comes before the shape ---- */

struct drawn_rule {
	bool has_where, has_unless, has_effective, is_eu;
};

static inline void drawn_rule(struct rng *rng, struct drawn_rule *rule)
{
	rule->has_where = rng_chance(rng, 250000);
	rule->has_unless = rng_chance(rng, 250000);
	rule->has_effective = rng_chance(rng, 150000);
	rule->is_eu = rng_chance(rng, 400000);
}

static inline void drawn_add_rule(struct drawn_text *text,
	const struct drawn_rule *rule, bool event_unless)
{
	if (rule->has_where)
		drawn_add(text, ", where: {n: 1..5}");
	if (rule->has_unless && !event_unless)
		drawn_add(text, ", unless: {u: 1..5}");
	if (rule->has_effective)
		drawn_add(text,
			", effective: {from: 2026-01-06, to: 2026-01-07}");
	if (rule->is_eu)
		drawn_add(text, ", calendar: eu");
}

/* Kleene's truth of 1..5 for a value. */
static inline enum truth drawn_truth(char value)
{
	if (value == '?')
		return TRUTH_UNDECIDABLE;
	return value == '1' ? TRUTH_TRUE : TRUTH_FALSE;
}

/* `where` is false: no activation at all. */
static inline bool drawn_is_dropped(
	const struct drawn_log *log, const struct drawn_rule *rule, int i)
{
	return rule->has_where && drawn_truth(log->rows[i].n) == TRUTH_FALSE;
}

/* 2026-01-06 and 2026-01-07 are the second and third day from the start; the
   calendar eu is two hours ahead. */
static inline bool drawn_is_outside(
	const struct drawn_log *log, const struct drawn_rule *rule, int i)
{
	int hour = log->rows[i].hour + (rule->is_eu ? 2 : 0);

	return rule->has_effective && drawn_is_timed(log, i) &&
	       (hour < 24 || hour >= 72);
}

/* Lines 1 and 2 of the verdicts, and line 3 for the time that `effective`
   needs; VERDICT_N: none of them. */
static inline enum verdict drawn_settled(
	const struct drawn_log *log, const struct drawn_rule *rule, int i)
{
	const struct drawn_row *r = &log->rows[i];

	if (drawn_is_outside(log, rule, i) ||
		(rule->has_unless && drawn_truth(r->u) == TRUTH_TRUE))
		return VERDICT_NOT_APPLICABLE;
	if ((rule->has_where && drawn_truth(r->n) == TRUTH_UNDECIDABLE) ||
		(rule->has_unless && drawn_truth(r->u) == TRUTH_UNDECIDABLE))
		return VERDICT_UNKNOWN;
	if (rule->has_effective && !drawn_is_timed(log, i))
		return VERDICT_UNKNOWN;
	return VERDICT_N;
}

#endif
