/*
 * How an instant is written: one text to date, clock and zone as they stand
 * there, before anybody asks which instant they mean. Two families are read,
 * and nothing is guessed:
 *
 *   2023-12-18T05:48:31.655Z    year first, by '-' or '/'; then 'T', 't' or a
 *   2014/10/22 11:15:41         blank; all parts with all their digits
 *   9/10/2026, 4:21:14 AM PDT   year last, by '/' or '-'; then a blank or a
 *   12/Mar/24 9:41 AM           comma and a blank; perhaps a 12-hour clock
 *
 * and `20231218054831.655`, as event log files write it. Seconds, a fraction of
 * 1 to 9 digits, the zone (Z, z, +02:00, +0200, +02; after a blank also an
 * abbreviation), and the whole clock may be missing. Only a year after the name
 * of a month may have two digits; names are English, of 3 letters or in full.
 */
#ifndef FORMAT_TIMETEXT_H
#define FORMAT_TIMETEXT_H

#include "base/str.h"

enum time_precision {
	TIME_DAY,
	TIME_MINUTE,
	TIME_SECOND,
	TIME_MS,
	TIME_US,
	TIME_NS
};

enum date_order { DATE_UNKNOWN, DATE_DMY, DATE_MDY, DATE_YMD };

struct timetext {
	int year, month, mday; /* a date that exists; year 0..9999 */
	int hour;              /* 24 only at 24:00:00 */
	int minute;
	int second; /* 60 only at hh:59:60 */
	int32_t ns;
	enum time_precision precision;
	/* What the digits prove: DATE_YMD if the form needs no order. With
	   DATE_UNKNOWN, month and day may have to change places. */
	enum date_order order;
	bool has_offset;
	int32_t offset_s;        /* if has_offset: east of UTC */
	bool zone_unknown;       /* "-00:00" */
	struct str abbreviation; /* or empty; borrows the text */
};

/* Reads all of `text`, which has no blanks at its ends. Two-digit years from
   `year_pivot` on are 19xx. On false `out` has no stated value. */
bool timetext_read(struct str text, int year_pivot, struct timetext *out);

/* 1..9 digits behind a decimal point as nanoseconds, taken off `rest`. */
bool timetext_take_fraction(
	struct str *rest, int32_t *ns, enum time_precision *precision);

#endif
