#include "report/section.h"

#include "report/assumed_rows.h"
#include "report/figure.h"
#include "report/print.h"

#include <stdlib.h>

/* Rules that the head names. */
#define WORST_MAX 3

const char *section_color(enum severity severity)
{
	return severity >= SEVERITY_HIGH     ? PAGE_RED
	       : severity == SEVERITY_MEDIUM ? PAGE_YELLOW
					     : PAGE_BOLD;
}

static const char *word_color(enum verdict_word word)
{
	return word == WORD_PASS   ? PAGE_GREEN
	       : word == WORD_FAIL ? PAGE_RED
				   : PAGE_YELLOW;
}

/* ---- the first line ---- */

static struct str findings_text(struct page *page, const struct result *r)
{
	struct arena *a = &page->a;
	struct str level = kind_severities[r->fail_on];
	uint64_t failing = r->counts.failing, below = r->counts.below;

	if (r->never_fails)
		return arena_print(a, "%.*s, none of which can fail the check",
			STR_ARG(print_counted(a, failing + below, "finding")));
	if (failing == 0)
		return arena_print(a, "no finding at or above %.*s, %.*s",
			STR_ARG(level),
			STR_ARG(print_labelled(a, below, "below")));
	return arena_print(a, "%.*s at or above %.*s, %.*s",
		STR_ARG(print_counted(a, failing, "finding")), STR_ARG(level),
		STR_ARG(print_labelled(a, below, "below")));
}

/* What an empty check lacked. */
static const char *emptiness(const struct result *r)
{
	if (result_rows(r).accepted == 0)
		return "nothing was checked: no row was accepted";
	if (r->counts.rules == 0)
		return "nothing was checked: there is no rule";
	return "nothing was checked: no rule applied";
}

static void write_verdict(struct page *page, const struct result *r)
{
	struct str word = result_words[r->word];

	page_begin(page, 0, word.len + 2);
	page_paint(page, word_color(r->word), word);
	page_tab(page, word.len + 2);
	if (r->word == WORD_EMPTY)
		page_print(page, "%s;", emptiness(r));
	if (r->word == WORD_ERROR)
		page_print(
			page, "the run has errors, which the messages name;");
	page_print(page, "%.*s; exit status %d",
		STR_ARG(findings_text(page, r)), r->exit);
	page_end(page);
	for (size_t i = 0; i < r->incomplete_why.n; i++) {
		page_begin(page, 2, 14);
		page_paint(page, PAGE_YELLOW, STR("INCOMPLETE"));
		page_tab(page, 14);
		page_text(page, page_safe(page, r->incomplete_why.at[i]));
		page_end(page);
	}
}

/* ---- the worst rules ---- */

static bool has_findings(const struct rule_result *rule, bool failing)
{
	if (failing)
		return rule->fails;
	return rule->verdicts[VERDICT_VIOLATED] > 0;
}

/* In the order of the findings. */
static int compare_rules(const void *left, const void *right)
{
	const struct rule_result *a = left, *b = right;

	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	return str_compare(a->id, b->id);
}

/* A rule may fail because it never matched. */
static void worst_row(struct grid *grid, const struct rule_result *rule)
{
	struct page *page = grid->page;
	uint64_t violated = rule->verdicts[VERDICT_VIOLATED];
	struct str title = page_safe(page, rule->title);
	struct str cells[] = {kind_severities[rule->severity],
		print_count(&page->a, violated), page_safe(page, rule->id),
		title};

	if (violated == 0)
		cells[3] = arena_print(&page->a, "%.*s (%.*s)", STR_ARG(title),
			STR_ARG(result_outcomes[rule->outcome]));
	grid_row(grid, cells);
}

static void write_worst(struct page *page, const struct result *r)
{
	static const struct grid_column columns[] = {{NULL, GRID_LEFT},
		{NULL, GRID_RIGHT}, {NULL, GRID_LEFT}, {NULL, GRID_LEFT}};
	struct grid grid = {.page = page, .columns = columns, .n = 4};
	struct rule_result *rules = arena_array(
		&page->a, struct rule_result, r->n_rules);
	size_t n = 0;

	for (size_t i = 0; i < r->n_rules; i++)
		if (has_findings(&r->rules[i], r->counts.failing > 0))
			rules[n++] = r->rules[i];
	if (n == 0)
		return;
	qsort(rules, n, sizeof(*rules), compare_rules);
	for (size_t i = 0; i < n && i < WORST_MAX; i++)
		worst_row(&grid, &rules[i]);
	page_begin(page, 0, 0);
	page_end(page);
	grid_print(&grid, 2);
	if (n <= WORST_MAX)
		return;
	page_begin(page, 2, 2);
	page_print(page, "and %.*s",
		STR_ARG(print_counted(&page->a, n - WORST_MAX, "more rule")));
	page_end(page);
}

/* ---- the run ---- */

static void fact(struct grid *grid, const char *name, struct str text)
{
	struct str cells[] = {str_of(name), text};

	grid_row(grid, cells);
}

static struct str rows_text(struct page *page, const struct result *r)
{
	struct arena *a = &page->a;
	struct row_counts rows = result_rows(r);

	return arena_print(a, "%.*s = %.*s + %.*s + %.*s + %.*s",
		STR_ARG(print_labelled(a, rows.read, "read")),
		STR_ARG(print_labelled(a, rows.accepted, "accepted")),
		STR_ARG(print_labelled(a, rows.duplicate, "duplicate")),
		STR_ARG(print_labelled(a, rows.filtered, "filtered")),
		STR_ARG(print_labelled(a, rows.rejected, "rejected")));
}

static struct str rules_text(struct page *page, const struct result *r)
{
	struct arena *a = &page->a;
	const struct verdict_counts *c = &r->counts;

	return arena_print(a, "%.*s of %.*s, %.*s, %.*s",
		STR_ARG(print_count(a, c->applied)),
		STR_ARG(print_labelled(a, c->rules, "applied")),
		STR_ARG(print_labelled(a, c->never_matched, "never matched")),
		STR_ARG(print_labelled(a, c->not_evaluable, "not evaluable")));
}

static struct str verdicts_text(struct page *page, const struct result *r)
{
	struct arena *a = &page->a;
	uint64_t ok = 0;

	for (size_t i = 0; i < r->n_rules; i++)
		ok += r->rules[i].verdicts[VERDICT_OK];
	return arena_print(a, "%.*s, %.*s, %.*s, %.*s, %.*s",
		STR_ARG(print_labelled(a, ok, "ok")),
		STR_ARG(print_labelled(a, r->counts.findings, "violated")),
		STR_ARG(print_labelled(a, r->counts.pending, "pending")),
		STR_ARG(print_labelled(a, r->counts.unknown, "unknown")),
		STR_ARG(print_labelled(a, r->counts.waived, "waived")));
}

static struct str completeness_text(struct page *page, const struct result *r)
{
	const struct completeness *c = &r->metrics.completeness;

	return arena_print(&page->a, "%.*s: %.*s",
		STR_ARG(report_percent(&page->a, c->main, 2)),
		STR_ARG(figure_completeness_basis(page, c)));
}

static struct str tool_text(struct page *page, const struct result *r)
{
	struct str config = STR("no project file");

	if (r->config_path.len)
		config = arena_print(&page->a, "%.*s@%.*s",
			STR_ARG(page_path(page, r->config_path)),
			STR_ARG(page_safe(
				page, str_slice(r->config_sha256, 0, 8))));
	return arena_print(&page->a,
		"lineal %.*s with %.*s; privacy %s. " REPORT_DISCLAIMER,
		STR_ARG(page_safe(page, r->tool_version)), STR_ARG(config),
		page->options->full_privacy ? "full" : "masked");
}

static void write_run(struct page *page, const struct result *r)
{
	static const struct grid_column columns[] = {
		{NULL, GRID_LEFT}, {NULL, GRID_LEFT}};
	struct grid grid = {.page = page, .columns = columns, .n = 2};

	fact(&grid, "completeness", completeness_text(page, r));
	fact(&grid, "rows", rows_text(page, r));
	fact(&grid, "rules", rules_text(page, r));
	fact(&grid, "verdicts", verdicts_text(page, r));
	fact(&grid, "period",
		print_period(&page->a, r->period_from, r->period_to));
	fact(&grid, "as of", print_time(&page->a, r->as_of));
	assumed_rows(&grid, r);
	fact(&grid, "made by", tool_text(page, r));
	page_begin(page, 0, 0);
	page_end(page);
	grid_print(&grid, 2);
}

void section_head(struct page *page, const struct result *result)
{
	write_verdict(page, result);
	write_worst(page, result);
	write_run(page, result);
}
