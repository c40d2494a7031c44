#include "ingest/load.h"

#include <inttypes.h>

#include "format/jsonread.h"
#include "ingest/append.h"
#include "ingest/assumed.h"
#include "ingest/contents.h"
#include "ingest/demand.h"
#include "ingest/reading.h"
#include "ingest/settle.h"
#include "ingest/survey.h"
#include "ingest/undated.h"
#include "model/assemble.h"

struct loader {
	const struct load_request *request;
	struct loaded *out;
	struct diag *diag;
	struct arena scratch;
	struct gathered gathered;
	struct adapt_plan *plans; /* per input */
	enum column_form *forms;
	struct date_orders *orders; /* per source */
	bool *zoneless;             /* per source: a time named no zone */
	struct reading reading;
	uint32_t *same_as; /* per column of words->needs */
	bool *idle;        /* likewise: it is of no use, and not filled */
	/* What was taken: parts, and as pieces of the event table. */
	struct settle_parts VEC(struct settle_part) parts;
	struct event_pieces VEC(struct event_piece) pieces;
	row n_rows;
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

/* For JSON, columns may come later than the sample, so that they are checked
   after reading. */
static void check_columns(
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

/* False if a column of the source has dates that nothing decides. */
static bool survey_source(struct loader *loader, uint32_t number, bool thorough)
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

static void fail_source(struct loader *loader, uint32_t number)
{
	struct input_range range = loader->gathered.ranges[number];

	for (uint32_t i = range.first; i < range.end; i++)
		loader->gathered.inputs.at[i].failed = true;
}

static void make_plans(struct loader *loader)
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
			check_columns(loader, i, &input->header);
	}
	find_idle(loader);
	loader->out->same_as = loader->same_as;
	loader->out->idle = loader->idle;
	for (uint32_t i = 0; i < g->sources.n; i++)
		if (!survey_source(loader, i, false))
			fail_source(loader, i);
}

/* ---- dates that begin to be doubtful late ---- */

/* True if a date of the source could be read either way, in a column where the
   first records had none. */
static bool has_no_order(const struct loader *loader, uint32_t number)
{
	struct input_range range = loader->gathered.ranges[number];

	for (uint32_t i = range.first; i < range.end; i++) {
		size_t n;
		const struct reading_job *jobs = reading_of(
			&loader->reading, i, &n);

		for (size_t j = 0; j < n; j++)
			if (jobs[j].part.no_order)
				return true;
	}
	return false;
}

/* The header of a JSON input, with the columns that came after the sample. */
static void complete_header(struct loader *loader, uint32_t i)
{
	struct input *input = &loader->gathered.inputs.at[i];
	struct intern all = reading_columns(&loader->reading, i);

	if (intern_count(&all) > 1)
		input_set_header(
			input, all.strings.at + 1, intern_count(&all) - 1);
	intern_free(&all);
}

/* Looks at all values of the source, and reads it again if they decide. Else
   its inputs are refused. */
static void survey_again(struct loader *loader, uint32_t number)
{
	struct input_range range = loader->gathered.ranges[number];

	for (uint32_t i = range.first; i < range.end; i++)
		complete_header(loader, i);
	if (survey_source(loader, number, true))
		reading_repeat(&loader->reading, number);
	else
		fail_source(loader, number);
}

/* ---- appending ---- */

static struct epoch_seen first_of(
	const struct reading_job *jobs, size_t n, enum epoch_unit unit)
{
	for (size_t i = 0; i < n; i++)
		if (jobs[i].part.epochs[unit].line)
			return jobs[i].part.epochs[unit];
	return (struct epoch_seen) {0};
}

/* Complains at the later of the first times of two units. */
static bool has_mixed_epochs(struct loader *loader, const struct input *input,
	const struct reading_job *jobs, size_t n)
{
	static const char *const names[EPOCH_N] = {[EPOCH_S] = "seconds",
		[EPOCH_MS] = "milliseconds",
		[EPOCH_US] = "microseconds",
		[EPOCH_NS] = "nanoseconds"};
	struct loc loc = {input->facts.file, 0, 0};
	struct epoch_seen one = {0};
	enum epoch_unit coarse = EPOCH_NONE;

	for (enum epoch_unit unit = EPOCH_S; unit < EPOCH_N; unit++) {
		struct epoch_seen two = first_of(jobs, n, unit);

		if (two.line == 0)
			continue;
		if (one.line == 0) {
			one = two;
			coarse = unit;
			continue;
		}
		loc.line = one.line > two.line ? one.line : two.line;
		diag_add(loader->diag, DIAG_MIXED_EPOCH, loc,
			"the epoch times of this file are in two units, so "
			"neither can be trusted: '%.*s' is in %s (line %u), "
			"'%.*s' in %s (line %u)",
			STR_ARG(one.text), names[coarse], one.line,
			STR_ARG(two.text), names[unit], two.line);
		return true;
	}
	return false;
}

/* A document that is broken somewhere was not what it seemed before; dates that
   contradict each other leave none to be trusted. */
static bool is_doubtful(
	const struct input *input, const struct reading_job *jobs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (diag_count(&jobs[i].part.diag, DIAG_MIXED_DATES) ||
			(input->syntax == SYNTAX_JSON &&
				jobs[i].end == INPUT_BROKEN))
			return true;
	return false;
}

/* True if a whole input is refused once all of it was read. */
static bool is_refused(struct loader *loader, const struct input *input,
	const struct reading_job *jobs, size_t n)
{
	return input->failed || is_doubtful(input, jobs, n) ||
	       has_mixed_epochs(loader, input, jobs, n);
}

static void take_part(struct loader *loader, struct reading_job *job)
{
	const struct input *input = &loader->gathered.inputs.at[job->input];
	struct loaded *out = loader->out;
	bool *delivers = out->source_facts[input->facts.source].delivers;
	sym *map = arena_array(
		&loader->scratch, sym, symbols_count(&job->part.strings));
	struct settle_part part = {&job->part, input, loader->n_rows};
	struct event_piece piece = {.events = &job->part.events,
		.columns = job->part.needs,
		.map = map};

	append_part(out, &job->part, loader->n_rows, map);
	vec_push(&loader->scratch, &loader->parts, part);
	vec_push(&loader->scratch, &loader->pieces, piece);
	loader->n_rows += job->part.events.n;
	loader->zoneless[input->facts.source] |= job->part.is_zoneless;
	for (size_t i = 0; i < loader->request->words->needs.n; i++)
		delivers[i] |= job->delivers[i];
}

static void count_part(struct input *input, const struct part *part)
{
	input->facts.rows.read += part->rows.read;
	input->facts.rows.accepted += part->rows.accepted;
	input->facts.rows.filtered += part->rows.filtered;
	input->facts.rows.rejected += part->rows.rejected;
	input->facts.untimed += part->untimed;
	input->csv.lf += part->csv.lf;
	input->csv.crlf += part->csv.crlf;
	input->csv.cr += part->csv.cr;
}

/* Rows of an input that is refused as a whole after reading. */
static void refuse_input(struct input *input)
{
	input->failed = true;
	input->facts.untimed = 0;
	input->facts.rows = (struct row_counts) {.read = input->facts.rows.read,
		.rejected = input->facts.rows.read};
}

/* More columns than a reader of JSON takes, in all the pieces together. */
static void complain_columns(struct loader *loader, uint32_t i, size_t n)
{
	struct input *input = &loader->gathered.inputs.at[i];
	struct loc loc = {input->facts.file, input->body_line, 0};

	input->failed = true;
	diag_add(loader->diag, DIAG_BAD_HEADER, loc,
		"the records have %zu different member paths; at most %d are "
		"read",
		n, JSON_PATHS);
}

static void check_json_columns(struct loader *loader, uint32_t i)
{
	struct intern all = reading_columns(&loader->reading, i);
	struct str_vec names = {0};

	if (intern_count(&all) > 1)
		names = (struct str_vec) {
			all.strings.at + 1, intern_count(&all) - 1, 0};
	if (names.n > JSON_PATHS)
		complain_columns(loader, i, names.n);
	else if (names.n)
		check_columns(loader, i, &names);
	intern_free(&all);
}

/* A file that was put together from others, or was edited by hand. */
static void check_line_ends(struct loader *loader, const struct input *input)
{
	const struct rows_stats *csv = &input->csv;
	struct loc loc = {input->facts.file, 0, 0};

	if ((csv->lf > 0) + (csv->crlf > 0) + (csv->cr > 0) > 1)
		diag_add(loader->diag, DIAG_MIXED_LINE_ENDS, loc,
			"lines end in different ways: %" PRIu64
			" with LF, %" PRIu64 " with CR LF, %" PRIu64
			" with CR; all are read",
			csv->lf, csv->crlf, csv->cr);
}

/* The parts of one input, in the order of the file. */
static void append_input(struct loader *loader, uint32_t i)
{
	struct input *input = &loader->gathered.inputs.at[i];
	size_t n;
	struct reading_job *jobs = reading_of(&loader->reading, i, &n);
	struct unmapped unmapped = {0};
	bool refused;

	check_json_columns(loader, i);
	refused = is_refused(loader, input, jobs, n);
	for (size_t j = 0; j < n; j++) {
		diag_append(loader->diag, &jobs[j].part.diag);
		count_part(input, &jobs[j].part);
		unmapped_join(&unmapped, &jobs[j].part.unmapped);
		input->failed |= jobs[j].end == INPUT_BROKEN;
		if (refused)
			part_free(&jobs[j].part);
		else
			take_part(loader, &jobs[j]);
	}
	check_line_ends(loader, input);
	if (refused)
		refuse_input(input);
	else
		unmapped_report(&unmapped, loader->request->words,
			input->facts.file, loader->diag);
	unmapped_free(&unmapped);
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

static void fill_assumed(struct loader *loader)
{
	for (uint32_t i = 0; i < loader->gathered.sources.n; i++) {
		struct assumed_about about = {.gathered = &loader->gathered,
			.source = i,
			.orders = &loader->orders[i],
			.is_zoneless = loader->zoneless[i],
			.assumed_zone =
				loader->request->gather.assumed_zone_name};

		loader->out->source_facts[i].assumed = assumed_list(
			&loader->out->a, &about);
	}
}

static void fill_inputs(struct loader *loader)
{
	struct loaded *out = loader->out;
	const struct input_list *inputs = &loader->gathered.inputs;

	out->source_of_file = arena_array(
		&out->a, uint32_t, loader->request->gather.files->n);
	vec_reserve(&out->a, &out->inputs, inputs->n);
	for (size_t i = 0; i < inputs->n; i++) {
		const struct input_facts *facts = &inputs->at[i].facts;

		out->source_of_file[facts->file - 1] = facts->source;
		out->source_facts[facts->source].format = facts->format;
		out->inputs.at[out->inputs.n++] = *facts;
	}
	out->sources = loader->gathered.sources;
	out->profiles = loader->gathered.profiles;
}

static void fill_spans(struct loaded *out)
{
	const struct event_table *events = &out->events;

	for (row e = 0; e < events->n_timed; e++) {
		uint32_t number = out->source_of_file[events->file[e] - 1];
		struct source_facts *source = &out->source_facts[number];

		if (source->first == CELL_ABSENT)
			source->first = events->time[e];
		source->last = events->time[e];
	}
}

static void read_all(struct loader *loader)
{
	loader->reading = (struct reading) {.a = &loader->scratch,
		.gathered = &loader->gathered,
		.plans = loader->plans,
		.limits = &loader->request->gather.limits.record,
		.threads = loader->request->jobs};
	reading_run(&loader->reading);
	contents_report(&loader->gathered.inputs, loader->diag);
	for (uint32_t i = 0; i < loader->gathered.sources.n; i++)
		if (has_no_order(loader, i))
			survey_again(loader, i);
}

static void free_parts(struct loader *loader)
{
	for (size_t i = 0; i < loader->reading.jobs.n; i++)
		part_free(&loader->reading.jobs.at[i].part);
}

/* The events of all parts to one table, without copies, in order of time. */
static void assemble(struct loader *loader)
{
	struct loaded *out = loader->out;
	struct arena scratch = {0};
	struct assembly assembly = {&out->events, loader->pieces.at,
		loader->pieces.n, loader->same_as, loader->request->jobs};
	struct settle_request request = {
		&loader->gathered, loader->parts.at, loader->parts.n, NULL};

	event_init(&out->events, &out->a, loader->forms,
		(uint32_t)loader->request->words->needs.n,
		loader->request->has_refs);
	assemble_rows(&assembly);
	request.ids = assemble_syms(&scratch, &assembly, out->id_column);
	settle_copies(out, &request, loader->diag);
	arena_free(&scratch);
	settle_roles(out, &loader->gathered);
	settle_moved(out, assemble_build(&scratch, &assembly));
	arena_free(&scratch);
	free_parts(loader);
}

void load(const struct load_request *request, struct loaded *out,
	struct diag *diag)
{
	struct loader loader = {.request = request, .out = out, .diag = diag};

	*out = (struct loaded) {.id_column = request->id_column,
		.id_is_personal = words_is_personal(
			request->words, STR("event_id"))};
	gather(&out->a, &request->gather, &loader.gathered, diag);
	make_plans(&loader);
	read_all(&loader);
	fill_source_facts(&loader);
	for (uint32_t i = 0; i < loader.gathered.inputs.n; i++)
		append_input(&loader, i);
	fill_assumed(&loader);
	assemble(&loader);
	fill_inputs(&loader);
	fill_spans(out);
	undated_report(out, diag);
	gather_close(&loader.gathered);
	arena_free(&loader.scratch);
}

void load_free(struct loaded *loaded)
{
	symbols_free(&loaded->strings);
	arena_free(&loaded->a);
	*loaded = (struct loaded) {0};
}
