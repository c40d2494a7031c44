/* The scan, on each way and with several windows, against the plain way. */
#include "format/scan.h"

#include "rowdigest_p.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_scan(const struct row_digest_task *task, bool part)
{
	static const size_t windows[] = {64, 128, SCAN_WINDOW};
	struct rows_how how = {.part = part};
	struct row_digest plain = row_digest_of(task, &how);

	for (how.way = 0; how.way < scan_ways(); how.way++) {
		for (size_t i = 0; i < 3; i++) {
			struct row_digest fast;

			how.window = windows[i];
			fast = row_digest_of(task, &how);
			assert(memcmp(&fast, &plain, sizeof(fast)) == 0);
		}
	}
}

/* The first byte chooses separator, quotes, limits and number of columns. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t choice = size ? data[0] : 0;
	struct row_digest_task task = {
		.piece = {.line = 2, .byte = 7, .n_columns = choice >> 4 & 3},
		.dialect = {",;\t|"[choice % 4], (choice & 4) != 0},
		.limits = {choice & 8 ? 5 : 4096, choice & 8 ? 20 : 8192}};

	if (size == 0)
		return 0;
	task.piece.text = (struct str) {(const char *)data + 1, size - 1};
	check_scan(&task, false);
	check_scan(&task, true);
	return 0;
}
