#include "metric/params.h"

#include "format/period.h"
#include "format/timestamp.h"
#include "model/kind.h"
#include "model/words.h"

#define SECONDS(n) ((n)*NS_PER_SECOND)

const struct str params_incident_dates[DATE_N] = {
	[DATE_DETECTED] = STR_INIT("detected"),
	[DATE_OCCURRED] = STR_INIT("occurred"),
	[DATE_REPORTED] = STR_INIT("reported"),
};

struct metric_params params_defaults(void)
{
	return (struct metric_params) {
		.before_ns = SECONDS(5),
		.after_ns = SECONDS(900),
		.late_after_ns = SECONDS(60),
		.exposed_ns = SECONDS(86400),
	};
}

struct params_reader {
	struct arena *a;
	struct metric_params *params;
};

static void *target(void *into, const struct yaml_key *key)
{
	return (char *)((struct params_reader *)into)->params + key->offset;
}

static void read_span(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	int64_t *ns = target(into, key);
	struct period period;

	if (period_read(value->text, &period) && period.unit == PERIOD_SECONDS)
		*ns = period_ns(period);
	else
		yaml_complain(diag, DIAG_BAD_DURATION, value,
			"expected hours or shorter, such as 15m; found '%.*s'",
			STR_ARG(value->text));
}

static void read_days(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	int64_t *ns = target(into, key);
	struct period period;

	if (period_read(value->text, &period) && period.unit == PERIOD_DAYS &&
		period.n > 0)
		*ns = period.n * NS_PER_DAY;
	else
		yaml_complain(diag, DIAG_BAD_DURATION, value,
			"expected days, such as 90 days; found '%.*s'",
			STR_ARG(value->text));
}

static void read_flag(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	yaml_bool(value, target(into, key), diag);
}

/* Adds a text that is not there yet. */
static void add_once(struct arena *a, struct str_vec *texts, struct str text)
{
	for (size_t i = 0; i < texts->n; i++)
		if (str_equal(texts->at[i], text))
			return;
	vec_push(a, texts, text);
}

/* One or more of `names`; a name that is given twice counts once. */
static void read_names(struct arena *a, struct str_vec *texts,
	const struct yaml_node *value, const struct str *names, size_t n_names,
	struct diag *diag)
{
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	if (n == 0)
		yaml_complain(diag, DIAG_EMPTY_VALUE, value,
			"expected at least one name, found an empty list");
	for (uint32_t i = 0; i < n; i++) {
		size_t found;

		if (yaml_choice(items[i], names, n_names, &found, diag))
			add_once(a, texts, names[found]);
	}
}

static void read_fields(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	read_names(((struct params_reader *)into)->a, target(into, key), value,
		words_event_fields, words_n_event_fields, diag);
}

/* The first action is the empty one. */
static void read_actions(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	read_names(((struct params_reader *)into)->a, target(into, key), value,
		kind_actions + 1, ACTION_N - 1, diag);
}

/* One of two words; the second sets the flag. */
static void read_either(void *into, const struct yaml_key *key,
	const struct yaml_node *value, const struct str names[2],
	struct diag *diag)
{
	bool *flag = target(into, key);
	size_t found;

	if (yaml_choice(value, names, 2, &found, diag))
		*flag = found == 1;
}

static void read_weak(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	static const struct str names[] = {STR_INIT("day"), STR_INIT("all")};

	read_either(into, key, value, names, diag);
}

static void read_reopen(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	static const struct str names[] = {STR_INIT("span"), STR_INIT("sum")};

	read_either(into, key, value, names, diag);
}

static void read_fixed(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	static const struct str names[] = {
		STR_INIT("resolved"), STR_INIT("first")};

	read_either(into, key, value, names, diag);
}

static void read_date(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	size_t date;

	(void)key;
	if (yaml_choice(value, params_incident_dates, DATE_N, &date, diag))
		((struct params_reader *)into)->params->date =
			(enum incident_date)date;
}

#define AT(member) offsetof(struct metric_params, member)

static const struct yaml_key completeness_keys[] = {
	{STR_INIT("before"), false, YAML_TEXT, read_span, AT(before_ns)},
	{STR_INIT("after"), false, YAML_TEXT, read_span, AT(after_ns)},
	{STR_INIT("late_after"), false, YAML_TEXT, read_span,
		AT(late_after_ns)},
	{STR_INIT("weak_match"), false, YAML_TEXT, read_weak, AT(weak_all)},
	{STR_INIT("required"), false, YAML_TEXTS, read_fields, AT(required)},
	{STR_INIT("existence_actions"), false, YAML_TEXTS, read_actions,
		AT(existence_actions)},
	{STR_INIT("sample"), false, YAML_TEXT, read_flag, AT(sample)},
};

static const struct yaml_key rate_keys[] = {
	{STR_INIT("date"), false, YAML_TEXT, read_date, 0},
};

static const struct yaml_key remediation_keys[] = {
	{STR_INIT("reopen"), false, YAML_TEXT, read_reopen, AT(reopen_sum)},
	{STR_INIT("fixed"), false, YAML_TEXT, read_fixed, AT(fixed_first)},
	{STR_INIT("tau"), false, YAML_TEXT, read_days, AT(tau_ns)},
	{STR_INIT("calendar"), false, YAML_TEXT, yaml_read_unsupported, 0},
};

static const struct yaml_key downtime_keys[] = {
	{STR_INIT("exclude_maintenance"), false, YAML_TEXT, read_flag,
		AT(exclude_maintenance)},
	{STR_INIT("exposed"), false, YAML_TEXT, read_span, AT(exposed_ns)},
};

static void read_completeness(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	yaml_read_map(value, completeness_keys,
		sizeof(completeness_keys) / sizeof(completeness_keys[0]), true,
		"audit_trail_completeness", into, diag);
}

static void read_rate(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	yaml_read_map(value, rate_keys, 1, true, "regulatory_incident_rate",
		into, diag);
}

static void read_remediation(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	yaml_read_map(value, remediation_keys,
		sizeof(remediation_keys) / sizeof(remediation_keys[0]), true,
		"time_to_remediate", into, diag);
}

static void read_downtime(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	yaml_read_map(
		value, downtime_keys, 2, true, "downtime_impact", into, diag);
}

void params_refuse_metric(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)into;
	yaml_complain(diag, DIAG_NOT_SUPPORTED, value,
		"the metric '%.*s' is not computed by this version",
		STR_ARG(key->name));
}

static const struct yaml_key metric_keys[] = {
	{STR_INIT("audit_trail_completeness"), false, YAML_MAP_ONLY,
		read_completeness, 0},
	{STR_INIT("regulatory_incident_rate"), false, YAML_MAP_ONLY, read_rate,
		0},
	{STR_INIT("time_to_remediate"), false, YAML_MAP_ONLY, read_remediation,
		0},
	{STR_INIT("downtime_impact"), false, YAML_MAP_ONLY, read_downtime, 0},
	{STR_INIT("survey_feedback"), false, YAML_MAP_ONLY,
		params_refuse_metric, 0},
	{STR_INIT("assess"), false, YAML_MAP_ONLY, params_refuse_metric, 0},
};

void params_read(struct arena *a, const struct yaml_node *map,
	struct metric_params *out, struct diag *diag)
{
	struct params_reader reader = {a, out};

	yaml_read_map(map, metric_keys,
		sizeof(metric_keys) / sizeof(metric_keys[0]), false,
		"parameters", &reader, diag);
}
