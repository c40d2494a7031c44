#include "format/period.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read prints to a text that reads back equal. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct period period, again;

	if (period_read((struct str) {(const char *)data, size}, &period)) {
		assert(period.n >= 0);
		assert(period_read(period_print(&a, period), &again));
		assert(again.unit == period.unit && again.n == period.n);
		if (period.unit == PERIOD_SECONDS)
			assert(period_ns(period) < INT64_MAX);
	}
	arena_free(&a);
	return 0;
}
