#include "ingest/role.h"

#include "model/words.h"

#define ROLE_FIELD(code, name, form, required) {STR_INIT(name), form, required},

static const struct role_field incident_fields[] = {
	INCIDENT_FIELD_LIST(ROLE_FIELD)};
static const struct role_field outage_fields[] = {
	OUTAGE_FIELD_LIST(ROLE_FIELD)};
static const struct role_field cost_fields[] = {COST_FIELD_LIST(ROLE_FIELD)};
static const struct role_field exclusion_fields[] = {
	EXCLUSION_FIELD_LIST(ROLE_FIELD)};

static const struct role_form forms[] = {
	{incident_fields, INCIDENT_FIELD_N, ROLE_INCIDENTS},
	{outage_fields, OUTAGE_FIELD_N, ROLE_OUTAGES},
	{cost_fields, COST_FIELD_N, ROLE_COSTS},
	{exclusion_fields, EXCLUSION_FIELD_N, ROLE_REGISTER},
};

const struct role_form *role_form_of(enum role role)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i].role == role)
			return &forms[i];
	return NULL;
}

void role_table_init(struct arena *a, struct table *cells, enum role role)
{
	const struct role_form *form = role_form_of(role);
	struct arena scratch = {0};
	enum column_form *columns = arena_array(
		&scratch, enum column_form, form->n_fields);

	for (uint32_t i = 0; i < form->n_fields; i++)
		columns[i] = form->fields[i].form;
	table_init(cells, a, columns, form->n_fields);
	arena_free(&scratch);
}

bool role_has_field(struct str name)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		for (uint32_t j = 0; j < forms[i].n_fields; j++)
			if (str_equal(forms[i].fields[j].name, name))
				return true;
	return false;
}

bool role_is_field(struct str name)
{
	for (size_t i = 0; i < words_n_event_fields; i++)
		if (str_equal(words_event_fields[i], name))
			return true;
	return role_has_field(name);
}
