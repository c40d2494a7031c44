/*
 * Bindings: which column or constant a field of an event or role takes its
 * value from, and which words its raw cells stand for.
 */
#ifndef INGEST_BINDING_H
#define INGEST_BINDING_H

#include "format/yamlread.h"

/* A raw cell and the word it stands for. */
struct word_pair {
	struct str raw, word;
};

/* A field of an event or role, and where its value comes from. */
struct binding {
	struct str field;
	struct str column; /* column name; empty for a constant */
	struct str constant;
	bool is_constant;
	bool has_words; /* `words` is given: other raw words are not known */
	struct word_pairs VEC(struct word_pair) words;
	struct loc loc; /* of the column or constant */
	uint32_t span;
	bool from_profile; /* columns are matched without case, blanks, `_` */
};

struct binding_vec VEC(struct binding);

/*
 * Appends the bindings of a map from fields to `column`, `{is: TEXT}` or
 * `{column, words}`, in the order of the file. What is none of these is
 * complained about. Texts borrow the tree.
 */
void binding_read(struct arena *a, const struct yaml_node *map,
	bool from_profile, struct binding_vec *out, struct diag *diag);

/* Appends one binding. */
void binding_add(struct arena *a, struct binding_vec *bindings,
	const struct binding *binding);

/* The binding of a field, or NULL. */
const struct binding *binding_find(
	const struct binding_vec *bindings, struct str field);

#endif
