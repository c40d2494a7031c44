#include "ingest/gather.h"

#include "base/jobs.h"
#include "base/near.h"
#include "ingest/generic.h"
#include "ingest/recognise.h"
#include "io/walk.h"

#include <stdlib.h>

#define NO_SOURCE UINT32_MAX

/* A path that will be an input. */
struct candidate {
	struct str open, printed;
	uint32_t source; /* position in the request's list, or NO_SOURCE */
	bool is_named;   /* stands on the command line */
};

struct candidates VEC(struct candidate);

struct gatherer {
	struct arena *a;
	const struct gather_request *request;
	struct candidates candidates;
	struct gathered *out;
	struct diag *diag;
};

/* ---- paths ---- */

/* `path` without the root folder it lies in. */
static struct str printed_path(const struct gatherer *g, struct str path)
{
	struct str root = g->request->root;

	while (str_has_prefix(path, STR("./")))
		path = str_slice(path, 2, path.len);
	if (root.len && path.len > root.len + 1 && str_has_prefix(path, root) &&
		path.s[root.len] == '/')
		return arena_copy(
			g->a, str_slice(path, root.len + 1, path.len));
	return arena_copy(g->a, path);
}

static void add_candidate(
	struct gatherer *g, struct str path, uint32_t source, bool is_named)
{
	struct candidate candidate = {.open = arena_copy(g->a, path),
		.source = source,
		.is_named = is_named};
	bool is_stdin = str_equal(path, STR("-"));

	candidate.printed = is_stdin ? g->request->stdin_name
				     : printed_path(g, path);
	vec_push(g->a, &g->candidates, candidate);
}

static struct str join(struct arena *a, struct str folder, struct str path)
{
	if (folder.len == 0 || str_equal(folder, STR(".")) ||
		(path.len && path.s[0] == '/') || str_equal(path, STR("-")))
		return arena_copy(a, path);
	return arena_print(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(path));
}

static void complain_nothing(struct gatherer *g, const struct source *source,
	const struct name_at *path)
{
	enum diag_code code = source->optional ? DIAG_OPTIONAL_MISSING
					       : DIAG_CANNOT_READ;
	struct diag_item *item = diag_add(g->diag, code, path->loc,
		"source %.*s: no file matches '%.*s'", STR_ARG(source->name),
		STR_ARG(path->name));

	if (!item)
		return;
	item->span = path->span;
	if (!source->optional)
		diag_help(g->diag, item,
			STR("paths are relative to the project file; "
			    "`optional: true` allows none"));
}

static void expand_source(struct gatherer *g, uint32_t number)
{
	const struct source *source = &g->request->sources.at[number];

	for (size_t i = 0; i < source->paths.n; i++) {
		const struct name_at *path = &source->paths.at[i];
		struct str_vec found = {0};
		struct err err;

		if (str_equal(path->name, STR("-")))
			vec_push(g->a, &found, path->name);
		else if (!walk_pattern(g->a,
				 join(g->a, g->request->folder, path->name),
				 &found, &err))
			diag_add(g->diag, DIAG_CANNOT_READ, path->loc, "%s",
				err.text);
		else if (found.n == 0)
			complain_nothing(g, source, path);
		for (size_t j = 0; j < found.n; j++)
			add_candidate(g, found.at[j], number, false);
	}
}

static uint32_t source_of_name(const struct gatherer *g, struct str name)
{
	for (size_t i = 0; i < g->request->sources.n; i++)
		if (str_equal(g->request->sources.at[i].name, name))
			return (uint32_t)i;
	return NO_SOURCE;
}

/* The source whose paths hold this file, among what was expanded. */
static uint32_t source_of_path(const struct gatherer *g,
	const struct candidates *known, struct str path)
{
	for (size_t i = 0; i < known->n; i++)
		if (walk_same_file(known->at[i].open.s, path.s))
			return known->at[i].source;
	(void)g;
	return NO_SOURCE;
}

static void add_named(struct gatherer *g, const struct named_path *named,
	const struct candidates *known)
{
	struct str_vec found = {0};
	struct str path = arena_copy(g->a, named->path);
	struct err err;

	if (walk_type_of(path.s) == WALK_FOLDER) {
		if (!walk_folder(g->a, path, &found, &err))
			diag_add(g->diag, DIAG_CANNOT_READ, err.loc, "%s",
				err.text);
	} else {
		vec_push(g->a, &found, path);
	}
	for (size_t i = 0; i < found.n; i++) {
		uint32_t source = named->source.len
					  ? source_of_name(g, named->source)
					  : source_of_path(
						    g, known, found.at[i]);

		add_candidate(g, found.at[i], source, true);
	}
}

static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	int order = str_compare(a->printed, b->printed);

	if (order != 0)
		return order;
	return a->source < b->source ? -1 : a->source > b->source;
}

/* The same path counts once; two sources that claim it are an error. */
static void drop_repeats(struct gatherer *g)
{
	struct candidates *all = &g->candidates;
	size_t n = 0;

	if (all->n)
		qsort(all->at, all->n, sizeof(*all->at), compare_candidates);
	for (size_t i = 0; i < all->n; i++) {
		struct candidate *last = n ? &all->at[n - 1] : NULL;

		if (!last || !str_equal(last->printed, all->at[i].printed)) {
			all->at[n++] = all->at[i];
			continue;
		}
		if (last->source != all->at[i].source &&
			all->at[i].source != NO_SOURCE &&
			last->source != NO_SOURCE)
			diag_add(g->diag, DIAG_NAME_CLASH,
				g->request->sources.at[all->at[i].source].loc,
				"file %.*s belongs to two sources, %.*s and "
				"%.*s",
				STR_ARG(last->printed),
				STR_ARG(g->request->sources.at[last->source]
						.name),
				STR_ARG(g->request->sources
						.at[all->at[i].source]
						.name));
	}
	all->n = n;
}

static void find_candidates(struct gatherer *g)
{
	struct candidates known;

	for (uint32_t i = 0; i < g->request->sources.n; i++)
		expand_source(g, i);
	if (g->request->paths.n) {
		known = g->candidates;
		g->candidates = (struct candidates) {0};
		for (size_t i = 0; i < g->request->paths.n; i++)
			add_named(g, &g->request->paths.at[i], &known);
	}
	drop_repeats(g);
}

/* ---- opening ---- */

struct opening {
	struct gatherer *g;
	struct diag *diags;
};

static enum encoding encoding_of(const struct gatherer *g, size_t i)
{
	uint32_t source = g->candidates.at[i].source;

	return source == NO_SOURCE ? ENCODING_SNIFF
				   : g->request->sources.at[source].encoding;
}

static void open_one(void *ctx, size_t i)
{
	struct opening *opening = ctx;

	input_open(&opening->g->out->inputs.at[i], encoding_of(opening->g, i),
		&opening->g->request->limits, &opening->diags[i]);
}

static void open_all(struct gatherer *g)
{
	struct arena scratch = {0};
	size_t n = g->candidates.n;
	struct opening opening = {g, arena_array(&scratch, struct diag, n)};

	for (size_t i = 0; i < n; i++) {
		struct input input = {.open_path = g->candidates.at[i].open};

		input.facts.path = g->candidates.at[i].printed;
		input.facts.source = g->candidates.at[i].source;
		input.facts.file = files_add(
			g->a, g->request->files, input.facts.path, STR(""));
		vec_push(g->a, &g->out->inputs, input);
	}
	jobs_run(g->request->jobs, n, open_one, &opening);
	for (size_t i = 0; i < n; i++) {
		diag_append(g->diag, &opening.diags[i]);
		diag_free(&opening.diags[i]);
	}
	arena_free(&scratch);
}

/* ---- sources ---- */

static void compile_pattern(struct gatherer *g, size_t number)
{
	const struct source *source = &g->out->sources.at[number];
	const struct name_at *pattern = &source->pattern;
	struct diag_item *item;
	struct err err;
	size_t offset;

	if (pattern->name.len == 0 || logline_compile(&g->out->patterns[number],
					      pattern->name, &offset, &err))
		return;
	item = diag_add(
		g->diag, DIAG_BAD_PATTERN, pattern->loc, "%s", err.text);
	if (item) {
		/* The caret goes below the fault, behind the quote. */
		item->loc.col += (uint32_t)offset + 1;
		item->span = 1;
	}
}

static void complain_format(struct gatherer *g, const struct source *source)
{
	struct str_vec names = {0};
	struct str hint;
	struct diag_item *item;

	for (size_t i = 0; i < g->request->profiles->n; i++)
		vec_push(g->a, &names, g->request->profiles->at[i].name);
	hint = near_hint(g->a, source->format.name, names.at, names.n);
	item = diag_add(g->diag, DIAG_UNKNOWN_FORMAT, source->format.loc,
		"there is no format '%.*s'", STR_ARG(source->format.name));
	if (item)
		item->span = source->format.span;
	diag_help(g->diag, item, str_trim(hint));
}

static void use_profile(
	struct gatherer *g, size_t number, const struct profile *profile)
{
	g->out->profiles[number] = profile;
	source_inherit(g->a, &g->out->sources.at[number], &profile->defaults);
}

/* A profile that the project file names is known before any file is opened. */
static void use_named_formats(struct gatherer *g)
{
	for (size_t i = 0; i < g->out->sources.n; i++) {
		struct source *source = &g->out->sources.at[i];
		const struct profile *profile;

		if (source->format.name.len == 0 ||
			str_equal(source->format.name, STR("generic")))
			continue;
		profile = profile_find(
			g->request->profiles, source->format.name);
		if (profile)
			use_profile(g, i, profile);
		else
			complain_format(g, source);
	}
}

/* "exports/Crm Cases-1.csv.gz" as a source name: "crm_cases_1". */
static struct str name_of_file(struct arena *a, struct str path)
{
	size_t start = path.len, len = 0;
	char *name;

	while (start > 0 && path.s[start - 1] != '/')
		start--;
	path = str_slice(path, start, path.len);
	path = str_slice(path, 0, str_find(path, '.'));
	name = arena_alloc(a, path.len + 2);
	if (path.len == 0 || str_is_digit(path.s[0]))
		name[len++] = 'f';
	for (size_t i = 0; i < path.len && len < 64; i++) {
		char c = str_lower(path.s[i]);

		name[len++] = (c >= 'a' && c <= 'z') || str_is_digit(c) ? c
									: '_';
	}
	if (name[0] == '_')
		name[0] = 'f';
	return (struct str) {name, len};
}

static struct str name_of_format(struct arena *a, struct str format)
{
	struct str name = arena_copy(a, format);
	char *bytes = arena_alloc(a, name.len + 1);

	for (size_t i = 0; i < name.len; i++)
		bytes[i] = name.s[i] == '-' ? '_' : name.s[i];
	return (struct str) {bytes, name.len};
}

static bool has_source(const struct gatherer *g, struct str name)
{
	for (size_t i = 0; i < g->out->sources.n; i++)
		if (str_equal(g->out->sources.at[i].name, name))
			return true;
	return false;
}

static uint32_t add_source(struct gatherer *g, struct str name)
{
	struct source source;
	struct str unique = name;

	for (unsigned i = 2; has_source(g, unique); i++)
		unique = arena_print(g->a, "%.*s_%u", STR_ARG(name), i);
	source_init(&source);
	source.name = unique;
	source.command_line = true;
	vec_push(g->a, &g->out->sources, source);
	return (uint32_t)g->out->sources.n - 1;
}

/* The source of all unclaimed files of one profile, made on first use. */
static uint32_t source_of_profile(
	struct gatherer *g, const struct profile *profile)
{
	uint32_t number;

	for (size_t i = 0; i < g->out->sources.n; i++)
		if (g->out->sources.at[i].command_line &&
			g->out->profiles[i] == profile)
			return (uint32_t)i;
	number = add_source(g, name_of_format(g->a, profile->name));
	use_profile(g, number, profile);
	return number;
}

static void adopt(struct gatherer *g, struct input *input)
{
	const struct profile *profile;
	bool ambiguous;

	profile = recognise(g->request->profiles, input, &ambiguous, g->diag);
	if (ambiguous)
		input->failed = true;
	if (profile) {
		input->facts.source = source_of_profile(g, profile);
		return;
	}
	input->facts.source = add_source(
		g, name_of_file(g->a, input->facts.path));
	if (!input->failed && input->header.n)
		generic_bind(g->a, &g->out->sources.at[input->facts.source],
			input, &g->request->limits, g->diag);
}

/* A project source that leaves its format open takes that of its files, which
   must agree. */
static void recognise_source(struct gatherer *g, struct input *input)
{
	uint32_t number = input->facts.source;
	struct source *source = &g->out->sources.at[number];
	const struct profile *profile, *before = g->out->profiles[number];
	struct loc loc = {input->facts.file, 1, 0};
	bool ambiguous;

	profile = recognise(g->request->profiles, input, &ambiguous, g->diag);
	input->failed = ambiguous;
	if (ambiguous)
		return;
	if (!before && source->format.name.len == 0) {
		if (profile)
			use_profile(g, number, profile);
		else if (source->bind.n == 0)
			generic_bind(g->a, source, input, &g->request->limits,
				g->diag);
		source->format.name = profile ? profile->name : STR("generic");
	} else if (profile != before) {
		input->failed = true;
		diag_add(g->diag, DIAG_AMBIGUOUS_FORMAT, loc,
			"this file looks like %.*s, but the others of source "
			"%.*s like %.*s",
			STR_ARG(profile ? profile->name : STR("generic")),
			STR_ARG(source->name), STR_ARG(source->format.name));
	}
}

/* ---- recognising ---- */

static void read_headers(struct gatherer *g, const bool *open_format)
{
	struct source unknown;

	source_init(&unknown);
	for (size_t i = 0; i < g->out->inputs.n; i++) {
		struct input *input = &g->out->inputs.at[i];
		uint32_t number = input->facts.source;
		bool adopted = number == NO_SOURCE;

		input_read_header(input,
			adopted ? &unknown : &g->out->sources.at[number],
			adopted ? NULL : g->out->patterns[number],
			&g->request->limits, g->diag);
		if (adopted)
			adopt(g, input);
		else if (!input->failed && open_format[number] &&
			 input->header.n)
			recognise_source(g, input);
	}
}

static struct str format_of(const struct gatherer *g, uint32_t source)
{
	const struct profile *profile = g->out->profiles[source];

	if (profile)
		return profile->name;
	if (g->out->sources.at[source].pattern.name.len)
		return STR("lines");
	if (g->out->sources.at[source].command_line ||
		str_equal(
			g->out->sources.at[source].format.name, STR("generic")))
		return STR("generic");
	return STR("declared");
}

struct numbered_source {
	struct source source;
	uint32_t number;
};

static int compare_sources(const void *left, const void *right)
{
	const struct numbered_source *a = left, *b = right;

	return str_compare(a->source.name, b->source.name);
}

static int compare_inputs(const void *left, const void *right)
{
	const struct input *a = left, *b = right;

	if (a->facts.source != b->facts.source)
		return a->facts.source < b->facts.source ? -1 : 1;
	return str_compare(a->facts.path, b->facts.path);
}

/* Sorts the sources by name, and everything that is numbered by them. */
static void sort_all(struct gatherer *g)
{
	struct arena scratch = {0};
	struct gathered *out = g->out;
	size_t n = out->sources.n;
	struct numbered_source *all = arena_array(
		&scratch, struct numbered_source, n + 1);
	uint32_t *moved = arena_array(&scratch, uint32_t, n);
	struct logline **patterns = arena_array(g->a, struct logline *, n);
	const struct profile **profiles = arena_array(
		g->a, const struct profile *, n);

	for (uint32_t i = 0; i < n; i++)
		all[i] = (struct numbered_source) {out->sources.at[i], i};
	qsort(all, n, sizeof(*all), compare_sources);
	for (uint32_t i = 0; i < n; i++) {
		out->sources.at[i] = all[i].source;
		patterns[i] = out->patterns[all[i].number];
		profiles[i] = out->profiles[all[i].number];
		moved[all[i].number] = i;
	}
	out->patterns = patterns;
	out->profiles = profiles;
	for (size_t i = 0; i < out->inputs.n; i++) {
		struct input *input = &out->inputs.at[i];

		input->facts.source = moved[input->facts.source];
		input->facts.format = format_of(g, input->facts.source);
	}
	if (out->inputs.n)
		qsort(out->inputs.at, out->inputs.n, sizeof(*out->inputs.at),
			compare_inputs);
	arena_free(&scratch);
}

static void warn_same_content(struct gatherer *g)
{
	const struct input_list *inputs = &g->out->inputs;

	for (size_t i = 0; i < inputs->n; i++)
		for (size_t j = 0; j < i; j++) {
			struct loc loc = {inputs->at[i].facts.file, 0, 0};

			if (inputs->at[i].facts.bytes == 0 ||
				inputs->at[i].facts.bytes !=
					inputs->at[j].facts.bytes ||
				!str_equal(str_of(inputs->at[i].facts.sha256),
					str_of(inputs->at[j].facts.sha256)))
				continue;
			diag_add(g->diag, DIAG_SAME_CONTENT, loc,
				"the same content as %.*s",
				STR_ARG(inputs->at[j].facts.path));
		}
}

void gather(struct arena *a, const struct gather_request *request,
	struct gathered *out, struct diag *diag)
{
	struct gatherer g = {a, request, {0}, out, diag};
	size_t n = request->sources.n;
	bool *open_format = arena_array(a, bool, n);

	*out = (struct gathered) {0};
	find_candidates(&g);
	/* Each unclaimed file may become a source of its own. */
	out->patterns = arena_array(a, struct logline *, n + g.candidates.n);
	out->profiles = arena_array(
		a, const struct profile *, n + g.candidates.n);
	for (size_t i = 0; i < n; i++) {
		vec_push(a, &out->sources, request->sources.at[i]);
		open_format[i] = recognise_is_wanted(&request->sources.at[i]);
	}
	use_named_formats(&g);
	for (size_t i = 0; i < n; i++)
		compile_pattern(&g, i);
	open_all(&g);
	read_headers(&g, open_format);
	sort_all(&g);
	warn_same_content(&g);
}

void gather_close(struct gathered *gathered)
{
	for (size_t i = 0; i < gathered->inputs.n; i++)
		input_close(&gathered->inputs.at[i]);
	for (size_t i = 0; i < gathered->sources.n; i++)
		if (gathered->patterns[i])
			logline_free(gathered->patterns[i]);
}
