#include "ingest/role.h"

#include <criterion/criterion.h>
#include <stdio.h>

/* The table of roles in lineal-inputs(5); "!" marks a required field, "@" a
   time. */
static const struct {
	enum role role;
	const char *fields;
} gold[] = {
	{ROLE_INCIDENTS,
		"!incident_id @detected_at @created_at @opened_at @occurred_at "
		"@reported_at @mitigated_at @resolved_at @closed_at severity "
		"status system duplicate_of "},
	{ROLE_OUTAGES, "!system !@started_at @ended_at kind "},
	{ROLE_COSTS, "!scenario !item !value class currency "},
	{ROLE_REGISTER,
		"object_type !object_id @from @to !reason approved_by "},
};

Test(role, each_table_has_the_fields_of_the_manual)
{
	for (size_t i = 0; i < sizeof(gold) / sizeof(*gold); i++) {
		const struct role_form *form = role_form_of(gold[i].role);
		char text[400] = "";
		size_t used = 0;

		cr_assert(form, "row %zu", i);
		cr_expect(form->role == gold[i].role, "row %zu", i);
		for (uint32_t j = 0; j < form->n_fields; j++) {
			const struct role_field *field = &form->fields[j];

			used += (size_t)snprintf(text + used,
				sizeof(text) - used, "%s%s%.*s ",
				field->required ? "!" : "",
				field->form == COLUMN_TIME ? "@" : "",
				STR_ARG(field->name));
		}
		cr_expect_str_eq(text, gold[i].fields, "row %zu: %s", i, text);
	}
}

Test(role, roles_of_events_have_no_table)
{
	cr_expect(!role_form_of(ROLE_EVENTS));
	cr_expect(!role_form_of(ROLE_AUDIT_LOG));
	cr_expect(!role_form_of(ROLE_TRANSACTIONS));
}

Test(role, a_field_is_known_by_its_whole_name)
{
	cr_expect(role_has_field(STR("incident_id")));
	cr_expect(role_has_field(STR("approved_by")));
	cr_expect(!role_has_field(STR("incident")));
	cr_expect(!role_has_field(STR("actor_id")));
	cr_expect(!role_has_field(STR("")));
}

Test(role, a_fresh_table_has_the_forms_of_its_fields)
{
	struct arena a = {0};
	struct table cells;

	role_table_init(&a, &cells, ROLE_OUTAGES);
	cr_assert(cells.n_columns == OUTAGE_FIELD_N);
	cr_expect(cells.n == 0);
	cr_expect(cells.columns[OUTAGE_SYSTEM].form == COLUMN_SYM);
	cr_expect(cells.columns[OUTAGE_STARTED].form == COLUMN_TIME);
	cr_expect(cells.columns[OUTAGE_ENDED].form == COLUMN_TIME);
	cr_expect(cells.columns[OUTAGE_KIND].form == COLUMN_SYM);
	arena_free(&a);
}
