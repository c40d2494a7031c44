/*
 * Members of JSON objects: a name and its value in one call, and the small
 * objects that stand in many places of the result document. A figure that is
 * not known is null.
 */
#ifndef REPORT_MEMBERS_H
#define REPORT_MEMBERS_H

#include "format/jsonwrite.h"
#include "model/result.h"

void member_text(struct json_writer *json, const char *name, struct str text);
void member_count(struct json_writer *json, const char *name, uint64_t count);
void member_double(struct json_writer *json, const char *name, double value);
void member_bool(struct json_writer *json, const char *name, bool value);
void member_null(struct json_writer *json, const char *name);

/* `value`, or null. */
void member_maybe(
	struct json_writer *json, const char *name, bool known, double value);

/* `text`, or null if it is empty. */
void member_maybe_text(
	struct json_writer *json, const char *name, struct str text);

/* RFC 3339 in UTC, or null. */
void member_time(struct json_writer *json, const char *name, int64_t ns);

/* Nanoseconds as minutes, or null. */
void member_minutes(
	struct json_writer *json, const char *name, bool known, int64_t ns);

/* Text with two decimals: exact, whatever numbers the reader has. */
void member_money(
	struct json_writer *json, const char *name, struct money money);

/* "why", if there is a reason. */
void member_why(struct json_writer *json, struct str why);

void member_texts(struct json_writer *json, const char *name,
	const struct str *texts, size_t n);

/* An array of two numbers. */
void member_interval(
	struct json_writer *json, const char *name, double low, double high);

/* "places": objects of path and line. */
void member_places(
	struct json_writer *json, const struct place *places, size_t n);

/* value, numerator and denominator as members of the open object; the value
   is null if the denominator is 0. */
void member_ratio(struct json_writer *json, struct share share);

/* The same as an object, which then says why. */
void member_share(struct json_writer *json, const char *name,
	struct share share, struct str why);

#endif
