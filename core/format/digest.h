/*
 * Digests of bytes: SHA-256 (FIPS 180-4) where a result must hold against an
 * adversary, a 128-bit XXH3 where rows of one run are compared.
 */
#ifndef FORMAT_DIGEST_H
#define FORMAT_DIGEST_H

#include "base/str.h"

#include <nettle/sha2.h>

struct digest_sha256 {
	struct sha256_ctx state;
};

void digest_sha256_init(struct digest_sha256 *digest);
void digest_sha256_add(struct digest_sha256 *digest, struct str bytes);

/* A field with its length before it, 4 bytes big-endian, so that fields never
   run together. */
void digest_sha256_add_field(struct digest_sha256 *digest, struct str bytes);

/* The digest as 64 lower-case hex digits and a NUL. */
void digest_sha256_hex(struct digest_sha256 *digest, char hex[65]);

/* The digest of one text. */
void digest_sha256_of(struct str bytes, char hex[65]);

struct digest128 {
	uint64_t low, high;
};

/* Digest of `n` fields with their lengths: equal for equal fields only. A field
   whose `s` is NULL is absent, which differs from empty. */
struct digest128 digest_fields(const struct str *fields, size_t n);

#endif
