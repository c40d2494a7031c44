/*
 * The pipeline: options, words and rules, inputs, facts; then, in judge.h,
 * verdicts, measures, result. Commands run the part of it they need. Everything
 * lives in the run and is given back by run_free().
 */
#ifndef LINEAL_RUN_H
#define LINEAL_RUN_H

#include "graph/effects.h"
#include "ingest/load.h"
#include "lineal/rulebook.h"
#include "lineal/settings.h"
#include "lineal/status.h"
#include "metric/metric.h"
#include "model/result.h"
#include "rule/claims.h"
#include "rule/evaluate.h"
#include "rule/findings.h"

/* The value tests of `regulatory` and `reportable` maps, by their node. */
struct incident_test {
	const struct yaml_node *node;
	struct where where;
};

struct run {
	struct arena a;
	struct diag diag;
	struct files files;
	struct zones zones;
	struct library library;
	struct opt_values values;
	struct settings settings;
	struct project project;
	struct rulebook_services services;
	struct rulebook book;
	struct incident_tests VEC(struct incident_test) incident_tests;
	struct loaded loaded;
	struct facts facts;
	struct sets *sets;
	struct claims claims;
	struct effects effects;
	struct outcome *outcomes;
	struct arena *outcome_arenas; /* one per rule */
	struct arena metric_arena;    /* of what is counted beside the rules */
	int64_t *metric_cost_ns;      /* with --profile-rules; or NULL */
	struct duties duties;
	struct rule_result_vec rules;
	struct finding_vec findings;
	struct result result;
	int64_t started; /* clock, ns */
};

/* What the process was started with. */
struct process {
	int argc; /* arguments behind the verb */
	char **argv;
	char **environment;
	unsigned verb;
};

/*
 * Options, project file, vocabulary, rules, and what is needed of the inputs.
 * False if something is wrong with them: nothing is analysed then. `lineage`
 * says that the records of every event are wanted.
 */
bool run_prepare(struct run *run, const struct process *process, bool lineage);

/* Reads the inputs and fills the facts. `inputs` are the arguments from
   position `first` on. False as for run_prepare(), where only the inputs show
   that something is wrong. */
bool run_load(struct run *run, size_t first, bool lineage) MUST_CHECK;

/* True if some rule counts as an obligation. */
bool run_has_obligation(const struct run *run);

/* Seconds since the start, events and memory of a phase, under --verbose. */
void run_note(const struct run *run, const char *phase);

/* True if some input cannot be trusted, or too many rows were rejected. */
bool run_is_incomplete(const struct run *run);

/* Prints the complaints on stderr, and with --verbose time and memory, as the
   options say. */
void run_print_messages(struct run *run);

void run_free(struct run *run);

#endif
