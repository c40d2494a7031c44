/*
 * JSON as a stream: members in the order they are written, commas and
 * indentation by the writer, every string escaped. Bytes that are not UTF-8
 * become U+FFFD, and `<`, U+2028 and U+2029 are escaped, so that the text may
 * stand inside a script. Numbers above 2^53 are written as strings.
 */
#ifndef FORMAT_JSONWRITE_H
#define FORMAT_JSONWRITE_H

#include "base/arena.h"

#define JSONWRITE_DEPTH 32

typedef void (*json_write_fn)(void *ctx, struct str text);

struct json_writer {
	json_write_fn write;
	void *ctx;
	unsigned depth;
	bool has_items[JSONWRITE_DEPTH];
	bool is_array[JSONWRITE_DEPTH];
	bool inline_from[JSONWRITE_DEPTH]; /* written on one line from here */
	bool after_name;
	bool lossy; /* some byte was not UTF-8 */
};

struct json_writer json_writer_init(json_write_fn write, void *ctx);

/* Begins and ends an object or array; `json_inline` makes the next one begun
   stand on one line. */
void json_begin_object(struct json_writer *json);
void json_end_object(struct json_writer *json);
void json_begin_array(struct json_writer *json);
void json_end_array(struct json_writer *json);
void json_inline(struct json_writer *json);

/* The name of the next member. */
void json_name(struct json_writer *json, const char *name);

void json_string(struct json_writer *json, struct str text);
void json_int(struct json_writer *json, int64_t value);
void json_count(struct json_writer *json, uint64_t value);
/* At most 12 significant digits; a value that is not finite is null. */
void json_double(struct json_writer *json, double value);
void json_bool(struct json_writer *json, bool value);
void json_null(struct json_writer *json);

/* Ends the document with a line feed; all that was begun must be ended. */
void json_finish(struct json_writer *json);

#endif
