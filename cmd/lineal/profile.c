#include "lineal/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct line {
	struct str name, kind;
	uint64_t activations, rows;
	int64_t cost_ns;
};

struct lines VEC(struct line);

int64_t profile_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

static int compare_lines(const void *left, const void *right)
{
	const struct line *a = left, *b = right;

	if (a->cost_ns != b->cost_ns)
		return a->cost_ns > b->cost_ns ? -1 : 1;
	return str_compare(a->name, b->name);
}

static void add_rules(
	const struct run *run, struct arena *a, struct lines *lines)
{
	for (size_t i = 0; i < run->book.rules.n; i++) {
		const struct rule *rule = &run->book.rules.at[i];
		const struct outcome *outcome = &run->outcomes[i];
		struct line line = {rule->id, rule->shape->name,
			outcome->activations, outcome->rows_seen,
			outcome->cost_ns};

		vec_push(a, lines, line);
	}
}

static void add_metrics(
	const struct run *run, struct arena *a, struct lines *lines)
{
	for (size_t i = 0; i < metric_count; i++) {
		struct line line = {.name = metric_table[i]->name,
			.kind = STR("metric"),
			.cost_ns = run->metric_cost_ns[i]};

		vec_push(a, lines, line);
	}
}

static void print_line(const struct line *line, uint32_t n_events)
{
	double ns = (double)line->cost_ns;

	fprintf(stderr,
		"profile: %9.3f ms %7.2f ns/event %9llu activations %9llu rows "
		"%.*s %.*s\n",
		ns / 1e6, n_events ? ns / n_events : 0,
		(unsigned long long)line->activations,
		(unsigned long long)line->rows, STR_ARG(line->kind),
		STR_ARG(line->name));
}

void profile_print(const struct run *run)
{
	struct arena scratch = {0};
	struct lines lines = {0};

	if (!run->metric_cost_ns)
		return;
	add_rules(run, &scratch, &lines);
	add_metrics(run, &scratch, &lines);
	if (lines.n)
		qsort(lines.at, lines.n, sizeof(*lines.at), compare_lines);
	for (size_t i = 0; i < lines.n; i++)
		print_line(&lines.at[i], run->facts.events->n);
	arena_free(&scratch);
}
