#include "format/holidays.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The days ascend and are found; an error has a place. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct str text = {(const char *)data, size};
	struct holidays holidays = {0};
	struct err err;

	if (!holidays_read(&a, text, 7, &holidays, &err)) {
		assert(err.kind == ERR_USAGE && err.loc.file == 7);
		assert(err.loc.line > 0 && err.loc.col > 0);
	}
	for (size_t i = 0; i < holidays.n; i++) {
		assert(i == 0 || holidays.days[i - 1] < holidays.days[i]);
		assert(holidays_has(&holidays, holidays.days[i]));
		assert(holidays_find(&holidays, holidays.days[i]) == i);
	}
	arena_free(&a);
	return 0;
}
