/*
 * Log integrity: nothing in a stream is missing or repeated. Shape 11,
 * `sequence`. The rows of a stream are taken in source sequence, merged copies
 * and untimed rows included. A number equal to an earlier one is a duplicate,
 * a new one below the running maximum is out of order, and each maximal run of
 * absent numbers is one gap. A time field is judged for its order only.
 *
 * Rows are grouped by stream with a counting sort. Within a stream a bitmap
 * says what was seen while the range is at most 64 times the rows; otherwise
 * the numbers are sorted.
 */
#include "rule/check.h"

#include "base/sort.h"
#include "rule/shape_read.h"

#define BITMAP_SPREAD 64

struct plan {
	uint32_t field; /* word */
	bool is_time;
	bool has_start;
	int64_t start;
};

static void init(struct rule_reader *reader)
{
	struct plan *plan = arena_new(reader->v->a, struct plan);

	plan->field = WORD_NONE;
	reader->rule->plan = plan;
}

static void read_sequence(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule_reader *r = into;
	struct test_reader tests = vocabulary_test_reader(r->v);
	struct plan *plan = r->rule->plan;

	(void)key;
	(void)diag;
	plan->field = where_word(&tests, value);
	plan->is_time = str_equal(value->text, STR("ts"));
}

static void read_starts_at(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct plan *plan = ((struct rule_reader *)into)->rule->plan;

	(void)key;
	plan->has_start = yaml_integer(
		value, INT64_MIN / 4, INT64_MAX / 4, &plan->start, diag);
}

static const struct yaml_key own_keys[] = {
	{STR_INIT("sequence"), true, YAML_TEXT, read_sequence, 0},
	{STR_INIT("starts_at"), false, YAML_TEXT, read_starts_at, 0},
};

static void finish(struct rule_reader *reader)
{
	const struct rule *rule = reader->rule;
	const struct plan *plan = rule->plan;
	struct form any = {0};

	if (!rule->for_thing)
		shape_complain(reader, DIAG_WRONG_TYPE,
			"`sequence` is about a thing (a stream of rows), not "
			"about events");
	if (plan->is_time && plan->has_start)
		shape_complain(reader, DIAG_KEY_NOT_FOR_SHAPE,
			"`starts_at` goes with a number, not with a time");
	shape_check_keys(reader, SHAPE_SAME);
	if (plan->field != WORD_NONE)
		rule_use_word(reader, &any, plan->field,
			plan->is_time ? COLUMN_TIME : COLUMN_NUMBER);
}

/* One row of a stream. */
struct item {
	row event;
	int64_t number;
};

struct work {
	struct check *check;
	const struct plan *plan;
	struct activations activations;
	const struct column *column;
	const struct keys *keys;
	struct item *items; /* readable rows of the stream at hand */
	size_t n;
};

static void judge(struct work *work, const sym *key, row e,
	enum verdict verdict, enum reason reason, row partner)
{
	struct judgement judgement = check_start(e);
	const struct event_table *events = work->check->facts->events;

	judgement.key = key;
	judgement.verdict = verdict;
	judgement.reason = reason;
	judgement.partner = partner;
	if (check_is_timed(work->check, e))
		judgement.at = events->time[e];
	check_judge(work->check, &judgement);
}

/* Collects the rows of a stream whose number can be read; the others are
   unknown. */
static void collect(
	struct work *work, const sym *key, const row *rows, size_t n)
{
	work->n = 0;
	for (size_t i = 0; i < n; i++) {
		struct judgement judgement = check_start(rows[i]);
		int64_t number = work->column->values[rows[i]];

		judgement.key = key;
		if (check_settles(work->check, &work->activations, &judgement))
			continue;
		if (cell_is_value(number))
			work->items[work->n++] = (struct item) {
				rows[i], number};
		else
			judge(work, key, rows[i], VERDICT_UNKNOWN,
				REASON_UNREADABLE, ROW_NONE);
	}
}

/* ---- numbers seen ---- */

/* The distinct numbers of a stream, ascending, each with its first row. */
static struct item *distinct(
	struct arena *a, const struct work *work, size_t *n_out)
{
	size_t n = work->n, out = 0;
	uint32_t *order = arena_array(a, uint32_t, n);
	int64_t *numbers = arena_array(a, int64_t, n);
	struct item *items = arena_array(a, struct item, n);

	for (size_t i = 0; i < n; i++) {
		order[i] = (uint32_t)i;
		numbers[i] = work->items[i].number;
	}
	/* Stable, so the first of equal numbers is the first in the stream. */
	sort_rows_by_i64(numbers, order, n);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || numbers[order[i]] != numbers[order[i - 1]])
			items[out++] = work->items[order[i]];
	*n_out = out;
	return items;
}

static size_t find_number(const struct item *items, size_t n, int64_t number)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (items[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- verdicts of one stream ---- */

/* True if numbers are absent just before the i-th distinct one. */
static bool has_gap_before(
	const struct work *work, const struct item *seen, size_t i)
{
	const struct plan *plan = work->plan;

	if (plan->has_start && seen[i].number <= plan->start)
		return false;
	if (i == 0 || (plan->has_start && seen[i - 1].number < plan->start))
		return plan->has_start;
	return seen[i - 1].number != seen[i].number - 1;
}

/* One verdict per row. The row behind a gap carries the gap, unless it is out
   of order itself. */
static void judge_rows(struct work *work, const sym *key,
	const struct item *seen, size_t n_seen)
{
	int64_t highest = INT64_MIN;

	for (size_t i = 0; i < work->n; i++) {
		struct item item = work->items[i];
		size_t at = find_number(seen, n_seen, item.number);

		if (seen[at].event != item.event)
			judge(work, key, item.event, VERDICT_VIOLATED,
				REASON_DUPLICATE, seen[at].event);
		else if (item.number < highest)
			judge(work, key, item.event, VERDICT_VIOLATED,
				REASON_WRONG_ORDER, ROW_NONE);
		else if (!has_gap_before(work, seen, at))
			judge(work, key, item.event, VERDICT_OK, REASON_NONE,
				ROW_NONE);
		if (item.number > highest)
			highest = item.number;
	}
}

static void judge_gap(struct work *work, struct stream *stream, int64_t *ranges,
	const sym *key, int64_t from, const struct item *next)
{
	struct judgement judgement = check_start(next->event);

	judgement.key = key;
	judgement.verdict = VERDICT_VIOLATED;
	judgement.reason = REASON_GAP;
	judgement.number = from;
	judgement.length = next->number - from;
	if (check_is_timed(work->check, next->event))
		judgement.at = work->check->facts->events->time[next->event];
	check_judge(work->check, &judgement);
	stream->gaps++;
	if (stream->n_ranges == STREAM_RANGES)
		return;
	ranges[2 * stream->n_ranges] = from;
	ranges[2 * stream->n_ranges + 1] = next->number - 1;
	stream->n_ranges++;
}

static void judge_gaps(struct work *work, const sym *key,
	const struct item *seen, size_t n_seen)
{
	struct check *check = work->check;
	const struct plan *plan = work->plan;
	int64_t ranges[2 * STREAM_RANGES];
	struct stream stream = {.key = key ? key[0] : 0,
		.first = seen[0].number,
		.last = seen[n_seen - 1].number,
		.event = work->items[0].event};
	int64_t expected, *kept;

	if (plan->has_start)
		stream.first = plan->start;
	expected = stream.first;
	for (size_t i = 0; i < n_seen; i++) {
		if (seen[i].number < stream.first)
			continue;
		stream.present++;
		if (has_gap_before(work, seen, i))
			judge_gap(
				work, &stream, ranges, key, expected, &seen[i]);
		expected = seen[i].number + 1;
	}
	if (stream.last >= stream.first)
		stream.expected = (uint64_t)(stream.last - stream.first) + 1;
	kept = arena_array(check->a, int64_t, 2 * stream.n_ranges);
	for (uint32_t i = 0; i < 2 * stream.n_ranges; i++)
		kept[i] = ranges[i];
	stream.ranges = kept;
	vec_push(check->a, &check->outcome->streams, stream);
}

static void judge_times(struct work *work, const sym *key)
{
	int64_t highest = INT64_MIN;

	for (size_t i = 0; i < work->n; i++) {
		struct item item = work->items[i];
		bool back = item.number < highest;

		judge(work, key, item.event,
			back ? VERDICT_VIOLATED : VERDICT_OK,
			back ? REASON_WRONG_ORDER : REASON_NONE, ROW_NONE);
		if (!back)
			highest = item.number;
	}
}

static void judge_stream(
	struct work *work, uint32_t k, const row *rows, size_t n)
{
	struct arena scratch = {0};
	const sym *key = check_key(work->keys, k);
	struct item *seen;
	size_t n_seen;

	work->items = arena_array(&scratch, struct item, n);
	collect(work, key, rows, n);
	if (work->plan->is_time) {
		judge_times(work, key);
	} else if (work->n) {
		seen = distinct(&scratch, work, &n_seen);
		judge_rows(work, key, seen, n_seen);
		judge_gaps(work, key, seen, n_seen);
	}
	arena_free(&scratch);
}

/* ---- the whole rule ---- */

/* Every row of a source that delivers the field, in any event. */
static struct bits stream_rows(struct check *check, uint32_t column)
{
	const struct facts *facts = check->facts;
	struct bits rows = bits_new(check->a, facts->events->n);

	for (row e = 0; e < facts->events->n; e++) {
		const struct source_facts *source =
			&facts->sources[facts_source(facts, e)];

		if (source->delivers[column] &&
			!(facts->events->marks[e] & EVENT_DERIVED))
			bits_add(&rows, e);
	}
	return rows;
}

/* The rows of each key, in source sequence; a row with several keys stands in
   several streams. */
static void judge_streams(struct work *work)
{
	struct arena scratch = {0};
	const struct event_table *events = work->check->facts->events;
	struct number_vec of = {0};
	struct rows VEC(row) rows = {0};
	uint32_t *start, *order;
	row *members;

	for (row r = 0; r < events->n; r++) {
		row e = events->by_sequence[r];
		uint32_t n;
		const uint32_t *keys;

		if (!bits_has(&work->activations.rows, e))
			continue;
		keys = keys_of(work->keys, e, &n);
		for (uint32_t i = 0; i < n; i++) {
			vec_push(&scratch, &of, keys[i]);
			vec_push(&scratch, &rows, e);
		}
	}
	start = arena_array(&scratch, uint32_t, (size_t)work->keys->n + 1);
	order = arena_array(&scratch, uint32_t, of.n);
	members = arena_array(&scratch, row, of.n);
	sort_group(of.at, of.n, work->keys->n, start, order);
	for (size_t i = 0; i < of.n; i++)
		members[i] = rows.at[order[i]];
	for (uint32_t k = 0; k < work->keys->n; k++)
		judge_stream(
			work, k, members + start[k], start[k + 1] - start[k]);
	arena_free(&scratch);
}

static void check_all(struct check *check, const struct rule *rule)
{
	const struct plan *plan = rule->plan;
	uint32_t column = facts_column(check->facts, plan->field,
		plan->is_time ? COLUMN_TIME : COLUMN_NUMBER);
	struct work work = {.check = check, .plan = plan};
	struct keys keys;
	struct bits rows;

	if (column == WORD_NONE)
		return;
	work.column = &check->facts->events->cells.columns[column];
	rows = stream_rows(check, column);
	work.activations = check_activations(check, &rows);
	keys = check_keys(check, &rule->same, &work.activations.rows);
	work.keys = &keys;
	judge_streams(&work);
}

static struct str describe(struct arena *a, const struct check *check,
	const struct rule *rule, const struct judgement *judgement)
{
	const struct plan *plan = rule->plan;
	struct str field = check->facts->words->words.at[plan->field].name;

	switch (judgement->reason) {
	case REASON_GAP:
		if (judgement->length == 1)
			return arena_print(a, "%.*s %lld is missing",
				STR_ARG(field), (long long)judgement->number);
		return arena_print(a, "%.*s %lld to %lld are missing",
			STR_ARG(field), (long long)judgement->number,
			(long long)(judgement->number + judgement->length - 1));
	case REASON_DUPLICATE:
		return arena_print(
			a, "the number in %.*s came before", STR_ARG(field));
	default:
		return arena_print(a, "%.*s steps back", STR_ARG(field));
	}
}

const struct shape shape_sequence = {
	.name = STR_INIT("sequence"),
	.keys = own_keys,
	.n_keys = 2,
	.n_heads = 1,
	.init = init,
	.finish = finish,
	.check = check_all,
	.describe = describe,
};
