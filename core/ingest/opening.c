#include "ingest/opening.h"

#include "base/jobs.h"
#include "format/split.h"
#include "ingest/contents.h"

/* A part of an input that is checked by one job. */
#define CHECK_BYTES ((size_t)8 * CHUNK_MIN)

struct check {
	size_t input;
	struct str part;
	size_t bad; /* the first byte that is not UTF-8, or part.len */
};

struct work {
	struct arena scratch;
	const struct opening *opening;
	struct diag *diags;  /* per input */
	const size_t *order; /* of unpacking */
	struct check_vec VEC(struct check) checks;
	size_t *bad; /* per input: the first byte that is not UTF-8 */
};

static void open_one(void *ctx, size_t i)
{
	struct work *work = ctx;

	input_open(&work->opening->inputs->at[i], work->opening->limits,
		&work->diags[i]);
}

static void unpack_one(void *ctx, size_t i)
{
	struct work *work = ctx;
	size_t input = work->order[i];

	input_unpack(&work->opening->inputs->at[input], work->opening->limits,
		&work->diags[input]);
}

static bool may_be_utf8(enum encoding encoding)
{
	return encoding == ENCODING_SNIFF || encoding == ENCODING_UTF_8;
}

static void add_checks(struct work *work, size_t i)
{
	const struct input *input = &work->opening->inputs->at[i];
	struct str bytes = input->bytes;
	size_t n = bytes.len / CHECK_BYTES + 1;

	work->bad[i] = bytes.len;
	if (input->failed || !may_be_utf8(work->opening->encodings[i]))
		return;
	for (size_t k = 0; k < n; k++) {
		struct check check = {
			.input = i, .part = text_part(bytes, k, n)};

		vec_push(&work->scratch, &work->checks, check);
	}
}

static void check_one(void *ctx, size_t i)
{
	struct work *work = ctx;
	struct check *check = &work->checks.at[i];
	size_t bad = check->part.len;

	(void)text_is_utf8(check->part, &bad);
	check->bad = bad;
	input_forget(&work->opening->inputs->at[check->input], check->part);
}

/* The parts of an input stand in its order. */
static void join_checks(struct work *work)
{
	for (size_t i = 0; i < work->checks.n; i++) {
		const struct check *check = &work->checks.at[i];
		const struct input *input =
			&work->opening->inputs->at[check->input];
		size_t *bad = &work->bad[check->input];

		if (check->bad < check->part.len && *bad == input->bytes.len)
			*bad = (size_t)(check->part.s - input->bytes.s) +
			       check->bad;
	}
}

static void decode_one(void *ctx, size_t i)
{
	struct work *work = ctx;
	struct input *input = &work->opening->inputs->at[i];
	struct text_checked checked = {
		input->bytes, work->opening->encodings[i], work->bad[i]};

	input_decode(input, &checked, &work->diags[i]);
}

void opening_run(const struct opening *opening, struct diag *diag)
{
	size_t n = opening->inputs->n;
	unsigned threads = opening->threads;
	struct work work = {.opening = opening};

	work.diags = arena_array(&work.scratch, struct diag, n);
	work.bad = arena_array(&work.scratch, size_t, n);
	jobs_run(threads, n, open_one, &work);
	work.order = contents_order(&work.scratch, opening->inputs);
	jobs_run(threads, n, unpack_one, &work);
	for (size_t i = 0; i < n; i++)
		add_checks(&work, i);
	jobs_run(threads, work.checks.n, check_one, &work);
	join_checks(&work);
	jobs_run(threads, n, decode_one, &work);
	for (size_t i = 0; i < n; i++) {
		diag_append(diag, &work.diags[i]);
		diag_free(&work.diags[i]);
	}
	arena_free(&work.scratch);
}
