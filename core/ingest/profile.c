#include "ingest/profile.h"

#include "ingest/linepattern.h"

/* The reader of a profile is the reader of its defaults with more keys. */
struct profile_reader {
	struct source_reader source; /* first: shared keys get this address */
	struct profile *profile;
};

static struct profile *profile_of(void *into)
{
	return ((struct profile_reader *)into)->profile;
}

static void store_texts(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct profile_reader *r = into;
	struct str_vec *texts =
		(struct str_vec *)(void *)((char *)r->profile + key->offset);

	(void)diag;
	source_add_texts(r->source.a, value, texts);
}

static void store_text(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct str *text =
		(struct str *)(void *)((char *)profile_of(into) + key->offset);

	(void)diag;
	*text = value->text;
}

static bool are_texts(const struct yaml_node *list)
{
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&list, &n);

	for (uint32_t i = 0; i < n; i++)
		if (items[i]->kind != YAML_SCALAR)
			return false;
	return true;
}

static void read_aliases(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct profile_reader *r = into;
	struct alias_vec *aliases = &r->profile->aliases;

	(void)key;
	vec_reserve(r->source.a, aliases, value->n);
	for (uint32_t i = 0; i < value->n; i++) {
		const struct yaml_member *m = &value->members[i];
		struct alias *alias = &aliases->at[aliases->n++];

		*alias = (struct alias) {.name = m->key};
		if (are_texts(m->value))
			source_add_texts(
				r->source.a, m->value, &alias->spellings);
		else
			yaml_complain(diag, DIAG_WRONG_TYPE, m->value,
				"the spellings of '%.*s' must be texts",
				STR_ARG(m->key));
	}
}

#define IN_PROFILE(member) offsetof(struct profile, member)
#define IN_SOURCE(member)  offsetof(struct profile, defaults.member)

static const struct yaml_key own_keys[] = {
	{STR_INIT("version"), true, YAML_TEXT, yaml_read_version, 0},
	{STR_INIT("profile"), true, YAML_TEXT, store_text, IN_PROFILE(name)},
	{STR_INIT("needs"), true, YAML_TEXTS, store_texts, IN_PROFILE(needs)},
	{STR_INIT("needs_one"), false, YAML_TEXTS, store_texts,
		IN_PROFILE(needs_one)},
	{STR_INIT("aliases"), false, YAML_MAP_ONLY, read_aliases, 0},
	{STR_INIT("vocabulary"), false, YAML_TEXT, store_text,
		IN_PROFILE(vocabulary)},
	{STR_INIT("proves"), false, YAML_TEXT, store_text, IN_SOURCE(proves)},
	{STR_INIT("cannot_prove"), false, YAML_TEXT, store_text,
		IN_SOURCE(cannot_prove)},
};

#define N_OWN (sizeof(own_keys) / sizeof(own_keys[0]))

void profile_read(struct arena *a, struct zones *zones,
	const struct yaml_node *root, struct profiles *out, struct diag *diag)
{
	struct profile profile = {.loc = root->loc};
	struct profile_reader reader = {
		{a, zones, &profile.defaults, true}, &profile};
	size_t n_shared;
	const struct yaml_key *shared = source_keys(&n_shared);
	struct yaml_key *keys = arena_array(
		a, struct yaml_key, N_OWN + n_shared);

	source_init(&profile.defaults);
	for (size_t i = 0; i < N_OWN; i++)
		keys[i] = own_keys[i];
	for (size_t i = 0; i < n_shared; i++)
		keys[N_OWN + i] = shared[i];
	yaml_read_map(root, keys, N_OWN + n_shared, false, "a profile", &reader,
		diag);
	linepattern_check(&profile.defaults, diag);
	vec_push(a, out, profile);
}

const struct profile *profile_find(
	const struct profiles *profiles, struct str name)
{
	for (size_t i = 0; i < profiles->n; i++)
		if (str_equal(profiles->at[i].name, name))
			return &profiles->at[i];
	return NULL;
}

/* The column among `fits` that has another name than `*column`. */
static bool has_other_name(const struct columns *columns,
	const struct column_numbers *fits, uint32_t column)
{
	for (size_t i = 0; i < fits->n; i++)
		if (!str_equal(columns->names.at[fits->at[i]],
			    columns->names.at[column]))
			return true;
	return false;
}

/* Adds the columns that equal `name` after folding to what was found. */
static enum column_match search(enum column_match before, struct str name,
	const struct columns *columns, uint32_t *column)
{
	const struct column_numbers *fits = columns_folded(columns, name);

	if (!fits || before == COLUMN_TWICE)
		return before;
	if (before == COLUMN_NOT_FOUND)
		*column = fits->at[0];
	return has_other_name(columns, fits, *column) ? COLUMN_TWICE
						      : COLUMN_FOUND;
}

static enum column_match search_aliases(enum column_match match,
	const struct alias *alias, const struct columns *columns,
	uint32_t *column)
{
	for (size_t i = 0; i < alias->spellings.n; i++)
		match = search(match, alias->spellings.at[i], columns, column);
	return match;
}

enum column_match profile_column(const struct profile *profile, struct str name,
	const struct columns *columns, uint32_t *column)
{
	const struct column_numbers *exact = columns_exact(columns, name);
	enum column_match match = COLUMN_NOT_FOUND;

	if (exact) {
		*column = exact->at[0];
		return COLUMN_FOUND;
	}
	match = search(match, name, columns, column);
	for (size_t i = 0; profile && i < profile->aliases.n; i++)
		if (str_equal(profile->aliases.at[i].name, name))
			match = search_aliases(match, &profile->aliases.at[i],
				columns, column);
	return match;
}

static bool has_text(const struct str_vec *texts, struct str text)
{
	for (size_t i = 0; i < texts->n; i++)
		if (str_equal(texts->at[i], text))
			return true;
	return false;
}

bool profile_mentions(const struct profile *profile, struct str name)
{
	for (size_t i = 0; i < profile->aliases.n; i++)
		if (str_equal(profile->aliases.at[i].name, name))
			return true;
	return has_text(&profile->needs, name) ||
	       has_text(&profile->needs_one, name);
}

static bool has_column(const struct profile *profile, struct str name,
	const struct columns *columns)
{
	uint32_t column;

	return profile_column(profile, name, columns, &column) !=
	       COLUMN_NOT_FOUND;
}

bool profile_fits(const struct profile *profile, const struct columns *columns)
{
	for (size_t i = 0; i < profile->needs.n; i++)
		if (!has_column(profile, profile->needs.at[i], columns))
			return false;
	for (size_t i = 0; i < profile->needs_one.n; i++)
		if (has_column(profile, profile->needs_one.at[i], columns))
			return true;
	return profile->needs_one.n == 0;
}
