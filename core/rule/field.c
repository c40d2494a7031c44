#include "rule/field.h"

#include "rule/name.h"
#include "rule/vocabulary.h"

struct word_reader {
	struct vocabulary *v;
	struct word *word;
};

static void read_columns(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct word_reader *r = into;
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)key;
	if (n == 0)
		yaml_complain(diag, DIAG_EMPTY_VALUE, value,
			"expected the name of a column, found an empty list");
	for (uint32_t i = 0; i < n; i++)
		vec_push(r->v->a, &r->word->spellings, items[i]->text);
}

static void read_flag(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct word_reader *r = into;

	yaml_bool(value, (bool *)((char *)r->word + key->offset), diag);
}

static void read_split(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	if (value->text.len == 1)
		((struct word_reader *)into)->word->split = value->text.s[0];
	else
		yaml_complain(diag, DIAG_WRONG_TYPE, value,
			"`split` must be one byte; found '%.*s'",
			STR_ARG(value->text));
}

#define AT(member) offsetof(struct word, member)

static const struct yaml_key word_keys[] = {
	{STR_INIT("columns"), true, YAML_TEXTS, read_columns, 0},
	{STR_INIT("split"), false, YAML_TEXT, read_split, 0},
	{STR_INIT("personal"), false, YAML_TEXT, read_flag, AT(personal)},
	{STR_INIT("ignore_case"), false, YAML_TEXT, read_flag, AT(ignore_case)},
};

/* `personal` and `ignore_case` are for fields only. */
#define N_KEY_KEYS   2
#define N_FIELD_KEYS (sizeof(word_keys) / sizeof(word_keys[0]))

/* A column, a list of them, or a map with more to say, which is read by the
   first `n_keys` of word_keys. */
static void read_definition(
	const struct yaml_member *m, size_t n_keys, struct word_reader *reader)
{
	struct yaml_member columns = {.key = STR("columns"),
		.key_loc = m->key_loc,
		.key_span = m->key_span,
		.value = m->value};
	struct yaml_node map = {.kind = YAML_MAP,
		.loc = m->value->loc,
		.span = m->value->span,
		.n = 1,
		.members = &columns};

	yaml_read_map(m->value->kind == YAML_MAP ? m->value : &map, word_keys,
		n_keys, true, "the definition of a word", reader,
		reader->v->diag);
}

static void read_word(
	struct vocabulary *v, const struct yaml_member *m, bool is_key)
{
	uint32_t old = words_find(v->words, m->key);
	struct word word = {.name = m->key,
		.is_key = is_key,
		.shipped = v->shipped,
		.loc = m->key_loc};
	struct word_reader reader = {v, &word};
	size_t n_keys = is_key ? N_KEY_KEYS : N_FIELD_KEYS;

	if (!name_check(m, v->diag))
		return;
	if (old != WORD_NONE && v->words->words.at[old].loc.file != 0 &&
		!name_replaces(m, v->shipped, v->words->words.at[old].shipped,
			v->diag))
		return;
	read_definition(m, n_keys, &reader);
	words_add(v->words, &word);
}

void field_read_keys(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++)
		read_word(into, &value->members[i], true);
}

void field_read_fields(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++)
		read_word(into, &value->members[i], false);
}

/* The words behind the keys of a vocabulary that name a column of events. */
static const struct {
	struct str key, word;
} defaults[] = {
	{STR_INIT("time"), STR_INIT("ts")},
	{STR_INIT("event_type"), STR_INIT("event_type")},
	{STR_INIT("event_id"), STR_INIT("event_id")},
	{STR_INIT("actor"), STR_INIT("actor_id")},
	{STR_INIT("on_behalf_of"), STR_INIT("on_behalf_of")},
};

/* The word whose column a key of the vocabulary names. */
static struct str default_word(const struct yaml_key *key)
{
	size_t i = 0;

	while (!str_equal(defaults[i].key, key->name))
		i++;
	return defaults[i].word;
}

/* True if the word may get this column: it was built in or shipped so far, or
   has the column already. */
static bool may_rename(struct vocabulary *v, const struct word *old,
	const struct yaml_key *key, const struct yaml_node *value)
{
	struct str column = old->spellings.n ? old->spellings.at[0] : STR("");

	if (old->loc.file == 0)
		return true;
	if (v->shipped || str_equal(column, value->text))
		return false;
	if (!old->shipped)
		yaml_complain(v->diag, DIAG_NAME_CLASH, value,
			"`%.*s` is already '%.*s' in another place",
			STR_ARG(key->name), STR_ARG(column));
	return old->shipped;
}

void field_read_default(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct vocabulary *v = into;
	struct word word = {.name = default_word(key),
		.shipped = v->shipped,
		.loc = value->loc};
	uint32_t old = words_find(v->words, word.name);

	(void)diag;
	if (old != WORD_NONE &&
		!may_rename(v, &v->words->words.at[old], key, value))
		return;
	vec_push(v->a, &word.spellings, value->text);
	words_add(v->words, &word);
	if (str_equal(key->name, STR("event_type")))
		v->event_type = words_find(v->words, word.name);
}
