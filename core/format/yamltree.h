/*
 * A strict subset of YAML as a tree with marks: maps, lists and scalars, where
 * every scalar stays text. Refused with its place: anchors, aliases, tags,
 * merge keys, directives, a second document, `?` keys, plain scalars over
 * several lines, block scalars outside the keys that allow them, keys that are
 * not scalars, a key without value, a key given twice, control and
 * bidirectional characters, other encodings than UTF-8, files above 1 MiB,
 * nesting above 16, more than 200,000 nodes, lists above 10,000 items, maps
 * above 1,000 keys, scalars above 4 KiB.
 */
#ifndef FORMAT_YAMLTREE_H
#define FORMAT_YAMLTREE_H

#include "base/diag.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml_node;

struct yaml_member {
	struct str key;
	struct loc key_loc;
	uint32_t key_span; /* code points */
	const struct yaml_node *value;
};

struct yaml_node {
	enum yaml_kind kind;
	struct loc loc;
	uint32_t span;   /* code points of a scalar, else 1 */
	struct str text; /* scalar */
	bool quoted;     /* scalar: '...' or "..." */
	bool block;      /* scalar: | or > */
	uint32_t n;      /* list items or map members */
	const struct yaml_node *const *items;
	const struct yaml_member *members;
};

/*
 * Parses `text` of file `number`. All that is wrong goes to `diag`; the result
 * is NULL if the text is no YAML, and else what could be read. An empty text is
 * an error. The tree lives as long as the arena and borrows `text`.
 */
const struct yaml_node *yaml_parse(
	struct arena *a, struct str text, uint32_t number, struct diag *diag);

/* The value of `key`, or NULL. */
const struct yaml_node *yaml_get(const struct yaml_node *map, struct str key);

/*
 * A table of the keys a map may have. `read` gets the value and whatever
 * structure is being filled; it complains to `diag` by itself.
 */
struct yaml_key {
	struct str name;
	bool required;
	enum yaml_form {
		YAML_ANY,
		YAML_TEXT,      /* a scalar */
		YAML_TEXTS,     /* a list of scalars; a single scalar is one */
		YAML_LIST_ONLY, /* a list; a single value is one of them */
		YAML_MAP_ONLY,
	} form;
	void (*read)(
		void *into, const struct yaml_node *value, struct diag *diag);
};

/*
 * Reads `map` by the table: unknown keys (with near names), wrong forms and
 * missing required keys are complaints; for the others `read` is called, in
 * the order of the file. With `fold`, blanks and hyphens in keys equal the
 * underscore. `what` names the map in messages ("a source", "a rule").
 */
void yaml_read_map(const struct yaml_node *map, const struct yaml_key *keys,
	size_t n_keys, bool fold, const char *what, void *into,
	struct diag *diag);

/* The items of a list, or the one value itself: `*n` nodes. */
const struct yaml_node *const *yaml_items(
	const struct yaml_node *const *value, uint32_t *n);

/* Complains at the node, with its span. */
struct diag_item *yaml_complain(struct diag *diag, enum diag_code code,
	const struct yaml_node *node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* A scalar as true or false (`true`, `false`); complains otherwise. */
bool yaml_bool(const struct yaml_node *node, bool *out, struct diag *diag);

/* A scalar as a whole number from `least` to `most`; complains otherwise. */
bool yaml_integer(const struct yaml_node *node, int64_t least, int64_t most,
	int64_t *out, struct diag *diag);

/* A scalar that is one of `names`: its index; else complains with near names
   and returns false. */
bool yaml_choice(const struct yaml_node *node, const struct str *names,
	size_t n, size_t *out, struct diag *diag);

#endif
