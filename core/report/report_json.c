/*
 * The complete result as one JSON document, "lineal-result/1": every other
 * format is made from it. Members stand in a fixed order; a figure that cannot
 * be computed is null and its object says why.
 */
#include "report/report.h"

#include "format/jsonwrite.h"
#include "format/timestamp.h"

#include <stdio.h>

struct writer {
	struct json_writer json;
	const struct result *result;
	const struct report_options *options;
	struct arena scratch;
};

static void write_to_sink(void *ctx, struct str text)
{
	sink_write(ctx, text);
}

/* ---- simple members ---- */

static void member_text(
	struct json_writer *json, const char *name, struct str text)
{
	json_name(json, name);
	json_string(json, text);
}

static void member_count(
	struct json_writer *json, const char *name, uint64_t count)
{
	json_name(json, name);
	json_count(json, count);
}

static void member_double(
	struct json_writer *json, const char *name, double value)
{
	json_name(json, name);
	json_double(json, value);
}

static void member_maybe(
	struct json_writer *json, const char *name, bool known, double value)
{
	json_name(json, name);
	if (known)
		json_double(json, value);
	else
		json_null(json);
}

static void member_bool(struct json_writer *json, const char *name, bool value)
{
	json_name(json, name);
	json_bool(json, value);
}

static void member_null(struct json_writer *json, const char *name)
{
	json_name(json, name);
	json_null(json);
}

static void write_time(struct json_writer *json, int64_t ns)
{
	char buffer[40];

	if (cell_is_value(ns))
		json_string(json, timestamp_print(ns, buffer));
	else
		json_null(json);
}

static void member_time(struct json_writer *json, const char *name, int64_t ns)
{
	json_name(json, name);
	write_time(json, ns);
}

static void member_why(struct json_writer *json, struct str why)
{
	if (why.len)
		member_text(json, "why", why);
}

static void member_minutes(
	struct json_writer *json, const char *name, int64_t ns)
{
	member_double(json, name, (double)ns / 60e9);
}

/* ---- inputs ---- */

static void write_place(struct json_writer *json, const struct place *place)
{
	json_inline(json);
	json_begin_object(json);
	member_text(json, "path", place->path);
	member_count(json, "line", place->line);
	json_end_object(json);
}

static void write_rows(struct json_writer *json, const struct row_counts *rows)
{
	json_name(json, "rows");
	json_inline(json);
	json_begin_object(json);
	member_count(json, "read", rows->read);
	member_count(json, "accepted", rows->accepted);
	member_count(json, "duplicate", rows->duplicate);
	member_count(json, "filtered", rows->filtered);
	member_count(json, "rejected", rows->rejected);
	json_end_object(json);
}

static void write_input(struct writer *w, const struct input_facts *input)
{
	struct json_writer *json = &w->json;

	json_begin_object(json);
	member_text(json, "path", input->path);
	member_text(json, "source", w->result->sources[input->source].name);
	member_text(json, "sha256", str_of(input->sha256));
	member_count(json, "bytes", input->bytes);
	member_text(json, "format", input->format);
	member_text(json, "encoding", input->encoding);
	member_text(json, "dialect", input->dialect);
	member_text(json, "packing", input->packing);
	write_rows(json, &input->rows);
	member_count(json, "untimed", input->untimed);
	json_end_object(json);
}

static void write_source(struct writer *w, const struct source_facts *source)
{
	struct json_writer *json = &w->json;

	json_begin_object(json);
	member_text(json, "name", source->name);
	member_text(json, "format", source->format);
	json_name(json, "roles");
	json_inline(json);
	json_begin_array(json);
	for (size_t i = 0; i < ROLE_N; i++)
		if (source->roles & 1u << i)
			json_string(json, kind_roles[i]);
	json_end_array(json);
	member_time(json, "first_event", source->first);
	member_time(json, "last_event", source->last);
	member_time(json, "start", source->start);
	member_time(json, "end", source->end);
	member_bool(json, "declared", source->declared);
	if (source->proves.len)
		member_text(json, "proves", source->proves);
	if (source->cannot_prove.len)
		member_text(json, "cannot_prove", source->cannot_prove);
	json_end_object(json);
}

static void write_inputs(struct writer *w)
{
	struct json_writer *json = &w->json;

	json_name(json, "inputs");
	json_begin_array(json);
	for (size_t i = 0; i < w->result->n_inputs; i++)
		write_input(w, &w->result->inputs[i]);
	json_end_array(json);
	json_name(json, "sources");
	json_begin_array(json);
	for (size_t i = 0; i < w->result->n_sources; i++)
		write_source(w, &w->result->sources[i]);
	json_end_array(json);
}

/* ---- rules and findings ---- */

static void write_texts(struct json_writer *json, const char *name,
	const struct str *texts, size_t n)
{
	json_name(json, name);
	json_inline(json);
	json_begin_array(json);
	for (size_t i = 0; i < n; i++)
		json_string(json, texts[i]);
	json_end_array(json);
}

static void write_verdicts(
	struct json_writer *json, const struct rule_result *rule)
{
	json_name(json, "verdicts");
	json_inline(json);
	json_begin_object(json);
	for (size_t i = 0; i < VERDICT_N; i++)
		member_count(json, kind_verdicts[i].s, rule->verdicts[i]);
	json_end_object(json);
}

static void write_rule(struct writer *w, const struct rule_result *rule)
{
	struct json_writer *json = &w->json;

	json_begin_object(json);
	member_text(json, "id", rule->id);
	member_text(json, "title", rule->title);
	member_text(json, "severity", kind_severities[rule->severity]);
	member_text(json, "status", kind_rule_statuses[rule->status]);
	member_text(json, "outcome", result_outcomes[rule->outcome]);
	write_texts(json, "cites", rule->cites, rule->n_cites);
	write_texts(json, "counts_as", rule->counts_as, rule->n_counts_as);
	member_text(json, "file", rule->file);
	write_verdicts(json, rule);
	member_bool(json, "never_matched", rule->never_matched);
	member_bool(json, "not_evaluable", rule->not_evaluable);
	member_why(json, rule->reason);
	member_count(json, "close", rule->close);
	member_count(json, "unborn", rule->unborn);
	member_count(json, "undecided", rule->undecided);
	member_bool(json, "partner_never_seen", rule->partner_never_seen);
	json_end_object(json);
}

static void write_witness(struct writer *w, const struct witness *witness)
{
	struct json_writer *json = &w->json;

	json_inline(json);
	json_begin_object(json);
	member_text(json, "event", witness->event);
	member_time(json, "time", witness->time);
	member_text(json, "path", witness->place.path);
	member_count(json, "line", witness->place.line);
	member_text(json, "role", witness->role);
	json_end_object(json);
}

static void write_key(struct writer *w, const struct finding *finding)
{
	struct json_writer *json = &w->json;

	json_name(json, "key");
	json_inline(json);
	json_begin_object(json);
	for (size_t i = 0; i < finding->n_keys; i++) {
		json_name(
			json, arena_copy(&w->scratch, finding->keys[i].name).s);
		json_string(json, report_value(&finding->keys[i], w->options));
	}
	json_end_object(json);
}

static void write_waiver(
	struct json_writer *json, const struct finding *finding)
{
	if (finding->waived_by.len == 0)
		return;
	json_name(json, "waiver");
	json_inline(json);
	json_begin_object(json);
	member_text(json, "reason", finding->waiver_reason);
	member_text(json, "approved_by", finding->waived_by);
	member_text(json, "until", finding->waived_until);
	json_end_object(json);
}

static void write_finding(struct writer *w, const struct finding *finding)
{
	struct json_writer *json = &w->json;

	json_begin_object(json);
	member_text(json, "rule", w->result->rules[finding->rule].id);
	member_text(json, "verdict", kind_verdicts[finding->verdict]);
	member_text(json, "kind", kind_reasons[finding->kind]);
	write_key(w, finding);
	member_time(json, "time", finding->time);
	member_time(json, "at", finding->at);
	member_time(json, "due", finding->due);
	if (cell_is_value(finding->repaired_at))
		member_time(json, "repaired_at", finding->repaired_at);
	json_name(json, "places");
	json_inline(json);
	json_begin_array(json);
	for (size_t i = 0; i < finding->n_witness; i++)
		write_place(json, &finding->witness[i].place);
	json_end_array(json);
	member_text(json, "message", finding->message);
	json_name(json, "witness");
	json_begin_array(json);
	for (size_t i = 0; i < finding->n_witness; i++)
		write_witness(w, &finding->witness[i]);
	json_end_array(json);
	member_text(json, "fingerprint", str_of(finding->fingerprint));
	write_waiver(json, finding);
	json_end_object(json);
}

static void write_rules(struct writer *w)
{
	struct json_writer *json = &w->json;

	json_name(json, "rules");
	json_begin_array(json);
	for (size_t i = 0; i < w->result->n_rules; i++)
		write_rule(w, &w->result->rules[i]);
	json_end_array(json);
	json_name(json, "findings");
	json_begin_array(json);
	for (size_t i = 0; i < w->result->n_findings; i++)
		write_finding(w, &w->result->findings[i]);
	json_end_array(json);
	member_count(json, "findings_total", w->result->findings_total);
}

/* ---- incidents ---- */

static void write_incident(
	struct json_writer *json, const struct incident *incident)
{
	json_inline(json);
	json_begin_object(json);
	member_text(json, "id", incident->id);
	member_null(json, "rule");
	member_time(json, "opened", incident->opened);
	member_time(json, "detected", incident->detected);
	member_time(json, "fixed", incident->fixed);
	member_text(json, "status",
		incident->is_open ? STR("open") : STR("closed"));
	member_bool(json, "regulatory", incident->regulatory);
	member_count(json, "count", incident->count);
	json_name(json, "proxy");
	json_begin_array(json);
	if (incident->detected_is_proxy)
		json_string(json, STR("detected"));
	json_end_array(json);
	json_name(json, "places");
	json_begin_array(json);
	write_place(json, &incident->place);
	json_end_array(json);
	json_end_object(json);
}

static void write_incidents(struct writer *w)
{
	struct json_writer *json = &w->json;

	json_name(json, "incidents");
	json_begin_array(json);
	for (size_t i = 0; i < w->result->n_incidents; i++)
		write_incident(json, &w->result->incidents[i]);
	json_end_array(json);
	member_count(json, "incidents_total", w->result->incidents_total);
}

/* ---- metrics ---- */

/* value, numerator and denominator as members of the open object. */
static void write_share(struct json_writer *json, struct share share)
{
	member_maybe(json, "value", share.denominator > 0,
		share.denominator
			? (double)share.numerator / (double)share.denominator
			: 0);
	member_count(json, "numerator", share.numerator);
	member_count(json, "denominator", share.denominator);
}

static void member_share(struct json_writer *json, const char *name,
	struct share share, struct str why)
{
	json_name(json, name);
	json_inline(json);
	json_begin_object(json);
	write_share(json, share);
	if (share.denominator == 0)
		member_why(json, why);
	json_end_object(json);
}

static void write_levels(struct json_writer *json, const struct completeness *c)
{
	struct share none = {0};

	json_name(json, "levels");
	json_begin_object(json);
	member_share(json, "record", c->record, c->why_record);
	member_share(json, "field", c->field, c->why_record);
	member_share(json, "session", none, c->why_session);
	member_share(json, "lineage", none, c->why_lineage);
	member_share(json, "path", none, c->why_path);
	json_end_object(json);
}

static void write_by(struct json_writer *json, const struct share_by *by)
{
	json_inline(json);
	json_begin_object(json);
	member_text(json, "by", str_of(by->by));
	member_text(json, "key", by->key);
	write_share(json, by->share);
	json_end_object(json);
}

static void write_gap(struct json_writer *json, const struct gap_group *gap)
{
	json_begin_object(json);
	member_text(json, "system", gap->system);
	member_text(json, "object_type", gap->object_type);
	member_text(json, "action", gap->action);
	member_text(json, "quarter", gap->quarter);
	member_double(json, "points",
		gap->of ? 100.0 * (double)gap->lost / (double)gap->of : 0);
	member_count(json, "missing", gap->missing);
	member_count(json, "unverifiable", gap->unverifiable);
	member_count(json, "partial", gap->partial);
	member_count(json, "late", gap->late);
	if (gap->n_ranges) {
		json_name(json, "absent");
		json_inline(json);
		json_begin_array(json);
		for (size_t i = 0; i < gap->n_ranges; i++) {
			json_begin_array(json);
			json_int(json, gap->ranges[2 * i]);
			json_int(json, gap->ranges[2 * i + 1]);
			json_end_array(json);
		}
		json_end_array(json);
	}
	json_name(json, "places");
	json_inline(json);
	json_begin_array(json);
	for (size_t i = 0; i < gap->n_places; i++)
		write_place(json, &gap->places[i]);
	json_end_array(json);
	json_end_object(json);
}

static void write_completeness_counts(
	struct json_writer *json, const struct completeness *c)
{
	member_count(json, "matched", c->matched);
	member_count(json, "late", c->late);
	member_count(json, "partial", c->partial);
	member_count(json, "missing", c->missing);
	member_count(json, "unverifiable", c->unverifiable);
	member_count(json, "excluded", c->excluded);
	member_count(json, "orphans", c->orphans);
	member_count(json, "weak", c->weak);
	member_count(json, "walked", c->walked);
	member_maybe(json, "strict", c->strict.denominator > 0,
		c->strict.denominator ? (double)c->strict.numerator /
						(double)c->strict.denominator
				      : 0);
	member_share(json, "upper", c->upper, c->why_record);
	member_share(json, "verifiable", c->verifiable, c->why_record);
	member_share(json, "no_weak", c->no_weak, c->why_record);
	member_share(json, "existence", c->existence, c->why_record);
	member_share(json, "timeliness", c->timeliness, c->why_record);
}

static void write_completeness(struct writer *w)
{
	struct json_writer *json = &w->json;
	const struct completeness *c = &w->result->metrics.completeness;

	json_name(json, "audit_trail_completeness");
	json_begin_object(json);
	write_share(json, c->main);
	if (c->variant.len)
		member_text(json, "variant", c->variant);
	member_why(json, c->why);
	write_levels(json, c);
	json_name(json, "by");
	json_begin_array(json);
	for (size_t i = 0; i < c->n_by; i++)
		write_by(json, &c->by[i]);
	json_end_array(json);
	write_completeness_counts(json, c);
	json_name(json, "gaps");
	json_begin_array(json);
	for (size_t i = 0; i < c->n_gaps; i++)
		write_gap(json, &c->gaps[i]);
	json_end_array(json);
	member_count(json, "gaps_total", c->gaps_total);
	json_end_object(json);
}

static void write_interval(
	struct json_writer *json, const char *name, double low, double high)
{
	json_name(json, name);
	json_inline(json);
	json_begin_array(json);
	json_double(json, low);
	json_double(json, high);
	json_end_array(json);
}

static void write_quarters(
	struct json_writer *json, const struct incident_rate *r)
{
	json_name(json, "by_quarter");
	json_begin_array(json);
	for (size_t i = 0; i < r->n_quarters; i++) {
		const struct quarter_count *q = &r->by_quarter[i];

		json_inline(json);
		json_begin_object(json);
		member_text(json, "quarter", q->quarter);
		member_count(json, "count", q->count);
		write_interval(json, "ci95", q->low, q->high);
		member_bool(json, "partial", q->is_partial);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_rate(struct writer *w)
{
	struct json_writer *json = &w->json;
	const struct incident_rate *r = &w->result->metrics.rate;
	bool known = r->why.len == 0;

	json_name(json, "regulatory_incident_rate");
	json_begin_object(json);
	member_maybe(json, "value", known, r->value);
	member_why(json, r->why);
	if (known)
		write_interval(json, "ci95", r->low, r->high);
	else
		member_null(json, "ci95");
	member_count(json, "count", r->count);
	member_double(json, "exposure", r->exposure);
	member_text(json, "date", r->date);
	member_count(json, "reportable", r->reportable);
	member_count(json, "not_regulatory", r->not_regulatory);
	member_count(json, "duplicates", r->duplicates);
	member_count(json, "outside", r->outside);
	member_count(json, "proxies", r->proxies);
	member_maybe(
		json, "per_1000_transactions", r->has_per_1000, r->per_1000);
	if (r->has_per_1000)
		write_interval(json, "per_1000_ci95", r->per_1000_low,
			r->per_1000_high);
	write_quarters(json, r);
	json_end_object(json);
}

static void write_remediation(struct writer *w)
{
	struct json_writer *json = &w->json;
	const struct remediation *r = &w->result->metrics.remediation;

	json_name(json, "time_to_remediate");
	json_begin_object(json);
	member_count(json, "closed", r->closed);
	member_count(json, "open", r->open);
	member_maybe(json, "mean_days", r->has_closed, r->mean_days);
	member_maybe(json, "median_days", r->has_closed, r->median_days);
	member_maybe(json, "p90_days", r->has_closed, r->p90_days);
	member_maybe(
		json, "km_median_days", r->has_km_median, r->km_median_days);
	member_maybe(json, "km_p90_days", r->has_km_p90, r->km_p90_days);
	member_maybe(json, "restricted_mean_days", r->has_restricted,
		r->restricted_mean_days);
	member_maybe(json, "tau_days", r->has_restricted, r->tau_days);
	member_maybe(
		json, "open_median_days", r->has_open_age, r->open_median_days);
	member_maybe(json, "open_max_days", r->has_open_age, r->open_max_days);
	member_count(json, "data_errors", r->data_errors);
	member_count(json, "proxies", r->proxies);
	member_why(json, r->why);
	json_end_object(json);
}

static void write_system(
	struct json_writer *json, const struct system_downtime *s)
{
	json_inline(json);
	json_begin_object(json);
	member_text(json, "system", s->system);
	member_minutes(json, "downtime_minutes", s->downtime_ns);
	member_minutes(json, "legal_risk_minutes", s->legal_ns);
	member_double(json, "availability", s->availability);
	member_count(json, "outages", s->outages);
	member_minutes(json, "longest_minutes", s->longest_ns);
	json_end_object(json);
}

static void write_downtime(struct writer *w)
{
	struct json_writer *json = &w->json;
	const struct downtime *d = &w->result->metrics.downtime;
	bool known = d->why.len == 0, legal = known && d->why_legal.len == 0;

	json_name(json, "downtime_impact");
	json_begin_object(json);
	member_maybe(json, "downtime_minutes", known, (double)d->any_ns / 60e9);
	member_maybe(
		json, "legal_risk_minutes", legal, (double)d->legal_ns / 60e9);
	member_why(json, known ? d->why_legal : d->why);
	member_minutes(json, "downtime_sum_minutes", d->sum_ns);
	member_minutes(json, "legal_risk_sum_minutes", d->legal_sum_ns);
	member_minutes(json, "window_minutes", d->window_ns);
	member_bool(json, "maintenance_excluded", d->maintenance_excluded);
	member_count(json, "outages", d->outages);
	member_count(json, "still_open", d->censored);
	member_count(json, "data_errors", d->data_errors);
	member_count(json, "obligations", d->obligations);
	member_count(json, "obligations_without_system", d->without_system);
	member_count(json, "deadline_exposed", d->exposed);
	member_count(json, "deadline_missed_with_downtime", d->missed);
	member_count(json, "missed_if_minus_downtime", d->missed_if_minus);
	json_name(json, "by_system");
	json_begin_array(json);
	for (size_t i = 0; i < d->n_systems; i++)
		write_system(json, &d->by_system[i]);
	json_end_array(json);
	json_end_object(json);
}

/* Money as text with two decimals: exact, whatever the reader's numbers. */
static void member_money(
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

static void write_assumptions(
	struct json_writer *json, const struct scenario_result *s)
{
	json_name(json, "assumptions");
	json_begin_array(json);
	for (size_t i = 0; i < s->n_assumptions; i++) {
		json_inline(json);
		json_begin_object(json);
		member_text(json, "item", s->assumptions[i].name);
		member_text(json, "value", s->assumptions[i].value);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_scenario(
	struct json_writer *json, const struct scenario_result *s)
{
	json_begin_object(json);
	member_text(json, "scenario", s->scenario);
	member_maybe(json, "roi", s->has_roi, s->roi);
	member_why(json, s->why);
	member_text(json, "currency", s->cost.currency);
	member_money(json, "cost", s->cost);
	member_money(json, "avoided_fines", s->fines);
	member_money(json, "audit_saving", s->audit);
	member_money(json, "downtime_saving", s->downtime);
	member_money(json, "total", s->total);
	if (s->needs_break_even)
		member_money(json, "break_even", s->break_even);
	else
		member_null(json, "break_even");
	member_maybe(json, "rosi", s->has_rosi, s->rosi);
	member_maybe(json, "npv_minor", s->has_npv, s->npv);
	member_maybe(json, "payback_years", s->has_payback, s->payback_years);
	write_assumptions(json, s);
	json_end_object(json);
}

static void write_roi(struct writer *w)
{
	struct json_writer *json = &w->json;
	const struct roi_figures *r = &w->result->metrics.roi;

	json_name(json, "compliance_roi");
	json_begin_object(json);
	member_maybe(json, "value", r->has_value, r->value);
	member_why(json, r->why);
	json_name(json, "scenarios");
	json_begin_array(json);
	for (size_t i = 0; i < r->n_scenarios; i++)
		write_scenario(json, &r->scenarios[i]);
	json_end_array(json);
	json_end_object(json);
}

/* Metrics of the schema that this version does not compute. */
static void write_open_metrics(struct json_writer *json)
{
	static const char *const names[] = {"explained_decisions",
		"decision_trace_completeness", "checkpoint_delay",
		"survey_feedback"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		json_name(json, names[i]);
		json_inline(json);
		json_begin_object(json);
		member_null(json, "value");
		member_text(json, "why", STR("not computed by this version"));
		json_end_object(json);
	}
}

static void write_metrics(struct writer *w)
{
	json_name(&w->json, "metrics");
	json_begin_object(&w->json);
	write_completeness(w);
	write_rate(w);
	write_remediation(w);
	write_downtime(w);
	write_roi(w);
	write_open_metrics(&w->json);
	json_end_object(&w->json);
}

/* ---- the document ---- */

static void write_head(struct writer *w)
{
	struct json_writer *json = &w->json;
	const struct result *r = w->result;

	member_text(json, "schema", STR("lineal-result/1"));
	json_name(json, "tool");
	json_inline(json);
	json_begin_object(json);
	member_text(json, "name", STR("lineal"));
	member_text(json, "version", r->tool_version);
	json_end_object(json);
	member_time(json, "as_of", r->as_of);
	json_name(json, "period");
	json_inline(json);
	json_begin_object(json);
	member_time(json, "from", r->period_from);
	member_time(json, "to", r->period_to);
	json_end_object(json);
	json_name(json, "config");
	if (r->config_path.len == 0) {
		json_null(json);
		return;
	}
	json_inline(json);
	json_begin_object(json);
	member_text(json, "path", r->config_path);
	member_text(json, "sha256", r->config_sha256);
	member_text(json, "job", r->job);
	json_end_object(json);
}

static void write_counts(
	struct json_writer *json, const struct verdict_counts *c)
{
	json_name(json, "counts");
	json_inline(json);
	json_begin_object(json);
	member_count(json, "findings", c->findings);
	member_count(json, "new", c->findings - c->waived);
	member_count(json, "baselined", 0);
	member_count(json, "waived", c->waived);
	member_count(json, "pending", c->pending);
	member_count(json, "unknown", c->unknown);
	member_count(json, "rules", c->rules);
	member_count(json, "applied", c->applied);
	member_count(json, "never_matched", c->never_matched);
	member_count(json, "not_evaluable", c->not_evaluable);
	json_end_object(json);
}

static void write_verdict(struct writer *w)
{
	struct json_writer *json = &w->json;
	const struct result *r = w->result;

	write_texts(json, "notes", r->notes, r->n_notes);
	member_text(json, "privacy", r->privacy);
	json_name(json, "verdict");
	json_begin_object(json);
	member_text(json, "word", result_words[r->word]);
	json_name(json, "exit");
	json_int(json, r->exit);
	member_bool(json, "incomplete", r->incomplete);
	write_texts(json, "incomplete_why", r->incomplete_why.at,
		r->incomplete_why.n);
	write_counts(json, &r->counts);
	json_end_object(json);
}

static void write(struct sink *sink, const struct result *result,
	const struct report_options *options)
{
	struct writer w = {.json = json_writer_init(write_to_sink, sink),
		.result = result,
		.options = options};

	json_begin_object(&w.json);
	write_head(&w);
	write_inputs(&w);
	write_rules(&w);
	write_incidents(&w);
	write_metrics(&w);
	write_verdict(&w);
	json_end_object(&w.json);
	json_finish(&w.json);
	arena_free(&w.scratch);
}

const struct report report_json = {
	.name = STR_INIT("json"),
	.ending = STR_INIT(".json"),
	.write = write,
};
