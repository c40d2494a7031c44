#include "io/unpack.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct unpack_limits limits = {200, 4 << 20};

static bool unpacks(struct arena *a, struct str bytes, struct str *out)
{
	struct err err = {0};
	bool done = unpack_bytes(
		a, bytes, unpack_kind(bytes), &limits, 1, out, &err);

	assert(done == (err.kind == ERR_NONE));
	return done;
}

/* What unpacks is within the limits, and is exactly as long as its streams:
   one byte less or more is an error. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, size}, out;
	struct arena a = {0};

	if (unpack_kind(bytes) != PACKING_NONE && unpacks(&a, bytes, &out)) {
		char *longer = arena_alloc(&a, size + 1);
		struct str shorter = str_slice(bytes, 0, size - 1);

		assert(out.len <= limits.bytes);
		memcpy(longer, data, size);
		longer[size] = 'x';
		assert(!unpacks(&a, (struct str) {longer, size + 1}, &out));
		if (unpack_kind(shorter) != PACKING_NONE)
			assert(!unpacks(&a, shorter, &out));
	}
	arena_free(&a);
	return 0;
}
