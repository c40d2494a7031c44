/*
 * The words and rules of a run: the shipped vocabulary, profiles, the project
 * file, rule files, packs by name, waivers. Read as a whole before any input,
 * so that every mistake is told at once.
 */
#ifndef LINEAL_RULEBOOK_H
#define LINEAL_RULEBOOK_H

#include "ingest/profile.h"
#include "lineal/project.h"
#include "rule/waiver.h"

/* One line of rules/packs.csv. */
struct pack {
	struct str name, status, as_of, review, disclaimer;
	struct str_vec aliases;
	bool used;
};

struct rulebook {
	struct words words;
	struct vocabulary vocabulary;
	struct vocabulary_services services;
	struct profiles profiles;
	struct rules rules;
	struct waivers waivers;
	struct packs VEC(struct pack) packs;
};

/* What the services of the vocabulary reach. */
struct rulebook_services {
	struct library *library;
	struct zones *zones;
};

/*
 * Reads everything. Rule files come from `values` (--rules) if they stand on
 * the command line or in the environment, else from the project, else the
 * pack `baseline`. Mistakes are complained about.
 */
void rulebook_read(struct rulebook_services *services,
	const struct project *project, const struct opt_values *values,
	struct rulebook *out);

/* Leaves the rules that --only and --skip choose; an id that fits no rule is
   an error. */
void rulebook_select(struct rulebook *book, const struct opt_values *values,
	struct diag *diag);

#endif
