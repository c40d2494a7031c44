#include "ingest/coverage.h"

#include "format/timestamp.h"

/* A map {from, to} of two scalars; false after a complaint. */
static bool read_from_to(const struct yaml_node *map,
	const struct yaml_node **from, const struct yaml_node **to,
	struct diag *diag)
{
	*from = *to = NULL;
	if (map->kind == YAML_MAP && map->n == 2) {
		*from = yaml_get(map, STR("from"));
		*to = yaml_get(map, STR("to"));
	}
	if (*from && *to && (*from)->kind == YAML_SCALAR &&
		(*to)->kind == YAML_SCALAR)
		return true;
	yaml_complain(
		diag, DIAG_WRONG_TYPE, map, "expected {from: ..., to: ...}");
	return false;
}

static bool read_instant(
	const struct yaml_node *node, int64_t *ns, struct diag *diag)
{
	struct arena scratch = {0};
	struct time_form form = {.order = DATE_YMD, .zone = zone_utc(&scratch)};
	struct instant instant;
	bool ok = timestamp_read(node->text, &form, &instant) == TIME_OK;

	if (ok)
		*ns = instant.ns;
	else
		yaml_complain(diag, DIAG_BAD_DATE, node,
			"'%.*s' is not a time; write 2026-03-01T13:00:00Z or "
			"2026-03-01",
			STR_ARG(node->text));
	arena_free(&scratch);
	return ok;
}

static bool read_gap(
	const struct yaml_node *map, struct gap *gap, struct diag *diag)
{
	const struct yaml_node *from, *to;

	if (!read_from_to(map, &from, &to, diag) ||
		!read_instant(from, &gap->from, diag) ||
		!read_instant(to, &gap->to, diag))
		return false;
	if (gap->from < gap->to)
		return true;
	yaml_complain(diag, DIAG_BAD_DATE, to, "the gap ends before it begins");
	return false;
}

void coverage_read_gaps(struct arena *a, const struct yaml_node *list,
	struct gap_list *out, struct diag *diag)
{
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&list, &n);

	vec_reserve(a, out, out->n + n);
	for (uint32_t i = 0; i < n; i++)
		if (read_gap(items[i], &out->at[out->n], diag))
			out->n++;
}

static bool read_day(
	const struct yaml_node *node, int64_t *day, struct diag *diag)
{
	if (timestamp_read_day(node->text, day))
		return true;
	yaml_complain(diag, DIAG_BAD_DATE, node,
		"'%.*s' is not a day as YYYY-MM-DD", STR_ARG(node->text));
	return false;
}

bool coverage_read_days(const struct yaml_node *map, int64_t *from, int64_t *to,
	struct diag *diag)
{
	const struct yaml_node *first, *last;

	if (!read_from_to(map, &first, &last, diag) ||
		!read_day(first, from, diag) || !read_day(last, to, diag))
		return false;
	if (*from <= *to)
		return true;
	yaml_complain(
		diag, DIAG_BAD_DATE, last, "covers ends before it begins");
	return false;
}
