/*
 * Instants from text and back, without libc: int64 nanoseconds since
 * 1970-01-01T00:00:00Z. Only the forms of the table in lineal-inputs(5) are
 * read, which are those of timetext.h, epoch numbers and, in a column that is
 * declared so, spreadsheet serials; nothing is guessed. Fractions are read as
 * digits.
 *
 * An epoch number is digits, perhaps after a '-'; seconds may have a fraction
 * of 1 to 9 digits. Its size tells the unit: below 10^11 seconds, 10^14
 * milliseconds, 10^17 microseconds, else nanoseconds. But 14 digits that are a
 * date and a clock, yyyymmddhhmmss from 1970 to 2200, are that civil time; no
 * epoch is lost, because 14 digits of milliseconds lie beyond the year 2286.
 */
#ifndef FORMAT_TIMESTAMP_H
#define FORMAT_TIMESTAMP_H

#include "format/timetext.h"
#include "format/zone.h"

/* What the column says about its values, beyond the text of each. */
struct time_form {
	enum date_order order;   /* of all-digit dates with the year last */
	const struct zone *zone; /* for values without an offset; or NULL */
	int year_pivot;          /* 69: 69-99 are 19xx, 00-68 are 20xx */
	bool spreadsheet_serial; /* every value: days since 1899-12-30 */
};

enum time_status {
	TIME_OK,
	TIME_UNREADABLE, /* no form fits, an impossible date, another order */
	TIME_NO_ZONE,    /* no offset and no zone, or an unclear abbreviation */
	TIME_NO_ORDER,   /* day and month cannot be told apart */
	TIME_OUT_OF_RANGE, /* before 1677-09-21 or after 2262-04-11 */
	TIME_NULL /* midnight of 0001-01-01 or 1900-01-01 stands for "none" */
};

/* Epoch numbers: the unit by magnitude, 0 for other forms. */
enum epoch_unit { EPOCH_NONE, EPOCH_S, EPOCH_MS, EPOCH_US, EPOCH_NS, EPOCH_N };

struct instant {
	int64_t ns;
	enum time_precision precision;
	enum epoch_unit epoch;
	bool has_offset;   /* the value said its zone, or is an epoch */
	bool zone_unknown; /* "-00:00" */
	bool ambiguous, nonexistent; /* local time twice, or never */
	bool leap_second;            /* second 60, taken as the next second */
};

/*
 * Reads all of `text` (blanks at the ends do not count). `out` is set on
 * TIME_OK only. Of several complaints the first counts in the order
 * TIME_UNREADABLE, _NO_ORDER, _NULL, _NO_ZONE, _OUT_OF_RANGE.
 *
 * A serial is 61 or more, because the day 60 of 1900 never was; a whole one is
 * a day, any other is taken to the nearest second with TIME_MINUTE.
 */
enum time_status timestamp_read(
	struct str text, const struct time_form *form, struct instant *out);

/*
 * What the digits of one value prove about day and month: DATE_DMY or DATE_MDY
 * if one part is above 12, DATE_UNKNOWN if both are possible, DATE_YMD for
 * every form that needs no order and for what no form fits.
 */
enum date_order timestamp_order(struct str text);

/* RFC 3339 in UTC with 0, 3, 6 or 9 decimals, the fewest that are exact; at
   most 31 bytes. */
struct str timestamp_print(int64_t ns, char buffer[40]);

/* "YYYY-MM-DD" as days since 1970-01-01; false if it is no such date. */
bool timestamp_read_day(struct str text, int64_t *day);

#define NS_PER_SECOND INT64_C(1000000000)
#define NS_PER_MINUTE (60 * NS_PER_SECOND)
#define NS_PER_HOUR   (60 * NS_PER_MINUTE)
#define NS_PER_DAY    (24 * NS_PER_HOUR)

#endif
