#include "rule/days.h"

#include "format/timestamp.h"

bool days_read(const struct yaml_node *node, int64_t *day, struct diag *diag)
{
	if (timestamp_read_day(node->text, day))
		return true;
	yaml_complain(diag, DIAG_BAD_DATE, node,
		"expected a day as YYYY-MM-DD; found '%.*s'",
		STR_ARG(node->text));
	return false;
}

bool days_read_of_time(
	const struct yaml_node *node, int64_t *day, struct diag *diag)
{
	int64_t found;

	if (!days_read(node, &found, diag))
		return false;
	if (found < -DAYS_OF_TIME || found > DAYS_OF_TIME) {
		yaml_complain(diag, DIAG_BAD_DATE, node,
			"expected a day from 1677-09-23 to 2262-04-10; found "
			"'%.*s'",
			STR_ARG(node->text));
		return false;
	}
	*day = found;
	return true;
}

struct span_reader {
	struct days_span *span;
	const struct yaml_node *to;
	bool ok;
};

static void read_from(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct span_reader *r = into;

	(void)key;
	r->ok = days_read(value, &r->span->from, diag) && r->ok;
}

static void read_to(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct span_reader *r = into;

	(void)key;
	r->to = value;
	r->ok = days_read(value, &r->span->to, diag) && r->ok;
}

static const struct yaml_key either_keys[] = {
	{STR_INIT("from"), false, YAML_TEXT, read_from, 0},
	{STR_INIT("to"), false, YAML_TEXT, read_to, 0},
};

static const struct yaml_key both_keys[] = {
	{STR_INIT("from"), true, YAML_TEXT, read_from, 0},
	{STR_INIT("to"), true, YAML_TEXT, read_to, 0},
};

bool days_read_span(const struct yaml_node *map, const char *what, bool both,
	struct days_span *out, struct diag *diag)
{
	struct span_reader reader = {.span = out, .ok = true};
	uint64_t complaints = diag_count_level(diag, DIAG_USAGE);

	*out = (struct days_span) {INT64_MIN, INT64_MAX};
	yaml_read_map(map, both ? both_keys : either_keys, 2, true, what,
		&reader, diag);
	if (!reader.ok || diag_count_level(diag, DIAG_USAGE) != complaints)
		return false;
	if (out->from <= out->to)
		return true;
	yaml_complain(diag, DIAG_BAD_DATE, reader.to,
		"%s ends before it begins", what);
	return false;
}
