#include "ingest/reading.h"

#include "base/jobs.h"
#include "ingest/contents.h"

/* A piece is not larger than this, so that no part grows without bound. */
#define PIECE_BYTES ((size_t)32 << 20)

static void add_job(
	struct reading *reading, uint32_t input, struct input_piece piece)
{
	struct reading_job job = {.input = input, .piece = piece};

	vec_push(reading->a, &reading->jobs, job);
}

static void add_jobs(struct reading *reading, uint32_t i)
{
	const struct input *input = &reading->gathered->inputs.at[i];
	const struct source *source =
		&reading->gathered->sources.at[input->facts.source];
	struct reading_range *range = &reading->ranges[i];
	struct split_wish wish = {
		input->body.len / PIECE_BYTES + 1, reading->threads};
	struct input_piece *pieces;

	*range = (struct reading_range) {.first = reading->jobs.n};
	if (input->failed || input->syntax == SYNTAX_EMPTY)
		return;
	if (wish.parts < reading->threads)
		wish.parts = reading->threads;
	pieces = input_cut(reading->a, input, source, &wish, &range->n);
	for (size_t j = 0; j < range->n; j++)
		add_job(reading, i, pieces[j]);
}

static void run_job(void *ctx, size_t index)
{
	struct reading *reading = ctx;
	struct reading_job *job = &reading->jobs.at[index];
	const struct input *input = &reading->gathered->inputs.at[job->input];
	const struct adapt_plan *plan = &reading->plans[job->input];
	struct adapter *adapter = adapter_new(&job->part, plan);
	struct record_sink sink = adapter_sink(adapter);
	struct input_reader reader = {plan->rules.source,
		reading->gathered->patterns[input->facts.source],
		reading->limits, &job->part.columns, &job->part.diag,
		&job->part.csv};

	job->delivers = arena_array(&job->part.a, bool, plan->words->needs.n);
	adapter_add_columns(adapter, input->header.at, input->header.n);
	/* JSON columns keep the numbers of the sampled header. */
	if (input->syntax == SYNTAX_JSON || input->syntax == SYNTAX_JSON_LINES)
		for (size_t i = 0; i < input->header.n; i++)
			intern_put(&job->part.columns, input->header.at[i]);
	job->end = input_read(input, &reader, &job->piece, &sink);
	input_forget(input, job->piece.text);
	adapter_delivers(adapter, job->delivers);
	adapter_free(adapter);
}

static bool is_odd(const struct reading_job *jobs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (jobs[i].end == INPUT_ODD)
			return true;
	return false;
}

/* Throws away what the pieces of an input gave and makes them one. */
static void make_whole(struct reading *reading, uint32_t i)
{
	const struct input *input = &reading->gathered->inputs.at[i];
	size_t n;
	struct reading_job *jobs = reading_of(reading, i, &n);

	for (size_t j = 0; j < n; j++)
		part_free(&jobs[j].part);
	reading->ranges[i].n = 1;
	jobs->piece = input_whole(input);
}

/* Jobs that run once more. */
struct again {
	struct reading *reading;
	struct again_jobs VEC(size_t) jobs;
};

static void run_again(void *ctx, size_t i)
{
	struct again *again = ctx;

	run_job(again->reading, again->jobs.at[i]);
}

static void add_again(struct again *again, size_t job)
{
	vec_push(again->reading->a, &again->jobs, job);
}

/* Quoting that is not RFC 4180 makes the cuts of an input doubtful: it is read
   again as one piece. */
static void read_odd_inputs(struct reading *reading)
{
	struct again again = {.reading = reading};

	for (uint32_t i = 0; i < reading->gathered->inputs.n; i++) {
		size_t n;
		const struct reading_job *jobs = reading_of(reading, i, &n);

		if (!is_odd(jobs, n))
			continue;
		make_whole(reading, i);
		add_again(&again, reading->ranges[i].first);
	}
	jobs_run(reading->threads, again.jobs.n, run_again, &again);
}

/* The digests first: a large one takes longer than any piece. */
static void run_digest_or_job(void *ctx, size_t index)
{
	struct reading *reading = ctx;
	struct input_list *inputs = &reading->gathered->inputs;

	if (index < inputs->n)
		contents_digest(&inputs->at[reading->digests[index]]);
	else
		run_job(reading, index - inputs->n);
}

void reading_run(struct reading *reading)
{
	size_t n = reading->gathered->inputs.n;

	reading->ranges = arena_array(reading->a, struct reading_range, n);
	for (uint32_t i = 0; i < n; i++)
		add_jobs(reading, i);
	reading->digests = contents_order(
		reading->a, &reading->gathered->inputs);
	jobs_run(reading->threads, n + reading->jobs.n, run_digest_or_job,
		reading);
	read_odd_inputs(reading);
}

void reading_repeat(struct reading *reading, uint32_t source)
{
	struct again again = {.reading = reading};
	struct input_range range = reading->gathered->ranges[source];

	for (uint32_t i = range.first; i < range.end; i++) {
		size_t n;
		struct reading_job *jobs = reading_of(reading, i, &n);

		for (size_t j = 0; j < n; j++) {
			part_free(&jobs[j].part);
			add_again(&again, reading->ranges[i].first + j);
		}
	}
	jobs_run(reading->threads, again.jobs.n, run_again, &again);
}

struct intern reading_columns(const struct reading *reading, uint32_t input)
{
	size_t n;
	const struct reading_job *jobs = reading_of(reading, input, &n);
	struct intern all = {0};

	for (size_t i = 0; i < n; i++) {
		const struct intern *columns = &jobs[i].part.columns;

		for (size_t k = 1; k < intern_count(columns); k++)
			intern_put(&all, intern_get(columns, (sym)k));
	}
	return all;
}

struct reading_job *reading_of(
	const struct reading *reading, uint32_t input, size_t *n)
{
	*n = reading->ranges[input].n;
	return *n ? &reading->jobs.at[reading->ranges[input].first] : NULL;
}
