/*
 * The tests that are one line of words: `more than 5`, `not listed in eea`,
 * `matches *@example.com`. Whatever is no test word is a text to be equal to.
 * Grammar: lineal-rules(5), VALUE TESTS.
 */
#ifndef RULE_PHRASE_H
#define RULE_PHRASE_H

#include "rule/condition.h"

/* Where a test stands: in which scalar, list or map, for which field, and how
   deep it is nested. */
struct test_context {
	struct test_reader *reader;
	const struct yaml_node *node;
	uint32_t word; /* or WORD_NONE, if the field is unknown */
	unsigned depth;
};

/* The test of a plain scalar with the text `text`; NULL after a complaint. */
const struct test *phrase_read(struct test_context ctx, struct str text);

/* A test for one of the texts, which it sorts, or for the one text. */
const struct test *phrase_one_of(struct test_context ctx, struct str_vec texts);
const struct test *phrase_equals(struct test_context ctx, struct str text);

/* The opposite of a test; NULL for NULL. */
const struct test *phrase_negate(
	struct test_context ctx, const struct test *test);

/* A new test of this kind, for the field of the context. */
struct test *phrase_new(struct test_context ctx, enum test_kind kind);

/* Complains at the node of the context, and returns NULL. */
const struct test *phrase_complain(
	struct test_context ctx, const char *expected, struct str found);

#endif
