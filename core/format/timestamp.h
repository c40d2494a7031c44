/*
 * Instants from text and back, without libc: int64 nanoseconds since
 * 1970-01-01T00:00:00Z. Only the forms of the table in lineal-inputs(5) are
 * read; nothing is guessed. Fractions are read as digits.
 */
#ifndef FORMAT_TIMESTAMP_H
#define FORMAT_TIMESTAMP_H

#include "format/zone.h"

enum time_precision {
	TIME_DAY,
	TIME_MINUTE,
	TIME_SECOND,
	TIME_MS,
	TIME_US,
	TIME_NS
};

enum date_order { DATE_UNKNOWN, DATE_DMY, DATE_MDY, DATE_YMD };

/* What the column says about its values, beyond the text of each. */
struct time_form {
	enum date_order order;   /* for all-digit dates with the year last */
	const struct zone *zone; /* for values without an offset; or NULL */
	int year_pivot;          /* 69: 69-99 are 19xx, 00-68 are 20xx */
	bool spreadsheet_serial; /* days since 1899-12-30 */
};

enum time_status {
	TIME_OK,
	TIME_UNREADABLE, /* no form fits, or an impossible date */
	TIME_NO_ZONE,    /* readable, but in which zone? */
	TIME_NO_ORDER,   /* day and month cannot be told apart */
	TIME_OUT_OF_RANGE,
	TIME_NULL /* 0001-01-01T00:00:00Z or 1900-01-01: stands for "none" */
};

/* Epoch numbers: the unit by magnitude, 0 for other forms. */
enum epoch_unit { EPOCH_NONE, EPOCH_S, EPOCH_MS, EPOCH_US, EPOCH_NS };

struct instant {
	int64_t ns;
	enum time_precision precision;
	enum epoch_unit epoch;
	bool has_offset;             /* the value said its zone itself */
	bool zone_unknown;           /* "-00:00" */
	bool ambiguous, nonexistent; /* local time twice, or never */
	bool leap_second;            /* second 60, taken as the next second */
};

/* Reads all of `text` (blanks at the ends do not count). `out` is set on
   TIME_OK only. */
enum time_status timestamp_read(
	struct str text, const struct time_form *form, struct instant *out);

/*
 * What the digits of one value prove about day and month: DATE_DMY or DATE_MDY
 * if one part is above 12, DATE_UNKNOWN if both are possible, DATE_YMD for
 * every form that needs no order.
 */
enum date_order timestamp_order(struct str text);

/* RFC 3339 in UTC with 0, 3, 6 or 9 decimals, the fewest that are exact; at
   most 31 bytes. */
struct str timestamp_print(int64_t ns, char buffer[40]);

/* "YYYY-MM-DD" as days since 1970-01-01; false if it is no such date. */
bool timestamp_read_day(struct str text, int64_t *day);

/* Days since 1970-01-01 as year, month 1..12, day 1..31, and back (proleptic
   Gregorian; Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
void timestamp_civil(int64_t day, int64_t *year, int *month, int *mday);
int64_t timestamp_day(int64_t year, int month, int mday);

#define NS_PER_SECOND INT64_C(1000000000)
#define NS_PER_DAY    (INT64_C(86400) * NS_PER_SECOND)

#endif
