#include "ingest/source.h"

#include <string.h>

/* Where a plain value of the source is stored: the key's offset. */
static void *target(void *into, const struct yaml_key *key)
{
	return (char *)((struct source_reader *)into)->source + key->offset;
}

static struct name_at name_of(const struct yaml_node *node)
{
	return (struct name_at) {node->text, node->loc, node->span};
}

static void store_text(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct str *text = target(into, key);

	(void)diag;
	*text = value->text;
}

static void store_name(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct name_at *name = target(into, key);

	(void)diag;
	*name = name_of(value);
}

void source_add_texts(
	struct arena *a, const struct yaml_node *list, struct str_vec *texts)
{
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&list, &n);

	vec_reserve(a, texts, texts->n + n);
	for (uint32_t i = 0; i < n; i++)
		texts->at[texts->n++] = items[i]->text;
}

static void store_names(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct source_reader *r = into;
	struct name_at_vec *names = target(into, key);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	if (n == 0 && key->required)
		yaml_complain(diag, DIAG_EMPTY_VALUE, value,
			"expected at least one text");
	*names = (struct name_at_vec) {0};
	vec_reserve(r->a, names, n);
	for (uint32_t i = 0; i < n; i++)
		names->at[names->n++] = name_of(items[i]);
}

static void store_texts(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct str_vec *texts = target(into, key);

	(void)diag;
	*texts = (struct str_vec) {0};
	source_add_texts(((struct source_reader *)into)->a, value, texts);
}

static void store_flag(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	yaml_bool(value, target(into, key), diag);
}

static void store_byte(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	char *byte = target(into, key);

	if (str_equal(value->text, STR("\\t")) ||
		str_equal(value->text, STR("tab")))
		*byte = '\t';
	else if (value->text.len == 1 && (unsigned char)value->text.s[0] < 128)
		*byte = value->text.s[0];
	else
		yaml_complain(diag, DIAG_WRONG_TYPE, value,
			"'%.*s' must be one byte (or the word tab); found "
			"'%.*s'",
			STR_ARG(key->name), STR_ARG(value->text));
}

static void read_delimiter(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	char *byte = target(into, key);

	store_byte(into, key, value, diag);
	if (*byte != '"' && *byte != '\n' && *byte != '\r')
		return;
	yaml_complain(diag, DIAG_WRONG_TYPE, value,
		"a quote or a line end cannot separate cells");
}

static void store_node(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	const struct yaml_node **node = target(into, key);

	(void)diag;
	*node = value;
}

static bool is_name(struct str text)
{
	if (text.len == 0 || text.len > 64 || text.s[0] < 'a' ||
		text.s[0] > 'z')
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!(text.s[i] >= 'a' && text.s[i] <= 'z') &&
			!str_is_digit(text.s[i]) && text.s[i] != '_')
			return false;
	return true;
}

static void read_name(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct source *source = ((struct source_reader *)into)->source;

	(void)key;
	source->name = value->text;
	source->loc = value->loc;
	source->span = value->span;
	if (!is_name(value->text))
		yaml_complain(diag, DIAG_BAD_ID, value,
			"a source name is lower-case letters, digits and '_', "
			"beginning with a letter; found '%.*s'",
			STR_ARG(value->text));
}

static void read_role(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct source *source = ((struct source_reader *)into)->source;
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)key;
	source->roles = 0;
	for (uint32_t i = 0; i < n; i++) {
		size_t role;

		if (yaml_choice(items[i], kind_roles, ROLE_N, &role, diag))
			source->roles |= 1u << role;
	}
}

static void read_bind(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct source_reader *r = into;

	(void)key;
	binding_read(r->a, value, r->is_profile, &r->source->bind, diag);
}

static const struct yaml_key lineage_keys[] = {
	{STR_INIT("reads"), false, YAML_TEXTS, store_names,
		offsetof(struct source, lineage.reads)},
	{STR_INIT("writes"), false, YAML_TEXTS, store_names,
		offsetof(struct source, lineage.writes)},
	{STR_INIT("replaces"), false, YAML_TEXTS, store_names,
		offsetof(struct source, lineage.replaces)},
	{STR_INIT("split"), false, YAML_TEXT, store_byte,
		offsetof(struct source, lineage.split)},
};

static void read_lineage(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	yaml_read_map(value, lineage_keys,
		sizeof(lineage_keys) / sizeof(lineage_keys[0]), false,
		"lineage", into, diag);
}

static void read_tz(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct source_reader *r = into;
	struct diag_item *item;

	(void)key;
	r->source->tz = name_of(value);
	r->source->zone = zones_find(r->zones, value->text);
	if (r->source->zone)
		return;
	item = yaml_complain(diag, DIAG_BAD_ZONE, value,
		"'%.*s' is not a time zone of this system",
		STR_ARG(value->text));
	diag_help(diag, item,
		STR("write an IANA name such as Europe/Madrid, an offset such "
		    "as +02:00, or UTC"));
}

/* A scalar that is one of `names`, stored as the number behind an "open" 0. */
static bool read_one_of(const struct yaml_node *value, const struct str *names,
	size_t n, size_t *number, struct diag *diag)
{
	if (!yaml_choice(value, names, n, number, diag))
		return false;
	++*number;
	return true;
}

static const struct str order_names[] = {
	STR_INIT("dmy"), STR_INIT("mdy"), STR_INIT("ymd")};

static void read_date_order(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	size_t order;

	(void)key;
	if (read_one_of(value, order_names, 3, &order, diag))
		((struct source_reader *)into)->source->date_order =
			(enum date_order)order;
}

static void read_year_pivot(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	int64_t pivot;

	(void)key;
	if (yaml_integer(value, 0, 99, &pivot, diag))
		((struct source_reader *)into)->source->year_pivot = (int)pivot;
}

static void read_null_tokens(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	((struct source_reader *)into)->source->has_null_tokens = true;
	store_texts(into, key, value, diag);
}

static void read_encoding(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct str names[ENCODING_N];
	size_t found;

	(void)key;
	for (size_t i = 0; i < ENCODING_N; i++)
		names[i] = text_encoding_name((enum encoding)i);
	if (read_one_of(value, names + 1, ENCODING_N - 1, &found, diag))
		((struct source_reader *)into)->source->encoding =
			(enum encoding)found;
}

static const struct str quote_names[] = {
	STR_INIT("rfc4180"), STR_INIT("loose")};

static void read_quotes(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	size_t found;

	(void)key;
	if (read_one_of(value, quote_names, 2, &found, diag))
		((struct source_reader *)into)->source->quotes =
			(enum quotes)found;
}

static const struct str dedupe_names[] = {
	STR_INIT("none"), STR_INIT("row"), STR_INIT("id")};

static void read_dedupe(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	size_t found;

	(void)key;
	if (read_one_of(value, dedupe_names, 3, &found, diag))
		((struct source_reader *)into)->source->dedupe =
			(enum dedupe)found;
}

static void read_header(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct source *source = ((struct source_reader *)into)->source;
	bool header;

	(void)key;
	if (yaml_bool(value, &header, diag))
		source->header = header ? HEADER_FIRST_ROW : HEADER_NONE;
}

static void read_gaps(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct source_reader *r = into;

	(void)key;
	coverage_read_gaps(r->a, value, &r->source->gaps, diag);
}

static void read_covers(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct source *source = ((struct source_reader *)into)->source;

	(void)key;
	source->has_covers = coverage_read_days(
		value, &source->covers_from, &source->covers_to, diag);
}

#define AT(member) offsetof(struct source, member)

static const struct yaml_key keys[] = {
	{STR_INIT("role"), false, YAML_TEXTS, read_role, 0},
	{STR_INIT("format"), false, YAML_TEXT, store_name, AT(format)},
	{STR_INIT("pattern"), false, YAML_TEXT, store_name, AT(pattern)},
	{STR_INIT("records"), false, YAML_TEXT, store_text, AT(records)},
	{STR_INIT("bind"), false, YAML_MAP_ONLY, read_bind, 0},
	{STR_INIT("lineage"), false, YAML_MAP_ONLY, read_lineage, 0},
	{STR_INIT("system"), false, YAML_TEXT, store_text, AT(system)},
	{STR_INIT("last_per"), false, YAML_TEXT, store_name, AT(last_per)},
	{STR_INIT("regulatory"), false, YAML_MAP_ONLY, store_node,
		AT(regulatory)},
	{STR_INIT("reportable"), false, YAML_MAP_ONLY, store_node,
		AT(reportable)},
	{STR_INIT("columns"), false, YAML_TEXTS, store_texts, AT(columns)},
	{STR_INIT("header"), false, YAML_TEXT, read_header, 0},
	{STR_INIT("tz"), false, YAML_TEXT, read_tz, 0},
	{STR_INIT("date_order"), false, YAML_TEXT, read_date_order, 0},
	{STR_INIT("year_pivot"), false, YAML_TEXT, read_year_pivot, 0},
	{STR_INIT("null_tokens"), false, YAML_TEXTS, read_null_tokens,
		AT(null_tokens)},
	{STR_INIT("encoding"), false, YAML_TEXT, read_encoding, 0},
	{STR_INIT("delimiter"), false, YAML_TEXT, read_delimiter,
		AT(delimiter)},
	{STR_INIT("quotes"), false, YAML_TEXT, read_quotes, 0},
	{STR_INIT("dedupe"), false, YAML_TEXT, read_dedupe, 0},
	{STR_INIT("gaps"), false, YAML_LIST_ONLY, read_gaps, 0},
	{STR_INIT("covers"), false, YAML_MAP_ONLY, read_covers, 0},
	{STR_INIT("absent"), false, YAML_ANY, yaml_read_unsupported, 0},
	{STR_INIT("capacity"), false, YAML_ANY, yaml_read_unsupported, 0},
	{STR_INIT("invited"), false, YAML_ANY, yaml_read_unsupported, 0},
	{STR_INIT("integrity"), false, YAML_ANY, yaml_read_unsupported, 0},
	{STR_INIT("join"), false, YAML_ANY, yaml_read_unsupported, 0},
	{STR_INIT("questions"), false, YAML_ANY, yaml_read_unsupported, 0},
	{STR_INIT("skew"), false, YAML_ANY, yaml_read_unsupported, 0},
	/* Not for profiles; source_keys() leaves them out. */
	{STR_INIT("name"), true, YAML_TEXT, read_name, 0},
	{STR_INIT("path"), true, YAML_TEXTS, store_names, AT(paths)},
	{STR_INIT("optional"), false, YAML_TEXT, store_flag, AT(optional)},
};

#define N_KEYS        (sizeof(keys) / sizeof(keys[0]))
#define N_SHARED_KEYS (N_KEYS - 3)

const struct yaml_key *source_keys(size_t *n)
{
	*n = N_SHARED_KEYS;
	return keys;
}

void source_init(struct source *source)
{
	*source = (struct source) {.year_pivot = -1};
}

void source_read(struct arena *a, struct zones *zones,
	const struct yaml_node *map, struct source *out, struct diag *diag)
{
	struct source_reader reader = {a, zones, out, false};

	source_init(out);
	out->loc = map->loc;
	yaml_read_map(map, keys, N_KEYS, false, "a source", &reader, diag);
}

#define MEMBER(member)                                           \
	{                                                        \
		AT(member), sizeof(((struct source *)0)->member) \
	}

/* Members that are open as long as their bytes are those of source_init(). */
static const struct {
	size_t offset, size;
} plain_members[] = {
	MEMBER(records),
	MEMBER(pattern),
	MEMBER(columns),
	MEMBER(header),
	MEMBER(encoding),
	MEMBER(delimiter),
	MEMBER(quotes),
	MEMBER(tz),
	MEMBER(date_order),
	MEMBER(year_pivot),
	MEMBER(dedupe),
	MEMBER(roles),
	MEMBER(system),
	MEMBER(last_per),
	MEMBER(gaps),
	MEMBER(proves),
	MEMBER(cannot_prove),
};

static void inherit_member(struct source *source, const struct source *defaults,
	size_t offset, size_t size)
{
	struct source open;
	char *to = (char *)source + offset;

	source_init(&open);
	if (memcmp(to, (const char *)&open + offset, size) == 0)
		memcpy(to, (const char *)defaults + offset, size);
}

/* Members whose flag says whether they were given. */
static void inherit_flagged(
	struct source *source, const struct source *defaults)
{
	if (!source->has_null_tokens) {
		source->has_null_tokens = defaults->has_null_tokens;
		source->null_tokens = defaults->null_tokens;
	}
	if (!source->has_covers) {
		source->has_covers = defaults->has_covers;
		source->covers_from = defaults->covers_from;
		source->covers_to = defaults->covers_to;
	}
}

static void inherit_bindings(
	struct arena *a, struct source *source, const struct source *defaults)
{
	for (size_t i = 0; i < defaults->bind.n; i++) {
		struct binding binding = defaults->bind.at[i];

		if (!binding_find(&source->bind, binding.field))
			binding_add(a, &source->bind, &binding);
	}
}

static bool has_lineage(const struct lineage *lineage)
{
	return lineage->reads.n + lineage->writes.n + lineage->replaces.n > 0;
}

void source_inherit(
	struct arena *a, struct source *source, const struct source *defaults)
{
	for (size_t i = 0; i < sizeof(plain_members) / sizeof(*plain_members);
		i++)
		inherit_member(source, defaults, plain_members[i].offset,
			plain_members[i].size);
	if (!source->zone)
		source->zone = defaults->zone;
	if (!source->regulatory)
		source->regulatory = defaults->regulatory;
	if (!source->reportable)
		source->reportable = defaults->reportable;
	if (!has_lineage(&source->lineage))
		source->lineage = defaults->lineage;
	inherit_flagged(source, defaults);
	inherit_bindings(a, source, defaults);
}

size_t source_null_max(const struct source *source)
{
	size_t most = 0;

	if (!source->has_null_tokens)
		return STR("null").len;
	for (size_t i = 0; i < source->null_tokens.n; i++)
		if (source->null_tokens.at[i].len > most)
			most = source->null_tokens.at[i].len;
	return most;
}

bool source_is_null(const struct source *source, struct str text)
{
	if (text.len == 0)
		return true;
	if (!source->has_null_tokens)
		return str_equal(text, STR("NULL")) ||
		       str_equal(text, STR("null"));
	for (size_t i = 0; i < source->null_tokens.n; i++)
		if (str_equal(text, source->null_tokens.at[i]))
			return true;
	return false;
}
