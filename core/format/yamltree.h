/*
 * A strict subset of YAML as a tree with marks: maps, lists and scalars, where
 * every scalar stays text. Refused with its place: anchors, aliases, tags,
 * merge keys, directives, a second document, `?` keys, plain scalars over
 * several lines, block scalars except as title, why, fix, reason or because,
 * keys that are not scalars, keys and list items without value, keys given
 * twice, NUL in any spelling, control, bidirectional and line-separating
 * characters as they are (escapes in "..." are visible and allowed), other
 * encodings than UTF-8, and whatever is above the limits below.
 *
 * What is refused is complained about once and left out of the tree.
 */
#ifndef FORMAT_YAMLTREE_H
#define FORMAT_YAMLTREE_H

#include "base/diag.h"

#define YAML_FILE_BYTES   (1 << 20)
#define YAML_SCALAR_BYTES 4096
#define YAML_DEPTH        16
#define YAML_NODES        200000 /* keys count too */
#define YAML_ITEMS        10000
#define YAML_MEMBERS      1000

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
	uint32_t span;   /* code points of a scalar's first line, else 1 */
	struct str text; /* scalar */
	bool quoted;     /* scalar: '...' or "..." */
	bool block;      /* scalar: | or > */
	bool partial;    /* list or map: something in it was refused */
	uint32_t n;      /* list items or map members */
	const struct yaml_node *const *items;
	const struct yaml_member *members;
};

/*
 * Parses `text` of file `number`. All that is wrong goes to `diag`; the result
 * is NULL if reading had to stop, and else what could be read. An empty text is
 * an error. The tree lives as long as the arena and does not borrow `text`.
 */
const struct yaml_node *yaml_parse(
	struct arena *a, struct str text, uint32_t number, struct diag *diag);

/* The value of `key`, or NULL. */
const struct yaml_node *yaml_get(const struct yaml_node *map, struct str key);

#endif
