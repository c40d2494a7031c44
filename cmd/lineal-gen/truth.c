#include "lineal-gen/truth.h"

#include <stdarg.h>
#include <stdio.h>

#define MS_PER_MINUTE          60000.0

#define TRUTH_NAME(code, name) STR_INIT(name),
static const struct str files[FILE_N] = {FILE_LIST(TRUTH_NAME)};
static const struct str rules[RULE_N] = {RULE_LIST(TRUTH_NAME)};
static const struct str verdicts[VERDICT_N] = {VERDICT_LIST(TRUTH_NAME)};

static const char *const quarters[QUARTERS] = {"2026Q1", "2026Q2"};
static const char *const scenarios[SCENARIO_N] = {"low", "base", "high"};

enum verdict truth_duty(bool done, int64_t done_ms, int64_t due)
{
	if (done && done_ms <= due)
		return VERDICT_OK;
	return due > CLOCK_END ? VERDICT_PENDING : VERDICT_VIOLATED;
}

struct str file_name(enum file file)
{
	return files[file];
}

/*
 * A JSON document in progress: how deep it is, and whether the open object or
 * array has a member already. Names and texts here need no escapes.
 */
struct json {
	struct out *out;
	int depth;
	bool comma;
};

static void put(struct json *json, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void put(struct json *json, const char *format, ...)
{
	struct out *out = json->out;
	va_list args;
	int n;

	out_room(out);
	va_start(args, format);
	n = vsnprintf(out->buffer + out->used, OUT_ROW_MAX, format, args);
	va_end(args);
	out->used += (size_t)n;
}

/* Begins a member of an object, or an item of an array if it has no name. */
static void name(struct json *json, const char *member)
{
	put(json, "%s\n%*s", json->comma ? "," : "", 2 * json->depth, "");
	if (*member)
		put(json, "\"%s\": ", member);
	json->comma = true;
}

static void open_list(struct json *json, const char *bracket)
{
	put(json, "%s", bracket);
	json->depth++;
	json->comma = false;
}

static void close_list(struct json *json, const char *bracket)
{
	json->depth--;
	put(json, "\n%*s%s", 2 * json->depth, "", bracket);
	json->comma = true;
}

static void open_object(struct json *json, const char *member)
{
	name(json, member);
	open_list(json, "{");
}

static void close_object(struct json *json)
{
	close_list(json, "}");
}

static void open_array(struct json *json, const char *member)
{
	name(json, member);
	open_list(json, "[");
}

static void close_array(struct json *json)
{
	close_list(json, "]");
}

static void count(struct json *json, const char *member, uint64_t value)
{
	name(json, member);
	put(json, "%llu", (unsigned long long)value);
}

static void number(struct json *json, const char *member, double value)
{
	name(json, member);
	put(json, "%.17g", value);
}

static void null(struct json *json, const char *member)
{
	name(json, member);
	put(json, "null");
}

static void text(struct json *json, const char *member, const char *value)
{
	name(json, member);
	put(json, "\"%s\"", value);
}

static void ratio(
	struct json *json, const char *member, uint64_t part, uint64_t whole)
{
	if (whole == 0)
		null(json, member);
	else
		number(json, member, (double)part / (double)whole);
}

/* The three members of a share, into the open object. */
static void share(struct json *json, struct share share)
{
	ratio(json, "value", share.numerator, share.denominator);
	count(json, "numerator", share.numerator);
	count(json, "denominator", share.denominator);
}

static void level(struct json *json, const char *member, struct share value)
{
	open_object(json, member);
	share(json, value);
	close_object(json);
}

/* Only cells that hold a transaction have a line. */
static void by_line(
	struct json *json, const char *by, const char *key, struct share cell)
{
	if (cell.denominator == 0)
		return;
	open_object(json, "");
	text(json, "by", by);
	text(json, "key", key);
	share(json, cell);
	close_object(json);
}

static void by_lines(struct json *json, const struct completeness *c)
{
	open_array(json, "by");
	for (int i = 0; i < SYSTEM_N; i++)
		by_line(json, "system", system_name((enum system)i).s,
			c->by_system[i]);
	for (int i = 0; i < QUARTERS; i++)
		by_line(json, "quarter", quarters[i], c->by_quarter[i]);
	close_array(json);
}

static void two_counts(struct json *json, const char *member,
	uint64_t numerator, uint64_t denominator)
{
	open_object(json, member);
	count(json, "numerator", numerator);
	count(json, "denominator", denominator);
	close_object(json);
}

static void put_completeness(struct json *json, const struct completeness *c)
{
	uint64_t found = c->record.numerator;

	open_object(json, "audit_trail_completeness");
	share(json, c->record);
	open_object(json, "levels");
	level(json, "record", c->record);
	level(json, "field", c->field);
	close_object(json);
	by_lines(json, c);
	count(json, "matched", c->matched);
	count(json, "late", c->late);
	count(json, "partial", c->partial);
	count(json, "missing", c->missing);
	count(json, "unverifiable", 0);
	count(json, "excluded", 0);
	count(json, "orphans", c->changes - found);
	two_counts(json, "strict", c->matched, c->record.denominator);
	two_counts(json, "existence", found, c->changes);
	two_counts(json, "timeliness", c->in_time, found);
	close_object(json);
}

static void put_incidents(struct json *json, const uint64_t *counts)
{
	uint64_t all = counts[0] + counts[1];

	open_object(json, "regulatory_incident_rate");
	number(json, "value", (double)all / QUARTERS);
	count(json, "count", all);
	open_array(json, "by_quarter");
	for (int i = 0; i < QUARTERS; i++) {
		open_object(json, "");
		text(json, "quarter", quarters[i]);
		count(json, "count", counts[i]);
		close_object(json);
	}
	close_array(json);
	close_object(json);
}

static void number_if(
	struct json *json, const char *member, bool known, double value)
{
	if (known)
		number(json, member, value);
	else
		null(json, member);
}

static void put_remediation(struct json *json, const struct remediation *r)
{
	open_object(json, "time_to_remediate");
	count(json, "closed", r->closed);
	count(json, "open", r->open);
	count(json, "data_errors", r->errors);
	number_if(json, "mean_days", r->closed > 0, r->mean);
	number_if(json, "median_days", r->closed > 0, r->median);
	number_if(json, "p90_days", r->closed > 0, r->p90);
	number_if(json, "km_median_days", r->km_reached, r->km_median);
	close_object(json);
}

static void minutes(struct json *json, const char *member, int64_t ms)
{
	number(json, member, (double)ms / MS_PER_MINUTE);
}

static void put_downtime(struct json *json, const struct downtime *d)
{
	open_object(json, "downtime_impact");
	minutes(json, "downtime_minutes", d->down_ms);
	minutes(json, "legal_risk_minutes", d->risk_ms);
	open_array(json, "by_system");
	for (int i = 0; i < SYSTEM_N; i++) {
		open_object(json, "");
		text(json, "system", system_name((enum system)i).s);
		minutes(json, "downtime_minutes", d->system_down_ms[i]);
		minutes(json, "legal_risk_minutes", d->system_risk_ms[i]);
		close_object(json);
	}
	close_array(json);
	close_object(json);
}

static void put_roi(struct json *json, const double *roi)
{
	open_object(json, "compliance_roi");
	number(json, "value", roi[SCENARIO_BASE]);
	open_array(json, "scenarios");
	for (int i = 0; i < SCENARIO_N; i++) {
		open_object(json, "");
		text(json, "scenario", scenarios[i]);
		number(json, "roi", roi[i]);
		close_object(json);
	}
	close_array(json);
	close_object(json);
}

static void put_files(struct json *json, const struct truth *truth)
{
	open_object(json, "rows");
	for (int i = 0; i < FILE_N; i++)
		count(json, files[i].s, truth->rows[i]);
	close_object(json);
	open_object(json, "inputs");
	for (int i = 0; i < FILE_N; i++) {
		open_object(json, files[i].s);
		count(json, "read", truth->rows[i]);
		count(json, "accepted", truth->rows[i] - truth->duplicates[i]);
		count(json, "duplicate", truth->duplicates[i]);
		count(json, "filtered", 0);
		count(json, "rejected", 0);
		close_object(json);
	}
	close_object(json);
}

static void put_rules(struct json *json, const struct truth *truth)
{
	open_object(json, "rules");
	for (int i = 0; i < RULE_N; i++) {
		open_object(json, rules[i].s);
		for (int j = 0; j < VERDICT_N; j++)
			count(json, verdicts[j].s, truth->verdicts[i][j]);
		close_object(json);
	}
	close_object(json);
}

static void put_planted(struct json *json, const struct truth *truth)
{
	open_object(json, "planted");
	for (int i = 0; i < PLANT_N; i++)
		count(json, plant_name((enum plant)i).s, truth->planted[i]);
	close_object(json);
}

static void put_as_of(struct json *json)
{
	name(json, "as_of");
	out_char(json->out, '"');
	out_seconds(json->out, CLOCK_END);
	out_char(json->out, '"');
}

void truth_write(
	const struct truth *truth, const struct world *world, struct out *out)
{
	struct json json = {.out = out};

	open_list(&json, "{");
	text(&json, "schema", "lineal-truth/1");
	count(&json, "seed", world->seed);
	count(&json, "transactions", world->size[POPULATION_TRANSACTION]);
	put_as_of(&json);
	put_files(&json, truth);
	open_object(&json, "metrics");
	put_completeness(&json, &truth->completeness);
	put_incidents(&json, truth->incidents);
	put_remediation(&json, &truth->remediation);
	put_downtime(&json, &truth->downtime);
	put_roi(&json, truth->roi);
	close_object(&json);
	put_rules(&json, truth);
	put_planted(&json, truth);
	close_object(&json);
	put(&json, "\n");
}
