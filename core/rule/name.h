/*
 * Names in rule files: what they may look like, who gives way when two places
 * define one, and what was meant by one that is not there. Complaints stand at
 * the name, with its span.
 */
#ifndef RULE_NAME_H
#define RULE_NAME_H

#include "format/yamlread.h"

#define NAME_MAX_BYTES 64

/* A name of the user's: [a-z][a-z0-9_]*, at most NAME_MAX_BYTES. */
bool name_is_name(struct str text);

/* An id of a rule: [A-Z][A-Z0-9-]*, at most NAME_MAX_BYTES. */
bool name_is_id(struct str text);

/* True if `written` is the key `key` of the language, in which blanks, hyphens
   and underscores are one. */
bool name_is_key(struct str written, struct str key);

/* The key of a member as a scalar, for complaints about it. */
struct yaml_node name_node(const struct yaml_member *member);

/* True if the key of a member is a name; else complains. */
bool name_check(const struct yaml_member *member, struct diag *diag);

/*
 * True if the definition in `member` takes the place of an old one: a shipped
 * definition never does, and a shipped old one gives way. Two definitions of
 * the user's are a clash, which is complained about.
 */
bool name_replaces(const struct yaml_member *member, bool is_shipped,
	bool old_is_shipped, struct diag *diag);

/* Complains that there is no `what` ("event", "list") of the name `node`, with
   the near ones among `names`, or else how it is declared. */
void name_complain_unknown(struct diag *diag, const struct yaml_node *node,
	const char *what, const struct str_vec *names);

#endif
