/*
 * Zones for the tests of this folder: files made in memory, which do not change
 * with the system's time zone data, and those of the system.
 */
#ifndef FORMAT_ZONE_P_H
#define FORMAT_ZONE_P_H

#include "format/zone.h"

#include <stdio.h>
#include <string.h>

/* From `at_s` on the time has `offset_s` and the abbreviation `name`. The
   first row tells what was before the second; its `at_s` is not used. */
struct zone_row {
	int64_t at_s;
	int32_t offset_s;
	const char *name; /* at most 7 characters */
};

static inline char *zone_p_put(char *to, uint64_t value, int bytes)
{
	while (bytes-- > 0)
		*to++ = (char)(value >> (8 * bytes));
	return to;
}

static inline char *zone_p_header(char *to, size_t n)
{
	const uint32_t counts[] = {0, 0, 0, n ? (uint32_t)n - 1 : 0,
		n ? (uint32_t)n : 1, n ? (uint32_t)n * 8 : 1};

	to = zone_p_put(to, 0x545a6966, 4); /* "TZif" */
	to = zone_p_put(to, (uint64_t)'2' << 56, 8);
	to = zone_p_put(to, 0, 8);
	for (int i = 0; i < 6; i++)
		to = zone_p_put(to, counts[i], 4);
	return to;
}

/* The bytes of a file of version 2 with `n` rows, at most 32, and the footer
   `rule`; an empty first block stands before it. */
static inline struct str zone_p_file(
	struct arena *a, const struct zone_row *rows, size_t n, struct str rule)
{
	char *start = arena_alloc(a, 128 + n * 32 + rule.len), *to = start;

	to = zone_p_header(to, 0);
	to = zone_p_put(to, 0, 7); /* one time type, one name byte */
	to = zone_p_header(to, n);
	for (size_t i = 1; i < n; i++)
		to = zone_p_put(to, (uint64_t)rows[i].at_s, 8);
	for (size_t i = 1; i < n; i++)
		*to++ = (char)i;
	for (size_t i = 0; i < n; i++) {
		to = zone_p_put(to, (uint32_t)rows[i].offset_s, 4);
		to = zone_p_put(to, i * 8, 2);
	}
	for (size_t i = 0; i < n; i++, to += 8)
		memcpy(to, rows[i].name, strlen(rows[i].name));
	*to++ = '\n';
	memcpy(to, rule.s, rule.len);
	to[rule.len] = '\n';
	return (struct str) {start, (size_t)(to - start) + rule.len + 1};
}

/* The zone of such rows, or NULL. */
static inline const struct zone *zone_p_rows(struct arena *a,
	const struct zone_row *rows, size_t n, const char *rule)
{
	const struct zone *zone = NULL;
	struct err err;

	if (!zone_parse(a, zone_p_file(a, rows, n, str_of(rule)), &zone, &err))
		return NULL;
	return zone;
}

/* The zone of a rule alone, such as "CET-1CEST,M3.5.0,M10.5.0/3". */
static inline const struct zone *zone_p_rule(struct arena *a, const char *rule)
{
	struct zone_row row = {0, 0, "LMT"};

	return zone_p_rows(a, &row, 1, rule);
}

/* The zone of the system with this name, or NULL. */
static inline const struct zone *zone_p_system(
	struct arena *a, const char *name)
{
	struct str path = arena_print(a, "/usr/share/zoneinfo/%s", name);
	char *bytes = arena_alloc(a, 65536);
	FILE *file = fopen(path.s, "rb");
	const struct zone *zone = NULL;
	struct err err;
	size_t len;

	if (!file)
		return NULL;
	len = fread(bytes, 1, 65536, file);
	fclose(file);
	if (!zone_parse(a, (struct str) {bytes, len}, &zone, &err))
		return NULL;
	return zone;
}

#endif
