/*
 * The metrics of a run: the table of them, what each needs, and what they are
 * computed from. Definitions and sources: lineal-metrics(7).
 */
#ifndef METRIC_METRIC_H
#define METRIC_METRIC_H

#include "base/diag.h"
#include "format/calendar.h"
#include "graph/facts.h"
#include "metric/params.h"
#include "model/duty.h"
#include "model/result.h"
#include "model/stream.h"

struct incident_set;

struct metric_input {
	struct arena *a; /* results live here */
	const struct facts *facts;
	const struct calendar *calendar; /* quarters and days */
	int fiscal_start;                /* first month of the year, 1..12 */
	const struct metric_params *params;
	const bool *regulatory, *reportable; /* per row of role incidents */
	const struct duties *duties;
	/* Completeness by counters and by rules, where there is no system of
	   record; denominator 0: none. */
	struct share rule;
	struct streams streams;
	/* The schedule of fines (rules/fines.csv), or an empty text. */
	struct str fines;
	struct diag *diag;
	/* Made of the members before: metric/incident_set.h. */
	const struct incident_set *incidents;
	bool is_counted; /* metric_count_all() was done */
	/* With a clock (ns on the thread at hand), what each metric took is
	   added to its item. */
	int64_t (*clock)(void);
	int64_t *cost_ns;
};

/* Adding a metric: metric_x.c with these two functions and a row in
   metric_table[] (metric.c), a test with numbers worked by hand, a golden case,
   a paragraph in lineal-metrics(7). */
struct metric {
	struct str name;
	/* Asks for columns; `roles` are those that some source feeds. NULL: the
	   metric needs none. */
	void (*need)(struct words *words, unsigned roles,
		const struct metric_params *params);
	/* What can be said before any rule is judged, in a job beside those of
	   the rules; or NULL. Of its input only `a`, `facts`, `params` and the
	   calendar are set. */
	void (*count)(const struct metric_input *in, struct metrics *out);
	void (*compute)(const struct metric_input *in, struct metrics *out);
};

extern const struct metric metric_completeness, metric_rate, metric_remediation,
	metric_downtime, metric_roi;

/* All metrics in the order of the result document. */
extern const struct metric *const metric_table[];
extern const size_t metric_count;

void metric_need_all(struct words *words, unsigned roles,
	const struct metric_params *params);

/* The first part of all metrics: what needs no rule. May be left out. */
void metric_count_all(const struct metric_input *in, struct metrics *out);
void metric_compute_all(const struct metric_input *in, struct metrics *out);

/* True if a source feeds the role. */
bool metric_has_role(const struct facts *facts, enum role role);

/* True for an input row of such a source that was not merged into another. */
static inline bool metric_is_of_role(
	const struct facts *facts, row e, enum role role)
{
	return !(facts->events->marks[e] & (EVENT_MERGED | EVENT_DERIVED)) &&
	       (facts->sources[facts_source(facts, e)].roles & 1u << role);
}

/* True for an instant in the period; CELL_ABSENT is in none. */
static inline bool metric_in_period(const struct facts *facts, int64_t time)
{
	return time != CELL_ABSENT && time >= facts->period_from &&
	       time < facts->period_to;
}

/* The name of a system as printed: "(none)" for symbol 0. */
struct str metric_system_name(
	struct arena *a, const struct facts *facts, sym system);

#endif
