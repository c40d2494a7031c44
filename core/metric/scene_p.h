/*
 * Small inputs for the tests of metrics, built through the real modules. A row
 * is a text of pairs such as "ts=2026-03-01T10:00:00Z; action=create": fields
 * of the event, or of the role that the row feeds. Times are UTC; a day alone
 * has day precision. Each source has one file, whose rows count from line 2.
 *
 *	struct scene s;
 *	scene_open(&s, NULL);
 *	orders = scene_source(&s, "orders", ROLE_TRANSACTIONS);
 *	scene_event(&s, orders, "ts=...; action=create; object_id=A1");
 *	scene_compute(&s);
 *	... s.metrics ...
 *	scene_free(&s);
 */
#ifndef METRIC_SCENE_P_H
#define METRIC_SCENE_P_H

#include "metric/incident_set.h"

#include <assert.h>

#define SCENE_SOURCES 8
#define SCENE_ROWS    512
#define SCENE_DUTIES  64
#define SCENE_SYSTEMS 130
#define SCENE_WORDS   3 /* 64 systems each */

struct scene {
	struct arena a;
	struct symbols strings;
	struct words words;
	struct event_table events;
	struct role_table roles[ROLE_N];
	struct source_facts sources[SCENE_SOURCES];
	size_t n_sources;
	uint32_t source_of_file[SCENE_SOURCES], lines[SCENE_SOURCES];
	struct files files;
	struct calendar calendar;
	struct metric_params params;
	struct facts facts;
	bool regulatory[SCENE_ROWS], reportable[SCENE_ROWS];
	struct duty duty[SCENE_DUTIES];
	uint64_t duty_systems[SCENE_DUTIES][SCENE_WORDS];
	sym systems[SCENE_SYSTEMS];
	struct duties duties;
	int64_t period_from, period_to, as_of; /* CELL_ABSENT: by the events */
	struct diag diag;
	struct metric_input in;
	struct metrics metrics;
};

/* ---- values ---- */

static inline sym scene_sym(struct scene *s, const char *text)
{
	return symbols_put(&s->strings, str_of(text));
}

static inline struct instant scene_instant(struct scene *s, struct str text)
{
	struct time_form form = {.order = DATE_YMD, .zone = zone_utc(&s->a)};
	struct instant instant = {0};
	enum time_status status = timestamp_read(text, &form, &instant);

	(void)status;
	assert(status == TIME_OK);
	return instant;
}

static inline int64_t scene_time(struct scene *s, const char *text)
{
	return scene_instant(s, str_of(text)).ns;
}

/* Cuts the next "name=value" from a line. */
static inline struct key_value scene_pair(struct str *line)
{
	struct str value = str_cut(line, ';');
	struct str name = str_trim(str_cut(&value, '='));

	return (struct key_value) {.name = name, .value = str_trim(value)};
}

/* ---- the whole ---- */

static inline enum column_form *scene_forms(struct scene *s)
{
	enum column_form *forms = arena_array(
		&s->a, enum column_form, s->words.needs.n);

	for (size_t i = 0; i < s->words.needs.n; i++)
		forms[i] = s->words.needs.at[i].form;
	return forms;
}

#define SCENE_FORM(code, name, form, required) form,

static inline void scene_open_roles(struct scene *s)
{
	static const enum column_form incidents[] = {
		INCIDENT_FIELD_LIST(SCENE_FORM)};
	static const enum column_form outages[] = {
		OUTAGE_FIELD_LIST(SCENE_FORM)};
	static const enum column_form costs[] = {COST_FIELD_LIST(SCENE_FORM)};
	static const enum column_form exclusions[] = {
		EXCLUSION_FIELD_LIST(SCENE_FORM)};

	table_init(&s->roles[ROLE_INCIDENTS].cells, &s->a, incidents,
		INCIDENT_FIELD_N);
	table_init(
		&s->roles[ROLE_OUTAGES].cells, &s->a, outages, OUTAGE_FIELD_N);
	table_init(&s->roles[ROLE_COSTS].cells, &s->a, costs, COST_FIELD_N);
	table_init(&s->roles[ROLE_REGISTER].cells, &s->a, exclusions,
		EXCLUSION_FIELD_N);
}

#undef SCENE_FORM

/* `params` may be NULL for the default ones. */
static inline void scene_open(
	struct scene *s, const struct metric_params *params)
{
	*s = (struct scene) {.params = params ? *params : params_defaults(),
		.period_from = CELL_ABSENT,
		.period_to = CELL_ABSENT,
		.as_of = CELL_ABSENT};
	words_init(&s->words, &s->a);
	metric_need_all(&s->words, ~0u, &s->params);
	event_init(&s->events, &s->a, scene_forms(s),
		(uint32_t)s->words.needs.n, false);
	scene_open_roles(s);
	s->calendar.zone = zone_utc(&s->a);
	for (size_t i = 0; i < SCENE_ROWS; i++)
		s->regulatory[i] = true;
	for (size_t i = 0; i < SCENE_DUTIES; i++)
		s->duty[i].systems = s->duty_systems[i];
	s->duties = (struct duties) {
		.at = s->duty, .systems = s->systems, .n_words = SCENE_WORDS};
}

/* Adds a source with one role and one file; gives its position. */
static inline size_t scene_source(
	struct scene *s, const char *name, enum role role)
{
	size_t n = s->n_sources++;
	struct str path = arena_print(&s->a, "%s.csv", name);

	assert(n < SCENE_SOURCES);
	s->sources[n] = (struct source_facts) {
		.name = str_of(name), .roles = 1u << role};
	s->source_of_file[n] = (uint32_t)n;
	s->lines[n] = 1;
	files_add(&s->a, &s->files, path, STR(""));
	return n;
}

/* ---- rows ---- */

static inline void scene_set_cell(
	struct scene *s, struct table *cells, uint32_t column, struct str value)
{
	uint32_t at = cells->n - 1;
	struct column *to = &cells->columns[column];
	sym text;

	switch (to->form) {
	case COLUMN_SYM:
		text = symbols_put(&s->strings, value);
		table_set_syms(cells, column, at, &text, 1);
		break;
	case COLUMN_TIME:
		to->values[at] = str_equal(value, STR("unreadable"))
					 ? CELL_UNREADABLE
					 : scene_instant(s, value).ns;
		break;
	case COLUMN_NUMBER:
		assert(false);
		break;
	case COLUMN_PRESENT:
		to->present[at] = 1;
		break;
	}
}

/* Sets a field of the newest event in every form that somebody needs. */
static inline void scene_set_field(struct scene *s, const struct key_value *p)
{
	uint32_t word = words_find(&s->words, p->name);

	assert(word != WORD_NONE);
	for (uint32_t i = 0; i < s->words.needs.n; i++)
		if (s->words.needs.at[i].word == word)
			scene_set_cell(s, &s->events.cells, i, p->value);
}

/* Adds an event. Beside the fields, "marks=merged" and "marks=derived". */
static inline row scene_event(struct scene *s, size_t source, const char *line)
{
	struct str rest = str_of(line);
	row e = event_add(&s->events, CELL_ABSENT, TIME_NS,
		(uint32_t)source + 1, ++s->lines[source]);

	while (rest.len) {
		struct key_value pair = scene_pair(&rest);

		if (str_equal(pair.name, STR("ts"))) {
			struct instant at = scene_instant(s, pair.value);

			s->events.time[e] = at.ns;
			s->events.marks[e] = (uint8_t)at.precision;
		} else if (str_equal(pair.name, STR("marks"))) {
			s->events.marks[e] |= str_equal(
						      pair.value, STR("merged"))
						      ? EVENT_MERGED
						      : EVENT_DERIVED;
		} else {
			scene_set_field(s, &pair);
		}
	}
	return e;
}

#define SCENE_NAME(code, name, form, required) STR_INIT(name),

static inline uint32_t scene_field(enum role role, struct str name)
{
	static const struct str incidents[] = {INCIDENT_FIELD_LIST(SCENE_NAME)};
	static const struct str outages[] = {OUTAGE_FIELD_LIST(SCENE_NAME)};
	static const struct str costs[] = {COST_FIELD_LIST(SCENE_NAME)};
	static const struct str exclusions[] = {
		EXCLUSION_FIELD_LIST(SCENE_NAME)};

	if (role == ROLE_INCIDENTS)
		return (uint32_t)kind_find(incidents, INCIDENT_FIELD_N, name);
	if (role == ROLE_OUTAGES)
		return (uint32_t)kind_find(outages, OUTAGE_FIELD_N, name);
	if (role == ROLE_COSTS)
		return (uint32_t)kind_find(costs, COST_FIELD_N, name);
	return (uint32_t)kind_find(exclusions, EXCLUSION_FIELD_N, name);
}

#undef SCENE_NAME

/* Adds a row of a role. Beside the fields, "regulatory=no" and
   "reportable=yes". */
static inline void scene_row(
	struct scene *s, enum role role, size_t source, const char *line)
{
	struct role_table *table = &s->roles[role];
	struct str rest = str_of(line);
	uint32_t at = table_add(&table->cells);
	struct role_origin origin = {.source = (uint32_t)source,
		.file = (uint32_t)source + 1,
		.line = ++s->lines[source],
		.own = ROW_NONE,
		.opened = ROW_NONE,
		.closed = ROW_NONE};

	assert(at < SCENE_ROWS);
	vec_push(&s->a, &table->origins, origin);
	while (rest.len) {
		struct key_value pair = scene_pair(&rest);

		if (str_equal(pair.name, STR("regulatory")))
			s->regulatory[at] = false;
		else if (str_equal(pair.name, STR("reportable")))
			s->reportable[at] = true;
		else
			scene_set_cell(s, &table->cells,
				scene_field(role, pair.name), pair.value);
	}
}

/* ---- duties ---- */

static inline size_t scene_system(struct scene *s, struct str name)
{
	sym text = symbols_put(&s->strings, name);
	size_t i = 0;

	while (i < s->duties.n_systems && s->systems[i] != text)
		i++;
	if (i == s->duties.n_systems) {
		assert(i < SCENE_SYSTEMS);
		s->systems[s->duties.n_systems++] = text;
	}
	return i;
}

/* Adds a duty that depends on the systems, names apart by a blank. It is open
   from `start` to its due time or to `done` if that is earlier. */
static inline struct duty *scene_duty(
	struct scene *s, const char *systems, int64_t start, int64_t due)
{
	struct duty *duty = &s->duty[s->duties.n++];
	struct str rest = str_of(systems);

	assert(s->duties.n <= SCENE_DUTIES);
	s->duties.any_rule = true;
	duty->start = start;
	duty->end = duty->due = due;
	duty->done = CELL_ABSENT;
	while (rest.len) {
		size_t i = scene_system(s, str_cut(&rest, ' '));

		duty->systems[i / 64] |= (uint64_t)1 << i % 64;
	}
	return duty;
}

/* ---- computing ---- */

/* Both days are included. */
static inline void scene_period(
	struct scene *s, const char *from, const char *to)
{
	s->period_from = scene_time(s, from);
	s->period_to = scene_time(s, to) + NS_PER_DAY;
}

/* The facts and the input of metrics, as a run fills them. */
static inline void scene_close(struct scene *s)
{
	event_build(&s->events, NULL);
	s->facts = (struct facts) {.words = &s->words,
		.strings = &s->strings,
		.events = &s->events,
		.roles = s->roles,
		.sources = s->sources,
		.n_sources = s->n_sources,
		.source_of_file = s->source_of_file,
		.files = &s->files};
	if (s->events.n_timed) {
		s->facts.first = s->events.time[0];
		s->facts.as_of = s->events.time[s->events.n_timed - 1];
	}
	if (s->as_of != CELL_ABSENT)
		s->facts.as_of = s->as_of;
	s->facts.period_from = s->period_from == CELL_ABSENT ? s->facts.first
							     : s->period_from;
	s->facts.period_to = s->period_to == CELL_ABSENT ? s->facts.as_of + 1
							 : s->period_to;
	for (size_t i = 0; i < s->n_sources; i++) {
		if (s->sources[i].declared)
			continue;
		s->sources[i].start = s->facts.first;
		s->sources[i].end = s->facts.as_of;
	}
	s->in = (struct metric_input) {.a = &s->a,
		.facts = &s->facts,
		.calendar = &s->calendar,
		.fiscal_start = s->in.fiscal_start ? s->in.fiscal_start : 1,
		.params = &s->params,
		.regulatory = s->regulatory,
		.reportable = s->reportable,
		.duties = &s->duties,
		.rule = s->in.rule,
		.streams = s->in.streams,
		.fines = s->in.fines,
		.diag = &s->diag};
}

/* A counted object whose first row is row 0; `present` of the `expected`
   numbers are there. */
static inline struct stream *scene_stream(
	struct scene *s, uint64_t present, uint64_t expected)
{
	struct stream stream = {.present = present, .expected = expected};

	vec_push(&s->a, &s->in.streams, stream);
	return &s->in.streams.at[s->in.streams.n - 1];
}

static inline void scene_compute(struct scene *s)
{
	struct incident_set set;

	scene_close(s);
	set = incident_set(&s->in);
	s->in.incidents = &set;
	metric_compute_all(&s->in, &s->metrics);
}

static inline void scene_free(struct scene *s)
{
	symbols_free(&s->strings);
	diag_free(&s->diag);
	arena_free(&s->a);
}

#endif
