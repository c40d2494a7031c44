#include "ingest/role.h"

#define ROLE_FIELD(code, name, form, required) {STR_INIT(name), form, required},

static const struct role_field incident_fields[] = {
	INCIDENT_FIELD_LIST(ROLE_FIELD)};
static const struct role_field outage_fields[] = {
	OUTAGE_FIELD_LIST(ROLE_FIELD)};
static const struct role_field cost_fields[] = {COST_FIELD_LIST(ROLE_FIELD)};
static const struct role_field exclusion_fields[] = {
	EXCLUSION_FIELD_LIST(ROLE_FIELD)};

static const struct role_form forms[] = {
	{ROLE_INCIDENTS, incident_fields, INCIDENT_FIELD_N},
	{ROLE_OUTAGES, outage_fields, OUTAGE_FIELD_N},
	{ROLE_COSTS, cost_fields, COST_FIELD_N},
	{ROLE_REGISTER, exclusion_fields, EXCLUSION_FIELD_N},
};

const struct role_form *role_form_of(enum role role)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i].role == role)
			return &forms[i];
	return NULL;
}

bool role_has_field(struct str name)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		for (uint32_t j = 0; j < forms[i].n_fields; j++)
			if (str_equal(forms[i].fields[j].name, name))
				return true;
	return false;
}
