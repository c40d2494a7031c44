#include "report/print.h"
#include "report/section.h"

/* Columns of a finding: its text, and what stands behind the role of a row of
   its evidence. */
#define TEXT_AT 7
#define ROW_AT  (TEXT_AT + 12)

/* The longest time in print, and the longest action of our own. */
#define TIME_WIDTH 24
#define EVENT_MAX  14

/* ---- one finding ---- */

static void write_keys(struct page *page, const struct finding *finding)
{
	const struct report_options *options = page->options;

	for (size_t i = 0; i < finding->n_keys; i++) {
		const struct key_value *key = &finding->keys[i];
		struct str value = page_whole(page, report_value(key, options));

		page_print(page, "%.*s=%.*s%s",
			STR_ARG(page_safe(page, key->name)), STR_ARG(value),
			i + 1 == finding->n_keys ? ":" : "");
	}
}

/* A line of evidence: what it is, when, and the rest. */
static void begin_row(struct page *page, struct str role, struct str time)
{
	page_begin(page, TEXT_AT, ROW_AT);
	page_word(page, role);
	page_tab(page, ROW_AT);
	page_word(page, time);
}

static void write_time(struct page *page, const char *role, int64_t ns)
{
	if (!cell_is_value(ns))
		return;
	begin_row(page, str_of(role), print_time(&page->a, ns));
	page_end(page);
}

static void write_witness(
	struct page *page, const struct witness *witness, size_t event_width)
{
	begin_row(page, page_whole(page, witness->role),
		print_time(&page->a, witness->time));
	page_tab(page, ROW_AT + TIME_WIDTH + 2);
	page_word(page, page_whole(page, report_event(witness, page->options)));
	page_tab(page, ROW_AT + TIME_WIDTH + 2 + event_width + 2);
	page_word(page, page_place(page, &witness->place));
	page_end(page);
}

/* When a violation ended, unless a row of its evidence says so. */
static void write_repair(struct page *page, const struct finding *finding)
{
	for (size_t i = 0; i < finding->n_witness; i++)
		if (finding->witness[i].time == finding->repaired_at)
			return;
	write_time(page, "repaired", finding->repaired_at);
}

/* Bytes of the longest event, so that places stand below each other. */
static size_t event_width(const struct finding *finding)
{
	size_t width = 0;

	for (size_t i = 0; i < finding->n_witness; i++)
		if (finding->witness[i].event.len > width)
			width = finding->witness[i].event.len;
	return width < EVENT_MAX ? width : EVENT_MAX;
}

static void write_waiver(struct page *page, const struct finding *finding)
{
	if (finding->waived_by.len == 0)
		return;
	page_begin(page, TEXT_AT, ROW_AT);
	page_word(page, STR("waived"));
	page_tab(page, ROW_AT);
	page_print(page, "until %.*s by %.*s: %.*s",
		STR_ARG(page_safe(page, finding->waived_until)),
		STR_ARG(page_safe(page, finding->waived_by)),
		STR_ARG(page_safe(page, finding->waiver_reason)));
	page_end(page);
}

static void write_finding(
	struct page *page, const struct finding *finding, size_t number)
{
	page_begin(page, 2, TEXT_AT);
	page_word(page, arena_print(&page->a, "%3zu.", number));
	write_keys(page, finding);
	page_print(page, "%.*s: %.*s", STR_ARG(kind_reasons[finding->kind]),
		STR_ARG(page_safe(page, finding->message)));
	page_end(page);
	write_time(page, "due", finding->due);
	for (size_t i = 0; i < finding->n_witness; i++)
		write_witness(page, &finding->witness[i], event_width(finding));
	write_repair(page, finding);
	write_waiver(page, finding);
}

/* ---- the findings of a rule ---- */

static void labelled(struct page *page, const char *label, struct str text)
{
	if (text.len == 0)
		return;
	page_begin(page, TEXT_AT, TEXT_AT + 5);
	page_print(page, "%s: %.*s", label, STR_ARG(page_safe(page, text)));
	page_end(page);
}

static void write_counts(struct page *page, const struct rule_result *rule)
{
	struct arena *a = &page->a;
	uint64_t violated = rule->verdicts[VERDICT_VIOLATED];
	uint64_t decided = violated + rule->verdicts[VERDICT_OK];

	page_begin(page, TEXT_AT, TEXT_AT);
	page_print(page, "%.*s of %.*s violated",
		STR_ARG(print_count(a, violated)),
		STR_ARG(print_counted(a, decided, "decided case")));
	if (rule->verdicts[VERDICT_WAIVED])
		page_print(page, "and %.*s waived",
			STR_ARG(print_count(
				a, rule->verdicts[VERDICT_WAIVED])));
	if (rule->status == RULE_DRAFT)
		page_text(page, STR("(a draft, it never fails)"));
	page_end(page);
}

static void write_cites(struct page *page, const struct rule_result *rule)
{
	if (rule->n_cites == 0)
		return;
	page_begin(page, TEXT_AT, TEXT_AT + 5);
	page_text(page, STR("cites:"));
	for (size_t i = 0; i < rule->n_cites; i++)
		page_print(page, "%.*s%s",
			STR_ARG(page_safe(page, rule->cites[i])),
			i + 1 < rule->n_cites ? ";" : "");
	page_end(page);
}

static void write_rule_head(struct page *page, const struct rule_result *rule)
{
	page_begin(page, 0, 0);
	page_end(page);
	page_begin(page, 2, TEXT_AT);
	page_paint(page, section_color(rule->severity),
		kind_severities[rule->severity]);
	page_tab(page, 0);
	page_paint(page, PAGE_BOLD, page_whole(page, rule->id));
	page_tab(page, 0);
	page_text(page, page_safe(page, rule->title));
	page_end(page);
	write_counts(page, rule);
	write_cites(page, rule);
	labelled(page, "why", rule->why);
	labelled(page, "fix", rule->fix);
}

/* How many are left out, and which option would show them. */
static void write_rest(
	struct page *page, uint64_t total, size_t kept, size_t shown)
{
	struct arena *a = &page->a;

	if (shown < kept) {
		page_begin(page, TEXT_AT, TEXT_AT);
		page_print(page, "and %.*s more; --max-examples=0 lists them",
			STR_ARG(print_count(a, kept - shown)));
		page_end(page);
	}
	if (kept < total) {
		page_begin(page, TEXT_AT, TEXT_AT);
		page_print(page,
			"and %.*s more that are only counted; "
			"--max-findings=0 keeps them",
			STR_ARG(print_count(a, total - kept)));
		page_end(page);
	}
}

/* The findings from position `start` that are of one rule; returns the
   position behind them. */
static size_t write_rule(
	struct page *page, const struct result *r, size_t start)
{
	const struct rule_result *rule = &r->rules[r->findings[start].rule];
	size_t max = page->options->max_examples, end = start;

	while (end < r->n_findings &&
		r->findings[end].rule == r->findings[start].rule)
		end++;
	if (max == 0 || max > end - start)
		max = end - start;
	write_rule_head(page, rule);
	for (size_t i = 0; i < max; i++) {
		write_finding(page, &r->findings[start + i], i + 1);
		/* One finding after the other: their number has no bound. */
		arena_free(&page->a);
	}
	write_rest(page, rule->findings, end - start, max);
	return end;
}

void section_findings(struct page *page, const struct result *result)
{
	size_t i = 0;

	if (result->n_findings == 0)
		return;
	page_heading(page, "Findings, most severe first");
	while (i < result->n_findings)
		i = write_rule(page, result, i);
}
