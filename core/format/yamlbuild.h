/*
 * A YAML tree from the nodes of a document in their order. Lists and maps that
 * are not closed yet stand on a stack of fixed depth. The limits on depth,
 * nodes, items and members are checked here, and keys given twice are found.
 * The zero value with `a` and `diag` set is a tree without nodes.
 */
#ifndef FORMAT_YAMLBUILD_H
#define FORMAT_YAMLBUILD_H

#include "format/yamltree.h"

/* A list or map that is being built. */
struct yamlbuild_open {
	struct yaml_node *node;
	struct yamlbuild_items VEC(const struct yaml_node *) items;
	struct yamlbuild_members VEC(struct yaml_member) members;
	struct yaml_member key; /* a map's key that waits for its value */
	bool has_key;
	bool is_refused; /* the key is, and so its value is left out */
	bool is_full;
};

struct yamlbuild {
	struct arena *a;
	struct diag *diag;
	struct yamlbuild_open open[YAML_DEPTH];
	unsigned depth;
	const struct yaml_node *root;
	uint32_t n_nodes;
	bool stop; /* a limit was reached: reading must end */
};

/* True if the next node is a key. */
bool yamlbuild_wants_key(const struct yamlbuild *build);

/* The key whose value comes next; NULL in a list, at the root, or if the key
   was refused. */
const struct yaml_member *yamlbuild_key_of_value(const struct yamlbuild *build);

/* True if the next value belongs to a key that was refused. */
bool yamlbuild_is_refused(const struct yamlbuild *build);

/* Counts one more node, which begins at `loc`. */
void yamlbuild_count(struct yamlbuild *build, struct loc loc);

/* The next node is `key`, of which the value is not known yet. It is complained
   about and refused if the map has it or is full. */
void yamlbuild_key(struct yamlbuild *build, struct yaml_member key);

/* The next node is a key that was refused. */
void yamlbuild_refuse_key(struct yamlbuild *build);

/* The next node is the value `node`, or one that was refused with NULL. */
void yamlbuild_value(struct yamlbuild *build, const struct yaml_node *node);

/* The next nodes stand in a new list or map, until it is closed. */
void yamlbuild_open(
	struct yamlbuild *build, enum yaml_kind kind, struct loc loc);
void yamlbuild_close(struct yamlbuild *build);

#endif
