#include "ingest/zones.h"

#include <criterion/criterion.h>

/* 2026-01-15 and 2026-07-15, noon in UTC. */
#define JANUARY INT64_C(1768478400)
#define JULY    INT64_C(1784116800)

static const struct {
	const char *name;
	int32_t january, july; /* seconds east of UTC */
} gold[] = {
	{"UTC", 0, 0},
	{"Z", 0, 0},
	{"+02:00", 7200, 7200},
	{"-0530", -19800, -19800},
	{"+02", 7200, 7200},
	{"Europe/Berlin", 3600, 7200},
	{"America/New_York", -18000, -14400},
	{"Asia/Kolkata", 19800, 19800},
};

Test(zones, names_and_offsets_give_a_zone)
{
	struct arena a = {0};
	struct zones zones = {.a = &a};

	for (size_t i = 0; i < sizeof(gold) / sizeof(*gold); i++) {
		const struct zone *zone = zones_find(
			&zones, str_of(gold[i].name));

		cr_assert(zone, "row %zu", i);
		cr_expect(zone_offset(zone, JANUARY) == gold[i].january,
			"row %zu", i);
		cr_expect(
			zone_offset(zone, JULY) == gold[i].july, "row %zu", i);
	}
	arena_free(&a);
}

Test(zones, what_is_no_zone_gives_none)
{
	static const char *const names[] = {"", "Nowhere/Atlantis", "CST6CDX",
		"../../etc/passwd", "/etc/passwd", "Europe", "Europe/",
		"zone.tab", "tzdata.zi", "+25:00", "PDT", "europe berlin"};
	struct arena a = {0};
	struct zones zones = {.a = &a};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		cr_expect(!zones_find(&zones, str_of(names[i])), "row %zu", i);
	arena_free(&a);
}

Test(zones, a_zone_is_read_once)
{
	struct arena a = {0};
	struct zones zones = {.a = &a};
	char name[] = "Europe/Madrid";
	const struct zone *first = zones_find(&zones, str_of(name));

	/* The caller's text need not live on. */
	name[0] = 'x';
	cr_assert(first);
	cr_expect(zones_find(&zones, STR("Europe/Madrid")) == first);
	cr_expect(!zones_find(&zones, STR("Nowhere/Atlantis")));
	cr_expect(!zones_find(&zones, STR("Nowhere/Atlantis")));
	cr_expect(zones.entries.n == 2, "what is not there is looked for once");
	arena_free(&a);
}
