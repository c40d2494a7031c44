/*
 * For tests: a small result of which every text can be replaced.
 */
#ifndef REPORT_VICTIM_P_H
#define REPORT_VICTIM_P_H

#include "sample_p.h"

#define VICTIM_TEXTS      4
#define VICTIM_FIELDS_MAX 48

struct victim {
	struct result result;
	struct input_facts input;
	struct source_facts source;
	struct rule_result rules[3];
	struct finding finding;
	struct witness witness;
	struct key_value key, assumption;
	struct share_by by;
	struct gap_group gap;
	struct place place;
	struct system_downtime system;
	struct scenario_result scenario;
	struct incident incident;
	struct quarter_count quarter;
	struct str texts[VICTIM_TEXTS];        /* cites, labels, notes, ... */
	struct str *fields[VICTIM_FIELDS_MAX]; /* all texts of the above */
	size_t n_fields;
};

/* The values that are not text, from the sample. */
static inline void victim_fill(struct victim *v)
{
	*v = (struct victim) {.result = sample_result(),
		.input = sample_inputs[0],
		.source = sample_sources[1],
		.rules = {sample_rules[SAMPLE_LATE],
			sample_rules[SAMPLE_UNMATCHED],
			sample_rules[SAMPLE_WARNING]},
		.finding = sample_findings[1],
		.witness = sample_witness[0],
		.key = {STR("id"), STR(""), true},
		.by = sample_by[0],
		.gap = sample_gaps[0],
		.place = sample_places[0],
		.system = sample_systems[0],
		.scenario = sample_scenarios[0],
		.incident = sample_incidents[1],
		.quarter = sample_quarters[0]};
	v->finding.rule = 0;
}

static inline void victim_link_rules(struct victim *v)
{
	struct result *r = &v->result;

	r->inputs = &v->input;
	r->sources = &v->source;
	r->rules = v->rules;
	r->findings = &v->finding;
	r->incidents = &v->incident;
	r->n_inputs = r->n_sources = r->n_findings = r->n_incidents = 1;
	r->n_rules = 3;
	v->input.source = 0;
	v->finding.keys = &v->key;
	v->finding.witness = &v->witness;
	v->finding.n_keys = v->finding.n_witness = 1;
	v->rules[0].cites = &v->texts[0];
	v->rules[0].counts_as = &v->texts[1];
	v->rules[0].n_cites = v->rules[0].n_counts_as = 1;
	r->notes = &v->texts[2];
	r->n_notes = 1;
	r->incomplete_why = (struct str_vec) {.at = &v->texts[3], .n = 1};
}

static inline void victim_link_metrics(struct victim *v)
{
	struct metrics *m = &v->result.metrics;

	v->gap.places = &v->place;
	v->gap.n_places = 1;
	v->scenario.assumptions = &v->assumption;
	v->scenario.n_assumptions = 1;
	m->completeness.by = &v->by;
	m->completeness.gaps = &v->gap;
	m->completeness.n_by = m->completeness.n_gaps = 1;
	m->rate.by_quarter = &v->quarter;
	m->downtime.by_system = &v->system;
	m->roi.scenarios = &v->scenario;
	m->rate.n_quarters = m->downtime.n_systems = m->roi.n_scenarios = 1;
}

static inline void victim_list(struct victim *v)
{
	struct str *fields[] = {&v->input.path, &v->input.format,
		&v->input.encoding, &v->input.dialect, &v->source.name,
		&v->source.format, &v->source.proves, &v->finding.message,
		&v->finding.waived_by, &v->finding.waiver_reason,
		&v->finding.waived_until, &v->rules[0].id, &v->rules[0].title,
		&v->rules[0].why, &v->rules[0].fix, &v->rules[0].file,
		&v->rules[1].reason, &v->rules[2].reason, &v->witness.role,
		&v->witness.event, &v->witness.place.path, &v->key.value,
		&v->assumption.name, &v->assumption.value, &v->by.key,
		&v->gap.system, &v->gap.object_type, &v->gap.action,
		&v->gap.quarter, &v->place.path, &v->system.system,
		&v->scenario.scenario, &v->scenario.cost.currency,
		&v->incident.id, &v->incident.place.path, &v->quarter.quarter,
		&v->texts[0], &v->texts[1], &v->texts[2], &v->texts[3],
		&v->result.tool_version, &v->result.config_path,
		&v->result.config_sha256, &v->result.job,
		&v->result.metrics.rate.date,
		&v->result.metrics.completeness.why_session};

	v->n_fields = sizeof(fields) / sizeof(fields[0]);
	for (size_t i = 0; i < v->n_fields; i++)
		v->fields[i] = fields[i];
}

/* A victim, which must stay where it is. */
static inline void victim_init(struct victim *v)
{
	victim_fill(v);
	victim_link_rules(v);
	victim_link_metrics(v);
	victim_list(v);
}

#endif
