/*
 * Compressed inputs by their magic bytes: gzip (RFC 1952) and zstd (RFC 8878).
 * Several members or frames in one file are one text. A stream that is cut,
 * damaged, or followed by other bytes is an error, and none of its bytes are
 * to be used.
 */
#ifndef IO_UNPACK_H
#define IO_UNPACK_H

#include "base/err.h"

enum packing { PACKING_NONE, PACKING_GZIP, PACKING_ZSTD };

struct unpack_limits {
	uint64_t ratio; /* largest unpacked bytes per packed byte */
	uint64_t bytes; /* largest unpacked size */
};

/* What the first bytes say. */
enum packing unpack_kind(struct str bytes);

/* "gzip", "zstd" or "none". */
const char *unpack_name(enum packing packing);

/* What the bytes are, such as "a zip archive", if they are packed in a way that
   is not read; else NULL. */
const char *unpack_foreign(struct str bytes);

/*
 * Unpacks all of `bytes` into `*out`, which lives as long as the arena. The
 * ratio is judged once 1 MiB has come out, so that a tiny file of zeros passes.
 * ERR_INPUT at file `number` names what is wrong and how many bytes came out
 * before it.
 */
MUST_CHECK bool unpack_bytes(struct arena *a, struct str bytes,
	enum packing packing, const struct unpack_limits *limits,
	uint32_t number, struct str *out, struct err *err);

#endif
