/*
 * Rows that feed metrics beside being events: incidents, outages, costs and
 * documented exclusions. Each role has one table; its columns are the fields
 * listed here, in this order.
 */
#ifndef MODEL_ROLES_H
#define MODEL_ROLES_H

#include "model/event.h"
#include "model/kind.h"

/* code, name, form, required */
#define INCIDENT_FIELD_LIST(X)                                    \
	X(INCIDENT_ID, "incident_id", COLUMN_SYM, true)           \
	X(INCIDENT_DETECTED, "detected_at", COLUMN_TIME, false)   \
	X(INCIDENT_CREATED, "created_at", COLUMN_TIME, false)     \
	X(INCIDENT_OPENED, "opened_at", COLUMN_TIME, false)       \
	X(INCIDENT_OCCURRED, "occurred_at", COLUMN_TIME, false)   \
	X(INCIDENT_REPORTED, "reported_at", COLUMN_TIME, false)   \
	X(INCIDENT_MITIGATED, "mitigated_at", COLUMN_TIME, false) \
	X(INCIDENT_RESOLVED, "resolved_at", COLUMN_TIME, false)   \
	X(INCIDENT_CLOSED, "closed_at", COLUMN_TIME, false)       \
	X(INCIDENT_SEVERITY, "severity", COLUMN_SYM, false)       \
	X(INCIDENT_STATUS, "status", COLUMN_SYM, false)           \
	X(INCIDENT_SYSTEM, "system", COLUMN_SYM, false)           \
	X(INCIDENT_DUPLICATE_OF, "duplicate_of", COLUMN_SYM, false)

#define OUTAGE_FIELD_LIST(X)                               \
	X(OUTAGE_SYSTEM, "system", COLUMN_SYM, true)       \
	X(OUTAGE_STARTED, "started_at", COLUMN_TIME, true) \
	X(OUTAGE_ENDED, "ended_at", COLUMN_TIME, false)    \
	X(OUTAGE_KIND, "kind", COLUMN_SYM, false)

#define COST_FIELD_LIST(X)                             \
	X(COST_SCENARIO, "scenario", COLUMN_SYM, true) \
	X(COST_ITEM, "item", COLUMN_SYM, true)         \
	X(COST_VALUE, "value", COLUMN_SYM, true)       \
	X(COST_CLASS, "class", COLUMN_SYM, false)      \
	X(COST_CURRENCY, "currency", COLUMN_SYM, false)

#define EXCLUSION_FIELD_LIST(X)                             \
	X(EXCLUSION_TYPE, "object_type", COLUMN_SYM, false) \
	X(EXCLUSION_ID, "object_id", COLUMN_SYM, true)      \
	X(EXCLUSION_FROM, "from", COLUMN_TIME, false)       \
	X(EXCLUSION_TO, "to", COLUMN_TIME, false)           \
	X(EXCLUSION_REASON, "reason", COLUMN_SYM, true)     \
	X(EXCLUSION_APPROVED, "approved_by", COLUMN_SYM, false)

#define ROLE_FIELD_ENUM(code, name, form, required) code,
enum incident_field { INCIDENT_FIELD_LIST(ROLE_FIELD_ENUM) INCIDENT_FIELD_N };
enum outage_field { OUTAGE_FIELD_LIST(ROLE_FIELD_ENUM) OUTAGE_FIELD_N };
enum cost_field { COST_FIELD_LIST(ROLE_FIELD_ENUM) COST_FIELD_N };
enum exclusion_field {
	EXCLUSION_FIELD_LIST(ROLE_FIELD_ENUM) EXCLUSION_FIELD_N
};
#undef ROLE_FIELD_ENUM

/* Where a role row came from, and the events made of it (ROW_NONE: none). */
struct role_origin {
	uint32_t source, file, line;
	row own, opened, closed;
	bool dropped; /* an older row of one record (last_per) */
};

/* The event that stands for a row and carries its columns: its own, or the
   first that is made of it. */
static inline row role_event(const struct role_origin *origin)
{
	if (origin->own != ROW_NONE)
		return origin->own;
	return origin->opened != ROW_NONE ? origin->opened : origin->closed;
}

struct role_table {
	struct table cells;
	struct role_origins VEC(struct role_origin) origins;
};

#endif
