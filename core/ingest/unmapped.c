#include "ingest/unmapped.h"

static struct unmapped_field *field_of(
	struct unmapped *unmapped, struct str field)
{
	struct unmapped_field fresh = {.field = field};

	for (size_t i = 0; i < unmapped->fields.n; i++)
		if (str_equal(unmapped->fields.at[i].field, field))
			return &unmapped->fields.at[i];
	vec_push(&unmapped->a, &unmapped->fields, fresh);
	return &unmapped->fields.at[unmapped->fields.n - 1];
}

struct str unmapped_put(
	struct unmapped *unmapped, struct str field, struct str raw)
{
	struct unmapped_field *of = field_of(unmapped, field);

	return intern_get(&of->words, intern_put(&of->words, raw));
}

void unmapped_add(struct unmapped *unmapped, struct str field, struct str raw,
	uint64_t count)
{
	struct unmapped_field *of = field_of(unmapped, field);
	sym word = intern_put(&of->words, raw);

	while (of->counts.n <= word)
		vec_push(&unmapped->a, &of->counts, 0);
	of->counts.at[word] += count;
}

void unmapped_join(struct unmapped *unmapped, const struct unmapped *from)
{
	for (size_t i = 0; i < from->fields.n; i++) {
		const struct unmapped_field *of = &from->fields.at[i];

		for (size_t word = 1; word < of->counts.n; word++)
			unmapped_add(unmapped, of->field,
				intern_get(&of->words, (sym)word),
				of->counts.at[word]);
	}
}

static void report_words(
	const struct unmapped_field *of, struct loc loc, struct diag *diag)
{
	for (size_t word = 1; word < of->counts.n; word++)
		diag_add(diag, DIAG_UNUSED_WORD, loc,
			"%.*s: '%.*s' is not among the mapped words (%llu "
			"row%s)",
			STR_ARG(of->field),
			STR_ARG(intern_get(&of->words, (sym)word)),
			(unsigned long long)of->counts.at[word],
			of->counts.at[word] == 1 ? "" : "s");
}

static void report_count(
	const struct unmapped_field *of, struct loc loc, struct diag *diag)
{
	uint64_t rows = 0;

	for (size_t word = 1; word < of->counts.n; word++)
		rows += of->counts.at[word];
	diag_add(diag, DIAG_UNUSED_WORD, loc,
		"%.*s: %zu personal words are not among the mapped words "
		"(%llu rows)",
		STR_ARG(of->field), of->counts.n - 1, (unsigned long long)rows);
}

void unmapped_report(const struct unmapped *unmapped, const struct words *words,
	uint32_t file, struct diag *diag)
{
	struct loc loc = {file, 0, 0};

	for (size_t i = 0; i < unmapped->fields.n; i++) {
		const struct unmapped_field *of = &unmapped->fields.at[i];

		if (words_is_personal(words, of->field))
			report_count(of, loc, diag);
		else
			report_words(of, loc, diag);
	}
}

void unmapped_free(struct unmapped *unmapped)
{
	for (size_t i = 0; i < unmapped->fields.n; i++)
		intern_free(&unmapped->fields.at[i].words);
	arena_free(&unmapped->a);
	*unmapped = (struct unmapped) {0};
}
