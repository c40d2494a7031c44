/*
 * Shapes on random logs (drawn_p.h): what a rule says is compared, by its
 * counts and by each of its findings, with what a slow reading of the manual
 * says, and with itself where a law holds between two logs.
 */
#ifndef RULE_SHAPE_RANDOM_P_H
#define RULE_SHAPE_RANDOM_P_H

#include "drawn_p.h"

#include <string.h>

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
			told.key = symbols_show(&s->strings, j->key[0]).s[0] -
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
