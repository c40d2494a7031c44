#include "metric/breakdown.h"

#include "metric/quarters.h"
#include "metric/trail.h"

#include <stdlib.h>

struct lines VEC(struct share_by);

static void add(struct share *sum, uint8_t status)
{
	sum->denominator++;
	sum->numerator += status == TRAIL_MATCHED || status == TRAIL_LATE ||
			  status == TRAIL_PARTIAL;
}

static int compare_keys(const void *left, const void *right)
{
	const struct share_by *a = left, *b = right;

	return str_compare(a->key, b->key);
}

static int compare_syms(const void *left, const void *right)
{
	const sym *a = left, *b = right;

	return *a < *b ? -1 : *a > *b;
}

static void add_systems(const struct judged *judged, struct lines *lines)
{
	struct arena scratch = {0};
	const struct facts *facts = judged->in->facts;
	uint32_t column = words_column(
		facts->words, STR("src_system"), COLUMN_SYM);
	struct share *sums = arena_array(
		&scratch, struct share, symbols_count(facts->strings));
	struct names VEC(sym) names = {0};

	for (uint32_t i = 0; i < judged->rec.columns.n; i++) {
		sym name = facts_sym(facts, column, judged->rec.events[i]);

		if (judged->status[i] == TRAIL_EXCLUDED)
			continue;
		if (sums[name].denominator == 0)
			vec_push(&scratch, &names, name);
		add(&sums[name], judged->status[i]);
	}
	if (names.n)
		qsort(names.at, names.n, sizeof(*names.at), compare_syms);
	for (size_t s = 0; s < names.n; s++)
		vec_push(judged->in->a, lines,
			((struct share_by) {"system",
				metric_system_name(
					judged->in->a, facts, names.at[s]),
				sums[names.at[s]]}));
	if (lines->n)
		qsort(lines->at, lines->n, sizeof(*lines->at), compare_keys);
	arena_free(&scratch);
}

static void add_quarters(const struct judged *judged, struct lines *lines)
{
	struct arena scratch = {0};
	struct arena *a = judged->in->a;
	struct quarters quarters = quarters_of(judged->in);
	struct share *sums = arena_array(&scratch, struct share, quarters.n);
	struct quarter_span span = {0};

	for (uint32_t i = 0; i < judged->rec.columns.n; i++) {
		int64_t time = judged->rec.columns.time[i];

		if (judged->status[i] != TRAIL_EXCLUDED &&
			time != MATCH_UNTIMED)
			add(&sums[quarters_follow(&quarters, &span, time)],
				judged->status[i]);
	}
	for (size_t q = 0; q < quarters.n; q++)
		if (sums[q].denominator)
			vec_push(a, lines,
				((struct share_by) {"quarter",
					quarters_name(a, &quarters, q),
					sums[q]}));
	arena_free(&scratch);
}

void breakdown_fill(const struct judged *judged, struct completeness *out)
{
	struct lines lines = {0};

	add_systems(judged, &lines);
	add_quarters(judged, &lines);
	out->by = lines.at;
	out->n_by = lines.n;
}
