#include "ingest/reading.h"

#include "base/jobs.h"
#include "ingest/contents.h"
#include "ingest/pieces.h"

/* A piece is not larger than this, so that no part grows without bound. The
   sanitizer builds shrink it and the next one, so that inputs of tests have
   several pieces and waves. */
#ifndef PIECE_BYTES
#define PIECE_BYTES ((size_t)8 << 20)
#endif

/* What one thread reads in a wave: enough that threads seldom wait for each
   other, and little beside the events of a large log. */
#ifndef WAVE_BYTES
#define WAVE_BYTES ((size_t)24 << 20)
#endif
/* And the most pieces: each takes some memory, however small it is. */
#define WAVE_PIECES 256

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
	pieces = pieces_cut(reading->a, input, source, &wish, &range->n);
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

bool reading_is_odd(const struct reading *reading, uint32_t input)
{
	size_t n;
	const struct reading_job *jobs = reading_of(reading, input, &n);

	for (size_t i = 0; i < n; i++)
		if (jobs[i].end == INPUT_ODD)
			return true;
	return false;
}

void reading_whole(struct reading *reading, uint32_t input)
{
	size_t n;
	struct reading_job *jobs = reading_of(reading, input, &n);

	for (size_t i = 0; i < n; i++)
		part_free(&jobs[i].part);
	reading->ranges[input].n = 1;
	jobs->piece = input_whole(&reading->gathered->inputs.at[input]);
	run_job(reading, reading->ranges[input].first);
}

void reading_prepare(struct reading *reading)
{
	size_t n = reading->gathered->inputs.n;

	reading->ranges = arena_array(reading->a, struct reading_range, n);
	for (uint32_t i = 0; i < n; i++)
		add_jobs(reading, i);
}

/* ---- waves ---- */

/* An input of which a wave reads a part, and the digest up to its end. */
struct wave_digest {
	uint32_t input;
	size_t end;
};

struct wave {
	struct reading *reading;
	size_t first, n; /* jobs */
	struct wave_digests VEC(struct wave_digest) digests;
};

static size_t wave_length(const struct reading *reading, size_t first)
{
	size_t left = reading->jobs.n - first, bytes = 0, n = 0;

	if (left > reading->threads * WAVE_PIECES)
		left = reading->threads * WAVE_PIECES;
	while (n < left && bytes < reading->threads * WAVE_BYTES)
		bytes += reading->jobs.at[first + n++].piece.text.len;
	return n;
}

/* Digests go as far as the pieces, and to the end with the last one. */
static void add_digests(struct wave *wave, struct arena *a)
{
	const struct reading *reading = wave->reading;

	for (size_t i = wave->first; i < wave->first + wave->n; i++) {
		const struct reading_job *job = &reading->jobs.at[i];
		const struct input *input =
			&reading->gathered->inputs.at[job->input];
		const struct reading_range *range =
			&reading->ranges[job->input];
		bool last = i + 1 == range->first + range->n;
		struct wave_digest digest = {
			job->input, contents_end(input, job->piece.text, last)};
		struct wave_digests *all = &wave->digests;

		if (all->n && all->at[all->n - 1].input == job->input)
			all->at[all->n - 1] = digest;
		else
			vec_push(a, all, digest);
	}
}

/* The digests first: they take longer than any piece. */
static void run_digest_or_job(void *ctx, size_t index)
{
	struct wave *wave = ctx;
	struct reading *reading = wave->reading;
	const struct wave_digest *digest = &wave->digests.at[index];

	if (index < wave->digests.n)
		contents_digest(&reading->gathered->inputs.at[digest->input],
			digest->end);
	else
		run_job(reading, wave->first + index - wave->digests.n);
}

size_t reading_run(struct reading *reading, size_t first)
{
	struct arena scratch = {0};
	struct wave wave = {reading, first, wave_length(reading, first), {0}};

	add_digests(&wave, &scratch);
	jobs_run(reading->threads, wave.digests.n + wave.n, run_digest_or_job,
		&wave);
	arena_free(&scratch);
	return wave.n;
}

static void finish_digest(void *ctx, size_t index)
{
	const struct reading *reading = ctx;
	struct input *input = &reading->gathered->inputs.at[index];

	contents_digest(input, input->bytes.len);
}

void reading_finish(struct reading *reading)
{
	jobs_run(reading->threads, reading->gathered->inputs.n, finish_digest,
		reading);
}

/* ---- again ---- */

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
