#include "format/zone.h"

#include "format/zonerule.h"

/*
 * A zone is a list of stretches with one offset each: those of the file's
 * table, then those of its rule. Whatever is asked walks these stretches, so
 * local time needs no search for "the" offset.
 */
struct zone_type {
	int32_t offset_s;
	struct str name;
};

struct zone {
	size_t n;
	const int64_t *at;   /* transitions, ascending */
	const uint8_t *type; /* of the time after each */
	size_t n_types;
	const struct zone_type *types; /* the first is that before `at` */
	bool has_rule;
	struct zonerule rule; /* from the last transition on */
};

static const struct zone *zone_plain(
	struct arena *a, int32_t offset_s, struct str name)
{
	struct zone_type *type = arena_new(a, struct zone_type);
	struct zone *zone = arena_new(a, struct zone);

	*type = (struct zone_type) {offset_s, name};
	*zone = (struct zone) {.n_types = 1, .types = type};
	return zone;
}

const struct zone *zone_utc(struct arena *a)
{
	return zone_plain(a, 0, STR("UTC"));
}

const struct zone *zone_fixed(struct arena *a, int32_t offset_s)
{
	return zone_plain(a, offset_s, STR(""));
}

/* Two digits below `limit` at `s`, or -1. */
static int two_digits(const char *s, int limit)
{
	int value;

	if (!str_is_digit(s[0]) || !str_is_digit(s[1]))
		return -1;
	value = (s[0] - '0') * 10 + (s[1] - '0');
	return value < limit ? value : -1;
}

bool zone_read_offset(struct str text, int32_t *offset_s)
{
	bool colon = text.len == 6 && text.s[3] == ':';
	int hours, minutes = 0;

	if (text.len != 3 && text.len != 5 && !colon)
		return false;
	if (text.s[0] != '+' && text.s[0] != '-')
		return false;
	hours = two_digits(text.s + 1, 19);
	if (text.len > 3)
		minutes = two_digits(text.s + text.len - 2, 60);
	if (hours < 0 || minutes < 0 || hours * 60 + minutes > 18 * 60)
		return false;
	*offset_s = hours * 3600 + minutes * 60;
	if (text.s[0] == '-')
		*offset_s = -*offset_s;
	return true;
}

static bool is_name_byte(char c)
{
	return (str_lower(c) >= 'a' && str_lower(c) <= 'z') ||
	       str_is_digit(c) || c == '_' || c == '+' || c == '-';
}

bool zone_is_name(struct str name)
{
	bool in_part = false;

	for (size_t i = 0; i < name.len; i++) {
		if (name.s[i] == '/' ? !in_part : !is_name_byte(name.s[i]))
			return false;
		in_part = name.s[i] != '/';
	}
	return in_part;
}

/* The numbers of a TZif header, RFC 8536, 3.1, in their order there. */
struct counts {
	uint32_t utc_flags, standard_flags, leaps, times, types, name_bytes;
};

#define HEADER_BYTES 44

static uint32_t read_u32(const char *s)
{
	const unsigned char *b = (const unsigned char *)s;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
	       (uint32_t)b[2] << 8 | b[3];
}

static int64_t read_i64(const char *s)
{
	return (int64_t)((uint64_t)read_u32(s) << 32 | read_u32(s + 4));
}

static bool fail(struct err *err, const char *what)
{
	return err_set(err, ERR_INPUT, (struct loc) {0}, "zone file %s", what);
}

static bool take_header(struct str *rest, struct counts *out, struct err *err)
{
	const char *s = rest->s;

	if (rest->len < HEADER_BYTES || !str_has_prefix(*rest, STR("TZif")))
		return fail(err, "has no header that begins with 'TZif'");
	if (s[4] < '2')
		return fail(err, "is of version 1; version 2 or later is read");
	*out = (struct counts) {read_u32(s + 20), read_u32(s + 24),
		read_u32(s + 28), read_u32(s + 32), read_u32(s + 36),
		read_u32(s + 40)};
	*rest = str_slice(*rest, HEADER_BYTES, rest->len);
	return true;
}

static uint64_t block_bytes(const struct counts *counts, unsigned time_bytes)
{
	return (uint64_t)counts->times * (time_bytes + 1) +
	       (uint64_t)counts->types * 6 + counts->name_bytes +
	       (uint64_t)counts->leaps * (time_bytes + 4) +
	       counts->standard_flags + counts->utc_flags;
}

static bool take_block(struct str *rest, const struct counts *counts,
	unsigned time_bytes, struct str *block, struct err *err)
{
	uint64_t size = block_bytes(counts, time_bytes);

	if (size > rest->len)
		return err_set(err, ERR_INPUT, (struct loc) {0},
			"zone file ends early: expected %llu more bytes, "
			"found %zu",
			(unsigned long long)size, rest->len);
	*block = str_slice(*rest, 0, (size_t)size);
	*rest = str_slice(*rest, (size_t)size, rest->len);
	return true;
}

static bool check_counts(const struct counts *counts, struct err *err)
{
	if (counts->leaps)
		return fail(err, "counts leap seconds, unlike our instants");
	if (counts->types == 0 || counts->types > 256)
		return fail(err, "has not between 1 and 256 time types");
	return true;
}

static bool read_types(struct arena *a, struct str types, struct str names,
	struct zone *zone, struct err *err)
{
	size_t n = types.len / 6;
	struct zone_type *out = arena_array(a, struct zone_type, n);

	names = arena_copy(a, names);
	for (size_t i = 0; i < n; i++) {
		const char *s = types.s + i * 6;
		size_t name_at = (unsigned char)s[5];
		struct str name = str_slice(names, name_at, names.len);

		out[i].offset_s = (int32_t)read_u32(s);
		if (out[i].offset_s < -ZONE_OFFSET_MAX_S ||
			out[i].offset_s > ZONE_OFFSET_MAX_S)
			return fail(err, "has an offset of more than 26 hours");
		if (str_find(name, '\0') == name.len)
			return fail(err, "has an abbreviation without end");
		out[i].name = str_slice(name, 0, str_find(name, '\0'));
	}
	zone->types = out;
	zone->n_types = n;
	return true;
}

static bool read_transitions(struct arena *a, struct str times,
	struct str types, struct zone *zone, struct err *err)
{
	int64_t *at = arena_array(a, int64_t, types.len);
	uint8_t *type = arena_array(a, uint8_t, types.len);

	for (size_t i = 0; i < types.len; i++) {
		at[i] = read_i64(times.s + i * 8);
		type[i] = (uint8_t)types.s[i];
		if (i > 0 && at[i] <= at[i - 1])
			return fail(err, "has transitions out of order");
		if (type[i] >= zone->n_types)
			return fail(err, "has a transition to no time type");
	}
	zone->at = at;
	zone->type = type;
	zone->n = types.len;
	return true;
}

/* The footer is a line of its own: the rule, or nothing. */
static bool read_footer(
	struct arena *a, struct str footer, struct zone *zone, struct err *err)
{
	struct str line = str_slice(footer, 1, footer.len);
	size_t len = str_find(line, '\n');

	if (footer.len == 0 || footer.s[0] != '\n' || len == line.len)
		return fail(err, "has no footer");
	if (len == 0)
		return true;
	zone->has_rule = true;
	if (!zonerule_read(arena_copy(a, str_slice(line, 0, len)), &zone->rule))
		return fail(err, "has a footer that is no POSIX TZ rule");
	return true;
}

bool zone_parse(struct arena *a, struct str bytes, const struct zone **out,
	struct err *err)
{
	struct zone *zone = arena_new(a, struct zone);
	struct counts counts = {0};
	struct str block = {0}, types;
	size_t times;

	/* The first block has 32-bit times, for readers of version 1. */
	if (!take_header(&bytes, &counts, err) ||
		!take_block(&bytes, &counts, 4, &block, err) ||
		!take_header(&bytes, &counts, err) ||
		!check_counts(&counts, err) ||
		!take_block(&bytes, &counts, 8, &block, err))
		return false;
	times = counts.times;
	types = str_slice(block, times * 9, (size_t)counts.types * 6);
	if (!read_types(a, types,
		    str_slice(block, times * 9 + types.len, counts.name_bytes),
		    zone, err) ||
		!read_transitions(a, block, str_slice(block, times * 8, times),
			zone, err) ||
		!read_footer(a, bytes, zone, err))
		return false;
	*out = zone;
	return true;
}

/* How many transitions are not after `utc_s`. */
static size_t count_until(const struct zone *zone, int64_t utc_s)
{
	size_t low = 0, high = zone->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->at[middle] <= utc_s)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int64_t within(int64_t seconds, int64_t reach)
{
	if (seconds > reach)
		return reach;
	return seconds < -reach ? -reach : seconds;
}

static struct zone_span span_at(const struct zone *zone, int64_t utc_s)
{
	size_t n = count_until(zone, utc_s);
	int64_t start_s = n ? zone->at[n - 1] : INT64_MIN;
	struct zone_span span;

	if (n == zone->n && zone->has_rule) {
		/* Twice the reach, so that a walk that begins within it can
		   leave it. */
		span = zonerule_span(
			&zone->rule, within(utc_s, 2 * ZONE_REACH_S));
		if (span.start_s < start_s)
			span.start_s = start_s;
		return span;
	}
	return (struct zone_span) {start_s,
		n < zone->n ? zone->at[n] : INT64_MAX,
		zone->types[n ? zone->type[n - 1] : 0].offset_s};
}

int32_t zone_offset(const struct zone *zone, int64_t utc_s)
{
	return span_at(zone, within(utc_s, ZONE_REACH_S)).offset_s;
}

/*
 * Walks all stretches that are near enough. In each the local time belongs to
 * at most one instant, `local_s - offset_s`, which counts if it lies inside. A
 * clock that jumps over the local time leaves that instant behind the stretch
 * before the jump and before the stretch after it.
 */
enum zone_local zone_to_utc(
	const struct zone *zone, int64_t local_s, int64_t *utc_s)
{
	enum zone_local found = ZONE_NEVER;
	struct zone_span span;

	local_s = within(local_s, ZONE_REACH_S);
	span = span_at(zone, local_s - ZONE_OFFSET_MAX_S);
	for (;;) {
		int64_t at_s = local_s - span.offset_s;
		bool inside = at_s >= span.start_s && at_s < span.end_s;

		if (inside && found == ZONE_UNIQUE)
			return ZONE_TWICE;
		if (inside || (found == ZONE_NEVER && at_s >= span.end_s))
			*utc_s = at_s;
		if (inside)
			found = ZONE_UNIQUE;
		if (span.end_s > local_s + ZONE_OFFSET_MAX_S)
			return found;
		span = span_at(zone, span.end_s);
	}
}

int64_t zone_first(const struct zone *zone, int64_t local_s)
{
	struct zone_span span;
	int64_t at_s;

	local_s = within(local_s, ZONE_REACH_S);
	span = span_at(zone, local_s - ZONE_OFFSET_MAX_S);
	while (local_s - span.offset_s >= span.end_s)
		span = span_at(zone, span.end_s);
	at_s = local_s - span.offset_s;
	return at_s > span.start_s ? at_s : span.start_s;
}

static bool has_name(struct str have, struct str name)
{
	return have.len > 0 && str_equal(have, name);
}

/* The latest use decides: an abbreviation may have changed its meaning. */
bool zone_has_abbreviation(
	const struct zone *zone, struct str name, int32_t *offset_s)
{
	const struct zonerule *rule = &zone->rule;

	if (zone->has_rule && has_name(rule->standard_name, name)) {
		*offset_s = rule->standard_s;
		return true;
	}
	if (zone->has_rule && has_name(rule->summer_name, name)) {
		*offset_s = rule->summer_s;
		return true;
	}
	for (size_t i = zone->n + 1; i-- > 0;) {
		size_t type = i ? zone->type[i - 1] : 0;

		if (has_name(zone->types[type].name, name)) {
			*offset_s = zone->types[type].offset_s;
			return true;
		}
	}
	return false;
}
