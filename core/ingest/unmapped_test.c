#include "ingest/unmapped.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <stdio.h>

/* What is said, a line each. */
static const char *report(const struct unmapped *unmapped, char text[2000])
{
	struct diag diag = {0};
	size_t used = 0;

	unmapped_report(unmapped, 3, &diag);
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
		"outcome: 'UPD' is not among the mapped words (1 rows)\n"
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
