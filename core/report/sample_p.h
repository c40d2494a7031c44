/*
 * For tests: a result made by hand. Its metrics are the worked examples of
 * lineal-metrics(7): completeness of 9 out of 12 transactions, 7 incidents in 4
 * quarters, seven times to a fix, three systems that were down for a day, and
 * three scenarios of a return on investment.
 */
#ifndef REPORT_SAMPLE_P_H
#define REPORT_SAMPLE_P_H

#include "format/timestamp.h"
#include "model/result.h"

/* 2026-01-01, -02-01, -03-01 and -07-01: days since 1970. */
#define SAMPLE_JANUARY  (20454 * NS_PER_DAY)
#define SAMPLE_FEBRUARY (20485 * NS_PER_DAY)
#define SAMPLE_MARCH    (20513 * NS_PER_DAY)
#define SAMPLE_JULY     (20635 * NS_PER_DAY)
#define SAMPLE_HOUR     (3600 * NS_PER_SECOND)
#define SAMPLE_MINUTE   (60 * NS_PER_SECOND)

static const struct input_facts sample_inputs[] = {
	{.path = STR_INIT("exports/orders.csv"),
		.source = 0,
		.format = STR_INIT("declared"),
		.sha256 = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62"
			  "a11ef721d1542d8",
		.bytes = 1234567,
		.encoding = STR_INIT("utf-8"),
		.dialect = STR_INIT("comma"),
		.packing = STR_INIT("gzip"),
		.rows = {2000, 1990, 5, 0, 5},
		.untimed = 3},
	{.path = STR_INIT("logs/audit.csv"),
		.source = 1,
		.format = STR_INIT("sf-elf"),
		.rows = {11, 11, 0, 0, 0}},
};

static const struct source_facts sample_sources[] = {
	{.name = STR_INIT("orders"),
		.roles = 1u << ROLE_TRANSACTIONS | 1u << ROLE_EVENTS,
		.format = STR_INIT("declared"),
		.first = SAMPLE_MARCH,
		.last = SAMPLE_MARCH + 17 * SAMPLE_HOUR,
		.start = SAMPLE_JANUARY,
		.end = SAMPLE_JULY - NS_PER_SECOND},
	{.name = STR_INIT("audit"),
		.roles = 1u << ROLE_AUDIT_LOG,
		.format = STR_INIT("sf-elf"),
		.first = SAMPLE_MARCH + NS_PER_SECOND,
		.last = SAMPLE_MARCH + 18 * SAMPLE_HOUR,
		.start = SAMPLE_FEBRUARY,
		.end = SAMPLE_MARCH + NS_PER_DAY,
		.declared = true,
		.proves = STR_INIT("who wrote what"),
		.cannot_prove = STR_INIT("what nobody wrote")},
	{.name = STR_INIT("costs"),
		.roles = 1u << ROLE_COSTS,
		.first = CELL_ABSENT,
		.last = CELL_ABSENT,
		.start = SAMPLE_JANUARY,
		.end = SAMPLE_JULY - NS_PER_SECOND},
};

static const struct str sample_cites[] = {
	STR_INIT("GDPR Art. 12(3)"), STR_INIT("GDPR Art. 17")};
static const struct str sample_counts_as[] = {STR_INIT("obligation")};

enum {
	SAMPLE_LATE,
	SAMPLE_CLEAN,
	SAMPLE_UNMATCHED,
	SAMPLE_WARNING,
	SAMPLE_THRESHOLD,
	SAMPLE_RULES
};

static const struct rule_result sample_rules[SAMPLE_RULES] = {
	[SAMPLE_LATE] = {.id = STR_INIT("DSAR-001"),
		.title = STR_INIT("A request for erasure is answered in time"),
		.why = STR_INIT("the law sets a month"),
		.fix = STR_INIT("answer, then record the answer"),
		.severity = SEVERITY_CRITICAL,
		.outcome = OUTCOME_FAILED,
		.cites = sample_cites,
		.n_cites = 2,
		.counts_as = sample_counts_as,
		.n_counts_as = 1,
		.verdicts = {[VERDICT_OK] = 1500,
			[VERDICT_VIOLATED] = 5,
			[VERDICT_PENDING] = 2,
			[VERDICT_UNKNOWN] = 1,
			[VERDICT_WAIVED] = 1},
		.fails = true,
		.file = STR_INIT("rules.yaml"),
		.findings = 6,
		.close = 2,
		.unborn = 3},
	[SAMPLE_CLEAN] = {.id = STR_INIT("AUD-002"),
		.title = STR_INIT("Identifiers are unique"),
		.severity = SEVERITY_MEDIUM,
		.outcome = OUTCOME_PASSED,
		.verdicts = {[VERDICT_OK] = 1234567},
		.file = STR_INIT("rules.yaml")},
	[SAMPLE_UNMATCHED] = {.id = STR_INIT("GEO-009"),
		.title = STR_INIT("Exports stay in the union"),
		.severity = SEVERITY_HIGH,
		.outcome = OUTCOME_NEVER_MATCHED,
		.never_matched = true,
		.reason = STR_INIT("no row has the type export"),
		.file = STR_INIT("rules.yaml")},
	[SAMPLE_WARNING] = {.id = STR_INIT("TIME-TO-REMEDIATE"),
		.title = STR_INIT("Threshold of time_to_remediate"),
		.severity = SEVERITY_MEDIUM,
		.outcome = OUTCOME_PASSED,
		.verdicts = {[VERDICT_OK] = 1},
		.reason = STR_INIT("time_to_remediate is 9: above 5"),
		.file = STR_INIT("lineal.yaml")},
	[SAMPLE_THRESHOLD] = {.id = STR_INIT("AUDIT-TRAIL-COMPLETENESS"),
		.title = STR_INIT("Threshold of audit_trail_completeness"),
		.severity = SEVERITY_HIGH,
		.outcome = OUTCOME_FAILED,
		.verdicts = {[VERDICT_VIOLATED] = 1},
		.fails = true,
		.file = STR_INIT("lineal.yaml"),
		.findings = 1},
};

static const struct key_value sample_keys[] = {
	{STR_INIT("case_id"), STR_INIT("D-7"), false},
	{STR_INIT("email"), STR_INIT("ana@example.org"), true}};

static const struct witness sample_witness[] = {
	{STR_INIT("activation"), STR_INIT("update"), SAMPLE_MARCH,
		{STR_INIT("logs/audit.csv"), 17}, false},
	{STR_INIT("partner"), STR_INIT("notify"),
		SAMPLE_MARCH + 40 * NS_PER_DAY + 500000000,
		{STR_INIT("logs/audit.csv"), 1042}, false}};

/* Of six findings of the first rule three are kept. */
static const struct finding sample_findings[] = {
	{.rule = SAMPLE_LATE,
		.verdict = VERDICT_VIOLATED,
		.kind = REASON_LATE,
		.keys = sample_keys,
		.n_keys = 2,
		.time = SAMPLE_MARCH,
		.at = SAMPLE_MARCH + 32 * NS_PER_DAY - 1,
		.due = SAMPLE_MARCH + 32 * NS_PER_DAY - 1,
		.repaired_at = SAMPLE_MARCH + 40 * NS_PER_DAY + 500000000,
		.place = {STR_INIT("logs/audit.csv"), 17},
		.witness = sample_witness,
		.n_witness = 2,
		.message = STR_INIT("request_answered came after the due time"),
		.fingerprint = "0123456789abcdef0123456789abcdef"},
	{.rule = SAMPLE_LATE,
		.verdict = VERDICT_WAIVED,
		.kind = REASON_MISSING,
		.keys = sample_keys,
		.n_keys = 1,
		.time = SAMPLE_MARCH,
		.at = SAMPLE_MARCH,
		.due = CELL_ABSENT,
		.repaired_at = CELL_ABSENT,
		.place = {STR_INIT("logs/audit.csv"), 17},
		.witness = sample_witness,
		.n_witness = 1,
		.message = STR_INIT("no request_answered followed"),
		.fingerprint = "1123456789abcdef0123456789abcdef",
		.waived_by = STR_INIT("the privacy office"),
		.waiver_reason = STR_INIT("a system was moved"),
		.waived_until = STR_INIT("2026-12-31")},
	{.rule = SAMPLE_LATE,
		.verdict = VERDICT_VIOLATED,
		.kind = REASON_MISSING,
		.time = CELL_ABSENT,
		.at = SAMPLE_MARCH,
		.due = CELL_ABSENT,
		.repaired_at = SAMPLE_MARCH + SAMPLE_HOUR,
		.message = STR_INIT("no request_answered followed"),
		.fingerprint = "2123456789abcdef0123456789abcdef"},
	{.rule = SAMPLE_THRESHOLD,
		.verdict = VERDICT_VIOLATED,
		.kind = REASON_THRESHOLD,
		.time = CELL_ABSENT,
		.at = SAMPLE_JULY,
		.due = CELL_ABSENT,
		.repaired_at = CELL_ABSENT,
		.message = STR_INIT(
			"audit_trail_completeness is 75.00%: below 80%"),
		.fingerprint = "3123456789abcdef0123456789abcdef"},
};

static const struct share_by sample_by[] = {
	{"system", STR_INIT("crm"), {6, 8}},
	{"system", STR_INIT("erp"), {3, 4}},
	{"system", STR_INIT("mail"), {0, 0}},
	{"quarter", STR_INIT("2026Q1"), {9, 12}},
};

static const struct place sample_places[] = {
	{STR_INIT("exports/orders.csv"), 5},
	{STR_INIT("exports/orders.csv"), 13}};

static const struct gap_group sample_gaps[] = {
	{.system = STR_INIT("crm"),
		.object_type = STR_INIT("account"),
		.action = STR_INIT("update"),
		.quarter = STR_INIT("2026Q1"),
		.missing = 1,
		.unverifiable = 1,
		.partial = 1,
		.lost = 2,
		.of = 12,
		.places = sample_places,
		.n_places = 2},
	{.system = STR_INIT("erp"),
		.action = STR_INIT("delete"),
		.missing = 1,
		.lost = 1,
		.of = 12},
};

/* metrics.md 1.5 */
static const struct completeness sample_completeness = {
	.variant = STR_INIT("record"),
	.main = {9, 12},
	.record = {9, 12},
	.upper = {10, 12},
	.verifiable = {9, 11},
	.strict = {7, 12},
	.no_weak = {8, 12},
	.existence = {9, 11},
	.field = {53, 55},
	.timeliness = {7, 8},
	.why_session = STR_INIT("sessions are not followed"),
	.why_lineage = STR_INIT("hops are not followed"),
	.why_path = STR_INIT("paths are not followed"),
	.matched = 7,
	.late = 1,
	.partial = 1,
	.missing = 2,
	.unverifiable = 1,
	.excluded = 1,
	.orphans = 2,
	.weak = 1,
	.by = sample_by,
	.n_by = 4,
	.gaps = sample_gaps,
	.n_gaps = 2,
	.gaps_total = 2,
};

/* metrics.md 2 */
static const struct quarter_count sample_quarters[] = {
	{STR_INIT("2025Q3"), 5, false, 5, 1.623486, 11.668332, false},
	{STR_INIT("2025Q4"), 0, false, 0, 0, 3.688879, false},
	{STR_INIT("2026Q1"), 2, false, 2, 0.242209, 7.224688, true},
	{STR_INIT("2026Q2"), 0, true, 0, 0, 0, false},
};

static const struct incident_rate sample_rate = {
	.value = 1.75,
	.low = 0.703591,
	.high = 3.605669,
	.count = 7,
	.reportable = 2,
	.not_regulatory = 4,
	.duplicates = 1,
	.exposure = 4,
	.date = STR_INIT("detected"),
	.has_per_1000 = true,
	.per_1000 = 0.24,
	.per_1000_low = 0.049494,
	.per_1000_high = 0.701382,
	.transactions = 12500,
	.proxies = 1,
	.by_quarter = sample_quarters,
	.n_quarters = 4,
};

/* metrics.md 3, the first row */
static const struct remediation sample_remediation = {
	.closed = 5,
	.open = 2,
	.data_errors = 1,
	.has_closed = true,
	.mean_days = 8,
	.median_days = 6,
	.p90_days = 20,
	.has_km_median = true,
	.has_km_p90 = true,
	.has_restricted = true,
	.km_median_days = 9,
	.km_p90_days = 20,
	.restricted_mean_days = 10.535714285714286,
	.tau_days = 20,
	.has_open_age = true,
	.open_median_days = 8.5,
	.open_max_days = 12,
};

/* metrics.md 4, net of maintenance */
static const struct system_downtime sample_systems[] = {
	{.system = STR_INIT("A"),
		.downtime_ns = 120 * SAMPLE_MINUTE,
		.legal_ns = 90 * SAMPLE_MINUTE,
		.has_availability = true,
		.availability = 0.9166666666666667,
		.outages = 2,
		.longest_ns = 90 * SAMPLE_MINUTE},
	{.system = STR_INIT("B"),
		.downtime_ns = 30 * SAMPLE_MINUTE,
		.legal_ns = 30 * SAMPLE_MINUTE,
		.has_availability = true,
		.availability = 0.9791666666666666,
		.outages = 1,
		.longest_ns = 30 * SAMPLE_MINUTE},
	{.system = STR_INIT("C"),
		.downtime_ns = 15 * SAMPLE_MINUTE,
		.legal_ns = 15 * SAMPLE_MINUTE,
		.has_availability = true,
		.availability = 0.9895833333333334,
		.outages = 1,
		.longest_ns = 15 * SAMPLE_MINUTE},
	{.system = STR_INIT("D"), .availability = 1},
};

static const struct downtime sample_downtime = {
	.any_ns = 135 * SAMPLE_MINUTE,
	.sum_ns = 165 * SAMPLE_MINUTE,
	.legal_ns = 120 * SAMPLE_MINUTE,
	.legal_sum_ns = 135 * SAMPLE_MINUTE,
	.window_ns = 1440 * SAMPLE_MINUTE,
	.obligations = 4,
	.without_system = 1,
	.exposed = 1,
	.missed = 1,
	.censored = 1,
	.data_errors = 0,
	.outages = 4,
	.longest_ns = 90 * SAMPLE_MINUTE,
	.p95_ns = 90 * SAMPLE_MINUTE,
	.maintenance_excluded = true,
	.by_system = sample_systems,
	.n_systems = 4,
};

/* metrics.md 5 */
#define SAMPLE_EUR(cents)                \
	{                                \
		(cents), STR_INIT("EUR") \
	}

static const struct key_value sample_low[] = {
	{STR_INIT("cost"), STR_INIT("25000.00 EUR"), false},
	{STR_INIT("audit_hours_after"), STR_INIT("300"), false}};
static const struct key_value sample_base[] = {
	{STR_INIT("cost"), STR_INIT("25000.00 EUR"), false},
	{STR_INIT("audit_hours_after"), STR_INIT("250"), false}};

static const struct scenario_result sample_scenarios[] = {
	{.scenario = STR_INIT("low"),
		.cost = SAMPLE_EUR(2500000),
		.fines = SAMPLE_EUR(100000),
		.audit = SAMPLE_EUR(900000),
		.downtime = SAMPLE_EUR(300000),
		.total = SAMPLE_EUR(1300000),
		.break_even = SAMPLE_EUR(1300000),
		.needs_break_even = true,
		.has_roi = true,
		.roi = -0.48,
		.assumptions = sample_low,
		.n_assumptions = 2},
	{.scenario = STR_INIT("base"),
		.cost = SAMPLE_EUR(2500000),
		.fines = SAMPLE_EUR(2000000),
		.audit = SAMPLE_EUR(1950000),
		.downtime = SAMPLE_EUR(600000),
		.total = SAMPLE_EUR(4550000),
		.break_even = SAMPLE_EUR(-50000),
		.has_roi = true,
		.roi = 0.82,
		.has_rosi = true,
		.rosi = 1.4,
		.has_npv = true,
		.npv = 1154193.9745,
		.has_payback = true,
		.payback_years = 2,
		.assumptions = sample_base,
		.n_assumptions = 2},
};

static const struct roi_figures sample_roi = {
	.has_value = true,
	.value = 0.82,
	.scenarios = sample_scenarios,
	.n_scenarios = 2,
};

static const struct incident sample_incidents[] = {
	{.id = STR_INIT("INC-1"),
		.opened = SAMPLE_MARCH,
		.detected = SAMPLE_MARCH,
		.fixed = SAMPLE_MARCH + 2 * NS_PER_DAY,
		.regulatory = true,
		.count = 3,
		.place = {STR_INIT("exports/incidents.csv"), 2}},
	{.id = STR_INIT("INC-3"),
		.opened = SAMPLE_MARCH,
		.detected = SAMPLE_MARCH + SAMPLE_HOUR,
		.fixed = CELL_ABSENT,
		.is_open = true,
		.count = 1,
		.place = {STR_INIT("exports/incidents.csv"), 4}},
	{.id = STR_INIT("INC-2"),
		.opened = SAMPLE_MARCH,
		.detected = SAMPLE_MARCH,
		.fixed = CELL_ABSENT,
		.is_open = true,
		.regulatory = true,
		.count = 1,
		.detected_is_proxy = true,
		.place = {STR_INIT("exports/incidents.csv"), 3}},
};

static const struct str sample_notes[] = {
	STR_INIT("A log cannot prove that nothing happened beside it.")};

static inline struct result sample_result(void)
{
	return (struct result) {.tool_version = STR("0.1.0"),
		.as_of = SAMPLE_JULY - NS_PER_SECOND,
		.period_from = SAMPLE_JANUARY,
		.period_to = SAMPLE_JULY,
		.job = STR("nightly"),
		.config_path = STR("lineal.yaml"),
		.config_sha256 = STR("2b6d876b0000000000000000000000000000"
				     "0000000000000000000000000000"),
		.inputs = sample_inputs,
		.n_inputs = 2,
		.sources = sample_sources,
		.n_sources = 3,
		.rules = sample_rules,
		.n_rules = SAMPLE_RULES,
		.findings = sample_findings,
		.n_findings = 4,
		.findings_total = 7,
		.incidents = sample_incidents,
		.n_incidents = 3,
		.incidents_total = 3,
		.metrics = {sample_completeness, sample_rate,
			sample_remediation, sample_downtime, sample_roi},
		.notes = sample_notes,
		.n_notes = 1,
		.word = WORD_FAIL,
		.exit = 1,
		.counts = {.findings = 6,
			.failing = 6,
			.waived = 1,
			.pending = 2,
			.unknown = 1,
			.rules = 5,
			.applied = 4,
			.never_matched = 1},
		.fail_on = SEVERITY_MEDIUM};
}

#endif
