/*
 * A small project in a folder of its own, for tests: files from texts, sources
 * and profiles from YAML, everything loaded and printed as text.
 * TestSuite(x, .init = tmp_enter, .fini = tmp_leave).
 */
#ifndef INGEST_SANDBOX_P_H
#define INGEST_SANDBOX_P_H

#include "format/yamltree.h"
#include "ingest/load.h"
#include "io/tmp_p.h"

#include <string.h>

/* 1990-01-01 and 2100-01-01 */
#define SANDBOX_OLDEST (INT64_C(631152000) * NS_PER_SECOND)
#define SANDBOX_NEWEST (INT64_C(4102444800) * NS_PER_SECOND)

struct sandbox {
	struct arena a;
	struct files files;
	struct zones zones;
	struct profiles profiles;
	struct words words;
	struct diag diag;
	struct load_request request;
	struct loaded out;
	struct sandbox_text VEC(char) text;
};

static inline void sandbox_file(const char *path, const char *text)
{
	tmp_write(path, str_of(text));
}

/* An empty project that needs `event_id` and nothing else. */
static inline void sandbox_open(struct sandbox *s)
{
	*s = (struct sandbox) {0};
	s->zones.a = &s->a;
	words_init(&s->words, &s->a);
	s->request = (struct load_request) {.words = &s->words,
		.oldest = SANDBOX_OLDEST,
		.newest = SANDBOX_NEWEST,
		.as_of = INT64_MAX,
		.jobs = 1};
	s->request.gather = (struct gather_request) {.profiles = &s->profiles,
		.stdin_name = STR("<stdin>"),
		.limits = {.record = {1 << 20, 1 << 22},
			.unpack = {1000, 1 << 28},
			.bytes = 1 << 28},
		.files = &s->files,
		.jobs = 1};
	s->request.id_column = words_need_field(
		&s->words, "event_id", COLUMN_SYM, STR("test"));
}

static inline const struct yaml_node *sandbox_yaml(
	struct sandbox *s, const char *name, const char *text)
{
	uint32_t file = files_add(&s->a, &s->files, str_of(name), STR(""));
	const struct yaml_node *root = yaml_parse(
		&s->a, str_of(text), file, &s->diag);

	cr_assert(root, "%s", text);
	return root;
}

/* Reads a list of sources; complaints are about "lineal.yaml". */
static inline void sandbox_sources(struct sandbox *s, const char *text)
{
	const struct yaml_node *root = sandbox_yaml(s, "lineal.yaml", text);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&root, &n);

	for (uint32_t i = 0; i < n; i++) {
		struct source source;

		source_read(&s->a, &s->zones, items[i], &source, &s->diag);
		vec_push(&s->a, &s->request.gather.sources, source);
	}
}

/* Reads a profile; complaints are about "profile.yaml". */
static inline void sandbox_profile(struct sandbox *s, const char *text)
{
	profile_read(&s->a, &s->zones, sandbox_yaml(s, "profile.yaml", text),
		&s->profiles, &s->diag);
}

/* Names a path on the command line; `source` may be empty. */
static inline void sandbox_argument(
	struct sandbox *s, const char *source, const char *path)
{
	struct named_path named = {str_of(source), str_of(path)};

	vec_push(&s->a, &s->request.gather.paths, named);
}

/* The column for a word, which is made if there is none of that name. */
static inline uint32_t sandbox_need(
	struct sandbox *s, const char *name, enum column_form form)
{
	struct word word = {.name = str_of(name)};
	uint32_t number = words_find(&s->words, word.name);

	if (number == WORD_NONE) {
		vec_push(&s->a, &word.spellings, word.name);
		number = words_add(&s->words, &word);
	}
	return words_need(&s->words, number, form, STR("test"));
}

static inline void sandbox_load(struct sandbox *s, unsigned jobs)
{
	s->request.jobs = s->request.gather.jobs = jobs;
	load(&s->request, &s->out, &s->diag);
}

static inline void sandbox_free(struct sandbox *s)
{
	load_free(&s->out);
	diag_free(&s->diag);
	arena_free(&s->a);
}

/* ---- what was loaded, as text ---- */

static inline void sandbox_add(struct sandbox *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static inline void sandbox_add(struct sandbox *s, const char *format, ...)
{
	struct str text;
	va_list args;

	va_start(args, format);
	text = arena_print_list(&s->a, format, args);
	va_end(args);
	vec_reserve(&s->a, &s->text, s->text.n + text.len + 1);
	memcpy(s->text.at + s->text.n, text.s, text.len + 1);
	s->text.n += text.len;
}

static inline void sandbox_add_sym(struct sandbox *s, sym number)
{
	sandbox_add(s, "%.*s", STR_ARG(symbols_show(&s->out.strings, number)));
}

static inline void sandbox_add_time(struct sandbox *s, int64_t ns)
{
	char buffer[40];

	if (ns == CELL_ABSENT)
		sandbox_add(s, "-");
	else if (ns == CELL_UNREADABLE)
		sandbox_add(s, "?");
	else
		sandbox_add(s, "%.*s", STR_ARG(timestamp_print(ns, buffer)));
}

static inline void sandbox_add_cell(struct sandbox *s,
	const struct table *table, uint32_t column, uint32_t at)
{
	const struct column *cells = &table->columns[column];
	const sym *syms;
	uint32_t n;

	switch (cells->form) {
	case COLUMN_SYM:
		syms = table_syms(table, column, at, &n);
		for (uint32_t i = 0; i < n; i++) {
			sandbox_add(s, "%s", i ? "|" : "");
			sandbox_add_sym(s, syms[i]);
		}
		break;
	case COLUMN_TIME:
		sandbox_add_time(s, cells->values[at]);
		break;
	case COLUMN_NUMBER:
		if (cell_is_value(cells->values[at]))
			sandbox_add(s, "%lld", (long long)cells->values[at]);
		else
			sandbox_add_time(s, cells->values[at]);
		break;
	case COLUMN_PRESENT:
		sandbox_add(
			s, "%s", column_is_present(cells, at) ? "yes" : "no");
		break;
	}
}

static inline void sandbox_add_refs(struct sandbox *s, row e)
{
	static const char *const modes[] = {
		"read", "write", "replace", "delete"};
	uint32_t n;
	const struct ref *refs = event_refs(&s->out.events, e, &n);

	for (uint32_t i = 0; i < n; i++) {
		sandbox_add(s, " %s ", modes[refs[i].mode]);
		sandbox_add_sym(s, refs[i].type);
		sandbox_add(s, ":");
		sandbox_add_sym(s, refs[i].id);
		if (refs[i].version)
			sandbox_add(s, "@");
		sandbox_add_sym(s, refs[i].version);
	}
}

static inline void sandbox_add_row(struct sandbox *s, row e)
{
	const struct event_table *events = &s->out.events;

	sandbox_add_time(s, events->time[e]);
	sandbox_add(s, " %.*s:%u",
		STR_ARG(files_path(&s->files, events->file[e])),
		events->line[e]);
	if (events->marks[e] & EVENT_DERIVED)
		sandbox_add(s, " derived");
	if (events->marks[e] & EVENT_MERGED)
		sandbox_add(s, " merged");
	for (uint32_t c = 0; c < events->cells.n_columns; c++) {
		sandbox_add(s, " [");
		sandbox_add_cell(s, &events->cells, c, e);
		sandbox_add(s, "]");
	}
	sandbox_add_refs(s, e);
	sandbox_add(s, "\n");
}

/* Starts a new text. */
static inline void sandbox_clear(struct sandbox *s)
{
	s->text.n = 0;
	sandbox_add(s, "%s", "");
}

/* All events, a line each: time, place, the needed columns in brackets in the
   order of asking, records. The text lives until the next one is made. */
static inline const char *sandbox_events(struct sandbox *s)
{
	sandbox_clear(s);
	for (row e = 0; e < s->out.events.n; e++)
		sandbox_add_row(s, e);
	return s->text.at;
}

/* The rows of a role: its fields in brackets, then the events made of it. */
static inline const char *sandbox_role(struct sandbox *s, enum role role)
{
	const struct role_table *table = &s->out.roles[role];

	sandbox_clear(s);
	for (uint32_t i = 0; i < table->cells.n; i++) {
		const struct role_origin *o = &table->origins.at[i];

		sandbox_add(s, "%.*s:%u",
			STR_ARG(files_path(&s->files, o->file)), o->line);
		for (uint32_t c = 0; c < table->cells.n_columns; c++) {
			sandbox_add(s, " [");
			sandbox_add_cell(s, &table->cells, c, i);
			sandbox_add(s, "]");
		}
		sandbox_add(s, " own %d opened %d closed %d\n", (int)o->own,
			(int)o->opened, (int)o->closed);
	}
	return s->text.at;
}

/* Each input: path, source, format, read = accepted + duplicate + filtered +
   rejected, untimed. */
static inline const char *sandbox_inputs(struct sandbox *s)
{
	sandbox_clear(s);
	for (size_t i = 0; i < s->out.inputs.n; i++) {
		const struct input_facts *in = &s->out.inputs.at[i];

		sandbox_add(s, "%.*s %.*s %.*s %d=%d+%d+%d+%d untimed %d\n",
			STR_ARG(in->path),
			STR_ARG(s->out.source_facts[in->source].name),
			STR_ARG(in->format), (int)in->rows.read,
			(int)in->rows.accepted, (int)in->rows.duplicate,
			(int)in->rows.filtered, (int)in->rows.rejected,
			(int)in->untimed);
	}
	return s->text.at;
}

/* Each complaint as "path:line:col code: text", its help behind " | ", without
   the parts of the place that are not known. */
static inline const char *sandbox_said(struct sandbox *s)
{
	sandbox_clear(s);
	for (size_t i = 0; i < s->diag.items.n; i++) {
		const struct diag_item *item = &s->diag.items.at[i];

		sandbox_add(s, "%.*s",
			STR_ARG(files_path(&s->files, item->loc.file)));
		if (item->loc.line)
			sandbox_add(s, ":%u", item->loc.line);
		if (item->loc.col)
			sandbox_add(s, ":%u", item->loc.col);
		sandbox_add(s, " %s: %.*s", diag_name(item->code),
			STR_ARG(item->text));
		if (item->help.len)
			sandbox_add(s, " | %.*s", STR_ARG(item->help));
		sandbox_add(s, "\n");
	}
	return s->text.at;
}

#endif
