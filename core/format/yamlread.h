/*
 * Maps of a YAML tree read into structures by tables of keys. Whatever does
 * not fit is a complaint at its place, with the names that would; a map that
 * is partial does not complain about missing keys, because the cause is
 * already known.
 */
#ifndef FORMAT_YAMLREAD_H
#define FORMAT_YAMLREAD_H

#include "format/yamltree.h"

#define YAML_TABLE_KEYS 96

/*
 * A key that a map may have. `read` gets the value, which has the form, and
 * whatever structure is being filled; it complains to `diag` by itself. Where
 * the value goes may be said by `offset`, which only `read` looks at. With
 * `read` NULL the key is allowed and skipped.
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
	void (*read)(void *into, const struct yaml_key *key,
		const struct yaml_node *value, struct diag *diag);
	size_t offset;
};

/*
 * Reads `map` by the table of at most YAML_TABLE_KEYS keys: unknown keys (with
 * near names), wrong forms and missing required keys are complaints; for the
 * others `read` is called, in the order of the file. With `fold`, blanks and
 * hyphens in keys equal the underscore, and a key may be given only once in
 * whatever spelling. `what` names the map in messages ("a source", "a rule").
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

/* Reads the key `version` of any file of ours, which must be 1; `into` is not
   used. */
void yaml_read_version(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag);

/* Refuses a key of the language that has no meaning here yet; `into` is not
   used. */
void yaml_read_unsupported(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag);

#endif
