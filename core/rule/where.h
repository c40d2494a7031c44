/*
 * Value tests put to rows. A test on text runs once per distinct text and is
 * remembered. Answers follow Kleene: a value that a test needs as a number or
 * time but that cannot be read as one makes it undecidable; one false test
 * makes a conjunction false, else one undecidable test makes it undecidable.
 */
#ifndef RULE_WHERE_H
#define RULE_WHERE_H

#include "graph/facts.h"
#include "rule/condition.h"

enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNDECIDABLE };

/* The form of column that a clause looks at first. */
enum column_form where_form(const struct clause *clause);

/* Asks for the columns that the clauses need, on behalf of `user`. */
void where_need(
	const struct where *where, struct words *words, struct str user);

/* Evaluates clauses over rows; remembers what it found per text. */
struct where_eval;

struct where_eval *where_eval_new(
	struct arena *a, const struct facts *facts, const struct where *where);

/* The truth of the conjunction for a row. */
enum truth where_eval_row(struct where_eval *eval, row e);

/* Rows of which a conjunction is true, and of which it cannot be decided. */
struct truths {
	uint64_t yes, undecided;
};

/* The same for the rows 64 * word + i of which bit i of `among` is set. */
struct truths where_eval_word(
	struct where_eval *eval, size_t word, uint64_t among);

/* The truth of one clause for a row, and whether its value is absent. */
enum truth where_eval_clause(
	struct where_eval *eval, size_t clause, row e, bool *absent);

#endif
