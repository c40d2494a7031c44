/*
 * One source of the project file: where its files lie, how they are read, and
 * which column means what. A profile is the same set of keys as a default, so
 * both are read here.
 */
#ifndef INGEST_SOURCE_H
#define INGEST_SOURCE_H

#include "format/text.h"
#include "format/timestamp.h"
#include "ingest/binding.h"
#include "ingest/coverage.h"
#include "ingest/zones.h"
#include "model/kind.h"

struct name_at {
	struct str name;
	struct loc loc;
	uint32_t span;
};

struct name_at_vec VEC(struct name_at);

/* Columns whose cells list records. */
struct lineage {
	struct name_at_vec reads, writes, replaces;
	char split; /* 0: blanks separate */
};

/* The first of each list stands for "not given". */
enum dedupe { DEDUPE_OPEN, DEDUPE_NONE, DEDUPE_ROW, DEDUPE_ID };
enum quotes { QUOTES_OPEN, QUOTES_RFC4180, QUOTES_LOOSE };
enum header { HEADER_OPEN, HEADER_FIRST_ROW, HEADER_NONE };

struct source {
	struct str name;
	struct loc loc;
	uint32_t span;
	struct name_at_vec paths;
	bool optional;
	unsigned roles; /* bit of each enum role; 0: not given */
	struct name_at format;
	struct name_at pattern;
	struct str records;
	struct binding_vec bind;
	struct lineage lineage;
	struct str system;
	struct name_at last_per;
	const struct yaml_node *regulatory, *reportable; /* value tests */
	struct str_vec columns;
	enum header header;
	struct name_at tz;
	const struct zone *zone;
	enum date_order date_order;
	int year_pivot; /* -1: not given */
	struct str_vec null_tokens;
	bool has_null_tokens; /* else `NULL` and `null` are null words */
	enum encoding encoding;
	char delimiter; /* 0: sniffed */
	enum quotes quotes;
	enum dedupe dedupe;
	struct gap_list gaps;
	bool has_covers;
	/* Days since 1970-01-01, both included. */
	int64_t covers_from, covers_to;
	struct str proves, cannot_prove;
	bool command_line; /* made for a file named on the command line */
};

/* What reading a source needs beside the text. */
struct source_reader {
	struct arena *a;
	struct zones *zones;
	struct source *source;
	bool is_profile;
};

/* A source with every key at its default. */
void source_init(struct source *source);

/* Reads one map of the `sources` list. */
void source_read(struct arena *a, struct zones *zones,
	const struct yaml_node *map, struct source *out, struct diag *diag);

/* The table of the keys that sources and profiles share; `into` is a struct
   source_reader. */
const struct yaml_key *source_keys(size_t *n);

/* Appends the texts of a list of scalars, or of the one scalar; they borrow the
   tree. */
void source_add_texts(
	struct arena *a, const struct yaml_node *list, struct str_vec *texts);

/* Fills every key that `source` leaves open from `defaults`; bindings field by
   field, lineage as a whole. */
void source_inherit(
	struct arena *a, struct source *source, const struct source *defaults);

/* True if `text`, which has no blanks at its ends, stands for no value. */
bool source_is_null(const struct source *source, struct str text);

/* Bytes of the longest null word. */
size_t source_null_max(const struct source *source);

#endif
