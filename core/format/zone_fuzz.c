#include "format/zone.h"

#include <assert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever the file says: an instant shown on the local clock is found again,
   and no local time has an instant before its first one. */
static void check_instant(const struct zone *zone, int64_t utc_s)
{
	int64_t local_s = utc_s + zone_offset(zone, utc_s), back_s = 0;
	enum zone_local how = zone_to_utc(zone, local_s, &back_s);

	assert(how == ZONE_TWICE ? back_s <= utc_s
				 : how == ZONE_UNIQUE && back_s == utc_s);
	assert(back_s + zone_offset(zone, back_s) == local_s);
	assert(zone_first(zone, local_s) <= back_s);
	assert(zone_first(zone, local_s) <= zone_first(zone, local_s + 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct str text = {(const char *)data, size};
	const struct zone *zone;
	struct err err;
	int32_t offset_s = 0;

	if (zone_read_offset(text, &offset_s))
		assert(offset_s >= -64800 && offset_s <= 64800);
	if (zone_is_name(text))
		assert(str_find(text, '.') == text.len);
	if (zone_parse(&a, text, &zone, &err)) {
		for (int64_t utc_s = -9000000000; utc_s < 9000000000;
			utc_s += 123456789)
			check_instant(zone, utc_s);
		/* Where the file's own numbers may lie. */
		for (int i = 0; i < 40; i++) {
			check_instant(zone, (INT64_C(1) << i) - 1);
			check_instant(zone, -(INT64_C(1) << i));
		}
		if (zone_has_abbreviation(zone, STR("CET"), &offset_s))
			assert(abs(offset_s) <= ZONE_OFFSET_MAX_S);
	} else {
		assert(err.kind == ERR_INPUT);
	}
	arena_free(&a);
	return 0;
}
