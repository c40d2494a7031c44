#include "metric/sides.h"

#include "graph/pairs.h"

bool sides_is_transaction(const struct facts *facts, row e)
{
	int64_t time = facts->events->time[e];

	return metric_is_of_role(facts, e, ROLE_TRANSACTIONS) &&
	       (time == CELL_ABSENT || metric_in_period(facts, time));
}

uint64_t sides_count_outside(const struct facts *facts)
{
	uint64_t n = 0;

	for (row e = 0; e < facts->events->n_timed; e++)
		n += metric_is_of_role(facts, e, ROLE_TRANSACTIONS) &&
		     !metric_in_period(facts, facts->events->time[e]);
	return n;
}

static bool is_log_event(const struct facts *facts, row e)
{
	return metric_is_of_role(facts, e, ROLE_AUDIT_LOG);
}

struct builder {
	struct arena *a;
	const struct facts *facts;
	const struct zone *zone; /* in which days are compared; NULL: UTC */
	struct arena scratch;
	struct pairs objects; /* (type, id), shared by both sides */
};

static bool is_day_only(const struct facts *facts, row e)
{
	return (facts->events->marks[e] & EVENT_PRECISION) == TIME_DAY;
}

/* The zone of the first source of a side whose rows know the day only, else
   UTC. */
static const struct zone *day_zone(const struct facts *facts)
{
	for (row e = 0; e < facts->events->n_timed; e++)
		if (is_day_only(facts, e) && (sides_is_transaction(facts, e) ||
						     is_log_event(facts, e)))
			return facts->sources[facts_source(facts, e)].zone;
	return NULL;
}

static int32_t day_of(const struct zone *zone, int64_t ns)
{
	int64_t s = ns / NS_PER_SECOND - (ns % NS_PER_SECOND < 0);

	if (zone)
		s += zone_offset(zone, s);
	return (int32_t)(s / 86400 - (s % 86400 < 0));
}

/* ---- columns ---- */

static const uint32_t *symbols(const struct builder *b, const row *events,
	uint32_t n, const char *word)
{
	uint32_t column = words_column(
		b->facts->words, str_of(word), COLUMN_SYM);
	uint32_t *out = arena_array(b->a, uint32_t, n);

	for (uint32_t i = 0; i < n; i++)
		out[i] = metric_sym(b->facts, column, events[i]);
	return out;
}

/* Type and id as one number; a row without an id has no object. */
static const uint32_t *objects(struct builder *b, const row *events, uint32_t n)
{
	const struct words *words = b->facts->words;
	uint32_t type = words_column(words, STR("object_type"), COLUMN_SYM);
	uint32_t id = words_column(words, STR("object_id"), COLUMN_SYM);
	uint32_t *out = arena_array(b->a, uint32_t, n);

	for (uint32_t i = 0; i < n; i++) {
		struct pair pair = {metric_sym(b->facts, type, events[i]),
			metric_sym(b->facts, id, events[i])};

		if (pair.right)
			out[i] = pairs_put(&b->scratch, &b->objects, pair);
	}
	return out;
}

static const uint32_t *actions(
	const struct builder *b, const row *events, uint32_t n)
{
	uint32_t column = words_column(
		b->facts->words, STR("action"), COLUMN_SYM);
	uint32_t *out = arena_array(b->a, uint32_t, n);

	for (uint32_t i = 0; i < n; i++) {
		size_t action = kind_find(kind_actions, ACTION_N,
			symbols_show(b->facts->strings,
				metric_sym(b->facts, column, events[i])));

		out[i] = action == ACTION_N ? ACTION_OTHER : (uint32_t)action;
	}
	return out;
}

static void fill_times(const struct builder *b, struct side *side)
{
	uint32_t n = side->columns.n;
	int64_t *time = arena_array(b->a, int64_t, n);
	bool *day_only = arena_array(b->a, bool, n);
	int32_t *day = arena_array(b->a, int32_t, n);
	uint32_t *rank = arena_array(b->a, uint32_t, n);

	for (uint32_t i = 0; i < n; i++) {
		row e = side->events[i];
		int64_t ns = b->facts->events->time[e];

		time[i] = ns == CELL_ABSENT ? MATCH_UNTIMED : ns;
		day[i] = ns == CELL_ABSENT ? MATCH_NO_DAY : day_of(b->zone, ns);
		day_only[i] = is_day_only(b->facts, e);
		rank[i] = i;
	}
	side->columns.time = time;
	side->columns.day_only = day_only;
	side->columns.day = day;
	side->columns.rank = rank;
}

static struct side build_side(
	struct builder *b, bool (*belongs)(const struct facts *facts, row e))
{
	const struct event_table *events = b->facts->events;
	struct side side = {0};
	uint32_t n = 0;
	row *members;

	for (row e = 0; e < events->n; e++)
		n += belongs(b->facts, e);
	members = arena_array(b->a, row, n);
	for (row r = 0, i = 0; r < events->n; r++)
		if (belongs(b->facts, events->by_sequence[r]))
			members[i++] = events->by_sequence[r];
	side.events = members;
	side.columns.n = n;
	fill_times(b, &side);
	side.columns.object = objects(b, members, n);
	side.columns.action = actions(b, members, n);
	side.columns.request = symbols(b, members, n, "request_id");
	side.columns.trace = symbols(b, members, n, "trace_id");
	return side;
}

struct sides sides_build(struct arena *a, const struct facts *facts)
{
	struct builder b = {.a = a, .facts = facts, .zone = day_zone(facts)};
	struct sides sides = {.rec = build_side(&b, sides_is_transaction)};

	sides.log = build_side(&b, is_log_event);
	arena_free(&b.scratch);
	return sides;
}
