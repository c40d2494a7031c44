#include "format/timetext.h"

#include "format/civil.h"
#include "format/zone.h"

static bool take(struct str *rest, char byte)
{
	if (rest->len == 0 || rest->s[0] != byte)
		return false;
	rest->s++;
	rest->len--;
	return true;
}

/* Takes a number of at least `least` and at most `most` digits; -1 if there
   is none. */
static inline int take_number(struct str *rest, size_t least, size_t most)
{
	int value = 0;
	size_t n = 0;

	while (n < most && n < rest->len && str_is_digit(rest->s[n]))
		value = value * 10 + (rest->s[n++] - '0');
	if (n < least)
		return -1;
	rest->s += n;
	rest->len -= n;
	return value;
}

static bool is_date(const struct timetext *t)
{
	return t->year >= 0 && t->month >= 1 && t->month <= 12 &&
	       t->mday >= 1 && t->mday <= civil_month_days(t->year, t->month);
}

static bool is_clock(const struct timetext *t)
{
	if (t->hour < 0 || t->minute < 0 || t->minute > 59 || t->second < 0)
		return false;
	if (t->hour == 24)
		return t->minute == 0 && t->second == 0 && t->ns == 0;
	return t->hour < 24 &&
	       (t->second < 60 || (t->second == 60 && t->minute == 59));
}

bool timetext_take_fraction(
	struct str *rest, int32_t *ns, enum time_precision *precision)
{
	size_t before = rest->len, n;
	int value = take_number(rest, 1, 9);

	if (value < 0)
		return false;
	n = before - rest->len;
	*precision = n <= 3 ? TIME_MS : n <= 6 ? TIME_US : TIME_NS;
	for (; n < 9; n++)
		value *= 10;
	*ns = value;
	return true;
}

/* Takes `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f`. */
static bool take_clock(
	struct str *rest, size_t least_hour_digits, struct timetext *t)
{
	t->hour = take_number(rest, least_hour_digits, 2);
	if (!take(rest, ':'))
		return false;
	t->minute = take_number(rest, 2, 2);
	t->precision = TIME_MINUTE;
	if (take(rest, ':')) {
		t->second = take_number(rest, 2, 2);
		t->precision = TIME_SECOND;
		if (take(rest, '.') &&
			!timetext_take_fraction(rest, &t->ns, &t->precision))
			return false;
	}
	return is_clock(t);
}

static bool is_abbreviation(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.s[i] < 'A' || text.s[i] > 'Z')
			return false;
	return text.len >= 3 && text.len <= 6;
}

/* Reads what follows the clock: nothing or a zone. */
static bool read_zone(struct str rest, struct timetext *t)
{
	bool blank;

	if (rest.len == 0)
		return true;
	blank = take(&rest, ' ');
	t->has_offset = (rest.len == 1 && str_lower(rest.s[0]) == 'z') ||
			zone_read_offset(rest, &t->offset_s);
	if (t->has_offset) {
		t->zone_unknown = rest.s[0] == '-' && t->offset_s == 0;
		return true;
	}
	if (!blank || !is_abbreviation(rest))
		return false;
	t->abbreviation = rest;
	return true;
}

static bool read_year_first(struct str text, struct timetext *t)
{
	char mark;

	t->order = DATE_YMD;
	t->year = take_number(&text, 4, 4);
	mark = text.s[0];
	take(&text, mark);
	t->month = take_number(&text, 2, 2);
	if (!take(&text, mark))
		return false;
	t->mday = take_number(&text, 2, 2);
	if (!is_date(t))
		return false;
	if (text.len == 0)
		return true;
	if (!take(&text, 'T') && !take(&text, ' ') && !take(&text, 't'))
		return false;
	return take_clock(&text, 2, t) && read_zone(text, t);
}

static const struct str month_names[12] = {STR_INIT("january"),
	STR_INIT("february"), STR_INIT("march"), STR_INIT("april"),
	STR_INIT("may"), STR_INIT("june"), STR_INIT("july"), STR_INIT("august"),
	STR_INIT("september"), STR_INIT("october"), STR_INIT("november"),
	STR_INIT("december")};

/* Takes the name of a month, which ends before `mark`: 1..12, or -1. */
static int take_month_name(struct str *rest, char mark)
{
	struct str name = str_slice(*rest, 0, str_find(*rest, mark));

	for (int i = 0; i < 12; i++) {
		struct str full = month_names[i];

		if (!str_equal_fold(name, full) &&
			!str_equal_fold(name, str_slice(full, 0, 3)))
			continue;
		*rest = str_slice(*rest, name.len, rest->len);
		return i + 1;
	}
	return -1;
}

/* Takes a year of four digits, or of two if `pivot` is not negative. */
static int take_year(struct str *rest, int pivot)
{
	size_t before = rest->len;
	int year = take_number(rest, 2, 4);

	if (before - rest->len == 4)
		return year;
	if (before - rest->len != 2 || pivot < 0)
		return -1;
	return year >= pivot ? 1900 + year : 2000 + year;
}

/* Gives the two numbers of an all-digit date their places as far as they tell;
   otherwise the day is taken to come first. */
static void place_parts(int first, int second, struct timetext *t)
{
	bool month_first = second > 12;

	t->mday = month_first ? second : first;
	t->month = month_first ? first : second;
	t->order = month_first  ? DATE_MDY
		   : first > 12 ? DATE_DMY
				: DATE_UNKNOWN;
}

static bool take_date_year_last(struct str *rest, int pivot, struct timetext *t)
{
	int first = take_number(rest, 1, 2);
	char mark = rest->len ? rest->s[0] : 0;

	if (first < 0 || (mark != '/' && mark != '-'))
		return false;
	take(rest, mark);
	if (rest->len && str_is_digit(rest->s[0])) {
		place_parts(first, take_number(rest, 1, 2), t);
		pivot = -1;
	} else {
		t->order = DATE_YMD;
		t->mday = first;
		t->month = take_month_name(rest, mark);
	}
	if (!take(rest, mark))
		return false;
	t->year = take_year(rest, pivot);
	return is_date(t);
}

/* Takes " AM" or " PM" and turns the hour into that of a 24-hour clock. */
static bool take_half_day(struct str *rest, struct timetext *t)
{
	struct str half = str_slice(*rest, 0, 3);
	bool afternoon = str_equal_fold(half, STR(" pm"));

	if (!afternoon && !str_equal_fold(half, STR(" am")))
		return true;
	if (t->hour < 1 || t->hour > 12)
		return false;
	t->hour = t->hour % 12 + (afternoon ? 12 : 0);
	*rest = str_slice(*rest, 3, rest->len);
	return true;
}

static bool read_year_last(struct str text, int pivot, struct timetext *t)
{
	if (!take_date_year_last(&text, pivot, t))
		return false;
	if (text.len == 0)
		return true;
	take(&text, ',');
	return take(&text, ' ') && take_clock(&text, 1, t) &&
	       take_half_day(&text, t) && read_zone(text, t);
}

#define COMPACT_YEAR_FIRST 1970
#define COMPACT_YEAR_LAST  2200

/* `yyyymmddhhmmss`, perhaps with three decimals. */
static bool read_compact(struct str text, struct timetext *t)
{
	t->order = DATE_YMD;
	t->year = take_number(&text, 4, 4);
	t->month = take_number(&text, 2, 2);
	t->mday = take_number(&text, 2, 2);
	t->hour = take_number(&text, 2, 2);
	t->minute = take_number(&text, 2, 2);
	t->second = take_number(&text, 2, 2);
	t->precision = TIME_SECOND;
	if (t->year < COMPACT_YEAR_FIRST || t->year > COMPACT_YEAR_LAST ||
		!is_date(t) || !is_clock(t))
		return false;
	return text.len == 0 ||
	       (text.len == 4 && take(&text, '.') &&
		       timetext_take_fraction(&text, &t->ns, &t->precision) &&
		       text.len == 0);
}

bool timetext_read(struct str text, int year_pivot, struct timetext *out)
{
	*out = (struct timetext) {0};
	if (text.len < 8 || !str_is_digit(text.s[0]))
		return false;
	/* The year comes last after a part of one or two digits. */
	if (!str_is_digit(text.s[1]) || !str_is_digit(text.s[2]))
		return read_year_last(text, year_pivot, out);
	if (text.s[4] == '-' || text.s[4] == '/')
		return read_year_first(text, out);
	return read_compact(text, out);
}
