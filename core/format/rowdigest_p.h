/* For tests and fuzzers: everything that a reader of rows delivers, as one
   number (FNV-1a), so that two readers can be compared. */
#ifndef FORMAT_ROWDIGEST_P_H
#define FORMAT_ROWDIGEST_P_H

#include "rows_p.h"

struct row_digest {
	uint64_t value, taken, refused;
};

static inline void row_digest_add(
	struct row_digest *digest, const void *bytes, size_t len)
{
	const unsigned char *s = bytes;

	for (size_t i = 0; i < len; i++)
		digest->value = (digest->value ^ s[i]) * 0x100000001b3u;
}

static inline void row_digest_add_number(
	struct row_digest *digest, uint64_t number)
{
	row_digest_add(digest, &number, sizeof(number));
}

static inline void row_digest_add_text(
	struct row_digest *digest, struct str text)
{
	row_digest_add_number(digest, text.len);
	row_digest_add(digest, text.s, text.len);
}

static inline void row_digest_take(void *ctx, const struct record *record)
{
	struct row_digest *digest = ctx;

	digest->taken++;
	row_digest_add_number(digest, record->line);
	row_digest_add_number(digest, record->byte);
	row_digest_add_text(digest, record->raw);
	for (uint32_t i = 0; i < record->n; i++)
		row_digest_add_text(digest, record->fields[i]);
}

static inline void row_digest_refuse(void *ctx, const struct reject *reject)
{
	struct row_digest *digest = ctx;

	digest->refused++;
	row_digest_add_number(digest, reject->code);
	row_digest_add_number(digest, reject->loc.line);
	row_digest_add_number(digest, reject->loc.col);
	row_digest_add_number(digest, reject->byte);
	row_digest_add_text(digest, reject->raw);
	row_digest_add_text(digest, reject->text);
}

/* What a reader is asked. */
struct row_digest_task {
	struct rows_piece piece;
	struct rows_dialect dialect;
	struct record_limits limits;
};

/* All that one reading delivers, how it ends and its counts included. */
static inline struct row_digest row_digest_of(
	const struct row_digest_task *task, const struct rows_how *how)
{
	struct row_digest digest = {0};
	struct record_sink sink = {&digest, row_digest_take, row_digest_refuse};
	struct rows_stats stats;

	row_digest_add_number(
		&digest, rows_read_how(&task->piece, &task->dialect,
				 &task->limits, &sink, &stats, how));
	row_digest_add(&digest, &stats, sizeof(stats));
	return digest;
}

#endif
