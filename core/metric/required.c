#include "metric/required.h"

#include "metric/trail.h"

#define USER STR("audit_trail_completeness")

/* Fields of the parameters that are not among these take the bits above. */
static const struct known_field {
	struct str name;
	uint32_t bit;
} known[] = {
	{STR_INIT("ts"), TRAIL_TS},
	{STR_INIT("actor_id"), TRAIL_ACTOR},
	{STR_INIT("action"), TRAIL_ACTION},
	{STR_INIT("object_id"), TRAIL_OBJECT},
	{STR_INIT("outcome"), TRAIL_OUTCOME},
	{STR_INIT("old"), TRAIL_OLD},
	{STR_INIT("new"), TRAIL_NEW},
};

#define N_KNOWN   (sizeof(known) / sizeof(known[0]))
#define UPDATE    (TRAIL_OLD | TRAIL_NEW)
#define FIRST_BIT ((uint32_t)TRAIL_NEW << 1)

static void need_field(struct words *words, struct str name)
{
	uint32_t word = words_find(words, name);

	if (word != WORD_NONE)
		words_need(words, word, COLUMN_PRESENT, USER);
}

/* The time of a log event is known without a column. */
void required_need(struct words *words, const struct metric_params *params)
{
	for (size_t i = 0; i < N_KNOWN; i++)
		if (known[i].bit != TRAIL_TS)
			need_field(words, known[i].name);
	for (size_t i = 0; i < params->required.n; i++)
		need_field(words, params->required.at[i]);
}

static uint32_t known_bit(struct str name)
{
	for (size_t i = 0; i < N_KNOWN; i++)
		if (str_equal(known[i].name, name))
			return known[i].bit;
	return 0;
}

static void mark_present(const struct facts *facts, const struct side *log,
	const struct known_field *field, uint32_t *present)
{
	uint32_t column = words_column(
		facts->words, field->name, COLUMN_PRESENT);
	const struct column *has;

	if (column == WORD_NONE)
		return;
	has = &facts->events->cells.columns[column];
	for (uint32_t i = 0; i < log->columns.n; i++)
		if (column_is_present(has, log->events[i]))
			present[i] |= field->bit;
}

static void add_bit(struct required *required, uint32_t bit)
{
	if (bit & UPDATE)
		required->update |= bit;
	else
		required->always |= bit;
}

/* Takes the fields of the parameters instead of the default ones. */
static void use_given(struct required *required, const struct facts *facts,
	const struct str_vec *names, const struct side *log, uint32_t *present)
{
	uint32_t next = FIRST_BIT;

	required->always = required->update = 0;
	for (size_t i = 0; i < names->n && next; i++) {
		struct known_field field = {
			names->at[i], known_bit(names->at[i])};

		if (field.bit == 0) {
			field.bit = next;
			next <<= 1;
			mark_present(facts, log, &field, present);
		}
		add_bit(required, field.bit);
	}
}

struct required required_find(struct arena *a, const struct facts *facts,
	const struct metric_params *params, const struct side *log)
{
	struct trail_params defaults = trail_defaults();
	struct required required = {
		defaults.required, defaults.required_update, NULL};
	uint32_t *present = arena_array(a, uint32_t, log->columns.n);

	for (uint32_t i = 0; i < log->columns.n; i++)
		if (log->columns.time[i] != MATCH_UNTIMED)
			present[i] |= TRAIL_TS;
	for (size_t i = 0; i < N_KNOWN; i++)
		if (known[i].bit != TRAIL_TS)
			mark_present(facts, log, &known[i], present);
	if (params->required.n)
		use_given(&required, facts, &params->required, log, present);
	required.present = present;
	return required;
}
