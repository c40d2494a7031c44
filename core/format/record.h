/*
 * What every record reader delivers: one record at a time, its fields as
 * slices, and every record that it could not take. A reader stands between
 * bytes and meaning: it knows columns, not what they are for.
 */
#ifndef FORMAT_RECORD_H
#define FORMAT_RECORD_H

#include "base/diag.h"

/*
 * Fields are in the order of the columns. They live only during the call.
 * A field with `s` NULL is absent (JSON null, or a column the record lacks),
 * one with `len` 0 is empty.
 */
struct record {
	const struct str *fields;
	uint32_t n;
	uint32_t line;  /* first physical line, from 1 */
	uint64_t byte;  /* offset of its first byte in the text */
	struct str raw; /* its bytes, without the line end */
};

/* A record that was not taken; the slices live only during the call. */
struct reject {
	enum diag_code code;
	struct loc loc;
	uint64_t byte;   /* of the place in the text */
	struct str raw;  /* perhaps cut */
	struct str text; /* the sentence */
};

struct record_sink {
	void *ctx;
	void (*take)(void *ctx, const struct record *record);
	void (*refuse)(void *ctx, const struct reject *reject);
};

struct record_limits {
	uint64_t field, record; /* bytes; a larger one is refused */
};

#endif
