/*
 * Value tests as written: what may be asked of one field of one row, and the
 * `where` maps made of them. Grammar: lineal-rules(5), VALUE TESTS.
 */
#ifndef RULE_CONDITION_H
#define RULE_CONDITION_H

#include "base/number.h"
#include "format/calendar.h"
#include "model/words.h"
#include "rule/valuelist.h"

enum test_kind {
	TEST_EQUALS, /* one of `texts`, or of those of a named list */
	TEST_PRESENT,
	TEST_RANGE,  /* number from low to high, bounds as said */
	TEST_LENGTH, /* code points from low to high */
	TEST_GLOB,
	TEST_SAME_AS, /* field `other` has an equal value */
	TEST_BEFORE,  /* time strictly before that of `other` */
	TEST_AFTER,
	TEST_WITHIN_OF, /* time at most `period` away from `other` */
	/* Of parts: */
	TEST_ALL,
	TEST_ANY,
	TEST_SOME_ITEM, /* the one part holds for one of the values */
	TEST_EVERY_ITEM
};

struct test {
	enum test_kind kind;
	bool negated;
	bool ignore_case;     /* of the field that is tested */
	struct str_vec texts; /* sorted, for textset_has() */
	struct decimal low, high;
	bool has_low, has_high, open_low, open_high;
	struct str glob;
	uint32_t other; /* word */
	struct period period;
	const struct test **parts;
	size_t n_parts;
};

/* One member of a `where`: a word and what it must hold. */
struct clause {
	uint32_t word;
	const struct test *test;
	struct str text; /* the test as written, for messages */
	struct loc loc;
	uint32_t span;
};

struct where VEC(struct clause);

/* What parsing needs to look names up in. */
struct test_reader {
	struct arena *a;
	const struct words *words;
	const struct value_lists *lists;
	struct diag *diag;
};

/* Reads a map field -> test and appends its clauses; complains about what is
   wrong. */
void where_read(struct test_reader *reader, const struct yaml_node *map,
	struct where *out);

/* The number of a word by name; WORD_NONE after a complaint with near names. */
uint32_t where_word(struct test_reader *reader, const struct yaml_node *node);

/* True for the tests that compare two times. */
bool condition_is_on_time(enum test_kind kind);

#endif
