/*
 * Fingerprints of findings: 32 hex digits that stay the same when files move,
 * rows shift or thresholds change. They come from the rule id, the record keys
 * and what identifies the activation, never from a line number.
 */
#ifndef RULE_FINGERPRINT_H
#define RULE_FINGERPRINT_H

#include "graph/facts.h"

struct judgement;
struct outcome;
struct rule;

/* Asks for the columns that identify events. */
void fingerprint_need(struct words *words);

/* The fields that tell events without an id apart, and the id behind them. */
#define FINGERPRINT_FIELDS 6

/* What the fingerprints of one rule are made of, beside its outcome. */
struct fingerprint {
	const struct facts *facts;
	const struct rule *rule;
	uint32_t columns[FINGERPRINT_FIELDS + 1]; /* or WORD_NONE */
};

struct fingerprint fingerprint_start(
	const struct facts *facts, const struct rule *rule);

/* Equal for judgements of equal identity; symbols stand for their texts. */
uint64_t fingerprint_hash(const struct fingerprint *fingerprint,
	const struct outcome *outcome, const struct judgement *judgement);

/*
 * The number of each kept judgement among all of equal identity, by row and
 * order of arrival: 1, 2, ... One per judgement, living as long as the arena.
 */
uint32_t *fingerprint_occurrences(struct arena *a,
	const struct fingerprint *fingerprint, const struct outcome *outcome);

/* The fingerprint of a judgement with its occurrence number. */
void fingerprint_of(const struct fingerprint *fingerprint,
	const struct outcome *outcome, const struct judgement *judgement,
	uint32_t occurrence, char hex[33]);

#endif
