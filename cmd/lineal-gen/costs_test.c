#include "lineal-gen/costs.h"

#include <criterion/criterion.h>
#include <math.h>

Test(costs, gold_table)
{
	static const struct {
		struct scenario_costs costs;
		double roi;
	} rows[] = {
		{{5, 20000000, 400, 300, 0, 60, 5000}, -0.48},
		{{20, 100000000, 400, 250, 600000, 120, 5000}, 0.82},
		{{50, 200000000, 400, 200, 900000, 240, 5000}, 4.56},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect(fabs(costs_return(&rows[i].costs) - rows[i].roi) <
				  1e-12,
			"row %zu", i);
}
