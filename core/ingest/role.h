/*
 * Roles that need more than events: incidents, outages, costs and registers.
 * Their rows are kept in tables of their own, with the fields listed here.
 * Adding a role: a list below and a row in role.c.
 */
#ifndef INGEST_ROLE_H
#define INGEST_ROLE_H

#include "model/kind.h"
#include "model/roles.h"

/* One field of a role table. */
struct role_field {
	struct str name;
	enum column_form form;
	bool required;
};

struct role_form {
	const struct role_field *fields;
	uint32_t n_fields;
	enum role role;
};

/* The table of a role, or NULL if the role has only events. */
const struct role_form *role_form_of(enum role role);

/* Makes `cells` an empty table of a role that has one. */
void role_table_init(struct arena *a, struct table *cells, enum role role);

/* True if any role has a field of this name. */
bool role_has_field(struct str name);

/* True if events or any role have a field of this name. */
bool role_is_field(struct str name);

#endif
