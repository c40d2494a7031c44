#include "lineal/rulebook.h"

#include "base/glob.h"
#include "format/rows.h"
#include "io/walk.h"
#include "rule/form.h"

#define PACK_COLUMNS 8

struct reader {
	struct rulebook_services *services;
	struct library *library;
	struct diag *diag;
	struct rulebook *book;
	struct file_vec VEC(const struct library_file *) files;
};

/* ---- services ---- */

static const struct zone *find_zone(void *ctx, struct str name)
{
	return zones_find(((struct rulebook_services *)ctx)->zones, name);
}

static bool read_beside(void *ctx, uint32_t file, struct str name,
	struct str *text, uint32_t *number, struct err *err)
{
	return library_beside(((struct rulebook_services *)ctx)->library, file,
		name, text, number, err);
}

/* ---- packs.csv ---- */

static void take_pack(void *ctx, const struct record *record)
{
	struct reader *r = ctx;
	struct arena *a = r->library->a;
	const struct str *f = record->fields;
	struct pack pack = {.name = arena_copy(a, f[0]),
		.status = arena_copy(a, f[2]),
		.as_of = arena_copy(a, f[3]),
		.review = arena_copy(a, f[4]),
		.disclaimer = arena_copy(a, f[7])};
	struct str aliases = arena_copy(a, f[5]);

	if (record->line == 1)
		return;
	while (aliases.len) {
		struct str alias = str_trim(str_cut(&aliases, ';'));

		vec_push(a, &pack.aliases, alias);
	}
	vec_push(a, &r->book->packs, pack);
}

static void refuse_pack(void *ctx, const struct reject *reject)
{
	struct reader *r = ctx;

	diag_add(r->diag, DIAG_UNREADABLE_FILE, reject->loc, "%.*s",
		STR_ARG(reject->text));
}

static void read_packs(struct reader *r)
{
	struct loc nowhere = {0};
	const struct library_file *file = library_shipped(
		r->library, "rules/packs.csv", nowhere);
	struct record_sink sink = {r, take_pack, refuse_pack};
	struct rows_dialect dialect = {.delimiter = ','};
	struct record_limits limits = {1 << 16, 1 << 20};
	struct rows_stats stats = {0};
	struct rows_piece piece = {.line = 1, .n_columns = PACK_COLUMNS};

	if (!file)
		return;
	piece.text = file->text;
	piece.file = file->number;
	rows_read(&piece, &dialect, &limits, &sink, &stats);
}

static struct pack *find_pack(struct rulebook *book, struct str name)
{
	for (size_t i = 0; i < book->packs.n; i++) {
		struct pack *pack = &book->packs.at[i];

		if (str_equal(pack->name, name))
			return pack;
		for (size_t j = 0; j < pack->aliases.n; j++)
			if (str_equal(pack->aliases.at[j], name))
				return pack;
	}
	return NULL;
}

/* ---- which files ---- */

static void add_file(struct reader *r, const struct library_file *file)
{
	if (!file || !file->root)
		return;
	for (size_t i = 0; i < r->files.n; i++)
		if (r->files.at[i] == file)
			return;
	/* The items are pointers.
	   NOLINTNEXTLINE(bugprone-sizeof-expression) */
	vec_push(r->library->a, &r->files, file);
}

static void complain_pack(struct reader *r, const struct name_at *name)
{
	struct diag_item *item = diag_add(r->diag, DIAG_UNKNOWN_PACK, name->loc,
		"there is no shipped pack '%.*s'", STR_ARG(name->name));
	struct str help = STR("shipped packs:");

	if (!item)
		return;
	item->span = name->span;
	for (size_t i = 0; i < r->book->packs.n; i++)
		help = arena_print(r->library->a, "%.*s %.*s", STR_ARG(help),
			STR_ARG(r->book->packs.at[i].name));
	diag_help(r->diag, item,
		arena_print(r->library->a,
			"%.*s; a file of your own ends in .yaml",
			STR_ARG(help)));
}

static void add_pack(struct reader *r, const struct name_at *name)
{
	struct pack *pack = find_pack(r->book, name->name);
	struct str path;

	if (!pack) {
		complain_pack(r, name);
		return;
	}
	pack->used = true;
	path = arena_print(
		r->library->a, "rules/%.*s.yaml", STR_ARG(pack->name));
	add_file(r, library_shipped(r->library, path.s, name->loc));
}

/* True for "gdpr": no folder and no ending. */
static bool is_pack_name(struct str name)
{
	return str_find(name, '/') == name.len &&
	       str_find(name, '.') == name.len;
}

/* Folders named `profiles` or `vocabulary` hold no rules. */
static bool is_rule_path(struct str path)
{
	struct str rest = path;

	if (!str_has_suffix(path, STR(".yaml")) &&
		!str_has_suffix(path, STR(".yml")))
		return false;
	while (rest.s) {
		struct str part = str_cut(&rest, '/');

		if (rest.s && (str_equal(part, STR("profiles")) ||
				      str_equal(part, STR("vocabulary"))))
			return false;
	}
	return true;
}

static void add_folder(
	struct reader *r, struct str path, const struct name_at *name)
{
	struct str_vec found = {0};
	struct err err;

	if (!walk_folder(r->library->a, path, &found, &err)) {
		diag_add(r->diag, DIAG_UNREADABLE_FILE, name->loc, "%s",
			err.text);
		return;
	}
	for (size_t i = 0; i < found.n; i++)
		if (is_rule_path(
			    str_slice(found.at[i], path.len, found.at[i].len)))
			add_file(r, library_yaml(r->library, found.at[i],
					    found.at[i], name->loc));
}

static void add_named(
	struct reader *r, struct str folder, const struct name_at *name)
{
	struct str path = library_join(r->library->a, folder, name->name);

	if (is_pack_name(name->name) && walk_type_of(path.s) == WALK_NOTHING)
		add_pack(r, name);
	else if (walk_type_of(path.s) == WALK_FOLDER)
		add_folder(r, path, name);
	else
		add_file(r, library_yaml(r->library, path, path, name->loc));
}

static void add_option_files(
	struct reader *r, const struct opt_value *value, struct str folder)
{
	for (size_t i = 0; i < value->texts.n; i++) {
		struct name_at name = {value->texts.at[i], value->loc, 0};

		add_named(r, folder, &name);
	}
}

static void find_files(struct reader *r, const struct project *project,
	const struct opt_values *values)
{
	struct name_at baseline = {.name = STR("baseline")};

	if (opt_given(values, OPT_RULES))
		add_option_files(r, &values->at[OPT_RULES], STR(""));
	else if (project->rules.n)
		for (size_t i = 0; i < project->rules.n; i++)
			add_named(r, project->folder, &project->rules.at[i]);
	else
		add_pack(r, &baseline);
	if (opt_given(values, OPT_WAIVERS))
		add_option_files(r, &values->at[OPT_WAIVERS], STR(""));
	else
		for (size_t i = 0; i < project->waivers.n; i++)
			add_named(r, project->folder, &project->waivers.at[i]);
}

/* ---- reading ---- */

static void read_unsupported(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)into;
	yaml_complain(diag, DIAG_NOT_SUPPORTED, value,
		"'%.*s' in rule files is not supported by this version",
		STR_ARG(key->name));
}

/* Checks the keys of a rule file; what they hold is read by name. */
static const struct yaml_key file_keys[] = {
	{STR_INIT("version"), true, YAML_TEXT, yaml_read_version, 0},
	{STR_INIT("vocabulary"), false, YAML_MAP_ONLY, NULL, 0},
	{STR_INIT("rules"), false, YAML_LIST_ONLY, NULL, 0},
	{STR_INIT("waivers"), false, YAML_LIST_ONLY, NULL, 0},
	/* Tests of rules are run by their own command. */
	{STR_INIT("tests"), false, YAML_LIST_ONLY, NULL, 0},
	{STR_INIT("metrics"), false, YAML_ANY, read_unsupported, 0},
	{STR_INIT("incidents"), false, YAML_ANY, read_unsupported, 0},
	{STR_INIT("overlays"), false, YAML_ANY, read_unsupported, 0},
};

#define N_FILE_KEYS (sizeof(file_keys) / sizeof(file_keys[0]))

static void declare_shipped(
	struct reader *r, const char *path, struct str restricted_to)
{
	struct loc nowhere = {0};
	const struct library_file *file = library_shipped(
		r->library, path, nowhere);
	const struct yaml_node *map;

	if (!file || !file->root)
		return;
	yaml_read_map(file->root, file_keys, N_FILE_KEYS, true,
		"a vocabulary file", NULL, r->diag);
	map = yaml_get(file->root, STR("vocabulary"));
	if (map)
		vocabulary_declare(
			&r->book->vocabulary, map, true, restricted_to);
}

static void read_profiles(struct reader *r)
{
	struct str_vec paths = library_list(r->library, "rules/profiles");
	struct loc nowhere = {0};

	for (size_t i = 0; i < paths.n; i++) {
		const struct library_file *file = library_shipped(
			r->library, paths.at[i].s, nowhere);

		if (file && file->root)
			profile_read(r->library->a, r->services->zones,
				file->root, &r->book->profiles, r->diag);
	}
}

static bool is_declared_before(const struct profiles *profiles, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (str_equal(profiles->at[j].vocabulary,
			    profiles->at[i].vocabulary))
			return true;
	return false;
}

static void declare_all(struct reader *r, const struct project *project)
{
	struct rulebook *book = r->book;
	struct str none = STR("");

	declare_shipped(r, "rules/vocabulary/core.yaml", none);
	for (size_t i = 0; i < book->profiles.n; i++) {
		struct str name = book->profiles.at[i].vocabulary;

		if (name.len && !is_declared_before(&book->profiles, i))
			declare_shipped(r,
				arena_print(r->library->a,
					"rules/vocabulary/%.*s.yaml",
					STR_ARG(name))
					.s,
				name);
	}
	if (project->vocabulary)
		vocabulary_declare(
			&book->vocabulary, project->vocabulary, false, none);
	for (size_t i = 0; i < r->files.n; i++) {
		const struct library_file *file = r->files.at[i];
		const struct yaml_node *map = yaml_get(
			file->root, STR("vocabulary"));

		yaml_read_map(file->root, file_keys, N_FILE_KEYS, true,
			"a rule file", NULL, r->diag);
		if (map && map->kind == YAML_MAP)
			vocabulary_declare(
				&book->vocabulary, map, file->shipped, none);
	}
	form_resolve_all(&book->vocabulary);
}

void rulebook_read(struct rulebook_services *services,
	const struct project *project, const struct opt_values *values,
	struct rulebook *out)
{
	struct library *library = services->library;
	struct reader r = {services, library, library->diag, out, {0}};

	*out = (struct rulebook) {
		.services = {services, find_zone, read_beside}};
	words_init(&out->words, library->a);
	vocabulary_init(&out->vocabulary, library->a, &out->words,
		&out->services, library->diag);
	read_packs(&r);
	read_profiles(&r);
	find_files(&r, project, values);
	declare_all(&r, project);
	for (size_t i = 0; i < r.files.n; i++) {
		const struct yaml_node *rules = yaml_get(
			r.files.at[i]->root, STR("rules"));
		const struct yaml_node *waivers = yaml_get(
			r.files.at[i]->root, STR("waivers"));

		out->vocabulary.shipped = r.files.at[i]->shipped;
		if (rules)
			rule_read_list(&out->vocabulary, rules, &out->rules);
		if (waivers)
			waiver_read_list(
				&out->vocabulary, waivers, &out->waivers);
	}
	rule_check_ids(&out->rules, library->diag);
}

/* ---- choosing ---- */

static bool fits(const struct str_vec *lists, struct str id)
{
	for (size_t i = 0; i < lists->n; i++) {
		struct str rest = lists->at[i];

		while (rest.s)
			if (glob_match(str_trim(str_cut(&rest, ',')), id))
				return true;
	}
	return false;
}

static void check_ids(const struct rulebook *book,
	const struct opt_values *values, enum opt_number number,
	struct diag *diag)
{
	const struct str_vec *lists = &values->at[number].texts;

	for (size_t i = 0; i < lists->n; i++) {
		struct str rest = lists->at[i];

		while (rest.s) {
			struct str glob = str_trim(str_cut(&rest, ','));
			bool found = false;

			for (size_t j = 0; j < book->rules.n; j++)
				found |= glob_match(glob, book->rules.at[j].id);
			if (!found)
				diag_add(diag, DIAG_UNKNOWN_RULE,
					values->at[number].loc,
					"--%.*s: no rule fits '%.*s'",
					STR_ARG(opt_table[number].name),
					STR_ARG(glob));
		}
	}
}

void rulebook_select(struct rulebook *book, const struct opt_values *values,
	struct diag *diag)
{
	size_t n = 0;

	check_ids(book, values, OPT_ONLY, diag);
	check_ids(book, values, OPT_SKIP, diag);
	for (size_t i = 0; i < book->rules.n; i++) {
		struct str id = book->rules.at[i].id;

		if ((opt_given(values, OPT_ONLY) &&
			    !fits(&values->at[OPT_ONLY].texts, id)) ||
			fits(&values->at[OPT_SKIP].texts, id))
			continue;
		book->rules.at[n++] = book->rules.at[i];
	}
	book->rules.n = n;
}
