#include "report/figure.h"
#include "report/section.h"

/* A part that was not checked, and why. */
static void line(
	struct page *page, struct str what, struct str how, struct str why)
{
	page_begin(page, 2, 4);
	page_print(page, "%.*s: %.*s%s%.*s", STR_ARG(page_safe(page, what)),
		STR_ARG(how), how.len && why.len ? ", " : "",
		STR_ARG(page_safe(page, why)));
	page_end(page);
}

static void write_rules(struct page *page, const struct result *r)
{
	for (size_t i = 0; i < r->n_rules; i++) {
		const struct rule_result *rule = &r->rules[i];

		if (rule->never_matched || rule->not_evaluable)
			line(page, rule->id, result_outcomes[rule->outcome],
				rule->reason);
	}
}

static void write_levels(struct page *page, const struct completeness *c)
{
	const struct str none = {0};

	if (c->why_session.len)
		line(page, STR("completeness of sessions"), none,
			c->why_session);
	if (c->why_lineage.len)
		line(page, STR("completeness of lineage"), none,
			c->why_lineage);
	if (c->why_path.len)
		line(page, STR("completeness of paths"), none, c->why_path);
}

static void write_figures(struct page *page)
{
	page_begin(page, 2, 4);
	page_text(page, STR("not computed by this version:"));
	for (size_t i = 0; i < figure_count; i++)
		if (!figure_table[i]->show)
			page_word(page, figure_table[i]->name);
	page_end(page);
}

void section_unchecked(struct page *page, const struct result *result)
{
	page_heading(page, "Not checked");
	write_rules(page, result);
	write_levels(page, &result->metrics.completeness);
	write_figures(page);
	if (result->n_notes == 0)
		return;
	page_heading(page, "Notes");
	for (size_t i = 0; i < result->n_notes; i++) {
		page_begin(page, 2, 4);
		page_word(page, STR("-"));
		page_text(page, page_safe(page, result->notes[i]));
		page_end(page);
	}
}
