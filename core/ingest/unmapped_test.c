#include "ingest/unmapped.h"

#include "sandbox_p.h"

#include "base/rng.h"

TestSuite(unmapped, .init = tmp_enter, .fini = tmp_leave);

/* What is said, a line each. */
static const char *report_with(const struct unmapped *unmapped,
	const struct words *words, char text[2000])
{
	struct diag diag = {0};
	size_t used = 0;

	unmapped_report(unmapped, words, 3, &diag);
	text[0] = '\0';
	for (size_t i = 0; i < diag.items.n; i++) {
		const struct diag_item *item = &diag.items.at[i];

		cr_expect(item->code == DIAG_UNUSED_WORD);
		cr_expect(item->loc.file == 3 && item->loc.line == 0);
		used += (size_t)snprintf(text + used, 2000 - used, "%.*s\n",
			STR_ARG(item->text));
	}
	diag_free(&diag);
	return text;
}

static const char *report(const struct unmapped *unmapped, char text[2000])
{
	static const struct words none;

	return report_with(unmapped, &none, text);
}

Test(unmapped, words_of_personal_fields_are_only_counted)
{
	struct arena a = {0};
	struct words words;
	struct unmapped u = {0};
	char text[2000];

	words_init(&words, &a);
	words.words.at[words_find(&words, STR("outcome"))].personal = true;
	words_class(&words);
	unmapped_add(&u, STR("outcome"), STR("secret"), 2);
	unmapped_add(&u, STR("action"), STR("UPD"), 1);
	unmapped_add(&u, STR("outcome"), STR("private"), 3);
	cr_expect_str_eq(report_with(&u, &words, text),
		"outcome: 2 personal words are not among the mapped words (5 "
		"rows)\n"
		"action: 'UPD' is not among the mapped words (1 row)\n");
	unmapped_free(&u);
	arena_free(&a);
}

Test(unmapped, words_are_counted_per_field_in_order_of_first_sight)
{
	struct unmapped u = {0};
	char text[2000];

	cr_expect_str_eq(report(&u, text), "");
	unmapped_add(&u, STR("outcome"), STR("meh"), 1);
	unmapped_add(&u, STR("action"), STR("UPD"), 2);
	unmapped_add(&u, STR("outcome"), STR("UPD"), 1);
	unmapped_add(&u, STR("outcome"), STR("meh"), 1);
	cr_expect_str_eq(report(&u, text),
		"outcome: 'meh' is not among the mapped words (2 rows)\n"
		"outcome: 'UPD' is not among the mapped words (1 row)\n"
		"action: 'UPD' is not among the mapped words (2 rows)\n");
	unmapped_free(&u);
}

/* Property: counted in pieces that are joined, words are counted as in one. */
Test(unmapped, joining_pieces_gives_the_serial_counts)
{
	static const char *const fields[] = {"action", "outcome", "kind"};
	struct rng rng = {11};

	for (int i = 0; i < 500; i++) {
		struct unmapped serial = {0}, joined = {0}, piece = {0};
		char want[2000], got[2000];

		for (int j = 0; j < 30; j++) {
			struct str field = str_of(fields[rng_below(&rng, 3)]);
			char raw[] = {(char)('a' + rng_below(&rng, 5)), '\0'};

			unmapped_add(&serial, field, str_of(raw), 1);
			unmapped_add(&piece, field, str_of(raw), 1);
			if (!rng_chance(&rng, 200000))
				continue;
			unmapped_join(&joined, &piece);
			unmapped_free(&piece);
		}
		unmapped_join(&joined, &piece);
		cr_assert_str_eq(report(&joined, got), report(&serial, want),
			"case %d", i);
		unmapped_free(&serial);
		unmapped_free(&joined);
		unmapped_free(&piece);
	}
}

/* A row is an event, an incident, two events made of it, and has records; its
   words stand in repeated columns and are looked at again and again. */
static const char rows_source[] =
	"- name: a\n  path: a.csv\n  role: [events, incidents]\n"
	"  bind:\n"
	"    ts: at\n"
	"    incident_id: id\n"
	"    detected_at: at\n"
	"    resolved_at: at\n"
	"    object_id: id\n"
	"    action: {column: verb, words: {INS: create}}\n"
	"    status: {column: verb, words: {UPD: open, INS: open}}\n"
	"  lineage: {reads: id}\n";

static const char *said_of_rows(struct sandbox *s, unsigned jobs)
{
	sandbox_open(s);
	s->request.has_refs = true;
	sandbox_need(s, "action", COLUMN_SYM);
	sandbox_need(s, "object_id", COLUMN_SYM);
	sandbox_sources(s, rows_source);
	sandbox_load(s, jobs);
	return sandbox_said(s);
}

Test(unmapped, a_row_counts_once_for_each_word_however_often_it_is_read)
{
	struct sandbox s;

	sandbox_file("a.csv", "at,id,verb,verb\n"
			      "2026-01-01T00:00:00Z,1,UPD,UPD\n"
			      "2026-01-01T00:00:01Z,2,INS,UPD\n"
			      "2026-01-01T00:00:02Z,3,X,UPD\n"
			      "2026-01-01T00:00:03Z,4,INS,INS\n");
	cr_expect_str_eq(said_of_rows(&s, 1),
		"a.csv unmapped-word: action: 'UPD' is not among the mapped "
		"words (3 rows)\n"
		"a.csv unmapped-word: action: 'X' is not among the mapped "
		"words (1 row)\n"
		"a.csv unmapped-word: status: 'X' is not among the mapped "
		"words (1 row)\n");
	sandbox_free(&s);
}

/* 30000 rows of 80 bytes are at least two pieces. Every third row has the
   word X, every fifth Y, those of both the word UPD. */
Test(unmapped, counts_are_the_same_for_any_number_of_threads)
{
	static const unsigned jobs[] = {1, 2, 7};
	FILE *file = fopen("a.csv", "w");

	cr_assert(file);
	fprintf(file, "at,id,verb,pad\n");
	for (int i = 0; i < 30000; i++)
		fprintf(file, "2026-01-01T00:00:00Z,%d,%s,%050d\n", i,
			i % 15 == 0  ? "UPD"
			: i % 3 == 0 ? "X"
			: i % 5 == 0 ? "Y"
				     : "INS",
			i);
	fclose(file);
	for (size_t i = 0; i < sizeof(jobs) / sizeof(jobs[0]); i++) {
		struct sandbox s;

		cr_expect_str_eq(said_of_rows(&s, jobs[i]),
			"a.csv unmapped-word: action: 'UPD' is not among the "
			"mapped words (2000 rows)\n"
			"a.csv unmapped-word: action: 'X' is not among the "
			"mapped words (8000 rows)\n"
			"a.csv unmapped-word: action: 'Y' is not among the "
			"mapped words (4000 rows)\n"
			"a.csv unmapped-word: status: 'X' is not among the "
			"mapped words (8000 rows)\n"
			"a.csv unmapped-word: status: 'Y' is not among the "
			"mapped words (4000 rows)\n",
			"row %zu: %s", i, sandbox_said(&s));
		sandbox_free(&s);
	}
}
