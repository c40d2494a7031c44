/*
 * Thresholds on metrics: `thresholds:` of the project file. Each is a metric
 * document whose measure is the key; crossing `fail_if` is a finding, crossing
 * `warn_if` a warning. Conditions on the trend need the results of earlier
 * runs; without them they are "no trend", printed and never failing.
 */
#ifndef METRIC_THRESHOLD_H
#define METRIC_THRESHOLD_H

#include "base/number.h"
#include "format/yamlread.h"
#include "model/result.h"

enum condition_kind {
	CONDITION_BELOW,
	CONDITION_ABOVE,
	CONDITION_NO_VALUE,
	CONDITION_TREND
};

struct condition {
	enum condition_kind kind;
	struct decimal limit;
	bool is_percent;
	struct str text; /* as written */
};

struct conditions VEC(struct condition);

struct threshold {
	struct str metric; /* the key */
	struct str id;     /* the key in capitals with hyphens */
	struct conditions fail_if, warn_if;
	int64_t at_least_cases;
	enum severity severity;
	struct loc loc;
};

struct thresholds VEC(struct threshold);

/* Reads the map `thresholds`. */
void threshold_read(struct arena *a, const struct yaml_node *map,
	struct thresholds *out, struct diag *diag);

enum threshold_state {
	THRESHOLD_OK,
	THRESHOLD_WARN,
	THRESHOLD_FAIL,
	THRESHOLD_TOO_FEW,
	THRESHOLD_NO_VALUE,
	THRESHOLD_NO_TREND /* it has no condition that could be judged */
};

struct threshold_result {
	enum threshold_state state;
	struct str condition; /* the one that was crossed */
	struct str value;     /* the figure, as printed */
	bool no_trend;        /* a condition could not be judged */
};

/* Why the threshold was not judged, or only in part, or what it warns of; empty
   if there is nothing to say. */
struct str threshold_why(struct arena *a, const struct threshold *threshold,
	const struct threshold_result *result);

/* Judges the main value of the metric; texts live as long as the arena. */
struct threshold_result threshold_judge(struct arena *a,
	const struct threshold *threshold, const struct metrics *metrics);

#endif
