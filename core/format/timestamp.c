#include "format/timestamp.h"

#include "base/number.h"
#include "format/civil.h"

#include <stdio.h>
#include <string.h>

/* Abbreviations that mean one offset wherever they are used; CST, IST and the
   like do not. */
static const struct {
	struct str name;
	int hours;
} abbreviations[] = {
	{STR_INIT("UTC"), 0},
	{STR_INIT("GMT"), 0},
	{STR_INIT("EST"), -5},
	{STR_INIT("EDT"), -4},
	{STR_INIT("CDT"), -5},
	{STR_INIT("MST"), -7},
	{STR_INIT("MDT"), -6},
	{STR_INIT("PST"), -8},
	{STR_INIT("PDT"), -7},
	{STR_INIT("CET"), 1},
	{STR_INIT("CEST"), 2},
	{STR_INIT("WET"), 0},
	{STR_INIT("WEST"), 1},
	{STR_INIT("EET"), 2},
	{STR_INIT("EEST"), 3},
};

static bool abbreviation_offset(
	struct str name, const struct zone *zone, int32_t *offset_s)
{
	size_t n = sizeof(abbreviations) / sizeof(*abbreviations);

	for (size_t i = 0; i < n; i++)
		if (str_equal(abbreviations[i].name, name)) {
			*offset_s = abbreviations[i].hours * 3600;
			return true;
		}
	return zone && zone_has_abbreviation(zone, name, offset_s);
}

static bool to_ns(__int128 seconds, int32_t ns, int64_t *out)
{
	__int128 sum = seconds * NS_PER_SECOND + ns;

	*out = (int64_t)sum;
	return sum >= INT64_MIN && sum <= INT64_MAX;
}

/* Turns local seconds into an instant of `zone`. */
static enum time_status place(int64_t local_s, int32_t ns,
	const struct zone *zone, struct instant *instant)
{
	int64_t utc_s;
	enum zone_local how;

	if (!zone)
		return TIME_NO_ZONE;
	how = zone_to_utc(zone, local_s, &utc_s);
	instant->ambiguous = how == ZONE_TWICE;
	instant->nonexistent = how == ZONE_NEVER;
	return to_ns(utc_s, ns, &instant->ns) ? TIME_OK : TIME_OUT_OF_RANGE;
}

/* Settles the order of an all-digit date by that of its column. */
static enum time_status settle_order(struct timetext *t, enum date_order order)
{
	int month = t->month;

	if (t->order == DATE_YMD)
		return TIME_OK;
	if (order == DATE_UNKNOWN)
		return t->order == DATE_UNKNOWN ? TIME_NO_ORDER : TIME_OK;
	if (t->order == order)
		return TIME_OK;
	if (t->order != DATE_UNKNOWN || order == DATE_YMD)
		return TIME_UNREADABLE;
	if (order == DATE_MDY) {
		t->month = t->mday;
		t->mday = month;
	}
	return TIME_OK;
}

static bool stands_for_none(const struct timetext *t)
{
	return t->month == 1 && t->mday == 1 &&
	       (t->year == 1 || t->year == 1900) && t->hour == 0 &&
	       t->minute == 0 && t->second == 0 && t->ns == 0;
}

static enum time_status resolve(
	struct timetext *t, const struct time_form *form, struct instant *out)
{
	struct instant instant = {.precision = t->precision,
		.has_offset = t->has_offset || t->abbreviation.len,
		.zone_unknown = t->zone_unknown,
		.leap_second = t->second == 60};
	enum time_status status = settle_order(t, form->order);
	int64_t local_s;
	int in_day;

	if (status != TIME_OK)
		return status;
	if (stands_for_none(t))
		return TIME_NULL;
	/* Hour 24 and second 60 need nothing special here. */
	in_day = t->hour * 3600 + t->minute * 60 + t->second;
	local_s = civil_day(t->year, t->month, t->mday) * SECONDS_PER_DAY +
		  in_day;
	if (t->abbreviation.len &&
		!abbreviation_offset(t->abbreviation, form->zone, &t->offset_s))
		return TIME_NO_ZONE;
	if (!instant.has_offset)
		status = place(local_s, t->ns, form->zone, &instant);
	else if (!to_ns(local_s - t->offset_s, t->ns, &instant.ns))
		status = TIME_OUT_OF_RANGE;
	if (status == TIME_OK)
		*out = instant;
	return status;
}

static const struct epoch {
	enum epoch_unit unit;
	enum time_precision precision;
	uint64_t below; /* this magnitude */
	int64_t per_second;
} epochs[] = {
	{EPOCH_S, TIME_SECOND, 100000000000, 1},
	{EPOCH_MS, TIME_MS, 100000000000000, 1000},
	{EPOCH_US, TIME_US, 100000000000000000, 1000000},
	{EPOCH_NS, TIME_NS, UINT64_MAX, 1000000000},
};

static enum time_status read_epoch(struct str text, struct instant *out)
{
	struct instant instant = {.has_offset = true};
	const struct epoch *epoch = epochs;
	bool negative = text.len && text.s[0] == '-';
	size_t point = str_find(text, '.');
	struct str fraction = str_slice(text, point + 1, text.len);
	__int128 sum;
	uint64_t n;
	int32_t ns = 0;

	if (!number_read_u64(str_slice(text, negative, point - negative), &n))
		return TIME_UNREADABLE;
	while (n >= epoch->below && epoch->unit != EPOCH_NS)
		epoch++;
	instant.epoch = epoch->unit;
	instant.precision = epoch->precision;
	if (point < text.len && (epoch->unit != EPOCH_S ||
					!timetext_take_fraction(&fraction, &ns,
						&instant.precision) ||
					fraction.len))
		return TIME_UNREADABLE;
	sum = (__int128)n * (NS_PER_SECOND / epoch->per_second) + ns;
	if (negative)
		sum = -sum;
	if (sum < INT64_MIN || sum > INT64_MAX)
		return TIME_OUT_OF_RANGE;
	instant.ns = (int64_t)sum;
	*out = instant;
	return TIME_OK;
}

#define SERIAL_EPOCH (-25569) /* 1899-12-30 */
#define SERIAL_FIRST 61       /* 1900-03-01 */
#define SERIAL_LAST  2958465  /* 9999-12-31 */

static enum time_status read_serial(
	struct str text, const struct time_form *form, struct instant *out)
{
	struct instant instant = {0};
	struct decimal serial;
	__int128 unit = 1, doubled;
	int64_t local_s;
	enum time_status status;

	if (text.len == 0 || !str_is_digit(text.s[0]) ||
		!number_read_decimal(text, &serial))
		return TIME_UNREADABLE;
	for (int i = 0; i < serial.scale; i++)
		unit *= 10;
	if (serial.digits < SERIAL_FIRST * unit)
		return TIME_UNREADABLE;
	if (serial.digits >= (SERIAL_LAST + 1) * unit)
		return TIME_OUT_OF_RANGE;
	/* Half a second is added to round, so all is taken twice. */
	doubled = (__int128)serial.digits * 2 * SECONDS_PER_DAY;
	local_s = (int64_t)((doubled + unit) / (2 * unit)) +
		  SERIAL_EPOCH * SECONDS_PER_DAY;
	instant.precision = serial.digits % unit == 0 ? TIME_DAY : TIME_MINUTE;
	status = place(local_s, 0, form->zone, &instant);
	if (status == TIME_OK)
		*out = instant;
	return status;
}

/*
 * True if the 8 bytes at `s` have a digit for each '0' of `shape` and equal it
 * elsewhere. `room` has 0x76 ('v') under a digit, so that differences up to 9
 * do not reach the top bit, and 0x7f under other bytes, where none may.
 */
static inline bool has_shape(const char *s, const char *shape, const char *room)
{
	uint64_t bytes, want, add, differ;

	memcpy(&bytes, s, 8);
	memcpy(&want, shape, 8);
	memcpy(&add, room, 8);
	differ = bytes ^ want;
	return ((differ | (differ + add)) & 0x8080808080808080) == 0;
}

/* Two characters that are known to be digits. */
static inline int two_digits(const char *s)
{
	return (s[0] - '0') * 10 + (s[1] - '0');
}

/*
 * The form of most logs, "2023-12-18T05:48:31Z" or with milliseconds: 10 ns
 * instead of the 22 of the plain way, which gives the same instant. Whatever
 * is special (a year far away, hour 24, second 60) is left to that way.
 */
static bool read_common(struct str text, struct instant *out)
{
	const char *s = text.s;
	bool has_ms = text.len == 24;
	int year, month, mday, hour, minute, second, in_day, ms = 0;
	int64_t utc_s;

	if ((text.len != 20 && !has_ms) ||
		!has_shape(s, "0000-00-", "vvvv\177vv\177") ||
		!has_shape(s + 8, "00T00:00", "vv\177vv\177vv") ||
		!(has_ms ? has_shape(s + 16, ":00.000Z", "\177vv\177vvv\177")
			 : has_shape(s + 12, "0:00:00Z", "v\177vv\177vv\177")))
		return false;
	year = two_digits(s) * 100 + two_digits(s + 2);
	month = two_digits(s + 5);
	mday = two_digits(s + 8);
	hour = two_digits(s + 11);
	minute = two_digits(s + 14);
	second = two_digits(s + 17);
	if (has_ms)
		ms = (s[20] - '0') * 100 + two_digits(s + 21);
	if (year < 1970 || year > 2200 || month < 1 || month > 12 || mday < 1 ||
		mday > civil_month_days(year, month) || hour > 23 ||
		minute > 59 || second > 59)
		return false;
	in_day = hour * 3600 + minute * 60 + second;
	utc_s = civil_day(year, month, mday) * SECONDS_PER_DAY + in_day;
	*out = (struct instant) {
		.ns = utc_s * NS_PER_SECOND + ms * INT64_C(1000000),
		.precision = has_ms ? TIME_MS : TIME_SECOND,
		.has_offset = true};
	return true;
}

enum time_status timestamp_read(
	struct str text, const struct time_form *form, struct instant *out)
{
	struct timetext t;

	text = str_trim(text);
	if (form->spreadsheet_serial)
		return read_serial(text, form, out);
	if (read_common(text, out))
		return TIME_OK;
	if (timetext_read(text, form->year_pivot, &t))
		return resolve(&t, form, out);
	return read_epoch(text, out);
}

enum date_order timestamp_order(struct str text)
{
	struct timetext t;

	return timetext_read(str_trim(text), 0, &t) ? t.order : DATE_YMD;
}

struct str timestamp_print(int64_t ns, char buffer[40])
{
	int64_t seconds = civil_floor_div(ns, NS_PER_SECOND), year;
	int64_t day = civil_floor_div(seconds, SECONDS_PER_DAY);
	int in_day = (int)(seconds - day * SECONDS_PER_DAY);
	int fraction =
		(int)((ns % NS_PER_SECOND + NS_PER_SECOND) % NS_PER_SECOND);
	int month, mday, len, places = 9;

	civil_date(day, &year, &month, &mday);
	while (places > 0 && fraction % 1000 == 0) {
		fraction /= 1000;
		places -= 3;
	}
	len = snprintf(buffer, 40, "%04d-%02d-%02dT%02d:%02d:%02d", (int)year,
		month, mday, in_day / 3600, in_day / 60 % 60, in_day % 60);
	if (places > 0)
		len += snprintf(buffer + len, 40 - (size_t)len, ".%0*d", places,
			fraction);
	buffer[len++] = 'Z';
	return (struct str) {buffer, (size_t)len};
}

bool timestamp_read_day(struct str text, int64_t *day)
{
	struct timetext t;

	if (text.len != 10 || text.s[4] != '-' || !timetext_read(text, 0, &t) ||
		t.precision != TIME_DAY)
		return false;
	*day = civil_day(t.year, t.month, t.mday);
	return true;
}
