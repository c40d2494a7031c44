#include "format/period.h"

#include "base/number.h"

#include <assert.h>

static const struct word {
	struct str name, short_name; /* the latter may be missing */
	enum period_unit unit;
	int64_t factor; /* units of `unit` in one of these */
	uint64_t most;  /* 100 years */
} words[] = {
	{STR_INIT("second"), STR_INIT("s"), PERIOD_SECONDS, 1, 3155760000},
	{STR_INIT("minute"), STR_INIT("m"), PERIOD_SECONDS, 60, 52596000},
	{STR_INIT("hour"), STR_INIT("h"), PERIOD_SECONDS, 3600, 876600},
	{STR_INIT("day"), STR_INIT("d"), PERIOD_DAYS, 1, 36525},
	{STR_INIT("week"), STR_INIT("w"), PERIOD_DAYS, 7, 5217},
	{STR_INIT("month"), {0}, PERIOD_MONTHS, 1, 1200},
	{STR_INIT("year"), {0}, PERIOD_MONTHS, 12, 100},
	{STR_INIT("business day"), {0}, PERIOD_BUSINESS_DAYS, 1, 26100},
};

static bool is_word(const struct word *word, struct str unit)
{
	if (word->short_name.len && str_equal(unit, word->short_name))
		return true;
	if (unit.len == 0 || unit.s[0] != ' ')
		return false;
	unit = str_slice(unit, 1, unit.len);
	if (unit.len == word->name.len + 1 && unit.s[unit.len - 1] == 's')
		unit.len--;
	return str_equal(unit, word->name);
}

bool period_read(struct str text, struct period *out)
{
	size_t digits = 0;
	struct str unit;
	uint64_t n;

	while (digits < text.len && str_is_digit(text.s[digits]))
		digits++;
	if (!number_read_u64(str_slice(text, 0, digits), &n))
		return false;
	unit = str_slice(text, digits, text.len);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!is_word(&words[i], unit))
			continue;
		if (n > words[i].most)
			return false;
		*out = (struct period) {
			words[i].unit, (int64_t)n * words[i].factor};
		return true;
	}
	return false;
}

static struct str print_count(struct arena *a, int64_t n, const char *what)
{
	return arena_print(
		a, "%lld %s%s", (long long)n, what, n == 1 ? "" : "s");
}

static struct str print_seconds(struct arena *a, int64_t n)
{
	if (n % 3600 == 0)
		return arena_print(a, "%lldh", (long long)n / 3600);
	if (n % 60 == 0)
		return arena_print(a, "%lldm", (long long)n / 60);
	return arena_print(a, "%llds", (long long)n);
}

struct str period_print(struct arena *a, struct period period)
{
	switch (period.unit) {
	case PERIOD_SECONDS:
		return print_seconds(a, period.n);
	case PERIOD_DAYS:
		return print_count(a, period.n, "day");
	case PERIOD_MONTHS:
		if (period.n > 0 && period.n % 12 == 0)
			return print_count(a, period.n / 12, "year");
		return print_count(a, period.n, "month");
	default:
		return print_count(a, period.n, "business day");
	}
}

int64_t period_ns(struct period period)
{
	int64_t ns;

	assert(period.unit == PERIOD_SECONDS);
	if (__builtin_mul_overflow(period.n, 1000000000, &ns))
		return INT64_MAX;
	return ns;
}
