#include "format/holidays.h"

#include <stdlib.h>

#include "format/civil.h"
#include "format/timestamp.h"

struct day_vec VEC(int64_t);

#define DATE_LEN    10
#define QUOTE_BYTES 40

static int compare_days(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

/* The word at the start of `rest`, not too long and cut between characters. */
static struct str first_word(struct str rest)
{
	size_t len = 0;

	while (len < rest.len && rest.s[len] != ' ' && rest.s[len] != '\t' &&
		rest.s[len] != ',')
		len++;
	if (len > QUOTE_BYTES)
		for (len = QUOTE_BYTES;
			len > 0 && ((unsigned char)rest.s[len] & 0xc0) == 0x80;)
			len--;
	return str_slice(rest, 0, len);
}

/* Reads one line without its end; a line without a date adds none. */
static bool read_line(struct arena *a, struct str line, struct loc loc,
	struct day_vec *days, struct err *err)
{
	struct str rest = str_trim(line);
	int64_t day;

	if (rest.len == 0 || rest.s[0] == '#')
		return true;
	loc.col = (uint32_t)(rest.s - line.s) + 1;
	if (!timestamp_read_day(str_slice(rest, 0, DATE_LEN), &day))
		return err_set(err, ERR_USAGE, loc,
			"expected a date such as '2026-12-25', found '%.*s'",
			STR_ARG(first_word(rest)));
	rest = str_trim(str_slice(rest, DATE_LEN, rest.len));
	if (rest.len && rest.s[0] != ',' && rest.s[0] != '#') {
		loc.col = (uint32_t)(rest.s - line.s) + 1;
		return err_set(err, ERR_USAGE, loc,
			"expected a comma and a name after the date, "
			"found '%.*s'",
			STR_ARG(first_word(rest)));
	}
	vec_push(a, days, day);
	return true;
}

/* Sorts the days and drops those that are there twice. */
static void put_in_order(struct day_vec *days)
{
	size_t n = 0;

	if (days->n == 0)
		return;
	qsort(days->at, days->n, sizeof(*days->at), compare_days);
	for (size_t i = 0; i < days->n; i++)
		if (n == 0 || days->at[i] != days->at[n - 1])
			days->at[n++] = days->at[i];
	days->n = n;
}

bool holidays_read(struct arena *a, struct str text, uint32_t number,
	struct holidays *out, struct err *err)
{
	struct loc loc = {.file = number};
	struct holidays holidays = {0};
	struct day_vec days = {0};
	int month, mday;

	while (text.s) {
		struct str line = str_cut(&text, '\n');

		loc.line++;
		if (str_has_suffix(line, STR("\r")))
			line.len--;
		if (!read_line(a, line, loc, &days, err))
			return false;
	}
	put_in_order(&days);
	holidays.days = days.at;
	holidays.n = days.n;
	if (days.n) {
		civil_date(days.at[0], &holidays.first_year, &month, &mday);
		civil_date(days.at[days.n - 1], &holidays.last_year, &month,
			&mday);
	}
	*out = holidays;
	return true;
}

bool holidays_has(const struct holidays *holidays, int64_t day)
{
	size_t at = holidays_find(holidays, day);

	return at < holidays->n && holidays->days[at] == day;
}

size_t holidays_find(const struct holidays *holidays, int64_t from)
{
	size_t low = 0, high = holidays->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (holidays->days[middle] < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
