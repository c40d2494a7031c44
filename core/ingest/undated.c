#include "ingest/undated.h"

/* One look at a source. */
struct look {
	const struct loaded *loaded;
	uint32_t source;
	struct diag *diag;
};

static bool is_detected(const struct table *incidents, uint32_t at)
{
	static const uint32_t columns[] = {
		INCIDENT_DETECTED, INCIDENT_CREATED, INCIDENT_OPENED};

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (cell_is_value(incidents->columns[columns[i]].values[at]))
			return true;
	return false;
}

static void report_incidents(const struct look *look)
{
	const struct role_table *role = &look->loaded->roles[ROLE_INCIDENTS];
	struct loc loc = {0};
	uint64_t rows = 0;

	for (uint32_t i = 0; i < role->cells.n; i++) {
		if (role->origins.at[i].source != look->source)
			continue;
		if (is_detected(&role->cells, i))
			return;
		if (rows++ == 0)
			loc.file = role->origins.at[i].file;
	}
	if (rows)
		diag_add(look->diag, DIAG_DATA_ERROR, loc,
			"source %.*s: none of %llu incidents has a time of "
			"detection (looked for: detected_at created_at "
			"opened_at)",
			STR_ARG(look->loaded->source_facts[look->source].name),
			(unsigned long long)rows);
}

/* Rows of transactions and logs are their own events. */
static void report_events(const struct look *look, enum role role)
{
	const struct source_facts *source =
		&look->loaded->source_facts[look->source];
	struct loc loc = {0};
	uint64_t rows = 0;

	if (!(source->roles & 1u << role) || source->first != CELL_ABSENT)
		return;
	for (size_t i = 0; i < look->loaded->inputs.n; i++) {
		const struct input_facts *input = &look->loaded->inputs.at[i];

		if (input->source != look->source || input->untimed == 0)
			continue;
		if (rows == 0)
			loc.file = input->file;
		rows += input->untimed;
	}
	if (rows)
		diag_add(look->diag, DIAG_DATA_ERROR, loc,
			"source %.*s: none of %llu rows of %.*s has a time "
			"(looked for: ts)",
			STR_ARG(source->name), (unsigned long long)rows,
			STR_ARG(kind_roles[role]));
}

void undated_report(const struct loaded *loaded, struct diag *diag)
{
	for (uint32_t i = 0; i < loaded->sources.n; i++) {
		struct look look = {loaded, i, diag};

		report_events(&look, ROLE_TRANSACTIONS);
		report_events(&look, ROLE_AUDIT_LOG);
		report_incidents(&look);
	}
}
