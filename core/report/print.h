/*
 * Values as people read them in a text report. Results live as long as the
 * arena and do not depend on the locale.
 */
#ifndef REPORT_PRINT_H
#define REPORT_PRINT_H

#include "report/page.h"

/* "1,234,567". */
struct str print_count(struct arena *a, uint64_t n);

/* "22 late"; and with a noun, which an 's' puts into the plural: "1 finding",
   "12 findings". No line breaks between the two. */
struct str print_labelled(struct arena *a, uint64_t n, const char *word);
struct str print_counted(struct arena *a, uint64_t n, const char *noun);

/* "2,025.5": rounded to `decimals` decimals, 0 to 9. A rounded zero has no
   sign; "n/a" for a value that is not finite. */
struct str print_number(struct arena *a, double value, int decimals);

/* "1,966 of 2,000". */
struct str print_share(struct arena *a, struct share share);

/* "-43,820.00 EUR", which no line break parts. The currency must be harmless;
   it may be empty. */
struct str print_money(struct arena *a, struct money money);

/* "2026-02-08T23:59:59.999Z": RFC 3339 in UTC, cut to the millisecond, so that
   no instant is shown later than it is. "no time" if there is none. */
struct str print_time(struct arena *a, int64_t ns);

/*
 * The half-open period from `from` to `to` in words: "2026-01-01 to 2026-06-30
 * (both days included)" for whole days in UTC, "... to ... (included)" where it
 * ends 1 ns behind a millisecond, as the period of a whole log does, else
 * "... to ... (excluded)". "no event has a time" if an end is missing.
 */
struct str print_period(struct arena *a, int64_t from, int64_t to);

#endif
