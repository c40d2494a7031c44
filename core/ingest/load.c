#include "ingest/load.h"

#include "ingest/reading.h"
#include "ingest/role.h"
#include "ingest/settle.h"
#include "ingest/survey.h"

struct loader {
	const struct load_request *request;
	struct loaded *out;
	struct diag *diag;
	struct arena scratch;
	struct gathered gathered;
	struct adapt_plan *plans; /* per input */
	enum column_form *forms;
	struct date_orders *orders; /* per source */
	struct reading reading;
};

/* ---- plans ---- */

static void plan_input(struct loader *loader, size_t i)
{
	const struct load_request *request = loader->request;
	const struct input *input = &loader->gathered.inputs.at[i];
	uint32_t source = input->facts.source;

	loader->plans[i] = (struct adapt_plan) {
		.words = request->words,
		.forms = loader->forms,
		.profile = loader->gathered.profiles[source],
		.orders = &loader->orders[source],
		.rules = {.source = &loader->gathered.sources.at[source],
			.assumed_zone = request->gather.assumed_zone,
			.oldest = request->oldest,
			.newest = request->newest,
			.file = input->facts.file},
		.source_number = source,
		.path = input->facts.path,
		.has_refs = request->has_refs,
		.keep_rejects = request->keep_rejects,
		.as_of = request->as_of,
	};
}

/* Columns that the project file names must be there. For JSON they may come
   later than the sample, so that is checked after reading. */
static void check_columns(
	struct loader *loader, size_t i, const struct str *columns, size_t n)
{
	struct input *input = &loader->gathered.inputs.at[i];
	struct cell_context ctx = adapt_context(
		&loader->plans[i], &loader->scratch, columns, n);

	if (!cells_check(&ctx, loader->diag, input->facts.file))
		input->failed = true;
}

static void survey_source(struct loader *loader, uint32_t number)
{
	struct gathered *g = &loader->gathered;
	size_t first = g->inputs.n;

	for (size_t i = g->inputs.n; i-- > 0;)
		if (g->inputs.at[i].facts.source == number)
			first = i;
	if (first == g->inputs.n ||
		g->sources.at[number].date_order != DATE_UNKNOWN ||
		survey_dates(&loader->scratch, g, number, &loader->plans[first],
			&loader->request->gather.limits,
			&loader->orders[number], loader->diag))
		return;
	for (size_t i = 0; i < g->inputs.n; i++)
		if (g->inputs.at[i].facts.source == number)
			g->inputs.at[i].failed = true;
}

static void make_plans(struct loader *loader)
{
	struct gathered *g = &loader->gathered;
	const struct need_vec *needs = &loader->request->words->needs;

	loader->forms = arena_array(
		&loader->scratch, enum column_form, needs->n);
	for (size_t i = 0; i < needs->n; i++)
		loader->forms[i] = needs->at[i].form;
	loader->orders = arena_array(
		&loader->scratch, struct date_orders, g->sources.n);
	loader->plans = arena_array(
		&loader->scratch, struct adapt_plan, g->inputs.n);
	for (size_t i = 0; i < g->inputs.n; i++) {
		const struct input *input = &g->inputs.at[i];

		plan_input(loader, i);
		if (!input->failed && (input->syntax == SYNTAX_CSV ||
					      input->syntax == SYNTAX_LINES))
			check_columns(
				loader, i, input->header.at, input->header.n);
	}
	for (uint32_t i = 0; i < g->sources.n; i++)
		survey_source(loader, i);
}

/* ---- appending ---- */

static void append_roles(
	struct loader *loader, const struct part *part, const sym *map)
{
	uint32_t base = loader->out->events.n;

	for (size_t role = 0; role < ROLE_N; role++) {
		const struct role_table *from = &part->roles[role];
		struct role_table *to = &loader->out->roles[role];

		if (from->cells.n == 0)
			continue;
		if (to->cells.n_columns == 0)
			role_table_init(
				&loader->out->a, &to->cells, (enum role)role);
		table_append(&to->cells, &from->cells, map);
		for (size_t i = 0; i < from->origins.n; i++) {
			struct role_origin origin = from->origins.at[i];

			if (origin.own != ROW_NONE)
				origin.own += base;
			if (origin.opened != ROW_NONE)
				origin.opened += base;
			if (origin.closed != ROW_NONE)
				origin.closed += base;
			vec_push(&loader->out->a, &to->origins, origin);
		}
	}
}

static void append_rejects(struct loader *loader, const struct part *part)
{
	struct arena *a = &loader->out->a;

	for (size_t i = 0; i < part->rejects.n; i++) {
		struct kept_reject reject = part->rejects.at[i];

		reject.raw = arena_copy(a, reject.raw);
		reject.text = arena_copy(a, reject.text);
		vec_push(a, &loader->out->rejects, reject);
	}
}

static void append_unmapped(
	struct loader *loader, const struct part *part, uint32_t file)
{
	for (size_t i = 0; i < part->unmapped.n; i++) {
		const struct unmapped *u = &part->unmapped.at[i];
		struct loc loc = {file, 0, 0};

		diag_add(loader->diag, DIAG_UNUSED_WORD, loc,
			"%.*s: '%.*s' is not among the mapped words (%llu "
			"rows)",
			STR_ARG(u->field), STR_ARG(u->raw),
			(unsigned long long)u->count);
	}
}

/* What makes a whole input doubtful once all of it was read. */
static bool is_refused(struct loader *loader, uint32_t i)
{
	const struct input *input = &loader->gathered.inputs.at[i];
	struct loc loc = {input->facts.file, input->body_line, 0};
	size_t n;
	const struct reading_job *jobs = reading_of(&loader->reading, i, &n);
	unsigned units = 0;

	for (size_t j = 0; j < n; j++) {
		const struct part *part = &jobs[j].part;

		if (diag_count(&part->diag, DIAG_MIXED_DATES))
			return true;
		units |= part->epoch_units & ~(1u << EPOCH_NONE);
	}
	if ((units & (units - 1)) == 0)
		return false;
	diag_add(loader->diag, DIAG_MIXED_EPOCH, loc,
		"the epoch times of this file are in two units, so neither can "
		"be trusted");
	return true;
}

static void append_part(
	struct loader *loader, struct reading_job *job, struct settle *settle)
{
	struct part *part = &job->part;
	struct input *input = &loader->gathered.inputs.at[job->input];
	struct source_facts *source =
		&loader->out->source_facts[input->facts.source];
	size_t n = intern_count(&part->strings);
	struct arena scratch = {0};
	sym *map = arena_array(&scratch, sym, n);

	for (size_t i = 1; i < n; i++)
		map[i] = intern_put(&loader->out->strings,
			intern_get(&part->strings, (sym)i));
	settle_add(settle, part, loader->out->events.n, input->facts.source);
	append_roles(loader, part, map);
	event_append(&loader->out->events, &part->events, map);
	append_rejects(loader, part);
	append_unmapped(loader, part, input->facts.file);
	for (size_t i = 0; i < loader->request->words->needs.n; i++)
		source->delivers[i] |= job->delivers[i];
	arena_free(&scratch);
}

static void count_part(struct input *input, const struct part *part)
{
	input->facts.rows.read += part->rows.read;
	input->facts.rows.accepted += part->rows.accepted;
	input->facts.rows.filtered += part->rows.filtered;
	input->facts.rows.rejected += part->rows.rejected;
	input->facts.untimed += part->untimed;
}

/* Rows of an input that is refused as a whole after reading. */
static void refuse_input(struct input *input)
{
	input->failed = true;
	input->facts.untimed = 0;
	input->facts.rows = (struct row_counts) {.read = input->facts.rows.read,
		.rejected = input->facts.rows.read};
}

static void check_json_columns(struct loader *loader, uint32_t i)
{
	size_t n;
	const struct reading_job *jobs = reading_of(&loader->reading, i, &n);
	enum syntax syntax = loader->gathered.inputs.at[i].syntax;
	struct intern all = {0};

	if (syntax != SYNTAX_JSON && syntax != SYNTAX_JSON_LINES)
		return;
	for (size_t j = 0; j < n; j++) {
		const struct intern *columns = &jobs[j].part.columns;

		for (size_t k = 1; k < intern_count(columns); k++)
			intern_put(&all, intern_get(columns, (sym)k));
	}
	if (intern_count(&all) > 1)
		check_columns(loader, i, all.strings.at + 1, all.strings.n - 1);
	intern_free(&all);
}

/* The parts of one input, in the order of the file. */
static void append_input(
	struct loader *loader, uint32_t i, struct settle *settle)
{
	struct input *input = &loader->gathered.inputs.at[i];
	size_t n;
	struct reading_job *jobs = reading_of(&loader->reading, i, &n);
	bool refused = is_refused(loader, i);

	check_json_columns(loader, i);
	for (size_t j = 0; j < n; j++) {
		diag_append(loader->diag, &jobs[j].part.diag);
		count_part(input, &jobs[j].part);
		input->failed |= jobs[j].end == INPUT_BROKEN;
		if (!refused)
			append_part(loader, &jobs[j], settle);
		part_free(&jobs[j].part);
	}
	if (refused)
		refuse_input(input);
}

/* ---- facts ---- */

static void fill_source_facts(struct loader *loader)
{
	struct loaded *out = loader->out;
	size_t n = loader->gathered.sources.n;

	out->source_facts = arena_array(&out->a, struct source_facts, n);
	for (size_t i = 0; i < n; i++) {
		const struct source *source = &loader->gathered.sources.at[i];
		struct source_facts *facts = &out->source_facts[i];

		facts->name = source->name;
		facts->roles = source->roles ? source->roles
					     : 1u << ROLE_EVENTS;
		facts->first = facts->last = CELL_ABSENT;
		facts->has_covers = source->has_covers;
		facts->covers_from = source->covers_from;
		facts->covers_to = source->covers_to;
		facts->n_gaps = source->gaps.n;
		facts->gaps = source->gaps.at;
		facts->zone = source->zone;
		facts->proves = source->proves;
		facts->cannot_prove = source->cannot_prove;
		facts->delivers = arena_array(
			&out->a, bool, loader->request->words->needs.n);
	}
}

static void fill_inputs(struct loader *loader)
{
	struct loaded *out = loader->out;
	size_t n = loader->request->gather.files->n;

	out->source_of_file = arena_array(&out->a, uint32_t, n);
	for (size_t i = 0; i < loader->gathered.inputs.n; i++) {
		const struct input *input = &loader->gathered.inputs.at[i];
		struct source_facts *source =
			&out->source_facts[input->facts.source];

		out->source_of_file[input->facts.file - 1] =
			input->facts.source;
		source->format = input->facts.format;
		vec_push(&out->a, &out->inputs, input->facts);
	}
	out->sources = loader->gathered.sources;
	out->profiles = loader->gathered.profiles;
}

static void fill_spans(struct loaded *out)
{
	const struct event_table *events = &out->events;

	for (row e = 0; e < events->n_timed; e++) {
		struct source_facts *source =
			&out->source_facts[out->source_of_file[events->file[e] -
							       1]];

		if (source->first == CELL_ABSENT)
			source->first = events->time[e];
		source->last = events->time[e];
	}
}

void load(const struct load_request *request, struct loaded *out,
	struct diag *diag)
{
	struct loader loader = {.request = request, .out = out, .diag = diag};
	struct settle settle = {0};

	*out = (struct loaded) {.id_column = request->id_column};
	gather(&out->a, &request->gather, &loader.gathered, diag);
	make_plans(&loader);
	loader.reading = (struct reading) {.a = &loader.scratch,
		.gathered = &loader.gathered,
		.plans = loader.plans,
		.limits = &request->gather.limits.record,
		.threads = request->jobs};
	reading_run(&loader.reading);
	fill_source_facts(&loader);
	event_init(&out->events, &out->a, loader.forms,
		(uint32_t)request->words->needs.n, request->has_refs);
	for (uint32_t i = 0; i < loader.gathered.inputs.n; i++)
		append_input(&loader, i, &settle);
	settle_copies(&settle, out, &loader.gathered, diag);
	settle_roles(out, &loader.gathered);
	fill_inputs(&loader);
	settle_build(out);
	fill_spans(out);
	gather_close(&loader.gathered);
	settle_free(&settle);
	arena_free(&loader.scratch);
}

void load_free(struct loaded *loaded)
{
	intern_free(&loaded->strings);
	arena_free(&loaded->a);
	*loaded = (struct loaded) {0};
}
