#include "metric/sides.h"

#include "graph/pairs.h"

static uint64_t count_between(const struct facts *facts, row from, row to)
{
	uint64_t n = 0;

	for (row e = from; e < to; e++)
		n += metric_is_of_role(facts, e, ROLE_TRANSACTIONS);
	return n;
}

uint64_t sides_count_outside(const struct facts *facts)
{
	row from = facts_row_at(facts, facts->period_from);
	row to = facts_row_at(facts, facts->period_to);

	if (to < from)
		to = from;
	return count_between(facts, 0, from) +
	       count_between(facts, to, facts->events->n_timed);
}

/* What a log event must have so that a transaction could be paired with it:
   one of these ids, or an object and an action of these. */
struct partners {
	struct bits requests, traces, objects;
	uint64_t actions;
};

struct builder {
	struct arena *a;
	const struct facts *facts;
	const struct sides_wanted *wanted;
	bool knows_days;         /* some row knows its day only */
	const struct zone *zone; /* in which days are compared; NULL: UTC */
	struct arena scratch;
	/* Symbol to action, plus 1; 0 is not known yet. */
	uint8_t *actions;
	/* Type and id as one number, shared by both sides: the number of the
	   id where its type is the one that was seen first with it, else that
	   of the pair, behind them. Per id its first type, plus 1. */
	sym *first_type;
	struct pairs others;
	uint32_t n_syms;
	struct partners partners;
	uint32_t request, trace, type, id, action; /* columns */
};

static bool is_day_only(const struct facts *facts, row e)
{
	return (facts->events->marks[e] & EVENT_PRECISION) == TIME_DAY;
}

/* The zone of the first source of a side whose rows know the day only, else
   UTC. */
static void find_zone(struct builder *b)
{
	const struct facts *facts = b->facts;

	for (row e = 0; e < facts->events->n_timed; e++) {
		if (!is_day_only(facts, e) ||
			!(sides_is_transaction(facts, e) ||
				metric_is_of_role(facts, e, ROLE_AUDIT_LOG)))
			continue;
		b->knows_days = true;
		b->zone = facts->sources[facts_source(facts, e)].zone;
		return;
	}
}

static int32_t day_of(const struct zone *zone, int64_t ns)
{
	int64_t s = ns / NS_PER_SECOND - (ns % NS_PER_SECOND < 0);

	if (zone)
		s += zone_offset(zone, s);
	return (int32_t)(s / 86400 - (s % 86400 < 0));
}

static uint32_t action_of(const struct builder *b, row e)
{
	sym symbol = facts_sym(b->facts, b->action, e);
	uint8_t *known = &b->actions[symbol];
	size_t action;

	if (*known)
		return *known - 1u;
	action = kind_find(kind_actions, ACTION_N,
		symbols_show(
			b->facts->strings, facts_sym(b->facts, b->action, e)));
	*known = (uint8_t)(1 + (action == ACTION_N ? ACTION_OTHER : action));
	return *known - 1u;
}

/* ---- rows ---- */

static struct bits transactions(struct builder *b)
{
	const struct facts *facts = b->facts;
	struct bits rows = bits_new(&b->scratch, facts->events->n);

	for (row e = 0; e < rows.n; e++)
		if (sides_is_transaction(facts, e))
			bits_add(&rows, e);
	return rows;
}

/* True for an event that is not looked at for its own sake but might be the
   partner of a transaction. */
static bool may_be_partner(const struct builder *b, row e, uint32_t action)
{
	const struct partners *p = &b->partners;

	return bits_has(&p->requests, facts_sym(b->facts, b->request, e)) ||
	       bits_has(&p->traces, facts_sym(b->facts, b->trace, e)) ||
	       ((p->actions >> action & 1) &&
		       bits_has(&p->objects, facts_sym(b->facts, b->id, e)));
}

static struct bits log_events(struct builder *b)
{
	const struct facts *facts = b->facts;
	struct bits rows = bits_new(&b->scratch, facts->events->n);
	uint64_t own = b->wanted->actions | UINT64_C(1) << ACTION_UPSERT;

	for (row e = 0; e < rows.n; e++) {
		uint32_t action;

		if (!metric_is_of_role(facts, e, ROLE_AUDIT_LOG))
			continue;
		action = action_of(b, e);
		if (!b->wanted->is_restricted || (own >> action & 1) ||
			may_be_partner(b, e, action))
			bits_add(&rows, e);
	}
	return rows;
}

/* ---- columns ---- */

static const uint32_t *symbols(
	const struct builder *b, const row *events, uint32_t n, uint32_t column)
{
	uint32_t *out = arena_array(b->a, uint32_t, n);

	for (uint32_t i = 0; column != WORD_NONE && i < n; i++)
		out[i] = facts_sym(b->facts, column, events[i]);
	return out;
}

/* Type and id as one number; a row without an id has no object. */
static uint32_t object_of(struct builder *b, row e)
{
	struct pair pair = {
		facts_sym(b->facts, b->type, e), facts_sym(b->facts, b->id, e)};
	sym *first = &b->first_type[pair.right];

	if (pair.right == 0)
		return 0;
	if (*first == 0)
		*first = pair.left + 1;
	if (*first == pair.left + 1)
		return pair.right;
	return b->n_syms + pairs_put(&b->scratch, &b->others, pair);
}

static void fill_times(const struct builder *b, struct side *side)
{
	uint32_t n = side->columns.n;
	int64_t *time = arena_array(b->a, int64_t, n);
	bool *day_only = arena_array(b->a, bool, n);

	for (uint32_t i = 0; i < n; i++) {
		row e = side->events[i];
		int64_t ns = b->facts->events->time[e];

		time[i] = ns == CELL_ABSENT ? MATCH_UNTIMED : ns;
		day_only[i] = is_day_only(b->facts, e);
	}
	side->columns.time = time;
	side->columns.day_only = day_only;
}

static void fill_days(const struct builder *b, struct side *side)
{
	uint32_t n = side->columns.n;
	int32_t *day = arena_array(b->a, int32_t, n);

	for (uint32_t i = 0; i < n; i++) {
		int64_t ns = side->columns.time[i];

		day[i] = ns == MATCH_UNTIMED ? MATCH_NO_DAY
					     : day_of(b->zone, ns);
	}
	side->columns.day = day;
}

static void fill_objects(struct builder *b, struct side *side)
{
	uint32_t n = side->columns.n;
	uint32_t *object = arena_array(b->a, uint32_t, n);
	uint32_t *action = arena_array(b->a, uint32_t, n);

	for (uint32_t i = 0; i < n; i++) {
		object[i] = object_of(b, side->events[i]);
		action[i] = action_of(b, side->events[i]);
	}
	side->columns.object = object;
	side->columns.action = action;
}

static struct side build_side(struct builder *b, const struct bits *rows)
{
	const struct event_table *events = b->facts->events;
	struct side side = {0};
	uint32_t n = (uint32_t)bits_count(rows);
	row *members = arena_array(b->a, row, n);

	for (row r = 0, i = 0; i < n; r++)
		if (bits_has(rows, events->by_sequence[r]))
			members[i++] = events->by_sequence[r];
	side.events = members;
	side.columns.n = n;
	fill_times(b, &side);
	if (b->knows_days || !b->wanted->is_restricted || b->wanted->days)
		fill_days(b, &side);
	fill_objects(b, &side);
	side.columns.request = symbols(b, members, n, b->request);
	side.columns.trace = symbols(b, members, n, b->trace);
	return side;
}

static void find_partners(struct builder *b, const struct side *rec)
{
	struct partners *p = &b->partners;
	const struct match_side *columns = &rec->columns;

	p->requests = bits_new(&b->scratch, b->n_syms);
	p->traces = bits_new(&b->scratch, b->n_syms);
	p->objects = bits_new(&b->scratch, b->n_syms);
	for (uint32_t i = 0; i < columns->n; i++) {
		bits_add(&p->requests, columns->request[i]);
		bits_add(&p->traces, columns->trace[i]);
		bits_add(&p->objects,
			facts_sym(b->facts, b->id, rec->events[i]));
		p->actions |= UINT64_C(1) << columns->action[i];
	}
	/* Symbol 0 is absent, and agrees with nothing. */
	bits_drop(&p->requests, 0);
	bits_drop(&p->traces, 0);
	bits_drop(&p->objects, 0);
}

static uint32_t column_of(const struct facts *facts, struct str word)
{
	return words_column(facts->words, word, COLUMN_SYM);
}

struct sides sides_build(struct arena *a, const struct facts *facts,
	const struct sides_wanted *wanted)
{
	struct builder b = {.a = a,
		.facts = facts,
		.wanted = wanted,
		.n_syms = (uint32_t)symbols_count(facts->strings),
		.request = column_of(facts, STR("request_id")),
		.trace = column_of(facts, STR("trace_id")),
		.type = column_of(facts, STR("object_type")),
		.id = column_of(facts, STR("object_id")),
		.action = column_of(facts, STR("action"))};
	struct sides sides;
	struct bits rows;

	find_zone(&b);
	b.actions = arena_array(&b.scratch, uint8_t, b.n_syms);
	b.first_type = arena_array(&b.scratch, sym, b.n_syms);
	rows = transactions(&b);
	sides.rec = build_side(&b, &rows);
	find_partners(&b, &sides.rec);
	rows = log_events(&b);
	sides.log = build_side(&b, &rows);
	arena_free(&b.scratch);
	return sides;
}
