#include "report/members.h"

#include "format/timestamp.h"
#include "model/table.h"

#include <stdio.h>

void member_text(struct json_writer *json, const char *name, struct str text)
{
	json_name(json, name);
	json_string(json, text);
}

void member_count(struct json_writer *json, const char *name, uint64_t count)
{
	json_name(json, name);
	json_count(json, count);
}

void member_double(struct json_writer *json, const char *name, double value)
{
	json_name(json, name);
	json_double(json, value);
}

void member_bool(struct json_writer *json, const char *name, bool value)
{
	json_name(json, name);
	json_bool(json, value);
}

void member_null(struct json_writer *json, const char *name)
{
	json_name(json, name);
	json_null(json);
}

void member_maybe(
	struct json_writer *json, const char *name, bool known, double value)
{
	if (known)
		member_double(json, name, value);
	else
		member_null(json, name);
}

void member_maybe_text(
	struct json_writer *json, const char *name, struct str text)
{
	if (text.len)
		member_text(json, name, text);
	else
		member_null(json, name);
}

void member_time(struct json_writer *json, const char *name, int64_t ns)
{
	char buffer[40];

	if (cell_is_value(ns))
		member_text(json, name, timestamp_print(ns, buffer));
	else
		member_null(json, name);
}

void member_minutes(
	struct json_writer *json, const char *name, bool known, int64_t ns)
{
	member_maybe(json, name, known, (double)ns / (double)NS_PER_MINUTE);
}

void member_money(
	struct json_writer *json, const char *name, struct money money)
{
	char text[32];
	bool negative = money.minor < 0;
	uint64_t minor = negative ? -(uint64_t)money.minor
				  : (uint64_t)money.minor;
	int len = snprintf(text, sizeof(text), "%s%llu.%02llu",
		negative ? "-" : "", (unsigned long long)(minor / 100),
		(unsigned long long)(minor % 100));

	member_text(json, name, (struct str) {text, (size_t)len});
}

void member_why(struct json_writer *json, struct str why)
{
	if (why.len)
		member_text(json, "why", why);
}

void member_texts(struct json_writer *json, const char *name,
	const struct str *texts, size_t n)
{
	json_name(json, name);
	json_inline(json);
	json_begin_array(json);
	for (size_t i = 0; i < n; i++)
		json_string(json, texts[i]);
	json_end_array(json);
}

void member_interval(
	struct json_writer *json, const char *name, double low, double high)
{
	json_name(json, name);
	json_inline(json);
	json_begin_array(json);
	json_double(json, low);
	json_double(json, high);
	json_end_array(json);
}

void member_places(
	struct json_writer *json, const struct place *places, size_t n)
{
	json_name(json, "places");
	json_inline(json);
	json_begin_array(json);
	for (size_t i = 0; i < n; i++) {
		json_begin_object(json);
		member_text(json, "path", places[i].path);
		member_count(json, "line", places[i].line);
		json_end_object(json);
	}
	json_end_array(json);
}

void member_ratio(struct json_writer *json, struct share share)
{
	bool known = share.denominator > 0;

	member_maybe(json, "value", known,
		known ? (double)share.numerator / (double)share.denominator
		      : 0);
	member_count(json, "numerator", share.numerator);
	member_count(json, "denominator", share.denominator);
}

void member_share(struct json_writer *json, const char *name,
	struct share share, struct str why)
{
	json_name(json, name);
	json_inline(json);
	json_begin_object(json);
	member_ratio(json, share);
	if (share.denominator == 0)
		member_why(json, why);
	json_end_object(json);
}
