#include "metric/threshold.h"

#include "metric/measure.h"
#include "metric/params.h"

#include <string.h>

/* Runs whose mean a trend may be held against. */
#define MOST_RUNS 100

/* ---- reading ---- */

struct threshold_reader {
	struct arena *a;
	const struct measure_row *row;
	struct threshold *threshold;
};

struct threshold_list {
	struct arena *a;
	struct thresholds *out;
};

static bool eat(struct str *text, struct str word)
{
	if (!str_has_prefix(*text, word))
		return false;
	*text = str_trim(str_slice(*text, word.len, text->len));
	return true;
}

static bool read_limit(struct str text, struct condition *out)
{
	if (text.len && text.s[text.len - 1] == '%') {
		out->is_percent = true;
		text = str_trim(str_slice(text, 0, text.len - 1));
	}
	return number_read_decimal(text, &out->limit);
}

/* "since last run" or "from mean of last K runs", K from 1 to MOST_RUNS. */
static bool is_reference(struct str text)
{
	uint64_t runs;

	if (str_equal(text, STR("since last run")))
		return true;
	if (!eat(&text, STR("from mean of last ")) ||
		!str_has_suffix(text, STR(" runs")))
		return false;
	text = str_slice(text, 0, text.len - strlen(" runs"));
	return number_read_u64(text, &runs) && runs >= 1 && runs <= MOST_RUNS;
}

/* "up|down more than N points|percent" and the reference. */
static bool is_trend(struct str text)
{
	struct decimal number;
	size_t blank;

	if ((!eat(&text, STR("up ")) && !eat(&text, STR("down "))) ||
		!eat(&text, STR("more than ")))
		return false;
	blank = str_find(text, ' ');
	if (!number_read_decimal(str_slice(text, 0, blank), &number))
		return false;
	text = str_trim(str_slice(text, blank, text.len));
	return (eat(&text, STR("points ")) || eat(&text, STR("percent "))) &&
	       is_reference(text);
}

static bool read_condition(struct str text, struct condition *out)
{
	*out = (struct condition) {.text = text};
	if (str_equal(text, STR("no value"))) {
		out->kind = CONDITION_NO_VALUE;
		return true;
	}
	if (is_trend(text)) {
		out->kind = CONDITION_TREND;
		return true;
	}
	if (eat(&text, STR("below "))) {
		out->kind = CONDITION_BELOW;
		return read_limit(text, out);
	}
	out->kind = CONDITION_ABOVE;
	return eat(&text, STR("above ")) && read_limit(text, out);
}

/* Is the limit in the unit of the figure? A share without % could be meant
   either way, so it is refused. */
static bool check_unit(const struct measure_row *row,
	const struct condition *condition, const struct yaml_node *node,
	struct diag *diag)
{
	if (condition->kind == CONDITION_NO_VALUE ||
		condition->kind == CONDITION_TREND)
		return true;
	if (condition->is_percent && row->unit.len > 0) {
		yaml_complain(diag, DIAG_BAD_THRESHOLD, node,
			"%.*s is counted %s%.*s, not in percent; found '%.*s'",
			STR_ARG(row->metric),
			str_has_prefix(row->unit, STR("per ")) ? "" : "in ",
			STR_ARG(row->unit), STR_ARG(node->text));
		return false;
	}
	if (!condition->is_percent && row->is_share) {
		yaml_complain(diag, DIAG_BAD_THRESHOLD, node,
			"%.*s is a share: expected a limit with %%, such as "
			"`below 98%%`; found '%.*s'",
			STR_ARG(row->metric), STR_ARG(node->text));
		return false;
	}
	return true;
}

static void read_conditions(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct threshold_reader *r = into;
	struct conditions *list =
		(struct conditions *)(void *)((char *)r->threshold +
					      key->offset);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	for (uint32_t i = 0; i < n; i++) {
		struct condition condition;

		if (!read_condition(str_trim(items[i]->text), &condition))
			yaml_complain(diag, DIAG_BAD_THRESHOLD, items[i],
				"expected `below N`, `above N` (perhaps with "
				"%%), `no value`, or `up|down more than N "
				"points|percent since last run | from mean of "
				"last K runs`; found '%.*s'",
				STR_ARG(items[i]->text));
		else if (check_unit(r->row, &condition, items[i], diag))
			vec_push(r->a, list, condition);
	}
}

static void read_cases(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	yaml_integer(value, 0, INT64_C(1000000000),
		&((struct threshold_reader *)into)->threshold->at_least_cases,
		diag);
}

static void read_severity(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	size_t severity;

	(void)key;
	if (yaml_choice(value, kind_severities, SEVERITY_N, &severity, diag))
		((struct threshold_reader *)into)->threshold->severity =
			(enum severity)severity;
}

static const struct yaml_key keys[] = {
	{STR_INIT("fail_if"), false, YAML_TEXTS, read_conditions,
		offsetof(struct threshold, fail_if)},
	{STR_INIT("warn_if"), false, YAML_TEXTS, read_conditions,
		offsetof(struct threshold, warn_if)},
	{STR_INIT("at_least_cases"), false, YAML_TEXT, read_cases, 0},
	{STR_INIT("severity"), false, YAML_TEXT, read_severity, 0},
};

/* "time_to_remediate" as an id: "TIME-TO-REMEDIATE". */
static struct str id_of(struct arena *a, struct str metric)
{
	char *id = arena_alloc(a, metric.len + 1);

	for (size_t i = 0; i < metric.len; i++)
		id[i] = metric.s[i] == '_' ? '-'
			: metric.s[i] >= 'a' && metric.s[i] <= 'z'
				? (char)(metric.s[i] - 32)
				: metric.s[i];
	return (struct str) {id, metric.len};
}

static void read_threshold(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct thresholds *out = ((struct threshold_list *)into)->out;
	struct arena *a = ((struct threshold_list *)into)->a;
	struct threshold threshold = {.metric = key->name,
		.id = id_of(a, key->name),
		.severity = SEVERITY_MEDIUM,
		.loc = value->loc};
	struct threshold_reader reader = {
		a, measure_find(key->name), &threshold};

	yaml_read_map(value, keys, sizeof(keys) / sizeof(keys[0]), true,
		"a threshold", &reader, diag);
	vec_push(a, out, threshold);
}

/* Metrics of the language that are not computed. */
static const struct str unsupported[] = {
	STR_INIT("explained_decisions"),
	STR_INIT("decision_trace_completeness"),
	STR_INIT("checkpoint_delay"),
	STR_INIT("survey_feedback"),
};

#define N_UNSUPPORTED (sizeof(unsupported) / sizeof(unsupported[0]))

void threshold_read(struct arena *a, const struct yaml_node *map,
	struct thresholds *out, struct diag *diag)
{
	struct threshold_list list = {a, out};
	struct yaml_key *metrics = arena_array(
		a, struct yaml_key, measure_count + N_UNSUPPORTED);
	size_t n = 0;

	for (size_t i = 0; i < measure_count; i++)
		metrics[n++] = (struct yaml_key) {
			.name = measure_table[i].metric,
			.form = YAML_MAP_ONLY,
			.read = read_threshold};
	for (size_t i = 0; i < N_UNSUPPORTED; i++)
		metrics[n++] = (struct yaml_key) {.name = unsupported[i],
			.form = YAML_ANY,
			.read = params_refuse_metric};
	yaml_read_map(map, metrics, n, false, "thresholds", &list, diag);
}

/* ---- judging ---- */

static bool is_crossed(
	const struct measure *measure, const struct condition *condition)
{
	switch (condition->kind) {
	case CONDITION_BELOW:
		return measure->known &&
		       measure_compare(measure, condition->limit,
			       condition->is_percent) < 0;
	case CONDITION_ABOVE:
		return measure->known &&
		       measure_compare(measure, condition->limit,
			       condition->is_percent) > 0;
	case CONDITION_NO_VALUE:
		return !measure->known;
	case CONDITION_TREND:
		return false;
	}
	return false;
}

static bool is_only_trend(const struct conditions *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].kind != CONDITION_TREND)
			return false;
	return true;
}

static bool has_trend(const struct conditions *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].kind == CONDITION_TREND)
			return true;
	return false;
}

static bool any_crossed(const struct measure *measure,
	const struct conditions *list, struct threshold_result *out)
{
	for (size_t i = 0; i < list->n; i++) {
		if (!is_crossed(measure, &list->at[i]))
			continue;
		out->condition = list->at[i].text;
		return true;
	}
	return false;
}

struct str threshold_why(struct arena *a, const struct threshold *threshold,
	const struct threshold_result *result)
{
	static const struct str no_trend = STR_INIT(
		"no trend: no earlier results to compare with");
	struct str warning;

	if (result->state == THRESHOLD_TOO_FEW)
		return STR("too few cases");
	if (result->state == THRESHOLD_NO_VALUE)
		return STR("the metric has no value");
	if (result->state != THRESHOLD_WARN)
		return result->no_trend ? no_trend : STR("");
	warning = arena_print(a, "%.*s is %.*s: %.*s",
		STR_ARG(threshold->metric), STR_ARG(result->value),
		STR_ARG(result->condition));
	return result->no_trend ? arena_print(a, "%.*s; %.*s", STR_ARG(warning),
					  STR_ARG(no_trend))
				: warning;
}

struct threshold_result threshold_judge(struct arena *a,
	const struct threshold *threshold, const struct metrics *metrics)
{
	const struct measure_row *row = measure_find(threshold->metric);
	struct measure measure = row->of(metrics);
	struct threshold_result out = {
		.value = measure_print(a, &measure, row->unit),
		.no_trend = has_trend(&threshold->fail_if) ||
			    has_trend(&threshold->warn_if)};

	if (measure.known &&
		measure.cases < (uint64_t)threshold->at_least_cases)
		out.state = THRESHOLD_TOO_FEW;
	else if (any_crossed(&measure, &threshold->fail_if, &out))
		out.state = THRESHOLD_FAIL;
	else if (any_crossed(&measure, &threshold->warn_if, &out))
		out.state = THRESHOLD_WARN;
	else if (!measure.known)
		out.state = THRESHOLD_NO_VALUE;
	else if (out.no_trend && is_only_trend(&threshold->fail_if) &&
		 is_only_trend(&threshold->warn_if))
		out.state = THRESHOLD_NO_TREND;
	return out;
}
