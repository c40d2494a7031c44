/*
 * The files of one folder, each written through a large buffer to a temporary
 * name and renamed when it is complete. Appending never fails visibly: the
 * first failure is kept and out_publish() reports it.
 *
 * out_row() makes room for a whole row; until the next out_row() the appending
 * functions only copy bytes, so a row must stay below OUT_ROW_MAX.
 */
#ifndef LINEAL_GEN_OUT_H
#define LINEAL_GEN_OUT_H

#include "base/err.h"

#include <string.h>

#define OUT_ROW_MAX   4096
#define OUT_BUFFER    (1 << 20)
#define OUT_NAME_MAX  64
#define OUT_NO_NUMBER UINT64_MAX

struct folder {
	int fd;
	struct str path; /* as the user wrote it, for messages */
};

/* Opens the folder, making it and its parents where they are missing. */
MUST_CHECK bool folder_open(
	struct folder *folder, struct str path, struct err *err);
void folder_close(struct folder *folder);

/* Removes a file that an earlier run may have left. */
void folder_remove(const struct folder *folder, const char *name);

struct out {
	const struct folder *folder;
	int fd, error; /* errno of the first failure, or 0 */
	char name[OUT_NAME_MAX], temporary[OUT_NAME_MAX];
	char *buffer;
	size_t used;
	uint64_t rows;
	int64_t day; /* whose text is in `day_text`; 0 at first */
	char day_text[10];
};

/* Opens `name` in the folder. The buffer lives as long as the arena. */
MUST_CHECK bool out_open(struct out *out, struct arena *a,
	const struct folder *folder, struct str name, struct err *err);

/* Writes what is left, closes, and gives the file its name; on failure the
   temporary file is gone and ERR_OUTPUT names the cause. */
MUST_CHECK bool out_publish(struct out *out, struct err *err);

/* Room for one more row of at most OUT_ROW_MAX bytes, which is counted. */
void out_row(struct out *out);

/* Room for text that is no row, such as a header. */
void out_room(struct out *out);

/* Text of any length, not inside a row. */
void out_text(struct out *out, struct str text);

/* Appends the bytes of the row since `start`, an offset that `out->used` had
   after out_row(), once more as a row of their own. */
void out_row_again(struct out *out, size_t start);

static inline void out_char(struct out *out, char c)
{
	out->buffer[out->used++] = c;
}

static inline void out_str(struct out *out, struct str text)
{
	memcpy(out->buffer + out->used, text.s, text.len);
	out->used += text.len;
}

/* A CSV field, quoted where RFC 4180 asks for it. */
void out_field(struct out *out, struct str text);

/* A number in decimal, and one with leading zeros up to `width` digits. */
void out_number(struct out *out, uint64_t value);
void out_padded(struct out *out, uint64_t value, int width);

/* 16 lower-case hexadecimal digits. */
void out_hex(struct out *out, uint64_t value);

/* RFC 3339 in UTC; in whole seconds or in milliseconds. */
void out_seconds(struct out *out, int64_t ms);
void out_millis(struct out *out, int64_t ms);

/* An identifier: a prefix and a number of nine digits or more, the prefix
   alone with OUT_NO_NUMBER, nothing if the prefix is empty. */
struct id {
	struct str prefix;
	uint64_t number;
};

void out_id(struct out *out, struct id id);

#endif
