#include "ingest/redigest.h"

void redigest_init(struct redigest *redigest, const struct input *input,
	const struct source *source)
{
	*redigest = (struct redigest) {.input = input, .source = source};
	for (size_t i = 0; i < input->header.n; i++)
		columns_add(&redigest->columns, input->header.at[i]);
	rowdigest_add_columns(&redigest->rowdigest, &redigest->columns);
}

/* A sink that takes one record. */
struct taker {
	struct redigest *redigest;
	struct digest128 digest;
};

static void take(void *ctx, const struct record *record)
{
	struct taker *taker = ctx;

	taker->digest = rowdigest_of(
		&taker->redigest->rowdigest, &taker->redigest->columns, record);
}

/* It was not refused when it was read. */
static void refuse(void *ctx, const struct reject *reject)
{
	(void)ctx;
	(void)reject;
}

struct digest128 redigest_of(struct redigest *redigest, uint64_t byte)
{
	static const struct record_limits none = {UINT64_MAX, UINT64_MAX};
	struct taker taker = {.redigest = redigest};
	struct record_sink sink = {&taker, take, refuse};
	struct input_reader reader = {
		redigest->source, NULL, &none, NULL, NULL, NULL};
	struct input_piece piece = input_record(
		redigest->input, redigest->source, byte);

	input_read(redigest->input, &reader, &piece, &sink);
	return taker.digest;
}

void redigest_free(struct redigest *redigest)
{
	columns_free(&redigest->columns);
	rowdigest_free(&redigest->rowdigest);
}
