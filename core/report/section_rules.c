#include "report/grid.h"
#include "report/print.h"
#include "report/section.h"

/* Lines of this width have room for the titles. */
#define WIDTH_OF_TITLES 100

static bool was_judged(const struct rule_result *rule)
{
	return !rule->never_matched && !rule->not_evaluable;
}

/* ---- the table: rules that judged nothing stand in "Not checked" ---- */

static void rule_row(struct grid *grid, const struct rule_result *rule)
{
	static const enum verdict order[] = {VERDICT_VIOLATED, VERDICT_OK,
		VERDICT_PENDING, VERDICT_UNKNOWN, VERDICT_WAIVED,
		VERDICT_NOT_APPLICABLE};
	struct page *page = grid->page;
	struct str cells[2 + VERDICT_N + 1] = {kind_severities[rule->severity],
		result_outcomes[rule->outcome]};

	for (size_t i = 0; i < VERDICT_N; i++)
		cells[2 + i] = print_count(&page->a, rule->verdicts[order[i]]);
	cells[2 + VERDICT_N] = page_safe(page, rule->id);
	if (page->options->width >= WIDTH_OF_TITLES)
		cells[2 + VERDICT_N] = arena_print(&page->a, "%.*s  %.*s",
			STR_ARG(cells[2 + VERDICT_N]),
			STR_ARG(page_safe(page, rule->title)));
	grid_row(grid, cells);
}

static void write_table(struct page *page, const struct result *r)
{
	static const struct grid_column columns[] = {{"severity", GRID_LEFT},
		{"outcome", GRID_LEFT}, {"violated", GRID_COUNT},
		{"ok", GRID_COUNT}, {"pending", GRID_COUNT},
		{"unknown", GRID_COUNT}, {"waived", GRID_COUNT},
		{"n/a", GRID_COUNT}, {"rule", GRID_LEFT}};
	struct grid grid = {.page = page, .columns = columns, .n = 9};

	for (size_t i = 0; i < r->n_rules; i++)
		if (was_judged(&r->rules[i]))
			rule_row(&grid, &r->rules[i]);
	grid_print(&grid, 2);
}

/* ---- remarks ---- */

static void remark(
	struct page *page, const struct rule_result *rule, struct str text)
{
	struct str id = page_safe(page, rule->id);

	page_begin(page, 2, 4);
	page_print(page, "%.*s: %.*s", STR_ARG(id), STR_ARG(text));
	page_end(page);
}

static void counted_remark(struct page *page, const struct rule_result *rule,
	uint64_t n, const char *text)
{
	if (n > 0)
		remark(page, rule,
			arena_print(&page->a, "%.*s %s",
				STR_ARG(print_count(&page->a, n)), text));
}

/* "R-1: 3 unknown (no-key), the row has no value for case: log.csv:4 ..." */
static void write_unknown(struct page *page, const struct rule_result *rule)
{
	for (size_t i = 0; i < rule->n_unknown; i++) {
		const struct unknown_reason *unknown = &rule->unknown[i];

		page_begin(page, 2, 4);
		page_print(page, "%.*s: %.*s unknown (%.*s), %.*s:",
			STR_ARG(page_safe(page, rule->id)),
			STR_ARG(print_count(&page->a, unknown->count)),
			STR_ARG(kind_reasons[unknown->reason]),
			STR_ARG(page_safe(page, unknown->why)));
		for (size_t j = 0; j < unknown->n_places; j++)
			page_word(page, page_place(page, &unknown->places[j]));
		if (unknown->count > unknown->n_places)
			page_word(page, STR("..."));
		page_end(page);
	}
}

static void write_remarks(struct page *page, const struct rule_result *rule)
{
	/* Of what was judged, thresholds that warn, or were judged in part,
	   have a reason. */
	if (was_judged(rule) && rule->reason.len)
		remark(page, rule,
			arena_print(&page->a, "warning: %.*s",
				STR_ARG(page_safe(page, rule->reason))));
	write_unknown(page, rule);
	counted_remark(
		page, rule, rule->close, "pending past the time to warn at");
	counted_remark(page, rule, rule->unborn,
		"seen without their beginning, not judged");
	counted_remark(page, rule, rule->undecided,
		"rows of which it cannot be said whether they are a partner");
	if (rule->partner_never_seen)
		remark(page, rule,
			STR("what it waits for is nowhere in the log"));
}

void section_rules(struct page *page, const struct result *result)
{
	if (result->n_rules == 0)
		return;
	page_heading(page, "Rules");
	write_table(page, result);
	for (size_t i = 0; i < result->n_rules; i++)
		write_remarks(page, &result->rules[i]);
}
