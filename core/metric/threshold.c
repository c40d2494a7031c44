#include "metric/threshold.h"

/* The main value of a metric: exact where it is a share, with the number of
   cases behind it. */
struct figure {
	bool known;
	bool is_share; /* value is share, in percent 100 * share */
	struct share share;
	double value;
	uint64_t cases;
	bool is_infinite; /* a median that is not reached */
	struct str unit;
};

static struct figure of_completeness(const struct metrics *m)
{
	const struct completeness *c = &m->completeness;

	return (struct figure) {.known = c->main.denominator > 0,
		.is_share = true,
		.share = c->main,
		.cases = c->main.denominator};
}

static struct figure of_rate(const struct metrics *m)
{
	return (struct figure) {.known = m->rate.why.len == 0,
		.value = m->rate.value,
		.cases = m->rate.count,
		.unit = STR(" per quarter")};
}

static struct figure of_remediation(const struct metrics *m)
{
	const struct remediation *r = &m->remediation;

	/* A median that is not reached lies above any threshold. */
	return (struct figure) {.known = r->why.len == 0,
		.value = r->km_median_days,
		.is_infinite = !r->has_km_median,
		.cases = r->closed + r->open,
		.unit = STR(" days")};
}

static struct figure of_downtime(const struct metrics *m)
{
	const struct downtime *d = &m->downtime;

	return (struct figure) {
		.known = d->why.len == 0 && d->why_legal.len == 0,
		.value = (double)d->legal_ns / 60e9,
		.cases = d->outages,
		.unit = STR(" minutes")};
}

static struct figure of_roi(const struct metrics *m)
{
	return (struct figure) {
		.known = m->roi.has_value, .value = m->roi.value, .cases = 1};
}

static const struct {
	struct str name;
	struct figure (*of)(const struct metrics *metrics);
} figures[] = {
	{STR_INIT("audit_trail_completeness"), of_completeness},
	{STR_INIT("regulatory_incident_rate"), of_rate},
	{STR_INIT("time_to_remediate"), of_remediation},
	{STR_INIT("downtime_impact"), of_downtime},
	{STR_INIT("compliance_roi"), of_roi},
};

#define N_FIGURES (sizeof(figures) / sizeof(figures[0]))

/* ---- reading ---- */

struct threshold_reader {
	struct arena *a;
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

/* "up|down more than N points|percent since last run | from mean of last K
   runs". */
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
	if (!eat(&text, STR("points ")) && !eat(&text, STR("percent ")))
		return false;
	return str_equal(text, STR("since last run")) ||
	       str_has_prefix(text, STR("from mean of last "));
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

		if (read_condition(str_trim(items[i]->text), &condition)) {
			vec_push(r->a, list, condition);
			continue;
		}
		yaml_complain(diag, DIAG_BAD_THRESHOLD, items[i],
			"expected `below N`, `above N` (perhaps with %%), `no "
			"value`, or `up|down more than N points|percent since "
			"last run`; found '%.*s'",
			STR_ARG(items[i]->text));
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
	struct threshold_reader reader = {a, &threshold};

	yaml_read_map(value, keys, sizeof(keys) / sizeof(keys[0]), true,
		"a threshold", &reader, diag);
	vec_push(a, out, threshold);
}

void threshold_read(struct arena *a, const struct yaml_node *map,
	struct thresholds *out, struct diag *diag)
{
	struct threshold_list list = {a, out};
	struct yaml_key metric_keys[N_FIGURES];

	for (size_t i = 0; i < N_FIGURES; i++)
		metric_keys[i] = (struct yaml_key) {.name = figures[i].name,
			.form = YAML_MAP_ONLY,
			.read = read_threshold};
	yaml_read_map(
		map, metric_keys, N_FIGURES, false, "thresholds", &list, diag);
}

/* ---- judging ---- */

static double power_of_ten(int n)
{
	double power = 1;

	while (n-- > 0)
		power *= 10;
	return power;
}

/* Negative, 0 or positive: the figure against the limit. Shares are compared
   exactly, in percent. */
static int compare(const struct figure *figure, const struct condition *c)
{
	double limit = (double)c->limit.digits / power_of_ten(c->limit.scale);
	double value = figure->value;
	__int128 left, right;

	if (figure->is_infinite)
		return 1;
	if (!figure->is_share) {
		value = c->is_percent ? value * 100 : value;
		return (value > limit) - (value < limit);
	}
	left = (__int128)figure->share.numerator * 100;
	right = (__int128)c->limit.digits * figure->share.denominator;
	for (int i = 0; i < c->limit.scale; i++)
		left *= 10;
	return (left > right) - (left < right);
}

static bool is_crossed(
	const struct figure *figure, const struct condition *condition)
{
	switch (condition->kind) {
	case CONDITION_BELOW:
		return figure->known && compare(figure, condition) < 0;
	case CONDITION_ABOVE:
		return figure->known && compare(figure, condition) > 0;
	case CONDITION_NO_VALUE:
		return !figure->known;
	case CONDITION_TREND:
		return false;
	}
	return false;
}

static struct str print_figure(struct arena *a, const struct figure *figure)
{
	char buffer[32];

	if (!figure->known)
		return STR("n/a");
	if (figure->is_infinite)
		return STR("not reached");
	if (figure->is_share)
		return arena_print(a, "%llu of %llu",
			(unsigned long long)figure->share.numerator,
			(unsigned long long)figure->share.denominator);
	return arena_print(a, "%.*s%.*s",
		STR_ARG(number_print_double(figure->value, buffer)),
		STR_ARG(figure->unit));
}

static bool any_crossed(const struct figure *figure,
	const struct conditions *list, struct threshold_result *out)
{
	for (size_t i = 0; i < list->n; i++) {
		out->no_trend |= list->at[i].kind == CONDITION_TREND;
		if (!is_crossed(figure, &list->at[i]))
			continue;
		out->condition = list->at[i].text;
		return true;
	}
	return false;
}

struct threshold_result threshold_judge(struct arena *a,
	const struct threshold *threshold, const struct metrics *metrics)
{
	struct threshold_result out = {0};
	struct figure figure = {0};

	for (size_t i = 0; i < N_FIGURES; i++)
		if (str_equal(figures[i].name, threshold->metric))
			figure = figures[i].of(metrics);
	out.value = print_figure(a, &figure);
	if (figure.known && figure.cases < (uint64_t)threshold->at_least_cases)
		out.state = THRESHOLD_TOO_FEW;
	else if (any_crossed(&figure, &threshold->fail_if, &out))
		out.state = THRESHOLD_FAIL;
	else if (any_crossed(&figure, &threshold->warn_if, &out))
		out.state = THRESHOLD_WARN;
	else if (!figure.known)
		out.state = THRESHOLD_NO_VALUE;
	return out;
}
