#include "graph/graph_find.h"

#include "base/near.h"
#include "base/number.h"

#include <inttypes.h>
#include <stdlib.h>

struct search {
	struct arena *a;
	const struct graph *graph;
	const struct symbols *strings;
};

/* One reading of the text. */
struct reading {
	bool has_type, has_version;
	struct str type, id;
	uint64_t version;
};

static void cut_type(struct reading *reading)
{
	size_t colon = str_find(reading->id, ':');

	if (colon == reading->id.len)
		return;
	reading->has_type = true;
	reading->type = str_slice(reading->id, 0, colon);
	reading->id = str_slice(reading->id, colon + 1, reading->id.len);
}

static void cut_version(struct reading *reading)
{
	struct str id = reading->id;
	size_t at = id.len;

	while (at > 0 && str_is_digit(id.s[at - 1]))
		at--;
	if (at == 0 || id.s[at - 1] != '@' ||
		!number_read_u64(str_slice(id, at, id.len), &reading->version))
		return;
	reading->has_version = true;
	reading->id = str_slice(id, 0, at - 1);
}

struct str graph_record_name(struct arena *a, const struct graph *graph,
	const struct symbols *strings, uint32_t record)
{
	struct str type = symbols_show(strings, graph_type(graph, record));
	struct str id = symbols_show(strings, graph_id(graph, record));

	return arena_print(a, "%.*s:%.*s", STR_ARG(type), STR_ARG(id));
}

struct str graph_version_name(struct arena *a, const struct graph *graph,
	const struct symbols *strings, node version)
{
	struct str name = graph_record_name(
		a, graph, strings, graph->subject[version]);

	return arena_print(
		a, "%.*s@%" PRIu64, STR_ARG(name), graph->ordinal[version]);
}

static void add_name(
	const struct search *search, struct str_vec *names, uint32_t record)
{
	vec_push(search->a, names,
		graph_record_name(
			search->a, search->graph, search->strings, record));
}

/* The records with an id: the only one, or the names of all. */
static void match_id(
	const struct search *search, sym id, struct graph_match *match)
{
	uint32_t first = graph_next_with_id(search->graph, id, 0), next;

	next = first ? graph_next_with_id(search->graph, id, first) : 0;
	if (!next) {
		match->record = first;
		return;
	}
	match->found = GRAPH_AMBIGUOUS;
	add_name(search, &match->names, first);
	for (; next; next = graph_next_with_id(search->graph, id, next))
		add_name(search, &match->names, next);
	qsort(match->names.at, match->names.n, sizeof(*match->names.at),
		str_compare_items);
}

static struct graph_match match_reading(
	const struct search *search, const struct reading *reading)
{
	const struct graph *graph = search->graph;
	sym id = symbols_find(search->strings, reading->id);
	sym type = symbols_find(search->strings, reading->type);
	struct graph_match match = {0};

	if (id == 0 || (type == 0 && reading->type.len))
		return match;
	if (reading->has_type)
		match.record = graph_record(graph, type, id);
	else
		match_id(search, id, &match);
	if (match.record && reading->has_version)
		match.version = graph_version(
			graph, match.record, reading->version);
	if (match.record && (match.version || !reading->has_version))
		match.found = GRAPH_FOUND;
	return match;
}

/* What near_hint() takes as near. */
static size_t near_limit(struct str word)
{
	return word.len < 8 ? 1 : word.len / 4;
}

/* Takes the bytes of a part out of the counts; how many were not there. */
static size_t take_bytes(uint32_t counts[256], struct str part)
{
	size_t missing = 0;

	for (size_t i = 0; i < part.len; i++) {
		uint32_t *left = &counts[(unsigned char)part.s[i]];

		if (*left)
			--*left;
		else
			missing++;
	}
	return missing;
}

/* A lower bound of the distance that is cheap to get: how many bytes the name
   has that the word lacks, whatever their places. */
static bool may_be_near(struct str word, const struct str *parts, size_t n)
{
	size_t limit = near_limit(word), len = 0, missing = 0;
	uint32_t counts[256] = {0};

	for (size_t i = 0; i < n; i++)
		len += parts[i].len;
	if (len > word.len + limit || word.len > len + limit)
		return false;
	for (size_t i = 0; i < word.len; i++)
		counts[(unsigned char)word.s[i]]++;
	for (size_t i = 0; i < n; i++)
		missing += take_bytes(counts, parts[i]);
	return missing <= limit;
}

static void add_once(struct arena *a, struct str_vec *names, struct str name)
{
	for (size_t i = 0; i < names->n; i++)
		if (str_equal(names->at[i], name))
			return;
	vec_push(a, names, arena_copy(a, name));
}

/* The same id under other types, which no likeness of spelling brings near. */
static struct str namesakes(const struct search *search, struct str word)
{
	struct reading reading = {.id = word};
	struct str_vec names = {0};
	uint32_t next;
	sym id;

	cut_type(&reading);
	id = symbols_find(search->strings, reading.id);
	if (id == 0)
		return STR("");
	for (next = graph_next_with_id(search->graph, id, 0); next;
		next = graph_next_with_id(search->graph, id, next))
		add_name(search, &names, next);
	if (names.n)
		qsort(names.at, names.n, sizeof(*names.at), str_compare_items);
	return near_sentence(search->a, names.at, names.n);
}

/* Similar names of records, or similar ids if the text has no type. */
static struct str near_names(
	const struct search *search, struct str word, bool has_type)
{
	const struct graph *graph = search->graph;
	uint32_t n = graph_records(graph);
	struct arena scratch = {0};
	struct str_vec names = {0};
	struct str hint;

	for (uint32_t i = 1; i < n && names.n < GRAPH_FIND_NEAR; i++) {
		struct str id = symbols_show(
			search->strings, graph_id(graph, i));
		struct str type = symbols_show(
			search->strings, graph_type(graph, i));
		struct str parts[3] = {type, STR(":"), id};

		if (!may_be_near(
			    word, parts + (has_type ? 0 : 2), has_type ? 3 : 1))
			continue;
		add_once(&scratch, &names,
			has_type ? graph_record_name(
					   &scratch, graph, search->strings, i)
				 : id);
	}
	hint = near_hint(search->a, word, names.at, names.n);
	arena_free(&scratch);
	return hint;
}

struct graph_match graph_find(struct arena *a, const struct graph *graph,
	const struct symbols *strings, struct str text)
{
	struct search search = {a, graph, strings};
	struct graph_match unknown = {0}, match;
	struct str word = text;

	/* Most cutting first; see the header. */
	for (int i = 0; i < 4; i++) {
		struct reading reading = {.id = text};

		if (i < 2)
			cut_type(&reading);
		if (i % 2 == 0)
			cut_version(&reading);
		match = match_reading(&search, &reading);
		if (match.found)
			return match;
		if (match.record && !unknown.record)
			unknown = match;
		if (i == 0)
			word.len = (size_t)(reading.id.s - text.s) +
				   reading.id.len;
	}
	if (!unknown.record)
		unknown.hint = namesakes(&search, word);
	if (!unknown.record && unknown.hint.len == 0)
		unknown.hint = near_names(
			&search, word, str_find(word, ':') < word.len);
	return unknown;
}
