/*
 * The log of a small world: text to events and facts, by the words that the
 * world needs.
 *
 * A log is lines with '|' between them, in the notation of rule tests: a time,
 * what happened, fields. "+2h export customer=C1 note="two words"". A time is
 * an offset from SCENE_START, an RFC 3339 instant, or `untimed`. The marks
 * `merged` and `derived` without '=' make the row a copy, or an event that was
 * made from a row of a role. Values of a word that is split are
 * separated by ','. Other lines set the scene:
 *
 * - closed: a closed log
 * - as_of TIME: later rows are set aside
 * - source NAME FROM TO: the declared edges of a source; '-' is none
 * - lacks NAME WORD: the source has no column for the word
 * - speaks NAME VOCABULARY: the vocabulary of the source's profile
 *
 * A row is of the source that its field source_name says, else of `log`. Rows
 * count from 1 in the order of the text, and that is their line in the file of
 * their source.
 */
#ifndef RULE_SCENE_LOG_P_H
#define RULE_SCENE_LOG_P_H

#include "rule/evaluate.h"
#include "rule/fingerprint.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define SCENE_START    (INT64_C(20458) * NS_PER_DAY) /* 2026-01-05, a Monday */
#define SCENE_HOUR     (INT64_C(3600) * NS_PER_SECOND)
#define SCENE_AT(hour) (SCENE_START + (hour)*SCENE_HOUR)
#define SCENE_SOURCES  6
#define SCENE_FIELDS   12
#define SCENE_RULES    8

struct scene_line {
	uint32_t number;
	int64_t time;
	struct str time_text, type, source;
	struct str names[SCENE_FIELDS], values[SCENE_FIELDS];
	size_t n;
	uint8_t marks; /* EVENT_... */
};

struct scene_lines VEC(struct scene_line);

struct scene {
	struct arena a; /* vocabulary and rules */
	struct diag diag;
	struct files files;
	struct words words;
	struct vocabulary_services services;
	struct vocabulary v;
	struct rules rules;

	struct arena log; /* all below: of the log */
	struct scene_lines lines;
	struct symbols strings;
	struct event_table events;
	struct role_table roles[ROLE_N];
	struct source_facts sources[SCENE_SOURCES];
	struct str vocabularies[SCENE_SOURCES]; /* as sources */
	size_t n_sources;
	uint32_t source_of_file[SCENE_SOURCES + 1];
	struct facts facts;
	struct sets *sets;
	struct arena arenas[SCENE_RULES];
	struct outcome *outcomes;
};

/* ---- the text of a log ---- */

static inline bool scene_offset(struct str text, int64_t *out)
{
	static const char units[] = "smhdw";
	static const int64_t seconds[] = {1, 60, 3600, 86400, 604800};
	bool back = text.len && text.s[0] == '-';
	int64_t n;
	size_t unit;

	if (text.len < 3 || (text.s[0] != '+' && !back))
		return false;
	unit = str_find(STR("smhdw"), text.s[text.len - 1]);
	if (!number_read_i64(str_slice(text, 1, text.len - 2), &n) ||
		unit >= sizeof(units) - 1)
		return false;
	n *= seconds[unit] * NS_PER_SECOND;
	*out = SCENE_START + (back ? -n : n);
	return true;
}

/* An offset or an instant; CELL_ABSENT for no text, CELL_UNREADABLE for any
   other. */
static inline int64_t scene_time(struct str text)
{
	struct time_form form = {0};
	struct instant instant;
	int64_t ns;

	if (text.len == 0 || str_equal(text, STR("untimed")))
		return CELL_ABSENT;
	if (scene_offset(text, &ns))
		return ns;
	if (timestamp_read(text, &form, &instant) == TIME_OK)
		return instant.ns;
	return CELL_UNREADABLE;
}

/* Cuts the next word off; blanks within quotes belong to it. */
static inline struct str scene_token(struct str *rest)
{
	struct str text = str_trim(*rest);
	bool quoted = false;
	size_t end = 0;

	while (end < text.len && (quoted || text.s[end] != ' '))
		quoted ^= text.s[end++] == '"';
	*rest = str_trim(str_slice(text, end, text.len));
	return str_slice(text, 0, end);
}

static inline struct str scene_unquoted(struct str text)
{
	bool quoted = text.len >= 2 && text.s[0] == '"';

	return quoted ? str_slice(text, 1, text.len - 2) : text;
}

static inline size_t scene_source(struct scene *s, struct str name)
{
	size_t i = 0;

	while (i < s->n_sources && !str_equal(s->sources[i].name, name))
		i++;
	cr_assert(i < SCENE_SOURCES, "too many sources");
	if (i == s->n_sources) {
		s->sources[s->n_sources++] = (struct source_facts) {
			.name = name,
			.start = CELL_ABSENT,
			.end = CELL_ABSENT,
			.delivers = arena_array(
				&s->log, bool, s->words.needs.n)};
		for (size_t j = 0; j < s->words.needs.n; j++)
			s->sources[i].delivers[j] = true;
	}
	return i;
}

static inline void scene_read_lack(struct scene *s, struct str rest)
{
	size_t source = scene_source(s, scene_token(&rest));
	uint32_t word = words_find(&s->words, rest);

	cr_assert(word != WORD_NONE);
	for (size_t i = 0; i < s->words.needs.n; i++)
		if (s->words.needs.at[i].word == word)
			s->sources[source].delivers[i] = false;
}

/* The source's `format` stands for its vocabulary until all are sorted. */
static inline void scene_read_speaks(struct scene *s, struct str rest)
{
	size_t source = scene_source(s, scene_token(&rest));

	s->sources[source].format = rest;
}

static inline void scene_read_source(struct scene *s, struct str rest)
{
	size_t i = scene_source(s, scene_token(&rest));
	struct str from = scene_token(&rest);

	if (!str_equal(from, STR("-")))
		s->sources[i].start = scene_time(from);
	if (!str_equal(rest, STR("-")))
		s->sources[i].end = scene_time(rest);
}

static inline void scene_read_event(
	struct scene *s, struct str time, struct str rest)
{
	struct scene_line line = {.number = (uint32_t)s->lines.n + 1,
		.time = scene_time(time),
		.time_text = time,
		.type = scene_token(&rest),
		.source = STR("log")};

	cr_assert(line.time != CELL_UNREADABLE, "not a time: %.*s",
		STR_ARG(time));
	while (rest.len) {
		struct str value = scene_token(&rest);
		struct str name = str_cut(&value, '=');

		cr_assert(line.n < SCENE_FIELDS, "too many fields");
		value = scene_unquoted(value);
		if (str_equal(name, STR("merged")))
			line.marks |= EVENT_MERGED;
		else if (str_equal(name, STR("derived")))
			line.marks |= EVENT_DERIVED;
		if (str_equal(name, STR("source_name")))
			line.source = value;
		line.names[line.n] = name;
		line.values[line.n++] = value;
	}
	scene_source(s, line.source);
	vec_push(&s->log, &s->lines, line);
}

static inline void scene_read_line(struct scene *s, struct str line)
{
	struct str rest = line, first = scene_token(&rest);

	if (str_equal(first, STR("closed")))
		s->facts.closed_log = true;
	else if (str_equal(first, STR("as_of")))
		s->facts.as_of = scene_time(rest);
	else if (str_equal(first, STR("source")))
		scene_read_source(s, rest);
	else if (str_equal(first, STR("lacks")))
		scene_read_lack(s, rest);
	else if (str_equal(first, STR("speaks")))
		scene_read_speaks(s, rest);
	else if (first.len)
		scene_read_event(s, first, rest);
}

/* ---- the events ---- */

static inline struct str scene_value(
	struct scene *s, const struct scene_line *line, struct str name)
{
	if (str_equal(name, STR("action")))
		return line->type;
	if (str_equal(name, STR("source_name")))
		return line->source;
	if (str_equal(name, STR("source_row")))
		return arena_print(&s->log, "%u", line->number);
	if (str_equal(name, STR("ts")) || str_equal(name, STR("ts_utc_ns")))
		return line->time == CELL_ABSENT ? STR("") : line->time_text;
	for (size_t i = 0; i < line->n; i++)
		if (str_equal(line->names[i], name))
			return line->values[i];
	return STR("");
}

static inline void scene_fill_syms(
	struct scene *s, uint32_t column, row e, struct str text, char split)
{
	sym syms[SCENE_FIELDS];
	uint32_t n = 0;

	while (text.s) {
		struct str item = split ? str_cut(&text, split) : text;

		if (!split)
			text = (struct str) {0};
		if (item.len)
			syms[n++] = symbols_put(&s->strings, item);
	}
	table_set_syms(&s->events.cells, column, e, syms, n);
}

/* Fills a cell from the first spelling of its word that has a value. */
static inline void scene_fill_cell(
	struct scene *s, const struct scene_line *line, uint32_t number, row e)
{
	const struct need *need = &s->words.needs.at[number];
	const struct word *word = &s->words.words.at[need->word];
	struct column *column = &s->events.cells.columns[number];
	struct str text = STR("");

	for (size_t i = 0; i < word->spellings.n && text.len == 0; i++)
		text = scene_value(s, line, word->spellings.at[i]);
	if (need->form == COLUMN_SYM)
		scene_fill_syms(s, number, e, text, word->split);
	else if (need->form == COLUMN_PRESENT)
		column->present[e] = text.len > 0;
	else if (need->form == COLUMN_TIME)
		column->values[e] = scene_time(text);
	else if (text.len && !number_read_i64(text, &column->values[e]))
		column->values[e] = CELL_UNREADABLE;
}

static inline void scene_add_events(struct scene *s, size_t source)
{
	for (size_t i = 0; i < s->lines.n; i++) {
		const struct scene_line *line = &s->lines.at[i];
		row e;

		if (!str_equal(line->source, s->sources[source].name) ||
			(s->facts.as_of != CELL_ABSENT &&
				line->time > s->facts.as_of))
			continue;
		e = event_add(&s->events, line->time, line->marks,
			(uint32_t)source + 2, line->number);
		for (uint32_t j = 0; j < s->words.needs.n; j++)
			scene_fill_cell(s, line, j, e);
	}
}

static inline int scene_compare_sources(const void *left, const void *right)
{
	const struct source_facts *a = left, *b = right;

	return str_compare(a->name, b->name);
}

static inline void scene_build_events(struct scene *s)
{
	enum column_form *forms = arena_array(
		&s->log, enum column_form, s->words.needs.n);

	for (size_t i = 0; i < s->words.needs.n; i++)
		forms[i] = s->words.needs.at[i].form;
	event_init(
		&s->events, &s->log, forms, (uint32_t)s->words.needs.n, true);
	if (s->n_sources)
		qsort(s->sources, s->n_sources, sizeof(s->sources[0]),
			scene_compare_sources);
	s->files.n = 1;
	for (size_t i = 0; i < s->n_sources; i++) {
		files_add(&s->a, &s->files,
			arena_print(&s->log, "%.*s.csv",
				STR_ARG(s->sources[i].name)),
			STR(""));
		s->source_of_file[i + 1] = (uint32_t)i;
		s->vocabularies[i] = s->sources[i].format;
		scene_add_events(s, i);
	}
	event_build(&s->events, NULL);
}

static inline void scene_set_edges(struct scene *s)
{
	const struct event_table *events = &s->events;
	struct facts *facts = &s->facts;

	facts->first = events->n_timed ? events->time[0] : SCENE_START;
	if (facts->as_of == CELL_ABSENT)
		facts->as_of = events->n_timed
				       ? events->time[events->n_timed - 1]
				       : SCENE_START;
	for (size_t i = 0; i < s->n_sources; i++) {
		struct source_facts *source = &s->sources[i];

		if (source->start == CELL_ABSENT)
			source->start = facts->first;
		if (source->end == CELL_ABSENT || source->end > facts->as_of)
			source->end = facts->as_of;
	}
}

static inline void scene_free_log(struct scene *s)
{
	for (size_t i = 0; i < SCENE_RULES; i++)
		arena_free(&s->arenas[i]);
	symbols_free(&s->strings);
	arena_free(&s->log);
}

/* Makes the facts of a log, in the place of the one before. */
static inline void scene_log(struct scene *s, const char *text)
{
	struct str rest = str_of(text);

	scene_free_log(s);
	s->lines = (struct scene_lines) {0};
	s->n_sources = 0;
	s->facts = (struct facts) {.words = &s->words,
		.strings = &s->strings,
		.events = &s->events,
		.roles = s->roles,
		.sources = s->sources,
		.source_of_file = s->source_of_file,
		.files = &s->files,
		.as_of = CELL_ABSENT};
	scene_source(s, STR("log"));
	while (rest.s)
		scene_read_line(s, str_cut(&rest, '|'));
	scene_build_events(s);
	s->facts.n_sources = s->n_sources;
	scene_set_edges(s);
}

#endif
