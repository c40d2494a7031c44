#include "ingest/load.h"

#include "ingest/demand.h"
#include "ingest/survey.h"
#include "load_p.h"

/* ---- plans ---- */

static void plan_input(struct loader *loader, size_t i)
{
	const struct load_request *request = loader->request;
	const struct input *input = &loader->gathered.inputs.at[i];
	uint32_t source = input->facts.source;

	loader->plans[i] = (struct adapt_plan) {
		.words = request->words,
		.forms = loader->forms,
		.same_as = loader->same_as,
		.idle = loader->idle,
		.profile = loader->gathered.profiles[source],
		.orders = &loader->orders[source],
		.rules = {.source = &loader->gathered.sources.at[source],
			.assumed_zone = request->gather.assumed_zone,
			.oldest = request->oldest,
			.newest = request->newest,
			.null_max = source_null_max(
				&loader->gathered.sources.at[source]),
			.file = input->facts.file},
		.source_number = source,
		.path = input->facts.path,
		.has_refs = request->has_refs,
		.keep_rejects = request->keep_rejects,
		.adds_columns = input->syntax == SYNTAX_JSON ||
				input->syntax == SYNTAX_JSON_LINES,
		.digests_later = input->syntax == SYNTAX_CSV &&
				 loader->gathered.sources.at[source].dedupe !=
					 DEDUPE_ROW,
		.as_of = request->as_of,
	};
}

void load_check_columns(
	struct loader *loader, size_t i, const struct str_vec *names)
{
	struct input *input = &loader->gathered.inputs.at[i];
	struct columns columns = {0};
	struct lookup lookup = adapt_lookup(
		&loader->plans[i], &loader->scratch, &columns);

	for (size_t j = 0; j < names->n; j++)
		columns_add(&columns, names->at[j]);
	if (!demand_check(&lookup, loader->diag, input->facts.file))
		input->failed = true;
	columns_free(&columns);
}

/* ---- columns that need not be kept ---- */

/* True if records of the input may fill a column. */
static bool may_fill(struct loader *loader, size_t i, const struct need *need)
{
	const struct input *input = &loader->gathered.inputs.at[i];
	struct columns columns = {0};
	struct lookup lookup = adapt_lookup(
		&loader->plans[i], &loader->scratch, &columns);
	bool fills = loader->plans[i].adds_columns;

	for (size_t j = 0; j < input->header.n; j++)
		columns_add(&columns, input->header.at[j]);
	if (!fills)
		fills = cells_of_word(&lookup,
				&lookup.words->words.at[need->word], need->form,
				VARIANT_OWN)
				.n > 0;
	columns_free(&columns);
	return fills;
}

/* True if a source of one of the roles may fill the column. */
static bool has_partner(struct loader *loader, const struct need *need)
{
	const struct gathered *g = &loader->gathered;

	for (size_t i = 0; i < g->inputs.n; i++) {
		uint32_t source = g->inputs.at[i].facts.source;

		if (g->sources.at[source].roles & need->partners &&
			may_fill(loader, i, need))
			return true;
	}
	return false;
}

static bool is_shared(const struct loader *loader, uint32_t column)
{
	size_t n = loader->request->words->needs.n;

	for (uint32_t i = 0; i < n; i++)
		if (i != column && loader->same_as[i] == column)
			return true;
	return false;
}

/* Values that would be compared with those of rows which have none. */
static void find_idle(struct loader *loader)
{
	const struct need_vec *needs = &loader->request->words->needs;

	for (uint32_t i = 0; i < needs->n; i++)
		loader->idle[i] = needs->at[i].partners &&
				  !is_shared(loader, i) &&
				  !has_partner(loader, &needs->at[i]);
}

/* ---- dates ---- */

bool load_survey(struct loader *loader, uint32_t number, bool thorough)
{
	struct gathered *g = &loader->gathered;
	struct input_range range = g->ranges[number];
	struct survey_request request = {.gathered = g,
		.source = number,
		.plan = &loader->plans[range.first],
		.limits = &loader->request->gather.limits.record,
		.thorough = thorough};

	if (range.first == range.end ||
		g->sources.at[number].date_order != DATE_UNKNOWN)
		return true;
	loader->orders[number] = (struct date_orders) {0};
	return survey_dates(&loader->scratch, &request, &loader->orders[number],
		loader->diag);
}

void load_fail_source(struct loader *loader, uint32_t number)
{
	struct input_range range = loader->gathered.ranges[number];

	for (uint32_t i = range.first; i < range.end; i++)
		loader->gathered.inputs.at[i].failed = true;
}

void load_plan(struct loader *loader)
{
	struct gathered *g = &loader->gathered;
	const struct need_vec *needs = &loader->request->words->needs;

	loader->forms = arena_array(
		&loader->scratch, enum column_form, needs->n);
	loader->same_as = arena_array(&loader->out->a, uint32_t, needs->n);
	loader->idle = arena_array(&loader->out->a, bool, needs->n);
	for (uint32_t i = 0; i < needs->n; i++) {
		loader->forms[i] = needs->at[i].form;
		loader->same_as[i] = words_same_cells(
			loader->request->words, i);
	}
	loader->orders = arena_array(
		&loader->scratch, struct date_orders, g->sources.n);
	loader->zoneless = arena_array(&loader->scratch, bool, g->sources.n);
	loader->plans = arena_array(
		&loader->scratch, struct adapt_plan, g->inputs.n);
	for (size_t i = 0; i < g->inputs.n; i++) {
		const struct input *input = &g->inputs.at[i];

		plan_input(loader, i);
		if (!input->failed && (input->syntax == SYNTAX_CSV ||
					      input->syntax == SYNTAX_LINES))
			load_check_columns(loader, i, &input->header);
	}
	find_idle(loader);
	loader->out->same_as = loader->same_as;
	loader->out->idle = loader->idle;
	for (uint32_t i = 0; i < g->sources.n; i++)
		if (!load_survey(loader, i, false))
			load_fail_source(loader, i);
}
