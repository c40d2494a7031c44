#include "ingest/zones.h"

#include "io/file.h"

#define ZONE_FOLDER    "/usr/share/zoneinfo/"
#define ZONE_MAX_BYTES (1 << 20)

static const struct zone *read_zone(struct arena *a, struct str name)
{
	struct str path = arena_print(a, ZONE_FOLDER "%.*s", STR_ARG(name));
	const struct zone *zone = NULL;
	struct file file = {0};
	struct err err;

	if (!file_open(&file, path.s, 0, ZONE_MAX_BYTES, &err))
		return NULL;
	if (!zone_parse(a, file.bytes, &zone, &err))
		zone = NULL;
	file_close(&file);
	return zone;
}

const struct zone *zones_find(struct zones *zones, struct str name)
{
	struct zone_entry entry = {.name = name};
	int32_t offset_s;

	for (size_t i = 0; i < zones->entries.n; i++)
		if (str_equal(zones->entries.at[i].name, name))
			return zones->entries.at[i].zone;
	if (str_equal(name, STR("UTC")) || str_equal(name, STR("Z")))
		entry.zone = zone_utc(zones->a);
	else if (zone_read_offset(name, &offset_s))
		entry.zone = zone_fixed(zones->a, offset_s);
	else if (zone_is_name(name))
		entry.zone = read_zone(zones->a, name);
	entry.name = arena_copy(zones->a, name);
	vec_push(zones->a, &zones->entries, entry);
	return entry.zone;
}
