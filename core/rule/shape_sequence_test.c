#include "shape_random_p.h"

#define WORDS                                                              \
	"{keys: {k: {columns: [k], split: \",\"}, source: [source_name]}," \
	" fields: {n: [n], test: [test], w: [w]},"                         \
	" things: {s: {key: k}, log_stream: {key: source}},"               \
	" events: {a: {type: a}}}"

#define NUMBERS "for_each: s, sequence: n"

Test(shape_sequence, numbers_are_there_once_and_in_order)
{
	static const struct scene_row rows[] = {
		{NUMBERS, "+0h a k=1 n=5 | +1h a k=1 n=6 | +2h a k=1 n=7",
			"3 ok"},
		{NUMBERS, "+0h a k=1 n=5 | +1h a k=1 n=6 | +2h a k=1 n=5",
			"2 ok, 1 violated: duplicate @3 1"},
		/* 7 is new and below 8: out of order; it fills the gap. */
		{NUMBERS,
			"+0h a k=1 n=6 | +1h a k=1 n=8 | +2h a k=1 n=7 | "
			"+3h a k=1 n=9",
			"3 ok, 1 violated: wrong_order @3 1"},
		{NUMBERS, "+0h a k=1 n=5 | +1h a k=1 n=9 | +2h a k=1 n=10",
			"2 ok, 1 violated: gap 6..8 @2 1"},
		{NUMBERS,
			"+0h a k=1 n=1 | +1h a k=1 n=3 | +2h a k=1 n=4 | "
			"+3h a k=1 n=7",
			"2 ok, 2 violated: gap 2..2 @2 1, gap 5..6 @4 1"},
		{NUMBERS, "+0h a k=1 n=-2 | +1h a k=1 n=0",
			"1 ok, 1 violated: gap -1..-1 @2 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_sequence, a_gap_is_reported_at_the_next_higher_number)
{
	static const struct scene_row rows[] = {
		/* 2 is absent below 3, 4 below 5; 3 came late. */
		{NUMBERS, "+0h a k=1 n=1 | +1h a k=1 n=5 | +2h a k=1 n=3",
			"1 ok, 3 violated: gap 4..4 @2 1, gap 2..2 @3 1, "
			"wrong_order @3 1"},
		/* The first row with the number, not its repetition. */
		{NUMBERS, "+0h a k=1 n=1 | +1h a k=1 n=3 | +2h a k=1 n=3",
			"1 ok, 2 violated: gap 2..2 @2 1, duplicate @3 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_sequence, a_stream_may_have_a_first_number)
{
	static const struct scene_row rows[] = {
		{NUMBERS ", starts_at: 0", "+0h a k=1 n=0 | +1h a k=1 n=1",
			"2 ok"},
		{NUMBERS ", starts_at: 0", "+0h a k=1 n=2 | +1h a k=1 n=3",
			"1 ok, 1 violated: gap 0..1 @1 1"},
		{NUMBERS ", starts_at: 5",
			"+0h a k=1 n=3 | +1h a k=1 n=4 | +2h a k=1 n=7",
			"2 ok, 1 violated: gap 5..6 @3 1"},
		{NUMBERS ", starts_at: 5",
			"+0h a k=1 n=1 | +1h a k=1 n=3 | +2h a k=1 n=5",
			"3 ok"},
		{NUMBERS ", starts_at: 5", "+0h a k=1 n=1 | +1h a k=1 n=3",
			"2 ok"},
		{NUMBERS ", starts_at: -3", "+0h a k=1 n=-1",
			"1 violated: gap -3..-2 @1 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_sequence, rows_are_taken_in_source_sequence)
{
	static const struct scene_row rows[] = {
		{NUMBERS, "+9h a k=1 n=1 | +0h a k=1 n=2 | untimed a k=1 n=3",
			"3 ok"},
		{NUMBERS,
			"+0h a k=1 n=2 | +0h a k=1 n=1 source_name=crm | "
			"+0h a k=1 n=3",
			"3 ok"},
		{NUMBERS, "+0h a k=1 n=1 | +0h a k=1 n=1 merged",
			"1 ok, 1 violated: duplicate @2 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_sequence, each_key_is_a_stream)
{
	static const struct scene_row rows[] = {
		{NUMBERS,
			"+0h a k=1 n=1 | +0h a k=2 n=1 | +1h a k=1 n=2 | "
			"+1h a k=2 n=4",
			"3 ok, 1 violated: gap 2..3 @4 2"},
		{NUMBERS, "+0h a k=1,2 n=1 | +1h a k=2 n=1 | +1h a k=1 n=2",
			"3 ok, 1 violated: duplicate @2 2"},
		{"for_each: log_stream, sequence: n",
			"+0h a n=1 | +0h a n=2 source_name=crm | +0h a n=2 | "
			"+0h a n=3 source_name=crm",
			"4 ok"},
		{"for_each: s, sequence: n, same: source",
			"+0h a n=1 k=1 | +0h a n=2 k=2", "2 ok"},
		{"for_each: s, sequence: n, same: nothing",
			"+0h a n=1 k=1 | +0h a n=3",
			"1 ok, 1 violated: gap 2..2 @2"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_sequence, what_cannot_be_placed_is_unknown)
{
	static const struct scene_row rows[] = {
		{NUMBERS,
			"+0h a k=1 n=1 | +1h a k=1 n=x | +2h a k=1 | "
			"+3h a k=1 n=2",
			"2 ok, 2 unknown"},
		/* A number without a stream; a row without both is no part. */
		{NUMBERS, "+0h a k=1 n=1 | +1h a n=2 | +2h a n=x | +3h a",
			"1 ok, 2 unknown"},
		{NUMBERS ", unless: {test: yes}", "+0h a n=1 test=yes",
			"1 not_applicable"},
		{NUMBERS, "+0h a k=1", "1 unknown"},
		{NUMBERS, "+0h a", "never matched"},
		{NUMBERS,
			"lacks crm n | +0h a k=1 n=1 | "
			"+0h a k=1 source_name=crm",
			"1 ok"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_sequence, excused_rows_are_in_the_log_all_the_same)
{
	static const struct scene_row rows[] = {
		{NUMBERS ", unless: {test: yes}",
			"+0h a k=1 n=1 | +1h a k=1 n=2 test=yes | "
			"+2h a k=1 n=3",
			"2 ok, 1 not_applicable"},
		{NUMBERS ", unless: {test: yes}",
			"+0h a k=1 n=1 | +1h a k=1 n=3 test=yes | "
			"+2h a k=1 n=3",
			"1 ok, 2 violated, 1 not_applicable: gap 2..2 @2 1, "
			"duplicate @3 1"},
		{NUMBERS ", unless: {w: 1..5}",
			"+0h a k=1 n=1 | +1h a k=1 n=2 w=? | +2h a k=1 n=3",
			"2 ok, 1 unknown"},
		/* `where` says which rows are the stream. */
		{NUMBERS ", where: {w: 1}",
			"+0h a k=1 n=1 w=1 | +1h a k=1 n=2 w=2 | "
			"+2h a k=1 n=3 w=1",
			"1 ok, 1 violated: gap 2..2 @3 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_sequence, the_duty_holds_while_it_is_effective)
{
	static const struct scene_row rows[] = {
		{NUMBERS ", effective: {from: 2026-01-06}",
			"+0h a k=1 n=1 | +1h a k=1 n=3 | +24h a k=1 n=4 | "
			"+25h a k=1 n=6",
			"1 ok, 1 violated, 2 not_applicable: gap 5..5 @4 1"},
		{NUMBERS ", effective: {from: 2026-01-06}",
			"+24h a k=1 n=1 | untimed a k=1 n=2 | +25h a k=1 n=3",
			"2 ok, 1 unknown"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_sequence, times_are_judged_for_their_order_only)
{
	static const struct scene_row rows[] = {
		{"for_each: log_stream, sequence: ts",
			"+0h a | +5h a | +5h a | +9h a", "4 ok"},
		/* Against the running maximum, not the row before. */
		{"for_each: log_stream, sequence: ts",
			"+0h a | +5h a | +3h a | +4h a | +5h a",
			"3 ok, 2 violated: wrong_order @3 log, wrong_order @4 "
			"log"},
		{"for_each: log_stream, sequence: ts",
			"+5h a | untimed a | +6h a | +5h a merged",
			"2 ok, 1 violated, 1 unknown: wrong_order @4 log"},
		{"for_each: log_stream, sequence: ts",
			"+5h a | +1h a source_name=crm | +6h a", "3 ok"},
		/* Neither lets a row be placed: no key, no time. */
		{"for_each: s, sequence: ts",
			"+0h a k=1 | +1h a | untimed a | untimed a k=1",
			"1 ok, 3 unknown"},
	};

	SCENE_EXPECT(WORDS, rows);
}

/* The largest and smallest numbers that a cell holds: no sum overflows. */
Test(shape_sequence, numbers_may_be_as_far_apart_as_can_be)
{
	static const struct scene_row rows[] = {
		{NUMBERS,
			"+0h a k=1 n=-9223372036854775806 | "
			"+1h a k=1 n=9223372036854775807",
			"1 ok, 1 violated: gap "
			"-9223372036854775805..9223372036854775806 @2 1"},
		{NUMBERS,
			"+0h a k=1 n=9223372036854775807 | "
			"+1h a k=1 n=9223372036854775806",
			"1 ok, 1 violated: wrong_order @2 1"},
	};
	struct scene s;
	const struct stream *stream;

	SCENE_EXPECT(WORDS, rows);
	scene_open(&s, WORDS);
	scene_rule(&s, NUMBERS);
	scene_says(&s, rows[0].log);
	stream = &s.outcomes[0].streams.at[0];
	/* 2^64 - 2: of 2^64 values two mean absent and unreadable. */
	cr_expect(stream->expected == UINT64_MAX - 1);
	cr_expect(stream->present == 2 && stream->gaps == 1);
	cr_expect(s.outcomes[0].judgements.at[0].length == UINT64_MAX - 3);
	scene_free(&s);
}

Test(shape_sequence, a_stream_is_measured)
{
	struct scene s;
	const struct outcome *outcome;
	const struct stream *stream;

	scene_open(&s, WORDS);
	scene_rule(&s, NUMBERS ", starts_at: 2, unless: {test: yes}");
	scene_says(&s, "+0h a k=1 n=1 | +1h a k=1 n=5 | +2h a k=1 n=5 | "
		       "+3h a k=1 n=8 test=yes | +4h a k=1 n=x | "
		       "+0h a k=2 n=1 | +0h a k=3");
	outcome = &s.outcomes[0];
	cr_assert(outcome->streams.n == 2);
	stream = &outcome->streams.at[0];
	cr_expect(str_equal(symbols_show(&s.strings, stream->key), STR("1")));
	/* 2 to 8 must be there; 5 and 8 are; 2..4 and 6..7 are not. */
	cr_expect(stream->first == 2 && stream->last == 8);
	cr_expect(stream->expected == 7 && stream->present == 2);
	cr_expect(stream->gaps == 2 && stream->n_ranges == 2);
	cr_expect(stream->ranges[0] == 2 && stream->ranges[1] == 4);
	cr_expect(stream->ranges[2] == 6 && stream->ranges[3] == 7);
	cr_expect(s.events.line[stream->event] == 1);
	/* Nothing from its first number on. */
	cr_expect(outcome->streams.at[1].expected == 0);
	cr_expect(outcome->streams.at[1].present == 0);
	scene_free(&s);
}

Test(shape_sequence, at_most_so_many_ranges_are_kept)
{
	struct arena a = {0};
	struct str log = STR("");
	struct scene s;

	for (int i = 0; i <= STREAM_RANGES + 1; i++)
		log = arena_print(
			&a, "%.*s | +%dh a k=1 n=%d", STR_ARG(log), i, 2 * i);
	scene_open(&s, WORDS);
	scene_rule(&s, NUMBERS);
	scene_says(&s, log.s);
	cr_expect(s.outcomes[0].streams.at[0].gaps == STREAM_RANGES + 1);
	cr_expect(s.outcomes[0].streams.at[0].n_ranges == STREAM_RANGES);
	cr_expect(
		s.outcomes[0].verdicts[VERDICT_VIOLATED] == STREAM_RANGES + 1);
	scene_free(&s);
	arena_free(&a);
}

Test(shape_sequence, the_message_names_the_numbers)
{
	static const struct {
		const char *log, *message;
	} rows[] = {
		{"+0h a k=1 n=1 | +1h a k=1 n=3", "n 2 is missing"},
		{"+0h a k=1 n=1 | +1h a k=1 n=4", "n 2 to 3 are missing"},
		{"+0h a k=1 n=1 | +1h a k=1 n=1",
			"the number in n came before"},
		{"+0h a k=1 n=2 | +1h a k=1 n=1", "n steps back"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		struct check check = {0};
		struct str said;

		scene_open(&s, WORDS);
		scene_rule(&s, NUMBERS);
		scene_says(&s, rows[i].log);
		cr_assert(s.outcomes[0].judgements.n == 1);
		check.facts = &s.facts;
		said = shape_sequence.describe(&s.log, &check, s.rules.at,
			s.outcomes[0].judgements.at);
		cr_expect(str_equal(said, str_of(rows[i].message)), "%.*s",
			STR_ARG(said));
		scene_free(&s);
	}
}

Test(shape_sequence, the_first_number_is_a_number)
{
	static const struct scene_mistake rows[] = {
		{NUMBERS ", starts_at: one", "bad-number"},
		{"for_each: log_stream, sequence: ts, starts_at: 1",
			"key-not-for-shape"},
		{"for_each: s, sequence: nothing", "unknown-word"},
	};

	SCENE_EXPECT_MISTAKES(WORDS, rows);
}

/* ---- against a slow reading of the manual ---- */

struct numbers {
	struct drawn_rule common;
	bool has_start;
	int start;
};

static bool is_in_stream(
	const struct numbers *rule, const struct drawn_log *log, int i, int key)
{
	return drawn_is_kept(log, i) && drawn_has_key(log, i, key) &&
	       !drawn_is_dropped(log, &rule->common, i);
}

static bool is_readable(
	const struct numbers *rule, const struct drawn_log *log, int i, int key)
{
	return is_in_stream(rule, log, i, key) &&
	       log->rows[i].seq != DRAWN_NONE;
}

/* The first of the numbers absent just below that of row i, or its own. */
static int absent_below(
	const struct numbers *rule, const struct drawn_log *log, int i, int key)
{
	int low = log->rows[i].seq, least = low;

	for (int j = 0; j < log->n; j++)
		if (is_readable(rule, log, j, key) && log->rows[j].seq < least)
			least = log->rows[j].seq;
	if (rule->has_start)
		least = rule->start;
	for (; low > least; low--) {
		bool present = false;

		for (int j = 0; j < log->n; j++)
			present |= is_readable(rule, log, j, key) &&
				   log->rows[j].seq == low - 1;
		if (present)
			break;
	}
	return low;
}

static void read_number(const struct numbers *rule, const struct drawn_log *log,
	int i, int key, struct tally *tally)
{
	enum verdict settled = drawn_settled(log, &rule->common, i);
	int number = log->rows[i].seq, first = i;
	int low = absent_below(rule, log, i, key);
	struct told told = tally_told(i, key), gap;
	bool is_lower = false, has_gap;

	told.at = drawn_time(log, i);
	gap = told;
	for (int j = 0; j < log->n; j++) {
		if (!is_readable(rule, log, j, key) ||
			!drawn_is_earlier(log, j, i))
			continue;
		is_lower |= log->rows[j].seq > number;
		if (log->rows[j].seq == number &&
			drawn_is_earlier(log, j, first))
			first = j;
	}
	has_gap = first == i && low < number &&
		  !drawn_is_outside(log, &rule->common, i);
	gap.reason = REASON_GAP;
	gap.number = low;
	gap.length = number - low;
	if (has_gap)
		tally_add(tally, VERDICT_VIOLATED, &gap);
	told.reason = first != i ? REASON_DUPLICATE : REASON_WRONG_ORDER;
	told.partner = first != i ? first + 1 : 0;
	if (settled != VERDICT_N)
		tally_add(tally, settled, NULL);
	else if (first != i || is_lower)
		tally_add(tally, VERDICT_VIOLATED, &told);
	else if (!has_gap)
		tally_add(tally, VERDICT_OK, NULL);
}

static struct tally read_numbers(
	const struct numbers *rule, const struct drawn_log *log)
{
	struct tally tally = {0};

	for (int i = 0; i < log->n; i++) {
		enum verdict settled = drawn_settled(log, &rule->common, i);
		bool absent = log->rows[i].seq == DRAWN_NONE;
		enum verdict other = settled == VERDICT_N ? VERDICT_UNKNOWN
							  : settled;

		for (int k = 1; k <= DRAWN_KEYS; k++) {
			if (!is_in_stream(rule, log, i, k))
				continue;
			if (absent)
				tally_add(&tally, other, NULL);
			else
				read_number(rule, log, i, k, &tally);
		}
		if (drawn_is_kept(log, i) && log->rows[i].keys == 0 &&
			!absent && !drawn_is_dropped(log, &rule->common, i))
			tally_add(&tally, other, NULL);
	}
	return tally;
}

/* Distinct numbers of a stream from its first on, found one by one. */
static uint64_t count_present(const struct numbers *rule,
	const struct drawn_log *log, int key, int64_t first)
{
	uint64_t present = 0;

	for (int number = (int)first; number < 10; number++)
		for (int i = 0; i < log->n; i++)
			if (is_readable(rule, log, i, key) &&
				log->rows[i].seq == number) {
				present++;
				break;
			}
	return present;
}

static void expect_streams(const struct scene *s, const struct numbers *rule,
	const struct drawn_log *log)
{
	const struct outcome *outcome = &s->outcomes[0];

	for (size_t i = 0; i < outcome->streams.n; i++) {
		const struct stream *stream = &outcome->streams.at[i];
		int key = symbols_show(&s->strings, stream->key).s[0] - '0';
		int64_t range = stream->last - stream->first + 1;
		uint64_t absent = 0;

		for (uint32_t j = 0; j < stream->n_ranges; j++)
			absent += (uint64_t)(stream->ranges[2 * j + 1] -
					     stream->ranges[2 * j] + 1);
		cr_assert(
			stream->expected == (range > 0 ? (uint64_t)range : 0));
		cr_assert(stream->present ==
			  count_present(rule, log, key, stream->first));
		cr_assert(stream->present + absent == stream->expected);
		cr_assert(stream->gaps == stream->n_ranges);
	}
}

/* Property: `sequence` is its definition, read row by row. */
Test(shape_sequence, verdicts_are_those_of_the_definition)
{
	static const struct drawn_style style = {.kinds = DRAWN_A,
		.untimed = 150000,
		.merged = 100000,
		.edges = 200000};
	static const enum verdict verdicts[] = {VERDICT_OK, VERDICT_VIOLATED,
		VERDICT_UNKNOWN, VERDICT_NOT_APPLICABLE};
	static const enum reason reasons[] = {
		REASON_GAP, REASON_DUPLICATE, REASON_WRONG_ORDER};
	struct rng rng = {11};
	struct met met = {0};

	for (int i = 0; i < 200; i++) {
		struct numbers rule = {.has_start = rng_chance(&rng, 400000),
			.start = (int)rng_below(&rng, 4) - 1};
		struct drawn_text text = {0};
		struct scene s;

		drawn_rule(&rng, &rule.common);
		drawn_add(&text, "for_each: seen, sequence: seq");
		if (rule.has_start)
			drawn_add(&text, ", starts_at: %d", rule.start);
		drawn_add_rule(&text, &rule.common, false);
		scene_open(&s, DRAWN_WORDS);
		scene_rule(&s, text.at);
		for (int j = 0; j < 40; j++) {
			struct drawn_log log;
			struct tally want;

			drawn_log(&rng, &style, &log);
			want = read_numbers(&rule, &log);
			tally_expect(&s, &log, text.at, &want);
			expect_streams(&s, &rule, &log);
			met_add(&met, &want);
		}
		scene_free(&s);
	}
	MET_EXPECT(&met, verdicts, reasons);
}
