/*
 * Reading wave by wave. What a piece gives is appended at once, so that few
 * pieces exist at a time; an input that turns out to be read wrongly, or not to
 * be trusted, is taken back. Inputs follow each other, and so do sources: what
 * is taken back always came last.
 */
#include "ingest/load.h"

#include "format/jsonread.h"
#include "ingest/contents.h"
#include "load_p.h"

#include <inttypes.h>

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

/* ---- refusing ---- */

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
		load_check_columns(loader, i, &names);
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

/* ---- one input ---- */

/* All pieces were read: what they gave stays, or is taken back. */
static void end_input(struct loader *loader, uint32_t i)
{
	const struct input *input = &loader->gathered.inputs.at[i];
	struct diag *diag = loader->diag;
	size_t n;
	struct reading_job *jobs;

	if (reading_is_odd(&loader->reading, i)) {
		append_cut(&loader->appender, &loader->input_start);
		reading_whole(&loader->reading, i);
		jobs = reading_of(&loader->reading, i, &n);
		append_jobs(&loader->appender, jobs, n, input);
	}
	/* Told in its turn, or not at all if the input is read again. */
	loader->diag = &loader->refusal[i];
	jobs = reading_of(&loader->reading, i, &n);
	check_json_columns(loader, i);
	loader->refused[i] = is_refused(loader, input, jobs, n);
	loader->diag = diag;
	if (loader->refused[i])
		append_cut(&loader->appender, &loader->input_start);
}

static void note_part(struct loader *loader, const struct reading_job *job)
{
	const struct input *input = &loader->gathered.inputs.at[job->input];
	uint32_t source = input->facts.source;
	bool *delivers = loader->out->source_facts[source].delivers;

	loader->zoneless[source] |= job->part.is_zoneless;
	for (size_t i = 0; i < loader->request->words->needs.n; i++)
		delivers[i] |= job->delivers[i];
}

/* What is told and counted of an input, when its source is complete. */
static void settle_input(struct loader *loader, uint32_t i)
{
	struct input *input = &loader->gathered.inputs.at[i];
	size_t n;
	struct reading_job *jobs = reading_of(&loader->reading, i, &n);
	bool refused = loader->refused[i] || input->failed;
	struct unmapped unmapped = {0};

	diag_append(loader->diag, &loader->refusal[i]);
	for (size_t j = 0; j < n; j++) {
		diag_append(loader->diag, &jobs[j].part.diag);
		count_part(input, &jobs[j].part);
		unmapped_join(&unmapped, &jobs[j].part.unmapped);
		input->failed |= jobs[j].end == INPUT_BROKEN;
		if (!refused)
			note_part(loader, &jobs[j]);
	}
	check_line_ends(loader, input);
	if (refused)
		refuse_input(input);
	else
		unmapped_report(&unmapped, loader->request->words,
			input->facts.file, loader->diag);
	unmapped_free(&unmapped);
	diag_free(&loader->refusal[i]);
}

/* ---- one source ---- */

static void forget_input(struct loader *loader, uint32_t i)
{
	complete_header(loader, i);
	loader->gathered.inputs.at[i].failed = false;
	loader->refused[i] = false;
	diag_free(&loader->refusal[i]);
}

/* Looks at all values of the source, and reads it again if they decide. Else
   its inputs are refused. */
static void repeat_source(struct loader *loader, uint32_t source)
{
	struct input_range range = loader->gathered.ranges[source];
	size_t n;
	struct reading_job *jobs;

	append_cut(&loader->appender, &loader->source_start);
	for (uint32_t i = range.first; i < range.end; i++)
		if (reading_of(&loader->reading, i, &n))
			forget_input(loader, i);
	if (!load_survey(loader, source, true)) {
		load_fail_source(loader, source);
		return;
	}
	reading_repeat(&loader->reading, source);
	for (uint32_t i = range.first; i < range.end; i++) {
		jobs = reading_of(&loader->reading, i, &n);
		if (!jobs)
			continue;
		loader->input_start = append_end(&loader->appender);
		append_jobs(&loader->appender, jobs, n,
			&loader->gathered.inputs.at[i]);
		end_input(loader, i);
	}
}

/* Ends the sources before `source`, which begins. */
static void begin_source(struct loader *loader, uint32_t source)
{
	for (; loader->source < source; loader->source++) {
		struct input_range range =
			loader->gathered.ranges[loader->source];

		if (has_no_order(loader, loader->source))
			repeat_source(loader, loader->source);
		for (uint32_t i = range.first; i < range.end; i++)
			settle_input(loader, i);
		loader->source_start = append_end(&loader->appender);
	}
}

/* ---- all ---- */

/* Takes jobs of one input that follow each other. */
static void take_jobs(struct loader *loader, size_t first, size_t n)
{
	struct reading_job *jobs = &loader->reading.jobs.at[first];
	uint32_t i = jobs->input;
	const struct input *input = &loader->gathered.inputs.at[i];
	struct reading_range range = loader->reading.ranges[i];

	if (first == range.first) {
		begin_source(loader, input->facts.source);
		loader->input_start = append_end(&loader->appender);
	}
	append_jobs(&loader->appender, jobs, n, input);
	if (first + n == range.first + range.n)
		end_input(loader, i);
}

static void take_wave(struct loader *loader, size_t first, size_t n)
{
	const struct reading_job *jobs = loader->reading.jobs.at;

	for (size_t end = first + n, next; first < end; first = next) {
		next = first + 1;
		while (next < end && jobs[next].input == jobs[first].input)
			next++;
		take_jobs(loader, first, next - first);
	}
}

void load_read(struct loader *loader)
{
	const struct gathered *gathered = &loader->gathered;
	size_t first = 0;

	loader->reading = (struct reading) {.a = &loader->scratch,
		.gathered = &loader->gathered,
		.plans = loader->plans,
		.limits = &loader->request->gather.limits.record,
		.threads = loader->request->jobs};
	loader->refused = arena_array(
		&loader->scratch, bool, gathered->inputs.n);
	loader->refusal = arena_array(
		&loader->scratch, struct diag, gathered->inputs.n);
	reading_prepare(&loader->reading);
	while (first < loader->reading.jobs.n) {
		size_t n = reading_run(&loader->reading, first);

		take_wave(loader, first, n);
		first += n;
	}
	begin_source(loader, (uint32_t)gathered->sources.n);
	reading_finish(&loader->reading);
	contents_report(&gathered->inputs, loader->diag);
}
