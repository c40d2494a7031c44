#include "format/zonerule.h"

#include "format/civil.h"

static bool take(struct str *rest, char byte)
{
	if (rest->len == 0 || rest->s[0] != byte)
		return false;
	*rest = str_slice(*rest, 1, rest->len);
	return true;
}

/* Takes a number of one to three digits that lies between the limits. */
static bool take_number(struct str *rest, int least, int most, int *out)
{
	int value = 0;
	size_t n = 0;

	while (n < 3 && n < rest->len && str_is_digit(rest->s[n]))
		value = value * 10 + (rest->s[n++] - '0');
	if (n == 0 || value < least || value > most)
		return false;
	*rest = str_slice(*rest, n, rest->len);
	*out = value;
	return true;
}

/* Takes `[+-]hh[:mm[:ss]]` as seconds. */
static bool take_time(struct str *rest, int most_hours, int *seconds)
{
	bool negative = take(rest, '-');
	int hours, minutes = 0, secs = 0;

	if (!negative)
		take(rest, '+');
	if (!take_number(rest, 0, most_hours, &hours))
		return false;
	if (take(rest, ':')) {
		if (!take_number(rest, 0, 59, &minutes))
			return false;
		if (take(rest, ':') && !take_number(rest, 0, 59, &secs))
			return false;
	}
	*seconds = hours * 3600 + minutes * 60 + secs;
	if (negative)
		*seconds = -*seconds;
	return true;
}

static bool is_letter(char c)
{
	return str_lower(c) >= 'a' && str_lower(c) <= 'z';
}

static bool is_quoted_name_byte(char c)
{
	return is_letter(c) || str_is_digit(c) || c == '+' || c == '-';
}

/* Takes "CET" or "<+03>"; three characters or more. */
static bool take_name(struct str *rest, struct str *name)
{
	bool quoted = take(rest, '<');
	size_t n = 0;

	while (n < rest->len && (quoted ? is_quoted_name_byte(rest->s[n])
					: is_letter(rest->s[n])))
		n++;
	*name = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->len);
	return n >= 3 && (!quoted || take(rest, '>'));
}

static bool take_day(struct str *rest, struct zonerule_change *out)
{
	if (take(rest, 'J')) {
		out->form = RULE_JULIAN;
		return take_number(rest, 1, 365, &out->day);
	}
	if (take(rest, 'M')) {
		out->form = RULE_MONTH;
		return take_number(rest, 1, 12, &out->month) &&
		       take(rest, '.') && take_number(rest, 1, 5, &out->week) &&
		       take(rest, '.') && take_number(rest, 0, 6, &out->wday);
	}
	out->form = RULE_YEAR_DAY;
	return take_number(rest, 0, 365, &out->day);
}

/* Takes `,day[/time]`; without a time the change is at 02:00. */
static bool take_change(struct str *rest, struct zonerule_change *out)
{
	if (!take(rest, ',') || !take_day(rest, out))
		return false;
	out->time_s = 2 * 3600;
	return !take(rest, '/') || take_time(rest, 167, &out->time_s);
}

bool zonerule_read(struct str text, struct zonerule *out)
{
	struct zonerule rule = {0};
	int west_s;

	if (!take_name(&text, &rule.standard_name) ||
		!take_time(&text, 24, &west_s))
		return false;
	rule.standard_s = -west_s;
	rule.has_summer = text.len > 0;
	if (rule.has_summer) {
		if (!take_name(&text, &rule.summer_name))
			return false;
		west_s -= 3600;
		if (text.len && text.s[0] != ',' &&
			!take_time(&text, 24, &west_s))
			return false;
		rule.summer_s = -west_s;
		if (!take_change(&text, &rule.start) ||
			!take_change(&text, &rule.end))
			return false;
	}
	if (text.len)
		return false;
	*out = rule;
	return true;
}

/* The `week`-th `wday` of the month, 5 being the last. */
static int64_t month_change_day(
	const struct zonerule_change *change, int64_t year)
{
	int64_t first = civil_day(year, change->month, 1);
	int first_wday = (civil_weekday(first) + 1) % 7;
	int mday = (change->wday - first_wday + 7) % 7 +
		   (change->week - 1) * 7 + 1;

	if (mday > civil_month_days(year, change->month))
		mday -= 7;
	return first + mday - 1;
}

/* The change of one year, in seconds since 1970 on the clock before it. */
static int64_t change_local_s(
	const struct zonerule_change *change, int64_t year)
{
	int64_t day;
	bool leap_day_before;

	switch (change->form) {
	case RULE_MONTH:
		day = month_change_day(change, year);
		break;
	case RULE_JULIAN:
		leap_day_before = change->day >= 60 &&
				  civil_month_days(year, 2) == 29;
		day = civil_day(year, 1, 1) + change->day - 1 + leap_day_before;
		break;
	default:
		day = civil_day(year, 1, 1) + change->day;
	}
	return day * SECONDS_PER_DAY + change->time_s;
}

/* Narrows `span` by a change at `at_s`, to the offset `offset_s`. */
static void narrow(
	struct zone_span *span, int64_t utc_s, int64_t at_s, int32_t offset_s)
{
	if (at_s > utc_s) {
		if (at_s < span->end_s)
			span->end_s = at_s;
		return;
	}
	/* Of two changes at one instant the later one in the list wins: a
	   summer time that ends when the next begins never ends. */
	if (at_s >= span->start_s) {
		span->start_s = at_s;
		span->offset_s = offset_s;
	}
}

struct zone_span zonerule_span(const struct zonerule *rule, int64_t utc_s)
{
	struct zone_span span = {INT64_MIN, INT64_MAX, rule->standard_s};
	int64_t day = civil_floor_div(utc_s, SECONDS_PER_DAY), year;
	int month, mday;

	if (!rule->has_summer)
		return span;
	civil_date(day, &year, &month, &mday);
	/* Two years each way: 167 hours can carry a change into a year that is
	   not its own. */
	for (int64_t y = year - 2; y <= year + 2; y++) {
		narrow(&span, utc_s,
			change_local_s(&rule->start, y) - rule->standard_s,
			rule->summer_s);
		narrow(&span, utc_s,
			change_local_s(&rule->end, y) - rule->summer_s,
			rule->standard_s);
	}
	return span;
}
