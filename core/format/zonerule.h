/*
 * The yearly rule in the footer of a zone file, which is a POSIX TZ text with
 * the extensions of RFC 8536, 3.3.1: "CET-1CEST,M3.5.0,M10.5.0/3". It holds
 * for all times after the last transition of the file.
 */
#ifndef FORMAT_ZONERULE_H
#define FORMAT_ZONERULE_H

#include "base/str.h"

/* A stretch of time with one offset: start_s <= t < end_s, INT64_MIN and
   INT64_MAX where it has no end. Its neighbour may have the same offset. */
struct zone_span {
	int64_t start_s, end_s; /* since 1970, UTC */
	int32_t offset_s;       /* east of UTC */
};

/* One day of the year, and the time on the clock that is changed. */
struct zonerule_change {
	enum zonerule_form {
		RULE_JULIAN,   /* "J60": day 1..365, 29 February not counted */
		RULE_YEAR_DAY, /* "59": day 0..365, 29 February counted */
		RULE_MONTH     /* "M3.5.0": month, week 1..5, week-day */
	} form;
	int day;    /* of the first two forms */
	int month;  /* 1..12 */
	int week;   /* 5: the last one */
	int wday;   /* 0 Sunday .. 6 Saturday */
	int time_s; /* from local midnight, within 167 hours */
};

struct zonerule {
	int32_t standard_s, summer_s; /* east of UTC */
	struct str standard_name, summer_name;
	bool has_summer;
	struct zonerule_change start, end; /* of summer time */
};

/* Reads all of `text`, which the names borrow. */
bool zonerule_read(struct str text, struct zonerule *out);

/* The stretch that holds `utc_s`, which lies within 2^56 seconds of 1970. */
struct zone_span zonerule_span(const struct zonerule *rule, int64_t utc_s);

#endif
