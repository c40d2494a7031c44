#include "lineal/project.h"

#include "format/digest.h"
#include "ingest/linepattern.h"
#include "ingest/role.h"
#include "io/walk.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROJECT_NAME "lineal.yaml"

struct project_reader {
	struct arena *a;
	struct zones *zones;
	struct opt_values *values;
	struct project *project;
};

/* ---- finding ---- */

/* A file that others may have put there is not obeyed. */
static bool is_trusted(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_uid == geteuid() &&
	       (st.st_mode & S_IWOTH) == 0;
}

/* A folder of that name is found too, so that reading it says what is wrong. */
static bool is_there(struct str path)
{
	return walk_type_of(path.s) != WALK_NOTHING;
}

/* Goes up from the current folder, to the one that holds .git, the home
   folder or the root. The result is relative ("../lineal.yaml"). */
static struct str find_upwards(struct arena *a, const char *home)
{
	char here[PATH_MAX];
	struct str folder, up = STR("");

	if (!getcwd(here, sizeof(here)))
		return STR("");
	folder = str_of(here);
	for (;;) {
		struct str path = library_join(a, up, STR(PROJECT_NAME));
		struct str git = library_join(a, up, STR(".git"));

		if (is_there(path))
			return path;
		if (walk_type_of(git.s) != WALK_NOTHING ||
			(home && str_equal(folder, str_of(home))) ||
			folder.len <= 1)
			return STR("");
		folder = library_folder(folder);
		up = up.len ? arena_print(a, "%.*s/..", STR_ARG(up))
			    : STR("..");
	}
}

static struct str find_elsewhere(
	struct arena *a, const char *home, const char *config_home)
{
	struct str path;

	if (config_home)
		path = arena_print(a, "%s/lineal/" PROJECT_NAME, config_home);
	else
		path = arena_print(
			a, "%s/.config/lineal/" PROJECT_NAME, home ? home : "");
	if (is_there(path))
		return path;
	path = STR("/etc/lineal/" PROJECT_NAME);
	return is_there(path) ? path : STR("");
}

/* ---- reading ---- */

static struct project *project_of(void *into)
{
	return ((struct project_reader *)into)->project;
}

static void read_sources(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct project_reader *r = into;
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)key;
	for (uint32_t i = 0; i < n; i++) {
		struct source source;

		if (items[i]->kind != YAML_MAP) {
			yaml_complain(diag, DIAG_WRONG_TYPE, items[i],
				"a source is a map with a name and a path");
			continue;
		}
		source_read(r->a, r->zones, items[i], &source, diag);
		vec_push(r->a, &r->project->sources, source);
	}
}

static void read_vocabulary(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	project_of(into)->vocabulary = value;
}

/* Rules themselves, which are what a newcomer writes here. */
static void complain_inline(const struct yaml_key *key,
	const struct yaml_node *node, struct diag *diag)
{
	struct diag_item *item = yaml_complain(diag, DIAG_WRONG_TYPE, node,
		"\"%.*s\" names files, folders and packs; it holds none "
		"itself",
		STR_ARG(key->name));

	diag_help(diag, item,
		STR("move them to a file that begins with `version: 1`, and "
		    "name that file here"));
}

static void read_names(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct project_reader *r = into;
	struct name_at_vec *names =
		(struct name_at_vec *)(void *)((char *)r->project +
					       key->offset);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	for (uint32_t i = 0; i < n; i++) {
		struct name_at name = {
			items[i]->text, items[i]->loc, items[i]->span};

		if (items[i]->kind == YAML_SCALAR)
			vec_push(r->a, names, name);
		else
			complain_inline(key, items[i], diag);
	}
}

/* One end of the period; a missing one is complained about elsewhere. */
static bool read_day(const struct yaml_node *map, struct str key, int64_t *day,
	struct diag *diag)
{
	const struct yaml_node *node = yaml_get(map, key);

	if (!node || node->kind != YAML_SCALAR)
		return false;
	if (!timestamp_read_day(node->text, day))
		yaml_complain(diag, DIAG_BAD_DATE, node,
			"expected a day of the calendar such as 2026-01-31, "
			"found '%.*s'",
			STR_ARG(node->text));
	else
		return true;
	return false;
}

static void read_period(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct project_reader *r = into;
	static const struct yaml_key keys[] = {
		{STR_INIT("from"), true, YAML_TEXT, NULL, 0},
		{STR_INIT("to"), true, YAML_TEXT, NULL, 0},
	};
	struct str from = STR("from"), to = STR("to");
	int64_t first, last;
	bool ok;

	(void)key;
	yaml_read_map(value, keys, 2, false, "period", NULL, diag);
	ok = read_day(value, from, &first, diag);
	if (!read_day(value, to, &last, diag) || !ok)
		return;
	if (first > last)
		yaml_complain(diag, DIAG_BAD_DATE, value,
			"the period ends before it begins");
	opt_from_file(r->values, OPT_PERIOD,
		arena_print(r->a, "%.*s..%.*s",
			STR_ARG(yaml_get(value, from)->text),
			STR_ARG(yaml_get(value, to)->text)),
		value->loc);
}

static void read_thresholds(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct project_reader *r = into;

	(void)key;
	threshold_read(r->a, value, &r->project->thresholds, diag);
}

static void read_parameters(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct project_reader *r = into;

	(void)key;
	params_read(r->a, value, &r->project->params, diag);
}

static void read_fiscal_start(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	int64_t month;

	(void)key;
	if (yaml_integer(value, 1, 12, &month, diag))
		project_of(into)->fiscal_start = (int)month;
}

static void read_job(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	project_of(into)->job = value->text;
}

/* `privacy: {default: masked, json: full}`. */
static void read_privacy(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct project_reader *r = into;

	(void)key;
	(void)diag;
	if (value->kind == YAML_SCALAR) {
		opt_from_file(r->values, OPT_PRIVACY, value->text, value->loc);
		return;
	}
	for (uint32_t i = 0; value->kind == YAML_MAP && i < value->n; i++) {
		const struct yaml_member *m = &value->members[i];
		bool all = str_equal(m->key, STR("default"));

		opt_from_file(r->values, OPT_PRIVACY,
			all ? m->value->text
			    : arena_print(r->a, "%.*s=%.*s", STR_ARG(m->key),
				      STR_ARG(m->value->text)),
			m->value->loc);
	}
}

/* Paths in the file are relative to it; "-" is a pipe. */
static struct str relocate_path(struct project_reader *r, struct str path)
{
	return str_equal(path, STR("-"))
		       ? path
		       : library_join(r->a, r->project->folder, path);
}

static struct str relocate(
	struct project_reader *r, enum opt_number number, struct str text)
{
	size_t equals = str_find(text, '=');

	if ((number == OPT_FORMAT || number == OPT_SOURCE) && equals < text.len)
		return arena_print(r->a, "%.*s=%.*s",
			STR_ARG(str_slice(text, 0, equals)),
			STR_ARG(relocate_path(
				r, str_slice(text, equals + 1, text.len))));
	if (number == OPT_OUTPUT || number == OPT_REJECTS ||
		number == OPT_FILES_FROM || number == OPT_ROOT)
		return relocate_path(r, text);
	return text;
}

/* Where the project file tells `check` to write, no other command writes. */
static bool is_for_check(enum opt_number number)
{
	return number == OPT_FORMAT || number == OPT_OUTPUT ||
	       number == OPT_REJECTS;
}

/* True if the value fits the option, as far as it has a form. */
static bool fits(enum opt_number number, const struct yaml_node *value,
	struct diag *diag)
{
	unsigned times;
	bool on;

	if (opt_table[number].type == OPT_FLAG)
		return yaml_bool(value, &on, diag);
	if (opt_table[number].type != OPT_COUNT ||
		opt_read_times(value->text, &times))
		return true;
	yaml_complain(diag, DIAG_UNKNOWN_VALUE, value,
		"expected true or false, or a number from 0 to 9, found '%.*s'",
		STR_ARG(value->text));
	return false;
}

static void read_option(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct project_reader *r = into;
	enum opt_number number = opt_of_key(key->name);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	if (is_for_check(number) && r->values->verb != VERB_CHECK)
		return;
	for (uint32_t i = 0; i < n; i++)
		if (fits(number, items[i], diag))
			opt_from_file(r->values, number,
				relocate(r, number, items[i]->text),
				items[i]->loc);
}

#define AT(member) offsetof(struct project, member)

static const struct yaml_key own_keys[] = {
	{STR_INIT("version"), true, YAML_TEXT, yaml_read_version, 0},
	{STR_INIT("sources"), false, YAML_LIST_ONLY, read_sources, 0},
	{STR_INIT("vocabulary"), false, YAML_MAP_ONLY, read_vocabulary, 0},
	{STR_INIT("rules"), false, YAML_LIST_ONLY, read_names, AT(rules)},
	{STR_INIT("waivers"), false, YAML_LIST_ONLY, read_names, AT(waivers)},
	{STR_INIT("period"), false, YAML_MAP_ONLY, read_period, 0},
	{STR_INIT("thresholds"), false, YAML_MAP_ONLY, read_thresholds, 0},
	{STR_INIT("parameters"), false, YAML_MAP_ONLY, read_parameters, 0},
	{STR_INIT("fiscal_start"), false, YAML_TEXT, read_fiscal_start, 0},
	{STR_INIT("job"), false, YAML_TEXT, read_job, 0},
	{STR_INIT("privacy"), false, YAML_ANY, read_privacy, 0},
	/* For `assess` only, which this version does not have. */
	{STR_INIT("situation"), false, YAML_MAP_ONLY, NULL, 0},
	{STR_INIT("aliases"), false, YAML_ANY, yaml_read_unsupported, 0},
	{STR_INIT("base_iri"), false, YAML_ANY, yaml_read_unsupported, 0},
};

#define N_OWN (sizeof(own_keys) / sizeof(own_keys[0]))

static bool is_own(struct str name)
{
	for (size_t i = 0; i < N_OWN; i++)
		if (str_equal(own_keys[i].name, name))
			return true;
	return false;
}

/* "max-rejects" as a key: "max_rejects". */
static struct str key_of(struct arena *a, struct str option)
{
	char *key = arena_alloc(a, option.len + 1);

	for (size_t i = 0; i < option.len; i++)
		key[i] = option.s[i] == '-' ? '_' : option.s[i];
	return (struct str) {key, option.len};
}

static size_t all_keys(struct arena *a, struct yaml_key keys[YAML_TABLE_KEYS])
{
	size_t n = 0;

	for (size_t i = 0; i < N_OWN; i++)
		keys[n++] = own_keys[i];
	for (size_t i = 0; i < opt_count; i++) {
		struct str name = key_of(a, opt_table[i].name);

		if (!opt_table[i].only_here && !is_own(name))
			keys[n++] = (struct yaml_key) {.name = name,
				.form = opt_table[i].type == OPT_LIST
						? YAML_TEXTS
						: YAML_TEXT,
				.read = read_option};
	}
	return n;
}

/* ---- checking ---- */

static void check_bindings(const struct source *source, struct diag *diag)
{
	for (size_t i = 0; i < source->bind.n; i++) {
		const struct binding *binding = &source->bind.at[i];
		struct yaml_node node = {
			.loc = binding->loc, .span = binding->span};

		struct diag_item *item;

		if (role_is_field(binding->field))
			continue;
		item = yaml_complain(diag, DIAG_UNKNOWN_WORD, &node,
			"there is no event or role field '%.*s' to bind",
			STR_ARG(binding->field));
		diag_help(diag, item,
			STR("lineal-inputs(5) lists the fields; rules name "
			    "any other column by `vocabulary: {fields: {NAME: "
			    "COLUMN}}`"));
	}
	if (source->last_per.name.len && !role_has_field(source->last_per.name))
		diag_add(diag, DIAG_UNKNOWN_WORD, source->last_per.loc,
			"`last_per` names a field of the role; there is no "
			"'%.*s'",
			STR_ARG(source->last_per.name));
}

static void check_sources(const struct project *project, struct diag *diag)
{
	for (size_t i = 0; i < project->sources.n; i++) {
		const struct source *source = &project->sources.at[i];
		struct yaml_node node = {
			.loc = source->loc, .span = source->span};

		check_bindings(source, diag);
		linepattern_check(source, diag);
		for (size_t j = 0; j < i; j++)
			if (str_equal(source->name,
				    project->sources.at[j].name) &&
				source->name.len)
				yaml_complain(diag, DIAG_DUPLICATE_ID, &node,
					"source '%.*s' is there twice",
					STR_ARG(source->name));
	}
}

static struct str find(struct library *library, const struct opt_values *values,
	const char *home, const char *config_home)
{
	struct loc nowhere = {0};
	struct str path;

	if (opt_given(values, OPT_CONFIG))
		return arena_copy(library->a, opt_text(values, OPT_CONFIG));
	path = find_upwards(library->a, home);
	if (path.len == 0)
		return find_elsewhere(library->a, home, config_home);
	if (is_trusted(path.s))
		return path;
	diag_add(library->diag, DIAG_UNREADABLE_FILE, nowhere,
		"%.*s is owned by another user or writable by all; name it "
		"with --config to use it",
		STR_ARG(path));
	return STR("");
}

void project_read(struct library *library, struct zones *zones,
	struct opt_values *values, const char *home, const char *config_home,
	struct project *out)
{
	struct project_reader reader = {library->a, zones, values, out};
	struct yaml_key keys[YAML_TABLE_KEYS];
	struct loc nowhere = {0};
	struct str path;

	*out = (struct project) {.params = params_defaults(),
		.fiscal_start = 1,
		.job = STR("lineal")};
	if (opt_flag(values, OPT_ISOLATED) && !opt_given(values, OPT_CONFIG))
		return;
	path = find(library, values, home, config_home);
	if (path.len == 0)
		return;
	out->file = library_yaml(library, path, path, nowhere);
	if (!out->file)
		return;
	out->folder = library_folder(path);
	digest_sha256_of(out->file->text, out->sha256);
	if (!out->file->root)
		return;
	yaml_read_map(out->file->root, keys, all_keys(library->a, keys), false,
		"the project file", &reader, library->diag);
	check_sources(out, library->diag);
}
