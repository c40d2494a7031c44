#include "model/words.h"

#include <assert.h>

const struct str words_event_fields[] = {
	STR_INIT("source_name"),
	STR_INIT("source_file"),
	STR_INIT("source_row"),
	STR_INIT("event_id"),
	STR_INIT("ts"),
	STR_INIT("ts_utc_ns"),
	STR_INIT("actor_id"),
	STR_INIT("actor_type"),
	STR_INIT("on_behalf_of"),
	STR_INIT("action"),
	STR_INIT("object_type"),
	STR_INIT("object_id"),
	STR_INIT("field"),
	STR_INIT("old"),
	STR_INIT("new"),
	STR_INIT("count"),
	STR_INIT("counter"),
	STR_INIT("counter_of"),
	STR_INIT("request_id"),
	STR_INIT("trace_id"),
	STR_INIT("span_id"),
	STR_INIT("parent_span_id"),
	STR_INIT("session_key"),
	STR_INIT("src_system"),
	STR_INIT("dst_system"),
	STR_INIT("ip"),
	STR_INIT("outcome"),
	STR_INIT("purpose"),
	STR_INIT("legal_basis"),
	STR_INIT("model_id"),
	STR_INIT("model_version"),
};
const size_t words_n_event_fields = sizeof(words_event_fields) /
				    sizeof(words_event_fields[0]);

void words_init(struct words *words, struct arena *a)
{
	*words = (struct words) {.a = a};
	for (size_t i = 0; i < words_n_event_fields; i++) {
		struct word word = {.name = words_event_fields[i]};

		vec_push(a, &word.spellings, word.name);
		words_add(words, &word);
	}
}

uint32_t words_find(const struct words *words, struct str name)
{
	for (size_t i = 0; i < words->words.n; i++)
		if (str_equal(words->words.at[i].name, name))
			return (uint32_t)i;
	return WORD_NONE;
}

uint32_t words_add(struct words *words, const struct word *word)
{
	uint32_t old = words_find(words, word->name);

	if (old != WORD_NONE) {
		words->words.at[old] = *word;
		return old;
	}
	vec_push(words->a, &words->words, *word);
	return (uint32_t)words->words.n - 1;
}

static uint32_t find_need(
	const struct words *words, uint32_t word, enum column_form form)
{
	for (size_t i = 0; i < words->needs.n; i++)
		if (words->needs.at[i].word == word &&
			words->needs.at[i].form == form)
			return (uint32_t)i;
	return WORD_NONE;
}

static void add_user(struct words *words, struct need *need, struct str user)
{
	for (size_t i = 0; i < need->users.n; i++)
		if (str_equal(need->users.at[i], user))
			return;
	vec_push(words->a, &need->users, user);
}

static uint32_t add_need(struct words *words, uint32_t word,
	enum column_form form, struct str user, unsigned partners)
{
	uint32_t column = find_need(words, word, form);
	struct need *need;

	assert(word < words->words.n);
	if (column == WORD_NONE) {
		struct need fresh = {
			.word = word, .form = form, .partners = partners};

		vec_push(words->a, &words->needs, fresh);
		column = (uint32_t)words->needs.n - 1;
	}
	need = &words->needs.at[column];
	need->partners = need->partners && partners ? need->partners | partners
						    : 0;
	add_user(words, need, user);
	return column;
}

uint32_t words_need(struct words *words, uint32_t word, enum column_form form,
	struct str user)
{
	return add_need(words, word, form, user, 0);
}

uint32_t words_need_partner(
	struct words *words, const char *name, unsigned roles, struct str user)
{
	return add_need(words, words_find(words, str_of(name)), COLUMN_SYM,
		user, roles);
}

uint32_t words_need_field(struct words *words, const char *name,
	enum column_form form, struct str user)
{
	return words_need(words, words_find(words, str_of(name)), form, user);
}

uint32_t words_column(
	const struct words *words, struct str name, enum column_form form)
{
	uint32_t word = words_find(words, name);

	return word == WORD_NONE ? WORD_NONE : find_need(words, word, form);
}

static bool same_spellings(const struct word *left, const struct word *right)
{
	if (left->spellings.n != right->spellings.n ||
		left->split != right->split)
		return false;
	for (size_t i = 0; i < left->spellings.n; i++)
		if (!str_equal(left->spellings.at[i], right->spellings.at[i]))
			return false;
	return true;
}

/* Keys are read alone where several columns may hold them, because each says
   under its own name that they differ. */
static bool may_share(const struct word *word)
{
	return !word->is_key ||
	       (word->spellings.n == 1 &&
		       !str_equal(word->spellings.at[0], STR("src_system")));
}

/* The first column of a form with the spellings of a word, before `end`. */
static uint32_t find_same(const struct words *words, const struct word *word,
	enum column_form form, uint32_t end)
{
	for (uint32_t i = 0; i < end; i++) {
		const struct need *need = &words->needs.at[i];

		if (need->form == form &&
			same_spellings(word, &words->words.at[need->word]))
			return i;
	}
	return WORD_NONE;
}

uint32_t words_same_cells(const struct words *words, uint32_t column)
{
	const struct need *need = &words->needs.at[column];
	const struct word *word = &words->words.at[need->word];
	uint32_t found = WORD_NONE;

	if (!may_share(word))
		return column;
	if (need->form == COLUMN_PRESENT)
		found = find_same(
			words, word, COLUMN_SYM, (uint32_t)words->needs.n);
	if (found == WORD_NONE &&
		(need->form == COLUMN_PRESENT || need->form == COLUMN_SYM))
		found = find_same(words, word, need->form, column);
	return found == WORD_NONE ? column : found;
}

static bool is_spelled(const struct word *word, struct str spelling)
{
	for (size_t i = 0; i < word->spellings.n; i++)
		if (str_equal(word->spellings.at[i], spelling))
			return true;
	return false;
}

bool words_is_personal(const struct words *words, struct str spelling)
{
	for (size_t i = 0; i < words->classed.n; i++)
		if (str_equal(words->classed.at[i], spelling))
			return true;
	return false;
}

static void class_spelling(struct words *words, struct str spelling)
{
	if (words_is_personal(words, spelling))
		return;
	vec_push(words->a, &words->classed, spelling);
	for (size_t i = 0; i < words->words.n; i++)
		if (is_spelled(&words->words.at[i], spelling))
			words->words.at[i].personal = true;
}

static void class_word(struct words *words, const struct word *word)
{
	for (size_t i = 0; i < word->spellings.n; i++)
		class_spelling(words, word->spellings.at[i]);
}

void words_class(struct words *words)
{
	size_t n = words->words.n;
	struct arena scratch = {0};
	bool *declared = arena_array(&scratch, bool, n);

	for (size_t i = 0; i < n; i++)
		declared[i] = words->words.at[i].personal;
	for (size_t i = 0; i < n; i++)
		if (declared[i])
			class_word(words, &words->words.at[i]);
	arena_free(&scratch);
}

void words_class_bound(struct words *words, struct str field, struct str column)
{
	if (words_is_personal(words, column))
		class_spelling(words, field);
	else if (words_is_personal(words, field) && column.len)
		class_spelling(words, column);
}

struct str words_quoted(bool is_personal, struct str value)
{
	return is_personal ? STR("•••") : value;
}

struct str words_plain_name(const struct word *word)
{
	bool is_instant = word->loc.file == 0 &&
			  str_equal(word->name, STR("ts_utc_ns"));

	return is_instant ? STR("time") : word->name;
}

const char *words_form_name(enum column_form form)
{
	static const char *const names[] = {
		"text", "time", "number", "presence"};

	return names[form];
}
