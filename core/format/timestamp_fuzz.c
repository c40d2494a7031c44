#include "format/timestamp.h"

#include <assert.h>

#include "zone_p.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Printing and reading again gives the same instant. */
static void check_round_trip(int64_t ns)
{
	struct time_form form = {0};
	struct instant again = {0};
	char buffer[40];
	struct str text = timestamp_print(ns, buffer);

	assert(text.len <= 31);
	assert(timestamp_read(text, &form, &again) == TIME_OK);
	assert(again.ns == ns);
}

/* The first byte chooses what the column says, the rest is the value. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct instant out = {0};
	struct time_form form = {.year_pivot = 69};
	struct str text;
	int64_t day;

	if (size == 0)
		return 0;
	form.order = (enum date_order)(data[0] & 3);
	form.spreadsheet_serial = (data[0] & 12) == 12;
	if (data[0] & 16)
		form.zone = zone_p_rule(&a, "CET-1CEST,M3.5.0,M10.5.0/3");
	text = arena_copy(&a, (struct str) {(const char *)data + 1, size - 1});
	if (timestamp_read(text, &form, &out) == TIME_OK) {
		assert(out.has_offset || form.zone);
		assert(!(out.ambiguous && out.nonexistent));
		check_round_trip(out.ns);
	}
	if (timestamp_order(text) != DATE_YMD)
		assert(text.len >= 8);
	if (timestamp_read_day(text, &day))
		assert(text.len == 10 && timestamp_order(text) == DATE_YMD);
	arena_free(&a);
	return 0;
}
