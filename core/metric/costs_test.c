#include "metric/costs.h"

#include "scene_p.h"

#include <criterion/criterion.h>

struct book {
	struct scene s;
	struct cost_scenario at[COSTS_SCENARIOS];
	bool ok;
};

/* Reads rows of role costs; lines apart by '|'. */
static struct book *read(const char *lines)
{
	struct book *b = calloc(1, sizeof(*b));
	struct str rest = str_of(lines);
	size_t source;

	scene_open(&b->s, NULL);
	source = scene_source(&b->s, "costs", ROLE_COSTS);
	while (rest.len)
		scene_row(&b->s, ROLE_COSTS, source,
			arena_copy(&b->s.a, str_cut(&rest, '|')).s);
	scene_close(&b->s);
	b->ok = costs_read(&b->s.in, b->at);
	return b;
}

static void finish(struct book *b)
{
	scene_free(&b->s);
	free(b);
}

Test(costs, a_row_of_all_counts_for_each_scenario)
{
	struct book *b = read("scenario=all; item=cost; value=25000.00; "
			      "currency=EUR|"
			      "scenario=base; item=hour_rate; value=90.5|"
			      "scenario=high; item=flow_2; value=-7|"
			      "scenario=low; item=aro_before; value=0.25");

	cr_assert(b->ok);
	for (size_t i = 0; i < COSTS_SCENARIOS; i++) {
		cr_expect(b->at[i].has[ITEM_COST], "row %zu", i);
		cr_expect_eq(b->at[i].money[ITEM_COST].minor, 2500000);
		cr_expect_eq(b->at[i].has[ITEM_HOUR_RATE], i == 1);
		cr_expect_eq(b->at[i].has_flow[2], i == 2);
		cr_expect_eq(b->at[i].assumptions.n, 2);
	}
	cr_expect_eq(b->at[1].money[ITEM_HOUR_RATE].minor, 9050);
	cr_expect_eq(b->at[2].flows[2].minor, -700);
	cr_expect_eq(b->at[0].number[ITEM_ARO_BEFORE].digits, 25);
	cr_expect_eq(b->at[0].number[ITEM_ARO_BEFORE].scale, 2);
	finish(b);
}

Test(costs, a_fine_is_known_by_the_row_of_its_severity)
{
	struct book *b = read(
		"scenario=base; item=fine_severity; class=GDPR 83(4); value=9|"
		"scenario=base; item=fine_probability; class=GDPR 83(4); "
		"value=0.5|"
		"scenario=base; item=fine_probability; class=SEC none; "
		"value=0.1");
	const struct cost_fine *fines = b->at[1].fines;

	cr_assert(b->ok && b->at[1].n_fines == 2 && b->at[0].n_fines == 0);
	cr_expect(fines[0].has_severity && fines[0].has_probability);
	cr_expect_eq(fines[0].at, 0);
	cr_expect(!fines[1].has_severity && fines[1].has_probability);
	cr_expect_eq(fines[1].at, 2);
	finish(b);
}

Test(costs, what_cannot_be_read_is_named_with_its_row)
{
	static const struct {
		const char *line, *text;
	} rows[] = {
		{"scenario=worst; item=cost; value=1",
			"expected the scenario low, base, high or all; found: "
			"'worst'"},
		{"scenario=low; item=costs; value=1",
			"there is no cost item: 'costs'"},
		{"scenario=low; item=flow_64; value=1",
			"there is no cost item: 'flow_64'"},
		{"scenario=low; item=cost; value=1.234",
			"expected an amount such as 25000.00: '1.234'"},
		{"scenario=low; item=aro_before; value=x",
			"expected a decimal number: 'x'"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct book *b = read(rows[i].line);
		const struct diag_item *item = b->s.diag.items.at;

		cr_expect(!b->ok, "row %zu", i);
		cr_assert(b->s.diag.items.n == 1, "row %zu", i);
		cr_expect(item->code == DIAG_BAD_COST && item->loc.line == 2,
			"row %zu", i);
		cr_expect(str_equal(item->text, str_of(rows[i].text)),
			"row %zu: %.*s", i, STR_ARG(item->text));
		finish(b);
	}
}
