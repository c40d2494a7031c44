#include "ingest/undated.h"

/* The rows of one source in one role. */
struct tally {
	uint64_t rows; /* without a time */
	uint32_t file; /* of the first of them */
	bool is_dated; /* some row has a time */
};

static void count(struct tally *tally, uint64_t rows, uint32_t file)
{
	if (tally->rows == 0)
		tally->file = file;
	tally->rows += rows;
}

static bool is_detected(const struct table *incidents, uint32_t at)
{
	static const uint32_t columns[] = {
		INCIDENT_DETECTED, INCIDENT_CREATED, INCIDENT_OPENED};

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (cell_is_value(incidents->columns[columns[i]].values[at]))
			return true;
	return false;
}

static void tally_incidents(const struct loaded *loaded, struct tally *tallies)
{
	const struct role_table *role = &loaded->roles[ROLE_INCIDENTS];

	for (uint32_t i = 0; i < role->cells.n; i++) {
		const struct role_origin *origin = &role->origins.at[i];
		struct tally *tally = &tallies[origin->source];

		if (is_detected(&role->cells, i))
			tally->is_dated = true;
		else
			count(tally, 1, origin->file);
	}
}

/* Rows of transactions and logs are their own events. */
static void tally_events(const struct loaded *loaded, struct tally *tallies)
{
	for (size_t i = 0; i < loaded->inputs.n; i++) {
		const struct input_facts *input = &loaded->inputs.at[i];

		if (input->untimed)
			count(&tallies[input->source], input->untimed,
				input->file);
	}
	for (size_t i = 0; i < loaded->sources.n; i++)
		tallies[i].is_dated = loaded->source_facts[i].first !=
				      CELL_ABSENT;
}

static void report_events(const struct source_facts *source, enum role role,
	const struct tally *tally, struct diag *diag)
{
	struct loc loc = {tally->file, 0, 0};

	if (source->roles & 1u << role && tally->rows && !tally->is_dated)
		diag_add(diag, DIAG_DATA_ERROR, loc,
			"source %.*s: none of %llu rows of %.*s has a time "
			"(looked for: ts)",
			STR_ARG(source->name), (unsigned long long)tally->rows,
			STR_ARG(kind_roles[role]));
}

static void report_incidents(const struct source_facts *source,
	const struct tally *tally, struct diag *diag)
{
	struct loc loc = {tally->file, 0, 0};

	if (tally->rows && !tally->is_dated)
		diag_add(diag, DIAG_DATA_ERROR, loc,
			"source %.*s: none of %llu incidents has a time of "
			"detection (looked for: detected_at created_at "
			"opened_at)",
			STR_ARG(source->name), (unsigned long long)tally->rows);
}

void undated_report(const struct loaded *loaded, struct diag *diag)
{
	struct arena scratch = {0};
	size_t n = loaded->sources.n;
	struct tally *events = arena_array(&scratch, struct tally, n);
	struct tally *incidents = arena_array(&scratch, struct tally, n);

	tally_events(loaded, events);
	tally_incidents(loaded, incidents);
	for (size_t i = 0; i < n; i++) {
		const struct source_facts *source = &loaded->source_facts[i];

		report_events(source, ROLE_TRANSACTIONS, &events[i], diag);
		report_events(source, ROLE_AUDIT_LOG, &events[i], diag);
		report_incidents(source, &incidents[i], diag);
	}
	arena_free(&scratch);
}
