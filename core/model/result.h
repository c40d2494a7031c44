/*
 * Everything a report may show: the same in memory and as result.json. Texts
 * and arrays borrow from the run and live as long as it. Counts come before
 * shares; a share whose denominator is 0, or whose figure cannot be computed,
 * says why.
 */
#ifndef MODEL_RESULT_H
#define MODEL_RESULT_H

#include "base/bits.h"
#include "model/inputs.h"
#include "model/kind.h"
#include "model/table.h"

struct place {
	struct str path;
	uint32_t line; /* 0: the file as a whole */
};

struct key_value {
	struct str name, value;
	bool personal;
};

/* One row of the evidence behind a finding. */
struct witness {
	struct str role;  /* "activation", "partner", ... */
	struct str event; /* what the row did */
	int64_t time;     /* CELL_ABSENT if untimed */
	struct place place;
	bool personal; /* the event is not for everybody */
};

struct finding {
	uint32_t rule; /* position in result->rules */
	enum verdict verdict;
	enum reason kind;
	const struct key_value *keys;
	size_t n_keys;
	int64_t time, at, due, repaired_at; /* CELL_ABSENT if there is none */
	struct place place;                 /* of the first witness */
	const struct witness *witness;
	size_t n_witness;
	struct str message;
	char fingerprint[33];
	struct str waived_by, waiver_reason, waived_until; /* or empty */
};

enum outcome_word {
	OUTCOME_PASSED,
	OUTCOME_FAILED,
	OUTCOME_PASSED_MOSTLY,
	OUTCOME_NEVER_MATCHED,
	OUTCOME_NOT_EVALUABLE,
	OUTCOME_DRAFT,
	OUTCOME_DEPRECATED,
	OUTCOME_N
};

extern const struct str result_outcomes[OUTCOME_N];

/* Why verdicts are `unknown`, and the first rows of which it is said. */
struct unknown_reason {
	enum reason reason;
	uint64_t count;
	struct str why;
	const struct place *places;
	size_t n_places;
};

struct rule_result {
	struct str id, title, why, fix, owner;
	enum severity severity;
	enum rule_status status;
	enum outcome_word outcome;
	const struct str *cites, *counts_as, *tags;
	size_t n_cites, n_counts_as, n_tags;
	uint64_t verdicts[VERDICT_N];
	const struct unknown_reason *unknown; /* by reason */
	size_t n_unknown;
	bool never_matched, not_evaluable;
	bool fails;        /* counts towards exit status 1 by its severity */
	struct str reason; /* of never matched and not evaluable */
	struct str file;   /* rule file, as printed */
	uint64_t findings; /* in all; those kept are in result->findings */
	uint64_t close;    /* pending past warn_after */
	uint64_t unborn, undecided;
	bool partner_never_seen;
};

/* numerator / denominator; denominator 0 is n/a. */
struct share {
	uint64_t numerator, denominator;
};

/* One line of a breakdown. */
struct share_by {
	const char *by; /* "system" or "quarter" */
	struct str key;
	struct share share;
};

/* One group of transactions that are not in the log as they should be. */
struct gap_group {
	struct str system, object_type, action, quarter; /* or the stream */
	bool personal; /* the stream is not for everybody */
	uint64_t missing, unverifiable, partial, late;
	uint64_t lost, of;          /* points = 100 * lost / of */
	const struct place *places; /* the first five */
	size_t n_places;
	const int64_t *ranges; /* counter: first and last absent number */
	size_t n_ranges;
};

struct completeness {
	struct str why;     /* not empty: n/a */
	struct str variant; /* "record", "counter" or "rule" */
	struct share main;
	bool has_interval; /* transactions are a sample: 95 % of main */
	double low, high;
	struct share record, upper, verifiable, strict, no_weak, existence,
		field, timeliness;
	struct str why_record, why_session, why_lineage, why_path;
	uint64_t matched, late, partial, missing, unverifiable, excluded;
	uint64_t outside; /* transactions at a time outside the period */
	uint64_t orphans, weak, walked;
	/* Of the variant "counter": absent numbers, streams (counted
	   objects), and those of them that lack a number. */
	uint64_t numbers_missing, streams, streams_with_gap;
	const struct share_by *by;
	size_t n_by;
	const struct gap_group *gaps; /* bounded */
	size_t n_gaps, gaps_total;
};

struct quarter_count {
	struct str quarter;
	uint64_t count;
	bool no_data; /* none counted, none could be: the next three are n/a */
	double rate, low, high; /* exposure 1 */
	bool is_partial;
};

struct incident_rate {
	struct str why;
	double value, low, high; /* per quarter */
	uint64_t count, reportable, not_regulatory, duplicates;
	double exposure; /* quarters */
	struct str date; /* "detected", "occurred" or "reported" */
	bool has_per_1000;
	double per_1000, per_1000_low, per_1000_high;
	uint64_t transactions, proxies;
	uint64_t outside, undated; /* not counted: not in the period; no date */
	const struct quarter_count *by_quarter;
	size_t n_quarters;
};

struct remediation {
	struct str why;
	uint64_t closed, open, data_errors, proxies;
	bool has_closed; /* mean, median and p90 */
	double mean_days, median_days, p90_days;
	bool has_km_median, has_km_p90, has_restricted;
	double km_median_days, km_p90_days, restricted_mean_days, tau_days;
	bool has_open_age;
	double open_median_days, open_max_days;
};

struct system_downtime {
	struct str system;
	int64_t downtime_ns, legal_ns;
	bool has_availability; /* its state was known at some time */
	double availability;
	uint64_t outages;
	int64_t longest_ns;
};

struct downtime {
	struct str why;
	int64_t any_ns, sum_ns, legal_ns, legal_sum_ns, window_ns;
	uint64_t obligations, without_system, exposed, missed, missed_if_minus;
	uint64_t censored, data_errors, outages;
	uint64_t outside; /* rows that lie wholly outside the window */
	int64_t longest_ns, p95_ns; /* of all outages; 0 without any */
	bool maintenance_excluded;
	struct str why_legal; /* not empty: legal figures are n/a */
	const struct system_downtime *by_system;
	size_t n_systems;
};

struct money {
	int64_t minor;
	struct str currency;
};

struct scenario_result {
	struct str scenario;
	struct str why; /* not empty: the ratios are n/a */
	struct money cost, fines, audit, downtime, total, break_even;
	bool needs_break_even, has_roi, has_rosi, has_npv, has_payback;
	double roi, rosi, npv, payback_years;
	const struct key_value *assumptions;
	size_t n_assumptions;
};

struct roi_figures {
	struct str why;
	bool has_value;
	double value;
	const struct scenario_result *scenarios;
	size_t n_scenarios;
};

struct metrics {
	struct completeness completeness;
	struct incident_rate rate;
	struct remediation remediation;
	struct downtime downtime;
	struct roi_figures roi;
};

/* An incident of the inputs. */
struct incident {
	struct str id;
	int64_t opened, detected, fixed; /* CELL_ABSENT if not known */
	bool is_open, regulatory;
	uint32_t count; /* rows */
	bool detected_is_proxy;
	struct place place;
};

enum verdict_word {
	WORD_PASS,
	WORD_FAIL,
	WORD_INCOMPLETE,
	WORD_EMPTY,
	WORD_ERROR,
	VERDICT_WORD_N
};

extern const struct str result_words[VERDICT_WORD_N];

struct verdict_counts {
	uint64_t findings, failing, below, waived, pending, unknown;
	uint64_t rules, applied, never_matched, not_evaluable;
};

struct result {
	struct str tool_version;
	int64_t as_of;
	int64_t period_from, period_to; /* half-open; CELL_ABSENT: none */
	struct str job, config_path, config_sha256;
	const struct input_facts *inputs;
	size_t n_inputs;
	const struct source_facts *sources;
	size_t n_sources;
	const struct rule_result *rules;
	size_t n_rules;
	const struct finding *findings;
	size_t n_findings;
	uint64_t findings_total;
	const struct incident *incidents;
	size_t n_incidents;
	uint64_t incidents_total;
	struct metrics metrics;
	const struct str *notes; /* what the logs cannot prove, and the like */
	size_t n_notes;
	enum verdict_word word;
	int exit;
	bool incomplete;
	struct str_vec incomplete_why;
	struct verdict_counts counts;
	enum severity fail_on;
	bool never_fails; /* --fail-on=never */
	uint32_t max_examples;
};

/* Rows of all inputs together. */
struct row_counts result_rows(const struct result *result);

#endif
