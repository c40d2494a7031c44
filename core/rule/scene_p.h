/*
 * Small worlds for the tests of rules: a vocabulary and rules as YAML, a log as
 * text, the verdicts as text, with the real modules between them.
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
#ifndef RULE_SCENE_P_H
#define RULE_SCENE_P_H

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
	struct intern strings;
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

/* ---- vocabulary and rules ---- */

static inline const struct zone *scene_zone(void *ctx, struct str name)
{
	struct scene *s = ctx;
	int32_t offset;

	return zone_read_offset(name, &offset) ? zone_fixed(&s->a, offset)
					       : NULL;
}

/* The only file beside the rules: one holiday. */
static inline bool scene_read(void *ctx, uint32_t file, struct str name,
	struct str *text, uint32_t *number, struct err *err)
{
	(void)ctx;
	*number = file;
	*text = STR("2026-12-25\n");
	if (str_equal(name, STR("days.txt")))
		return true;
	return err_set(err, ERR_USAGE, (struct loc) {file, 0, 0},
		"there is no file '%.*s'", STR_ARG(name));
}

static inline const struct yaml_node *scene_yaml(
	struct scene *s, struct str text)
{
	const struct yaml_node *root = yaml_parse(&s->a, text, 1, &s->diag);

	cr_assert(root, "not YAML: %.*s", STR_ARG(text));
	return root;
}

/* Starts without a vocabulary; scene_declare() adds maps, a shipped one perhaps
   for sources of one vocabulary only, and scene_resolve() ends them. */
static inline void scene_start(struct scene *s)
{
	*s = (struct scene) {.services = {s, scene_zone, scene_read}};
	files_add(&s->a, &s->files, STR("rules.yaml"), STR(""));
	words_init(&s->words, &s->a);
	vocabulary_init(&s->v, &s->a, &s->words, &s->services, &s->diag);
}

static inline void scene_declare(struct scene *s, const char *vocabulary,
	bool shipped, const char *restricted_to)
{
	vocabulary_declare(&s->v, scene_yaml(s, str_of(vocabulary)), shipped,
		str_of(restricted_to));
}

static inline void scene_resolve(struct scene *s)
{
	form_resolve_all(&s->v);
	fingerprint_need(&s->words);
}

/* Starts with the map of a vocabulary. */
static inline void scene_open(struct scene *s, const char *vocabulary)
{
	scene_start(s);
	scene_declare(s, vocabulary, false, "");
	scene_resolve(s);
}

/* Reads a rule from the keys that follow id, title and cites; what is wrong
   with it stays in s->diag. Rules are called R1, R2, ... */
static inline void scene_try_rule(struct scene *s, const char *keys)
{
	struct str text = arena_print(&s->a,
		"[{id: R%zu, title: A rule, cites: [Policy], %s}]",
		s->rules.n + 1, keys);

	rule_read_list(&s->v, scene_yaml(s, text), &s->rules);
}

/* The same for a rule without mistakes. */
static inline void scene_rule(struct scene *s, const char *keys)
{
	scene_try_rule(s, keys);
	for (size_t i = 0; i < s->diag.items.n; i++)
		cr_assert_fail(
			"%s: %.*s", keys, STR_ARG(s->diag.items.at[i].text));
}

static inline void scene_free_log(struct scene *s)
{
	for (size_t i = 0; i < SCENE_RULES; i++)
		arena_free(&s->arenas[i]);
	intern_free(&s->strings);
	arena_free(&s->log);
}

static inline void scene_free(struct scene *s)
{
	scene_free_log(s);
	diag_free(&s->diag);
	arena_free(&s->a);
}

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
			syms[n++] = intern_put(&s->strings, item);
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

/* ---- verdicts ---- */

static inline struct evaluate_request scene_request(const struct scene *s)
{
	return (struct evaluate_request) {.v = &s->v,
		.rules = &s->rules,
		.facts = &s->facts,
		.source_vocabularies = s->vocabularies,
		.jobs = 1};
}

static inline void scene_judge(struct scene *s)
{
	struct evaluate_request request = scene_request(s);

	cr_assert(s->rules.n <= SCENE_RULES);
	for (size_t i = 0; i < SCENE_RULES; i++)
		arena_free(&s->arenas[i]);
	s->sets = evaluate_sets(&s->log, &request);
	s->outcomes = evaluate(&s->log, s->arenas, &request, s->sets);
}

static inline struct str scene_counts(
	struct scene *s, const struct outcome *outcome)
{
	struct str text = STR("");

	for (size_t i = 0; i < VERDICT_N; i++)
		if (outcome->verdicts[i])
			text = arena_print(&s->log, "%.*s%s%llu %.*s",
				STR_ARG(text), text.len ? ", " : "",
				(unsigned long long)outcome->verdicts[i],
				STR_ARG(kind_verdicts[i]));
	return text;
}

/* "late @3 C1" or "gap 4..7 @3 S1": what, on which line, of which key. */
static inline struct str scene_finding(struct scene *s,
	const struct outcome *outcome, const struct judgement *j)
{
	struct str text = kind_reasons[j->reason];

	if (j->reason == REASON_GAP)
		text = arena_print(&s->log, "%.*s %lld..%lld", STR_ARG(text),
			(long long)j->number,
			(long long)((uint64_t)j->number + j->length - 1));
	text = arena_print(
		&s->log, "%.*s @%u", STR_ARG(text), s->events.line[j->event]);
	for (size_t i = 0; j->key && i < outcome->key_words.n; i++)
		text = arena_print(&s->log, "%.*s %.*s", STR_ARG(text),
			STR_ARG(intern_get(&s->strings, j->key[i])));
	return text;
}

/* "2 ok, 1 violated: late @3 C1", findings in the order of the rows' lines, of
   equal lines in that of the judgements. */
static inline struct str scene_tell(struct scene *s, size_t rule)
{
	const struct outcome *outcome = &s->outcomes[rule];
	struct str text = scene_counts(s, outcome);
	const char *between = ": ";

	for (uint32_t line = 1; line <= s->lines.n; line++)
		for (size_t i = 0; i < outcome->judgements.n; i++) {
			const struct judgement *j = &outcome->judgements.at[i];

			if (s->events.line[j->event] != line)
				continue;
			text = arena_print(&s->log, "%.*s%s%.*s", STR_ARG(text),
				between, STR_ARG(scene_finding(s, outcome, j)));
			between = ", ";
		}
	if (outcome->not_evaluable)
		return STR("not evaluable");
	return text.len ? text : STR("never matched");
}

/* The verdicts of the first rule on a log. */
static inline struct str scene_says(struct scene *s, const char *log)
{
	scene_log(s, log);
	scene_judge(s);
	return scene_tell(s, 0);
}

/* This rule, this log, these verdicts. */
struct scene_row {
	const char *rule, *log, *says;
};

static inline void scene_expect(
	const char *vocabulary, const struct scene_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct scene s;
		struct str said;

		scene_open(&s, vocabulary);
		scene_rule(&s, rows[i].rule);
		said = scene_says(&s, rows[i].log);
		cr_expect(str_equal(said, str_of(rows[i].says)),
			"row %zu: %s; expected %s; found %.*s", i, rows[i].log,
			rows[i].says, STR_ARG(said));
		scene_free(&s);
	}
}

#define SCENE_EXPECT(vocabulary, rows) \
	scene_expect(vocabulary, rows, sizeof(rows) / sizeof((rows)[0]))

/* What is wrong with each rule: the code of its first complaint. */
struct scene_mistake {
	const char *rule, *code;
};

static inline void scene_expect_mistakes(
	const char *vocabulary, const struct scene_mistake *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct scene s;
		const char *code = "none";

		scene_open(&s, vocabulary);
		scene_try_rule(&s, rows[i].rule);
		if (s.diag.items.n)
			code = diag_name(s.diag.items.at[0].code);
		cr_expect(str_equal(str_of(code), str_of(rows[i].code)),
			"row %zu: %s; expected %s; found %s", i, rows[i].rule,
			rows[i].code, code);
		scene_free(&s);
	}
}

#define SCENE_EXPECT_MISTAKES(vocabulary, rows) \
	scene_expect_mistakes(                  \
		vocabulary, rows, sizeof(rows) / sizeof((rows)[0]))

#endif
