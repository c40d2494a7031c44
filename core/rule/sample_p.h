/*
 * Small rule files and small logs for tests. A file is YAML as a user writes
 * it; everything wrong with it comes back as text, one complaint a line. A log
 * is lines of fields, `id=A1 tags=x;y`, with the values as the inputs module
 * would leave them: `;` stands between several.
 */
#ifndef RULE_SAMPLE_P_H
#define RULE_SAMPLE_P_H

#include "rule/waiver.h"

#include <assert.h>

#define SAMPLE_FILES   4
#define SAMPLE_SOURCES 2

struct sample {
	struct arena a;
	struct diag diag;
	struct files files; /* rule files, then one per source */
	struct words words;
	struct vocabulary_services services;
	struct vocabulary v;
	struct rules rules;
	struct waivers waivers;
	const struct yaml_node *roots[SAMPLE_FILES];
	size_t n_roots;
	struct symbols strings;
	struct event_table events;
	uint32_t first_file; /* of the sources */
	struct source_facts sources[SAMPLE_SOURCES];
	uint32_t source_of_file[SAMPLE_FILES + SAMPLE_SOURCES];
	struct facts facts;
};

/* ---- rule files ---- */

/* The only zones of this world. */
static inline const struct zone *sample_zone(void *ctx, struct str name)
{
	struct sample *s = ctx;

	if (str_equal(name, STR("Europe/Brussels")))
		return zone_fixed(&s->a, 3600);
	return str_equal(name, STR("UTC")) ? zone_utc(&s->a) : NULL;
}

/* The only files beside the rule files. */
static inline bool sample_beside(void *ctx, uint32_t file, struct str name,
	struct str *text, uint32_t *number, struct err *err)
{
	static const struct {
		struct str name, text;
	} files[] = {
		{STR_INIT("lists/eea.txt"),
			STR_INIT("# EEA\nIS\r\n\n  NO # both\nLI")},
		{STR_INIT("holidays-eu.txt"),
			STR_INIT("2026-01-01, New Year\n2026-12-25\n")},
		{STR_INIT("bad-holidays.txt"), STR_INIT("2026-13-01\n")},
	};
	struct loc nowhere = {0};

	(void)ctx;
	*number = file;
	if (str_has_prefix(name, STR("../")))
		return err_set(err, ERR_OUTSIDE, nowhere, "'%.*s' lies outside",
			STR_ARG(name));
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		if (str_equal(files[i].name, name)) {
			*text = files[i].text;
			return true;
		}
	return err_set(err, ERR_USAGE, nowhere, "there is no file '%.*s'",
		STR_ARG(name));
}

static inline void sample_open(struct sample *s)
{
	*s = (struct sample) {.services = {s, sample_zone, sample_beside}};
	words_init(&s->words, &s->a);
	vocabulary_init(&s->v, &s->a, &s->words, &s->services, &s->diag);
}

/* Declares the names of one more file, shipped or of the user's. */
static inline void sample_declare(
	struct sample *s, const char *text, bool shipped)
{
	uint32_t file = files_add(&s->a, &s->files, STR("rules.yaml"), STR(""));
	const struct yaml_node *root = yaml_parse(
		&s->a, str_of(text), file, &s->diag);
	const struct yaml_node *map;

	assert(root && s->n_roots < SAMPLE_FILES);
	s->roots[s->n_roots++] = root;
	map = yaml_get(root, STR("vocabulary"));
	if (map)
		vocabulary_declare(&s->v, map, shipped, STR(""));
}

/* Resolves the names, then reads rules and waivers. */
static inline void sample_finish(struct sample *s)
{
	form_resolve_all(&s->v);
	for (size_t i = 0; i < s->n_roots; i++) {
		const struct yaml_node *rules, *waivers;

		rules = yaml_get(s->roots[i], STR("rules"));
		waivers = yaml_get(s->roots[i], STR("waivers"));
		if (rules)
			rule_read_list(&s->v, rules, &s->rules);
		if (waivers)
			waiver_read_list(&s->v, waivers, &s->waivers);
	}
	rule_check_ids(&s->rules, &s->diag);
}

/* A whole run with one file of the user's. */
static inline void sample_read(struct sample *s, const char *text)
{
	sample_open(s);
	sample_declare(s, text, false);
	sample_finish(s);
}

/* What is wrong, in the order of the places: "LINE:COL+SPAN code sentence;
   help", one a line. */
static inline const char *sample_complaints(struct sample *s)
{
	struct str out = STR("");

	diag_sort(&s->diag);
	for (size_t i = 0; i < s->diag.items.n; i++) {
		const struct diag_item *item = &s->diag.items.at[i];

		out = arena_print(&s->a, "%.*s%u:%u+%u %s %.*s%s%.*s\n",
			STR_ARG(out), item->loc.line, item->loc.col, item->span,
			diag_name(item->code), STR_ARG(item->text),
			item->help.len ? "; " : "", STR_ARG(item->help));
	}
	return out.s;
}

static inline void sample_free(struct sample *s)
{
	symbols_free(&s->strings);
	diag_free(&s->diag);
	arena_free(&s->a);
}

/* ---- logs ---- */

/* Starts a log with a column for all that was needed so far. */
static inline void sample_open_log(struct sample *s)
{
	uint32_t n = (uint32_t)s->words.needs.n;
	enum column_form *forms = arena_array(&s->a, enum column_form, n);

	for (uint32_t i = 0; i < n; i++)
		forms[i] = s->words.needs.at[i].form;
	event_init(&s->events, &s->a, forms, n, false);
	s->first_file = (uint32_t)s->files.n + 1;
	files_add(&s->a, &s->files, STR("a.csv"), STR(""));
	files_add(&s->a, &s->files, STR("b.csv"), STR(""));
}

/* The text of field `name` in "name=value name=value"; empty if absent. */
static inline struct str sample_field(struct str line, struct str name)
{
	while (line.s) {
		struct str value = str_cut(&line, ' ');

		if (str_equal(str_cut(&value, '='), name))
			return value;
	}
	return STR("");
}

static inline void sample_set_syms(
	struct sample *s, uint32_t column, row e, struct str text)
{
	sym syms[16];
	uint32_t n = 0;

	while (text.len)
		syms[n++] = symbols_put(&s->strings, str_cut(&text, ';'));
	table_set_syms(&s->events.cells, column, e, syms, n);
}

static inline void sample_set_cell(
	struct sample *s, uint32_t column, row e, struct str text)
{
	struct column *cells = &s->events.cells.columns[column];

	if (cells->form == COLUMN_SYM)
		sample_set_syms(s, column, e, text);
	else if (cells->form == COLUMN_PRESENT)
		cells->present[e] = text.len > 0;
	else if (text.len && !number_read_i64(text, &cells->values[e]))
		cells->values[e] = CELL_UNREADABLE;
}

/* Adds a row of source 0 or 1. Its number is that of its arrival until the log
   is closed. */
static inline row sample_row(struct sample *s, size_t source, int64_t time,
	uint8_t marks, const char *line)
{
	row e = event_add(&s->events, time, marks,
		s->first_file + (uint32_t)source, s->events.n + 2);

	for (uint32_t i = 0; i < s->words.needs.n; i++) {
		uint32_t word = s->words.needs.at[i].word;

		sample_set_cell(s, i, e,
			sample_field(
				str_of(line), s->words.words.at[word].name));
	}
	return e;
}

/* Puts the rows in order; the sources are called a and b. */
static inline void sample_close_log(struct sample *s)
{
	event_build(&s->events, NULL);
	s->sources[0] = (struct source_facts) {.name = STR("a")};
	s->sources[1] = (struct source_facts) {.name = STR("b")};
	s->source_of_file[s->first_file] = 1;
	s->facts = (struct facts) {.words = &s->words,
		.strings = &s->strings,
		.events = &s->events,
		.sources = s->sources,
		.n_sources = SAMPLE_SOURCES,
		.source_of_file = s->source_of_file,
		.files = &s->files};
}

#endif
