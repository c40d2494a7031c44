/*
 * Small logs for tests. A line such as "read a:1 write b:2@3 replace c:1
 * delete d:1" is the refs of one event.
 */
#ifndef GRAPH_LOG_P_H
#define GRAPH_LOG_P_H

#include "base/rng.h"
#include "graph/derive.h"

#include <assert.h>
#include <stdio.h>

#define LOG_RECORDS 4
#define LOG_EVENTS  10

struct log {
	struct arena a;
	struct symbols strings;
	struct event_table events;
	struct facts facts;
};

static inline void log_open(
	struct log *log, const enum column_form *forms, uint32_t n_columns)
{
	*log = (struct log) {0};
	event_init(&log->events, &log->a, forms, n_columns, true);
}

static inline sym log_sym(struct log *log, const char *text)
{
	return symbols_put(&log->strings, str_of(text));
}

static inline enum ref_mode log_mode(struct str word)
{
	static const struct str words[] = {
		[REF_READ] = STR_INIT("read"),
		[REF_WRITE] = STR_INIT("write"),
		[REF_REPLACE] = STR_INIT("replace"),
		[REF_DELETE] = STR_INIT("delete"),
	};
	size_t mode = 0;

	while (mode < 3 && !str_equal(words[mode], word))
		mode++;
	assert(str_equal(words[mode], word));
	return (enum ref_mode)mode;
}

/* Adds an event with the refs of `line` and gives its row for now. */
static inline row log_event(
	struct log *log, int64_t time, uint8_t marks, const char *line)
{
	struct str rest = str_of(line);
	row e = event_add(&log->events, time, marks, 1, 0);

	while (rest.len) {
		struct ref ref = {
			.mode = (uint8_t)log_mode(str_cut(&rest, ' '))};
		struct str word = str_cut(&rest, ' ');

		ref.type = symbols_put(&log->strings, str_cut(&word, ':'));
		ref.id = symbols_put(&log->strings, str_cut(&word, '@'));
		ref.version = symbols_put(&log->strings, word);
		event_add_ref(&log->events, &ref);
	}
	return e;
}

/* Puts the events into their order. */
static inline void log_close(struct log *log)
{
	event_build(&log->events, NULL);
	log->facts = (struct facts) {
		.strings = &log->strings, .events = &log->events};
}

static inline void log_free(struct log *log)
{
	symbols_free(&log->strings);
	arena_free(&log->a);
}

/* The graph of a log without claims, in the arena of the log. */
static inline struct graph log_graph(struct log *log)
{
	struct graph graph;
	struct err err;
	bool ok = derive_graph(&log->a, &log->facts, NULL, 0, &graph, &err);

	assert(ok);
	return graph;
}

/* A log of one event per line, at the times 0, 1, 2 ... */
static inline void log_lines(
	struct log *log, const char *const *lines, size_t n)
{
	log_open(log, NULL, 0);
	for (size_t i = 0; i < n; i++)
		log_event(log, (int64_t)i, 0, lines[i]);
	log_close(log);
}

/* The node of "type:id@n", or NODE_NONE. */
static inline node log_version(
	const struct log *log, const struct graph *graph, const char *name)
{
	struct str rest = str_of(name);
	sym type = symbols_find(&log->strings, str_cut(&rest, ':'));
	sym id = symbols_find(&log->strings, str_cut(&rest, '@'));
	uint32_t record = graph_record(graph, type, id);

	assert(rest.len == 1);
	return record ? graph_version(
				graph, record, (uint64_t)(rest.s[0] - '0'))
		      : NODE_NONE;
}

/* What a random log may hold. */
struct log_kind {
	uint32_t ref;   /* chance of each (event, record, mode), in 10^-6 */
	uint32_t name;  /* chance that a ref names a version */
	uint32_t other; /* chance of a merged row, and of an untimed one */
};

static inline void log_random_event(
	struct log *log, struct rng *rng, const struct log_kind *kind, int n)
{
	static const char *const modes[] = {
		"read", "write", "replace", "delete"};
	char line[1024] = "";
	size_t len = 0;

	for (uint32_t i = 0; i < (uint32_t)n * 8; i++) {
		/* Every pair twice, for repeated mentions. */
		if (!rng_chance(rng, kind->ref))
			continue;
		len += (size_t)snprintf(line + len, sizeof(line) - len,
			"%s%s x:%u", len ? " " : "", modes[i / 2 % 4], i / 8);
		if (rng_chance(rng, kind->name))
			len += (size_t)snprintf(line + len, sizeof(line) - len,
				"@%u", (unsigned)rng_below(rng, 9));
	}
	log_event(log,
		rng_chance(rng, kind->other) ? CELL_ABSENT
					     : (int64_t)rng_below(rng, 5),
		rng_chance(rng, kind->other) ? EVENT_MERGED : 0, line);
}

/* 1 to 4 records, 1 to 10 events, everything drawn independently. */
static inline void log_random(
	struct log *log, struct rng *rng, const struct log_kind *kind)
{
	int n_records = 1 + (int)rng_below(rng, LOG_RECORDS);
	int n_events = 1 + (int)rng_below(rng, LOG_EVENTS);

	log_open(log, NULL, 0);
	for (int i = 0; i < n_events; i++)
		log_random_event(log, rng, kind, n_records);
	log_close(log);
}

#endif
