#include "lineal-gen/remediation.h"

#include <criterion/criterion.h>
#include <math.h>

#define OPEN 1000 /* added to the days of an open repair */

struct gold {
	int days[12]; /* until 0 */
	uint64_t closed;
	double mean, median, p90;
	double km_median; /* 0: not reached */
};

static const struct gold rows[] = {
	{{2, 3, OPEN + 5, 6, 9, OPEN + 12, 20}, 5, 8, 6, 20, 9},
	{{4, OPEN + 4, 10, OPEN + 15}, 2, 7, 7, 10, 10},
	{{1, 1, OPEN + 2, 2, 7}, 4, 2.75, 1.5, 7, 2},
	{{2, 3, OPEN + 30, OPEN + 31, OPEN + 32}, 2, 2.5, 2.5, 3, 0},
	{{OPEN + 3, OPEN + 8}, 0, 0, 0, 0, 0},
	{{5}, 1, 5, 5, 5, 5},
	{{1, 2, 3, 4, 5, 6}, 6, 3.5, 3.5, 6, 3},
	{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 10, 5.5, 5.5, 9, 5},
};

static size_t fill(const struct gold *row, struct repair *repairs)
{
	size_t n = 0;

	for (; row->days[n]; n++)
		repairs[n] = (struct repair) {
			row->days[n] % OPEN * CLOCK_DAY, row->days[n] > OPEN};
	return n;
}

Test(remediation, gold_table)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct remediation found = {0};
		struct repair repairs[12];
		size_t n = fill(&rows[i], repairs);

		remediation_measure(repairs, n, &found);
		cr_expect_eq(found.closed, rows[i].closed, "row %zu", i);
		cr_expect_eq(found.open, n - rows[i].closed, "row %zu", i);
		cr_expect(fabs(found.mean - rows[i].mean) < 1e-9, "row %zu", i);
		cr_expect(fabs(found.median - rows[i].median) < 1e-9, "row %zu",
			i);
		cr_expect(fabs(found.p90 - rows[i].p90) < 1e-9, "row %zu", i);
		cr_expect_eq(
			found.km_reached, rows[i].km_median > 0, "row %zu", i);
		cr_expect(fabs(found.km_median - rows[i].km_median) < 1e-9,
			"row %zu", i);
	}
}

Test(remediation, nothing_has_no_figures)
{
	struct remediation found = {0};

	remediation_measure(NULL, 0, &found);
	cr_expect_eq(found.closed + found.open, 0u);
	cr_expect(!found.km_reached);
}
