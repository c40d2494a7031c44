/*
 * The report that people read: verdict and summary first, then findings by
 * severity with their witness, the gap list, and what was not checked. No line
 * begins with bytes from data, and every byte from data is escaped.
 */
#include "report/report.h"

#include "format/escape.h"
#include "format/timestamp.h"
#include "report/grid.h"

#include <stdio.h>

#define GAP_LINES 20

struct writer {
	struct sink *sink;
	const struct result *result;
	const struct report_options *options;
	struct arena a; /* texts of the report */
};

static struct str safe(struct writer *w, struct str text)
{
	return escape_text(&w->a, text, w->options->ascii);
}

static struct str count(struct writer *w, uint64_t n)
{
	return arena_print(&w->a, "%llu", (unsigned long long)n);
}

static struct str number(struct writer *w, double value, int decimals)
{
	return arena_print(&w->a, "%.*f", decimals, value);
}

static struct str time_text(struct writer *w, int64_t ns)
{
	char buffer[40];

	if (!cell_is_value(ns))
		return STR("untimed");
	return arena_copy(&w->a, timestamp_print(ns, buffer));
}

static struct str place_text(struct writer *w, const struct place *place)
{
	struct str path = escape_path(&w->a, place->path, w->options->ascii);

	if (place->line == 0)
		return path;
	return arena_print(&w->a, "%.*s:%u", STR_ARG(path), place->line);
}

/* ---- headings ---- */

static void paint(struct writer *w, const char *code, struct str text)
{
	if (w->options->color)
		sink_print(w->sink, "\033[%sm%.*s\033[0m", code, STR_ARG(text));
	else
		sink_write(w->sink, text);
}

static void heading(struct writer *w, const char *text)
{
	sink_write(w->sink, STR("\n"));
	paint(w, "1", str_of(text));
	sink_write(w->sink, STR("\n"));
}

static const char *word_color(enum verdict_word word)
{
	return word == WORD_PASS ? "1;32" : word == WORD_FAIL ? "1;31" : "1;33";
}

static const char *severity_color(enum severity severity)
{
	return severity >= SEVERITY_HIGH     ? "1;31"
	       : severity == SEVERITY_MEDIUM ? "1;33"
					     : "1";
}

static void write_head(struct writer *w)
{
	const struct result *r = w->result;

	paint(w, word_color(r->word), result_words[r->word]);
	sink_print(w->sink,
		"  %llu findings at or above %s, %llu below; %llu waived, %llu "
		"pending, %llu unknown\n",
		(unsigned long long)r->counts.failing,
		r->never_fails ? "(never)" : kind_severities[r->fail_on].s,
		(unsigned long long)r->counts.below,
		(unsigned long long)r->counts.waived,
		(unsigned long long)r->counts.pending,
		(unsigned long long)r->counts.unknown);
	for (size_t i = 0; i < r->incomplete_why.n; i++)
		sink_print(w->sink, "  INCOMPLETE: %.*s\n",
			STR_ARG(safe(w, r->incomplete_why.at[i])));
	sink_print(w->sink, "  as of %.*s; period %.*s to %.*s (excluded)\n",
		STR_ARG(time_text(w, r->as_of)),
		STR_ARG(time_text(w, r->period_from)),
		STR_ARG(time_text(w, r->period_to)));
	sink_print(w->sink, "  lineal %.*s. " REPORT_DISCLAIMER "\n",
		STR_ARG(r->tool_version));
}

/* ---- inputs ---- */

static void write_inputs(struct writer *w)
{
	static const enum grid_column columns[] = {GRID_LEFT, GRID_LEFT,
		GRID_LEFT, GRID_RIGHT, GRID_RIGHT, GRID_RIGHT, GRID_RIGHT,
		GRID_RIGHT};
	static const char *const headings[] = {"source", "file", "format",
		"read", "accepted", "duplicate", "filtered", "rejected"};
	const struct result *r = w->result;
	struct grid *grid = grid_new(
		columns, headings, 8, w->options->width, w->options->ascii);

	heading(w, "Inputs");
	for (size_t i = 0; i < r->n_inputs; i++) {
		const struct input_facts *input = &r->inputs[i];
		struct str cells[] = {safe(w, r->sources[input->source].name),
			escape_path(&w->a, input->path, w->options->ascii),
			safe(w, input->format), count(w, input->rows.read),
			count(w, input->rows.accepted),
			count(w, input->rows.duplicate),
			count(w, input->rows.filtered),
			count(w, input->rows.rejected)};

		grid_row(grid, cells);
	}
	grid_print(grid, w->sink);
	for (size_t i = 0; i < r->n_inputs; i++)
		if (r->inputs[i].untimed)
			sink_print(w->sink,
				"  %llu rows of %.*s have no readable time\n",
				(unsigned long long)r->inputs[i].untimed,
				STR_ARG(escape_path(&w->a, r->inputs[i].path,
					w->options->ascii)));
}

/* ---- metrics ---- */

static void metric_row(
	struct grid *grid, const char *name, struct str value, struct str basis)
{
	struct str cells[] = {str_of(name), value, basis};

	grid_row(grid, cells);
}

static struct str of(struct writer *w, struct share share, const char *what)
{
	return arena_print(&w->a, "%llu of %llu %s",
		(unsigned long long)share.numerator,
		(unsigned long long)share.denominator, what);
}

static void completeness_rows(struct writer *w, struct grid *grid)
{
	const struct completeness *c = &w->result->metrics.completeness;
	bool record = str_equal(c->variant, STR("record"));

	if (c->main.denominator == 0) {
		metric_row(
			grid, "audit trail completeness", STR("n/a"), c->why);
		return;
	}
	metric_row(grid, "audit trail completeness",
		report_percent(&w->a, c->main, 2),
		record ? of(w, c->main, "transactions are in the log")
		: str_equal(c->variant, STR("counter"))
			? of(w, c->main,
				  "counted updates are in the log "
				  "(variant: counter)")
			: of(w, c->main,
				  "decided cases are complete (variant: "
				  "rule)"));
	if (!record)
		return;
	metric_row(grid, "", STR(""),
		arena_print(&w->a,
			"matched %llu, late %llu, partial %llu, missing %llu, "
			"unverifiable %llu; excluded %llu",
			(unsigned long long)c->matched,
			(unsigned long long)c->late,
			(unsigned long long)c->partial,
			(unsigned long long)c->missing,
			(unsigned long long)c->unverifiable,
			(unsigned long long)c->excluded));
	metric_row(grid, "  required fields",
		report_percent(&w->a, c->field, 2),
		of(w, c->field, "are filled"));
	metric_row(grid, "  in time", report_percent(&w->a, c->timeliness, 2),
		of(w, c->timeliness, "were logged in time"));
	metric_row(grid, "  existence", report_percent(&w->a, c->existence, 2),
		of(w, c->existence, "log entries have a transaction"));
}

static void by_rows(struct writer *w, struct grid *grid)
{
	const struct completeness *c = &w->result->metrics.completeness;

	for (size_t i = 0; i < c->n_by; i++) {
		const struct share_by *by = &c->by[i];

		metric_row(grid,
			arena_print(&w->a, "  %s %.*s", by->by,
				STR_ARG(safe(w, by->key)))
				.s,
			report_percent(&w->a, by->share, 2),
			of(w, by->share, ""));
	}
}

static void rate_rows(struct writer *w, struct grid *grid)
{
	const struct incident_rate *r = &w->result->metrics.rate;

	if (r->why.len) {
		metric_row(
			grid, "regulatory incident rate", STR("n/a"), r->why);
		return;
	}
	metric_row(grid, "regulatory incident rate", number(w, r->value, 3),
		arena_print(&w->a,
			"per quarter, 95%% [%.3f, %.3f]; %llu incidents by "
			"%.*s date in %.3f quarters",
			r->low, r->high, (unsigned long long)r->count,
			STR_ARG(r->date), r->exposure));
	for (size_t i = 0; i < r->n_quarters; i++) {
		const struct quarter_count *q = &r->by_quarter[i];

		metric_row(grid,
			arena_print(&w->a, "  %.*s", STR_ARG(q->quarter)).s,
			count(w, q->count),
			arena_print(&w->a, "95%% [%.3f, %.3f]%s", q->low,
				q->high, q->is_partial ? ", partial" : ""));
	}
}

static struct str maybe(struct writer *w, bool known, double value)
{
	return known ? number(w, value, 3) : STR("not reached");
}

static void remediation_rows(struct writer *w, struct grid *grid)
{
	const struct remediation *r = &w->result->metrics.remediation;

	if (r->why.len) {
		metric_row(grid, "time to remediate", STR("n/a"), r->why);
		return;
	}
	metric_row(grid, "time to remediate",
		maybe(w, r->has_km_median, r->km_median_days),
		arena_print(&w->a,
			"days, Kaplan-Meier median; %llu fixed, %llu open, "
			"%llu data errors",
			(unsigned long long)r->closed,
			(unsigned long long)r->open,
			(unsigned long long)r->data_errors));
	if (r->has_closed)
		metric_row(grid, "  fixed ones only",
			number(w, r->median_days, 3),
			arena_print(&w->a,
				"days median, p90 %.4f, mean %.4f (too low "
				"while slow ones are open)",
				r->p90_days, r->mean_days));
	if (r->has_open_age)
		metric_row(grid, "  age of open ones",
			number(w, r->open_median_days, 3),
			arena_print(&w->a, "days median, longest %.3f",
				r->open_max_days));
}

static void downtime_rows(struct writer *w, struct grid *grid)
{
	const struct downtime *d = &w->result->metrics.downtime;

	if (d->why.len) {
		metric_row(grid, "downtime impact", STR("n/a"), d->why);
		return;
	}
	metric_row(grid, "downtime impact",
		d->why_legal.len ? STR("n/a")
				 : number(w, (double)d->legal_ns / 60e9, 1),
		d->why_legal.len
			? d->why_legal
			: arena_print(&w->a,
				  "minutes of legal risk: %llu open duties "
				  "against %.1f minutes of downtime%s",
				  (unsigned long long)d->obligations,
				  (double)d->any_ns / 60e9,
				  d->maintenance_excluded
					  ? " (maintenance excluded)"
					  : ""));
	for (size_t i = 0; i < d->n_systems; i++) {
		const struct system_downtime *s = &d->by_system[i];

		metric_row(grid,
			arena_print(&w->a, "  system %.*s",
				STR_ARG(safe(w, s->system)))
				.s,
			number(w, (double)s->legal_ns / 60e9, 1),
			arena_print(&w->a,
				"of %.1f minutes down; availability %.4f%%",
				(double)s->downtime_ns / 60e9,
				s->availability * 100));
	}
}

static struct str money(struct writer *w, struct money m)
{
	bool negative = m.minor < 0;
	uint64_t minor = negative ? -(uint64_t)m.minor : (uint64_t)m.minor;

	return arena_print(&w->a, "%s%llu.%02llu%s%.*s", negative ? "-" : "",
		(unsigned long long)(minor / 100),
		(unsigned long long)(minor % 100), m.currency.len ? " " : "",
		STR_ARG(safe(w, m.currency)));
}

static void roi_rows(struct writer *w, struct grid *grid)
{
	const struct roi_figures *r = &w->result->metrics.roi;

	metric_row(grid, "compliance ROI",
		r->has_value ? number(w, r->value, 3) : STR("n/a"),
		r->has_value ? STR("base scenario; an estimate from your own "
				   "numbers")
			     : r->why);
	for (size_t i = 0; i < r->n_scenarios; i++) {
		const struct scenario_result *s = &r->scenarios[i];

		metric_row(grid,
			arena_print(&w->a, "  %.*s", STR_ARG(s->scenario)).s,
			s->has_roi ? number(w, s->roi, 3) : STR("n/a"),
			arena_print(&w->a,
				"saves %.*s for %.*s: fines %.*s, audit %.*s, "
				"downtime %.*s",
				STR_ARG(money(w, s->total)),
				STR_ARG(money(w, s->cost)),
				STR_ARG(money(w, s->fines)),
				STR_ARG(money(w, s->audit)),
				STR_ARG(money(w, s->downtime))));
	}
}

static void write_metrics(struct writer *w)
{
	static const enum grid_column columns[] = {
		GRID_LEFT, GRID_RIGHT, GRID_WRAP};
	static const char *const headings[] = {"metric", "value", "basis"};
	struct grid *grid = grid_new(
		columns, headings, 3, w->options->width, w->options->ascii);

	heading(w, "Metrics");
	completeness_rows(w, grid);
	by_rows(w, grid);
	rate_rows(w, grid);
	remediation_rows(w, grid);
	downtime_rows(w, grid);
	roi_rows(w, grid);
	grid_print(grid, w->sink);
}

/* ---- rules ---- */

static void write_rules(struct writer *w)
{
	static const enum grid_column columns[] = {GRID_LEFT, GRID_LEFT,
		GRID_LEFT, GRID_RIGHT, GRID_RIGHT, GRID_RIGHT, GRID_RIGHT,
		GRID_RIGHT, GRID_RIGHT};
	static const char *const headings[] = {"rule", "severity", "outcome",
		"ok", "violated", "pending", "unknown", "waived", "n/a"};
	const struct result *r = w->result;
	struct grid *grid = grid_new(
		columns, headings, 9, w->options->width, w->options->ascii);

	heading(w, "Rules");
	for (size_t i = 0; i < r->n_rules; i++) {
		const struct rule_result *rule = &r->rules[i];
		struct str cells[3 + VERDICT_N] = {rule->id,
			kind_severities[rule->severity],
			result_outcomes[rule->outcome]};

		for (size_t v = 0; v < VERDICT_N; v++)
			cells[3 + v] = count(w, rule->verdicts[v]);
		grid_row(grid, cells);
	}
	grid_print(grid, w->sink);
}

/* ---- findings ---- */

static void write_keys(struct writer *w, const struct finding *finding)
{
	for (size_t i = 0; i < finding->n_keys; i++)
		sink_print(w->sink, "%s%.*s=%.*s", i ? " " : "",
			STR_ARG(safe(w, finding->keys[i].name)),
			STR_ARG(safe(w,
				report_value(&finding->keys[i], w->options))));
	if (finding->n_keys)
		sink_write(w->sink, STR(": "));
}

static void write_witness(struct writer *w, const struct witness *witness)
{
	sink_print(w->sink, "       %-10.*s %.*s  %.*s  %.*s\n",
		STR_ARG(witness->role), STR_ARG(time_text(w, witness->time)),
		STR_ARG(safe(w, witness->event)),
		STR_ARG(place_text(w, &witness->place)));
}

static void write_finding(
	struct writer *w, const struct finding *finding, size_t number_in_rule)
{
	sink_print(w->sink, "  %3zu. ", number_in_rule);
	write_keys(w, finding);
	sink_print(w->sink, "%.*s: %.*s\n",
		STR_ARG(kind_reasons[finding->kind]),
		STR_ARG(safe(w, finding->message)));
	if (cell_is_value(finding->due))
		sink_print(w->sink, "       due        %.*s\n",
			STR_ARG(time_text(w, finding->due)));
	for (size_t i = 0; i < finding->n_witness; i++)
		write_witness(w, &finding->witness[i]);
	if (finding->waived_by.len)
		sink_print(w->sink,
			"       waived     until %.*s by %.*s: %.*s\n",
			STR_ARG(finding->waived_until),
			STR_ARG(safe(w, finding->waived_by)),
			STR_ARG(safe(w, finding->waiver_reason)));
}

static void write_rule_head(struct writer *w, const struct rule_result *rule)
{
	sink_write(w->sink, STR("\n "));
	paint(w, severity_color(rule->severity),
		kind_severities[rule->severity]);
	sink_print(w->sink, "  %.*s  %.*s\n", STR_ARG(rule->id),
		STR_ARG(safe(w, rule->title)));
	sink_print(w->sink, "       %llu violated, %llu waived",
		(unsigned long long)rule->verdicts[VERDICT_VIOLATED],
		(unsigned long long)rule->verdicts[VERDICT_WAIVED]);
	if (rule->status == RULE_DRAFT)
		sink_write(w->sink, STR("; a draft, it never fails"));
	if (rule->n_cites)
		sink_print(w->sink, "; %.*s%s",
			STR_ARG(safe(w, rule->cites[0])),
			rule->n_cites > 1 ? ", ..." : "");
	sink_write(w->sink, STR("\n"));
	if (rule->fix.len)
		sink_print(w->sink, "       fix: %.*s\n",
			STR_ARG(safe(w, rule->fix)));
}

/* The findings of one rule, from position `start`; returns the next one. */
static size_t write_rule_findings(struct writer *w, size_t start)
{
	const struct result *r = w->result;
	uint32_t rule = r->findings[start].rule;
	size_t i = start, shown = 0;
	uint64_t total = r->rules[rule].findings;

	write_rule_head(w, &r->rules[rule]);
	for (; i < r->n_findings && r->findings[i].rule == rule; i++) {
		if (w->options->max_examples &&
			shown == w->options->max_examples)
			continue;
		write_finding(w, &r->findings[i], ++shown);
	}
	if (shown < total)
		sink_print(w->sink,
			"       and %llu more of this rule; --max-examples=0 "
			"lists all that are kept\n",
			(unsigned long long)(total - shown));
	return i;
}

static void write_findings(struct writer *w)
{
	size_t i = 0;

	if (w->result->n_findings == 0)
		return;
	heading(w, "Findings");
	while (i < w->result->n_findings)
		i = write_rule_findings(w, i);
}

/* ---- gaps ---- */

static struct str ranges_text(struct writer *w, const struct gap_group *gap)
{
	struct str text = STR("absent:");

	for (size_t i = 0; i < gap->n_ranges && i < 5; i++) {
		long long from = (long long)gap->ranges[2 * i];
		long long to = (long long)gap->ranges[2 * i + 1];

		if (from == to)
			text = arena_print(
				&w->a, "%.*s %lld", STR_ARG(text), from);
		else
			text = arena_print(&w->a, "%.*s %lld-%lld",
				STR_ARG(text), from, to);
	}
	return gap->n_ranges > 5 ? arena_print(&w->a, "%.*s ...", STR_ARG(text))
				 : text;
}

static void write_gaps(struct writer *w)
{
	static const enum grid_column columns[] = {GRID_RIGHT, GRID_LEFT,
		GRID_RIGHT, GRID_RIGHT, GRID_RIGHT, GRID_RIGHT, GRID_LEFT};
	static const char *const headings[] = {"points", "where", "missing",
		"unverif.", "partial", "late", "first place"};
	const struct completeness *c = &w->result->metrics.completeness;
	struct grid *grid;

	if (c->n_gaps == 0)
		return;
	heading(w, "Gaps in the audit trail, by impact");
	grid = grid_new(
		columns, headings, 7, w->options->width, w->options->ascii);
	for (size_t i = 0; i < c->n_gaps && i < GAP_LINES; i++) {
		const struct gap_group *gap = &c->gaps[i];
		struct str where = arena_print(&w->a, "%.*s %.*s %.*s %.*s",
			STR_ARG(gap->system), STR_ARG(gap->object_type),
			STR_ARG(gap->action), STR_ARG(gap->quarter));
		struct str cells[] = {
			number(w,
				gap->of ? 100.0 * (double)gap->lost /
						  (double)gap->of
					: 0,
				3),
			safe(w, str_trim(where)), count(w, gap->missing),
			count(w, gap->unverifiable), count(w, gap->partial),
			count(w, gap->late),
			gap->n_ranges   ? ranges_text(w, gap)
			: gap->n_places ? place_text(w, &gap->places[0])
					: STR("")};

		grid_row(grid, cells);
	}
	grid_print(grid, w->sink);
	if (c->gaps_total > GAP_LINES)
		sink_print(w->sink,
			"  and %zu more groups in the JSON result\n",
			c->gaps_total - GAP_LINES);
}

/* ---- what was not checked ---- */

static void write_unchecked(struct writer *w)
{
	const struct result *r = w->result;
	bool any = false;

	for (size_t i = 0; i < r->n_rules; i++) {
		const struct rule_result *rule = &r->rules[i];

		if (!rule->never_matched && !rule->not_evaluable)
			continue;
		if (!any)
			heading(w, "Not checked");
		any = true;
		sink_print(w->sink, "  %.*s  %.*s: %.*s\n", STR_ARG(rule->id),
			STR_ARG(result_outcomes[rule->outcome]),
			STR_ARG(safe(w, rule->reason)));
	}
}

static void write_notes(struct writer *w)
{
	const struct result *r = w->result;

	if (r->n_notes)
		heading(w, "Notes");
	for (size_t i = 0; i < r->n_notes; i++)
		sink_print(w->sink, "  %.*s\n", STR_ARG(safe(w, r->notes[i])));
}

static void write(struct sink *sink, const struct result *result,
	const struct report_options *options)
{
	struct writer w = {.sink = sink, .result = result, .options = options};

	write_head(&w);
	write_inputs(&w);
	write_metrics(&w);
	write_rules(&w);
	write_findings(&w);
	write_gaps(&w);
	write_unchecked(&w);
	write_notes(&w);
	arena_free(&w.a);
}

const struct report report_text = {
	.name = STR_INIT("text"),
	.ending = STR_INIT(".txt"),
	.write = write,
};
