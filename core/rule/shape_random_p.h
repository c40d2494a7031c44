/*
 * Small random logs for the property tests of shapes, and what a slow reading
 * of the manual needs of them: the order, the horizons, the verdicts that come
 * before a shape's own. A shape is compared by its counts and by each of its
 * findings.
 *
 * A row is any subset of the events a, b, x and s; d is a b that happens in
 * crm. Its fields are n (for `where`), u (for `unless`), from, k and seq.
 */
#ifndef RULE_SHAPE_RANDOM_P_H
#define RULE_SHAPE_RANDOM_P_H

#include "scene_p.h"

#include "base/rng.h"

#include <stdio.h>
#include <string.h>

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

/* ---- comparing ---- */

struct told {
	int line, key;
	enum reason reason;
	int64_t at, due, repaired_at, number, length;
	int partner; /* line, 0: none */
};

struct tally {
	uint64_t verdicts[VERDICT_N];
	struct told told[8 * DRAWN_ROWS];
	size_t n;
};

static inline void tally_add(
	struct tally *tally, enum verdict verdict, const struct told *told)
{
	tally->verdicts[verdict]++;
	if (verdict != VERDICT_VIOLATED)
		return;
	cr_assert(tally->n < 8 * DRAWN_ROWS);
	tally->told[tally->n++] = *told;
}

static inline struct told tally_told(int i, int key)
{
	return (struct told) {.line = i + 1,
		.key = key,
		.at = CELL_ABSENT,
		.due = CELL_ABSENT,
		.repaired_at = CELL_ABSENT};
}

static inline int tally_compare(const void *left, const void *right)
{
	const struct told *a = left, *b = right;

	if (a->line != b->line)
		return a->line - b->line;
	if (a->key != b->key)
		return a->key - b->key;
	if (a->reason != b->reason)
		return (int)a->reason - (int)b->reason;
	return a->number < b->number ? -1 : a->number > b->number;
}

static inline struct tally tally_of(const struct scene *s, size_t rule)
{
	const struct outcome *outcome = &s->outcomes[rule];
	struct tally out = {0};
	uint64_t sum = 0;

	for (size_t i = 0; i < VERDICT_N; i++)
		sum += outcome->verdicts[i];
	cr_assert(sum == outcome->activations);
	cr_assert(outcome->judgements.n == outcome->verdicts[VERDICT_VIOLATED]);
	memcpy(out.verdicts, outcome->verdicts, sizeof(out.verdicts));
	for (size_t i = 0; i < outcome->judgements.n; i++) {
		const struct judgement *j = &outcome->judgements.at[i];
		struct told told = {.line = (int)s->events.line[j->event],
			.reason = j->reason,
			.at = j->at,
			.due = j->due,
			.repaired_at = j->repaired_at,
			.number = j->number,
			.length = (int64_t)j->length};

		if (j->key)
			told.key = intern_get(&s->strings, j->key[0]).s[0] -
				   '0';
		if (j->partner != ROW_NONE)
			told.partner = (int)s->events.line[j->partner];
		out.told[out.n++] = told;
	}
	return out;
}

static inline bool tally_same(struct tally *left, struct tally *right)
{
	if (left->n != right->n || memcmp(left->verdicts, right->verdicts,
					   sizeof(left->verdicts)) != 0)
		return false;
	qsort(left->told, left->n, sizeof(left->told[0]), tally_compare);
	qsort(right->told, right->n, sizeof(right->told[0]), tally_compare);
	for (size_t i = 0; i < left->n; i++) {
		const struct told *a = &left->told[i], *b = &right->told[i];

		if (tally_compare(a, b) != 0 || a->at != b->at ||
			a->due != b->due || a->length != b->length ||
			a->repaired_at != b->repaired_at ||
			a->partner != b->partner)
			return false;
	}
	return true;
}

static inline struct str tally_print(struct arena *a, const struct tally *tally)
{
	struct str text = STR("");

	for (size_t i = 0; i < VERDICT_N; i++)
		text = arena_print(a, "%.*s %llu", STR_ARG(text),
			(unsigned long long)tally->verdicts[i]);
	for (size_t i = 0; i < tally->n; i++)
		text = arena_print(a, "%.*s; %.*s @%d k=%d at %lld with %d",
			STR_ARG(text),
			STR_ARG(kind_reasons[tally->told[i].reason]),
			tally->told[i].line, tally->told[i].key,
			(long long)((tally->told[i].at - SCENE_START) /
				    SCENE_HOUR),
			tally->told[i].partner);
	return text;
}

/* How often each verdict and each kind of violation was met: a property that
   never meets one says nothing about it. */
struct met {
	uint64_t verdicts[VERDICT_N], reasons[REASON_N];
};

static inline void met_add(struct met *met, const struct tally *tally)
{
	for (size_t i = 0; i < VERDICT_N; i++)
		met->verdicts[i] += tally->verdicts[i];
	for (size_t i = 0; i < tally->n; i++)
		met->reasons[tally->told[i].reason]++;
}

static inline void met_expect(const struct met *met,
	const enum verdict *verdicts, size_t n, const enum reason *reasons,
	size_t n_reasons)
{
	for (size_t i = 0; i < n; i++)
		cr_expect(met->verdicts[verdicts[i]] >= 50, "%s: %llu",
			kind_verdicts[verdicts[i]].s,
			(unsigned long long)met->verdicts[verdicts[i]]);
	for (size_t i = 0; i < n_reasons; i++)
		cr_expect(met->reasons[reasons[i]] >= 50, "%s: %llu",
			kind_reasons[reasons[i]].s,
			(unsigned long long)met->reasons[reasons[i]]);
}

#define MET_EXPECT(met, verdicts, reasons)                                  \
	met_expect(met, verdicts, sizeof(verdicts) / sizeof((verdicts)[0]), \
		reasons, sizeof(reasons) / sizeof((reasons)[0]))

static inline struct tally tally_judge(
	struct scene *s, const struct drawn_log *log)
{
	struct drawn_text text;

	drawn_print(log, &text);
	scene_log(s, text.at);
	scene_judge(s);
	return tally_of(s, 0);
}

/* Judges the log by the only rule of the scene and compares. */
static inline void tally_expect(struct scene *s, const struct drawn_log *log,
	const char *rule, struct tally *want)
{
	struct tally found = tally_judge(s, log);
	struct drawn_text text;

	drawn_print(log, &text);
	cr_assert(tally_same(&found, want),
		"%s\n%s\nexpected %.*s\nfound    %.*s", rule, text.at,
		STR_ARG(tally_print(&s->log, want)),
		STR_ARG(tally_print(&s->log, &found)));
}

/* ---- laws ---- */

/* Law: cutting the end of a log never creates an ok. */
static inline void law_expect_cut(struct scene *s, struct rng *rng,
	const struct drawn_log *log, const char *rule)
{
	struct drawn_log cut = *log;
	struct drawn_text text;
	uint64_t before, after;

	after = tally_judge(s, log).verdicts[VERDICT_OK];
	cut.as_of = log->rows[rng_below(rng, (uint64_t)log->n)].hour;
	if (cut.as_of == DRAWN_NONE ||
		(log->as_of != DRAWN_NONE && cut.as_of > log->as_of))
		return;
	before = tally_judge(s, &cut).verdicts[VERDICT_OK];
	drawn_print(log, &text);
	cr_assert(
		before <= after, "%s\n%s\ncut at %d", rule, text.at, cut.as_of);
}

/* Gives each row an hour of its own. */
static inline void law_spread(struct drawn_log *log)
{
	for (int i = 0; i < log->n; i++)
		if (log->rows[i].hour != DRAWN_NONE)
			log->rows[i].hour = log->rows[i].hour * 16 + i;
	if (log->as_of != DRAWN_NONE)
		log->as_of *= 16;
}

/* Law: the order of the input changes nothing where times decide. */
static inline void law_expect_shuffled(struct scene *s, struct rng *rng,
	const struct drawn_log *log, const char *rule)
{
	struct drawn_log spread = *log, shuffled;
	int origin[DRAWN_ROWS + 1] = {0};
	struct tally want, found;

	law_spread(&spread);
	shuffled = spread;
	for (int i = 0; i < log->n; i++)
		origin[i + 1] = i + 1;
	for (int i = log->n - 1; i > 0; i--) {
		int j = (int)rng_below(rng, (uint64_t)i + 1);
		struct drawn_row r = shuffled.rows[i];
		int line = origin[i + 1];

		shuffled.rows[i] = shuffled.rows[j];
		shuffled.rows[j] = r;
		origin[i + 1] = origin[j + 1];
		origin[j + 1] = line;
	}
	want = tally_judge(s, &spread);
	found = tally_judge(s, &shuffled);
	for (size_t i = 0; i < found.n; i++) {
		found.told[i].line = origin[found.told[i].line];
		found.told[i].partner = origin[found.told[i].partner];
	}
	cr_assert(tally_same(&found, &want), "%s", rule);
}

#endif
