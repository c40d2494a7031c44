#include "report/print.h"

#include "format/timestamp.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#define NS_PER_MS INT64_C(1000000)

/* `digits` with a comma before every three from the right. */
static struct str grouped(struct arena *a, struct str digits)
{
	char *to = arena_alloc(a, digits.len + digits.len / 3);
	size_t used = 0;

	for (size_t i = 0; i < digits.len; i++) {
		if (i > 0 && (digits.len - i) % 3 == 0)
			to[used++] = ',';
		to[used++] = digits.s[i];
	}
	return (struct str) {to, used};
}

struct str print_count(struct arena *a, uint64_t n)
{
	return grouped(a, arena_print(a, "%" PRIu64, n));
}

struct str print_labelled(struct arena *a, uint64_t n, const char *word)
{
	return arena_print(
		a, "%.*s%c%s", STR_ARG(print_count(a, n)), PAGE_BLANK, word);
}

struct str print_counted(struct arena *a, uint64_t n, const char *noun)
{
	return arena_print(a, "%.*s%s", STR_ARG(print_labelled(a, n, noun)),
		n == 1 ? "" : "s");
}

static bool is_zero(struct str digits)
{
	for (size_t i = 0; i < digits.len; i++)
		if (digits.s[i] >= '1' && digits.s[i] <= '9')
			return false;
	return true;
}

struct str print_number(struct arena *a, double value, int decimals)
{
	struct str rest, whole;
	bool negative = signbit(value) != 0;

	assert(decimals >= 0 && decimals <= 9);
	if (!isfinite(value))
		return STR("n/a");
	rest = arena_print(a, "%.*f", decimals, fabs(value));
	if (is_zero(rest))
		negative = false;
	whole = str_cut(&rest, '.');
	return arena_print(a, "%s%.*s%s%.*s", negative ? "-" : "",
		STR_ARG(grouped(a, whole)), rest.len ? "." : "", STR_ARG(rest));
}

struct str print_share(struct arena *a, struct share share)
{
	return arena_print(a, "%.*s of %.*s",
		STR_ARG(print_count(a, share.numerator)),
		STR_ARG(print_count(a, share.denominator)));
}

struct str print_money(struct arena *a, struct money money)
{
	bool negative = money.minor < 0;
	uint64_t minor = negative ? -(uint64_t)money.minor
				  : (uint64_t)money.minor;

	struct str amount = arena_print(a, "%s%.*s.%02u", negative ? "-" : "",
		STR_ARG(print_count(a, minor / 100)), (unsigned)(minor % 100));

	if (money.currency.len == 0)
		return amount;
	return arena_print(a, "%.*s%c%.*s", STR_ARG(amount), PAGE_BLANK,
		STR_ARG(money.currency));
}

/* The millisecond that holds `ns`; of the very first one, `ns` itself. */
static int64_t to_millisecond(int64_t ns)
{
	int64_t beyond = ns % NS_PER_MS, start;

	if (beyond < 0)
		beyond += NS_PER_MS;
	return __builtin_sub_overflow(ns, beyond, &start) ? ns : start;
}

struct str print_time(struct arena *a, int64_t ns)
{
	char buffer[40];

	if (!cell_is_value(ns))
		return STR("no time");
	return arena_copy(a, timestamp_print(to_millisecond(ns), buffer));
}

/* The date of an instant that begins a day. */
static struct str print_day(struct arena *a, int64_t ns)
{
	return str_slice(print_time(a, ns), 0, 10);
}

struct str print_period(struct arena *a, int64_t from, int64_t to)
{
	if (!cell_is_value(from) || !cell_is_value(to))
		return STR("no event has a time");
	if (from % NS_PER_DAY == 0 && to % NS_PER_DAY == 0 && from < to)
		return arena_print(a, "%.*s to %.*s (both days included)",
			STR_ARG(print_day(a, from)),
			STR_ARG(print_day(a, to - NS_PER_DAY)));
	return arena_print(a, "%.*s to %.*s (%s)", STR_ARG(print_time(a, from)),
		STR_ARG(print_time(a, to)),
		to_millisecond(to - 1) == to - 1 ? "included" : "excluded");
}
