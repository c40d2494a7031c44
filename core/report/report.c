#include "report/report.h"

/* To add an output, follow the recipe at `struct report`. */
const struct report *const report_table[] = {
	&report_text,
	&report_json,
};
const size_t report_count = sizeof(report_table) / sizeof(report_table[0]);

const struct report *report_find(struct str name)
{
	for (size_t i = 0; i < report_count; i++)
		if (str_equal(report_table[i]->name, name))
			return report_table[i];
	return NULL;
}

const struct report *report_of_path(struct str path)
{
	for (size_t i = 0; i < report_count; i++)
		if (str_has_suffix(path, report_table[i]->ending))
			return report_table[i];
	return NULL;
}

struct str report_value(
	const struct key_value *pair, const struct report_options *options)
{
	if (!pair->personal || options->full_privacy)
		return pair->value;
	return options->ascii ? STR("***") : STR("•••");
}

struct str report_event(
	const struct witness *witness, const struct report_options *options)
{
	struct key_value event = {
		.value = witness->event, .personal = witness->personal};

	return report_value(&event, options);
}

struct str report_stream(
	const struct gap_group *gap, const struct report_options *options)
{
	struct key_value stream = {
		.value = gap->system, .personal = gap->personal};

	return report_value(&stream, options);
}

struct str report_percent(struct arena *a, struct share share, int decimals)
{
	__int128 scale = 100, scaled, half;
	uint64_t whole, unit = 1;

	if (share.denominator == 0)
		return STR("n/a");
	for (int i = 0; i < decimals; i++)
		unit *= 10;
	scale *= unit;
	scaled = (__int128)share.numerator * scale;
	half = scaled % share.denominator;
	whole = (uint64_t)(scaled / share.denominator);
	if (half * 2 > share.denominator ||
		(half * 2 == share.denominator && whole % 2))
		whole++;
	if (whole == (uint64_t)scale && share.numerator < share.denominator)
		whole--;
	if (whole == 0 && share.numerator > 0)
		whole = 1;
	if (decimals == 0)
		return arena_print(a, "%llu%%", (unsigned long long)whole);
	return arena_print(a, "%llu.%0*llu%%",
		(unsigned long long)(whole / unit), decimals,
		(unsigned long long)(whole % unit));
}
