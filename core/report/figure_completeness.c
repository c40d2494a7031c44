#include "report/figure.h"
#include "report/members.h"
#include "report/print.h"

#define DECIMALS 2

/* ---- the result document ---- */

static void write_levels(struct json_writer *json, const struct completeness *c)
{
	struct share none = {0};

	json_name(json, "levels");
	json_begin_object(json);
	member_share(json, "record", c->record, c->why_record);
	member_share(json, "field", c->field, c->why_record);
	member_share(json, "session", none, c->why_session);
	member_share(json, "lineage", none, c->why_lineage);
	member_share(json, "path", none, c->why_path);
	json_end_object(json);
}

static void write_by(struct json_writer *json, const struct completeness *c)
{
	json_name(json, "by");
	json_begin_array(json);
	for (size_t i = 0; i < c->n_by; i++) {
		json_inline(json);
		json_begin_object(json);
		member_text(json, "by", str_of(c->by[i].by));
		member_text(json, "key", c->by[i].key);
		member_ratio(json, c->by[i].share);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_counts(struct json_writer *json, const struct completeness *c)
{
	member_count(json, "matched", c->matched);
	member_count(json, "late", c->late);
	member_count(json, "partial", c->partial);
	member_count(json, "missing", c->missing + c->numbers_missing);
	member_count(json, "unverifiable", c->unverifiable);
	member_count(json, "excluded", c->excluded);
	member_count(json, "outside", c->outside);
	member_count(json, "orphans", c->orphans);
	member_count(json, "weak", c->weak);
	member_count(json, "walked", c->walked);
	member_share(json, "strict", c->strict, c->why_record);
	member_share(json, "upper", c->upper, c->why_record);
	member_share(json, "verifiable", c->verifiable, c->why_record);
	member_share(json, "no_weak", c->no_weak, c->why_record);
	member_share(json, "existence", c->existence, c->why_record);
	member_share(json, "timeliness", c->timeliness, c->why_record);
	member_count(json, "streams", c->streams);
	member_count(json, "streams_with_gaps", c->streams_with_gap);
}

/* Numbers that no row of a stream has: pairs of first and last. */
static void write_absent(struct json_writer *json, const struct gap_group *gap)
{
	if (gap->n_ranges == 0)
		return;
	json_name(json, "absent");
	json_inline(json);
	json_begin_array(json);
	for (size_t i = 0; i < gap->n_ranges; i++) {
		json_begin_array(json);
		json_int(json, gap->ranges[2 * i]);
		json_int(json, gap->ranges[2 * i + 1]);
		json_end_array(json);
	}
	json_end_array(json);
}

static void write_gap(struct json_writer *json, const struct gap_group *gap,
	const struct report_options *options)
{
	json_begin_object(json);
	member_text(json, "system", report_stream(gap, options));
	member_text(json, "object_type", gap->object_type);
	member_text(json, "action", gap->action);
	member_text(json, "quarter", gap->quarter);
	member_double(json, "points",
		gap->of ? 100.0 * (double)gap->lost / (double)gap->of : 0);
	member_count(json, "missing", gap->missing);
	member_count(json, "unverifiable", gap->unverifiable);
	member_count(json, "partial", gap->partial);
	member_count(json, "late", gap->late);
	write_absent(json, gap);
	member_places(json, gap->places, gap->n_places);
	json_end_object(json);
}

static void write(struct json_writer *json, const struct metrics *metrics,
	const struct report_options *options)
{
	const struct completeness *c = &metrics->completeness;

	member_ratio(json, c->main);
	if (c->has_interval)
		member_interval(json, "ci95", c->low, c->high);
	else
		member_null(json, "ci95");
	if (c->variant.len)
		member_text(json, "variant", c->variant);
	member_why(json, c->why);
	write_levels(json, c);
	write_by(json, c);
	write_counts(json, c);
	json_name(json, "gaps");
	json_begin_array(json);
	for (size_t i = 0; i < c->n_gaps; i++)
		write_gap(json, &c->gaps[i], options);
	json_end_array(json);
	member_count(json, "gaps_total", c->gaps_total);
}

/* ---- the text report ---- */

/* What weakens the headline must stand beside it. */
static struct str doubt_of(struct arena *a, const struct completeness *c)
{
	if (c->unverifiable == 0)
		return STR("");
	return arena_print(a, ", %.*s cannot be verified",
		STR_ARG(print_count(a, c->unverifiable)));
}

struct str figure_completeness_basis(
	struct page *page, const struct completeness *c)
{
	struct str share = print_share(&page->a, c->main);

	if (c->main.denominator == 0)
		return page_safe(page, c->why);
	if (str_equal(c->variant, STR("record")))
		return arena_print(&page->a,
			"%.*s transactions are in the log%.*s", STR_ARG(share),
			STR_ARG(doubt_of(&page->a, c)));
	if (str_equal(c->variant, STR("counter")))
		return arena_print(&page->a,
			"%.*s counted updates are in the log "
			"(variant: counter)",
			STR_ARG(share));
	return arena_print(&page->a,
		"%.*s decided cases are complete (variant: %.*s)",
		STR_ARG(share), STR_ARG(page_safe(page, c->variant)));
}

static void part(struct grid *grid, const char *name, struct share share,
	const char *basis)
{
	struct arena *a = &grid->page->a;

	figure_part(grid, name, STR(""), report_percent(a, share, DECIMALS),
		arena_print(
			a, "%.*s %s", STR_ARG(print_share(a, share)), basis));
}

static struct str outside_of(struct arena *a, const struct completeness *c)
{
	if (c->outside == 0)
		return STR("");
	return arena_print(a, ", %.*s the period",
		STR_ARG(print_labelled(a, c->outside, "outside")));
}

static struct str outcome_of(struct arena *a, const struct completeness *c)
{
	return arena_print(a, "%.*s, %.*s, %.*s; %.*s, %.*s; %.*s%.*s",
		STR_ARG(print_labelled(a, c->matched, "matched")),
		STR_ARG(print_labelled(a, c->late, "late")),
		STR_ARG(print_labelled(a, c->partial, "partial")),
		STR_ARG(print_labelled(a, c->missing, "missing")),
		STR_ARG(print_labelled(a, c->unverifiable, "unverifiable")),
		STR_ARG(print_labelled(a, c->excluded, "excluded")),
		STR_ARG(outside_of(a, c)));
}

/* With a system of record: how its transactions fared. */
static void show_record(struct grid *grid, const struct completeness *c)
{
	struct arena *a = &grid->page->a;

	figure_row(grid, "", STR(""), outcome_of(a, c));
	if (c->has_interval)
		figure_row(grid, "", STR(""),
			arena_print(a,
				"95%% [%.*s%%, %.*s%%] of all, as the "
				"transactions are a sample",
				STR_ARG(print_number(
					a, 100 * c->low, DECIMALS)),
				STR_ARG(print_number(
					a, 100 * c->high, DECIMALS))));
	part(grid, "required fields", c->field, "are filled");
	part(grid, "in time", c->timeliness, "were logged in time");
	part(grid, "existence", c->existence, "log entries have a transaction");
	if (c->unverifiable)
		part(grid, "at most", c->upper,
			"if what cannot be verified was logged");
	if (c->weak)
		part(grid, "strong matches", c->no_weak,
			"without matches by day only");
}

/* By counters: the streams with missing numbers stand in the gap list. */
static void show_counter(struct grid *grid, const struct completeness *c)
{
	struct arena *a = &grid->page->a;

	figure_row(grid, "", STR(""),
		arena_print(a, "%.*s missing in %.*s of %.*s",
			STR_ARG(print_counted(a, c->numbers_missing, "number")),
			STR_ARG(print_count(a, c->streams_with_gap)),
			STR_ARG(print_counted(a, c->streams, "stream"))));
}

static void show_by(struct grid *grid, const struct completeness *c)
{
	struct arena *a = &grid->page->a;
	size_t shown = 0, left = 0;

	for (size_t i = 0; i < c->n_by; i++) {
		const struct share_by *by = &c->by[i];

		if (by->share.denominator == 0)
			continue;
		if (++shown > FIGURE_PARTS) {
			left++;
			continue;
		}
		figure_part(grid, by->by, by->key,
			report_percent(a, by->share, DECIMALS),
			print_share(a, by->share));
	}
	figure_more(grid, left, "line");
}

static void show(struct grid *grid, const struct metrics *metrics)
{
	const struct completeness *c = &metrics->completeness;

	figure_row(grid, "audit trail completeness",
		report_percent(&grid->page->a, c->main, DECIMALS),
		figure_completeness_basis(grid->page, c));
	if (c->main.denominator == 0)
		return;
	if (str_equal(c->variant, STR("record")))
		show_record(grid, c);
	if (str_equal(c->variant, STR("counter")))
		show_counter(grid, c);
	show_by(grid, c);
}

const struct figure figure_completeness = {
	.name = STR_INIT("audit_trail_completeness"),
	.write = write,
	.show = show,
};
