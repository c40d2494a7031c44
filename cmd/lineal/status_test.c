#include "lineal/status.h"

#include <criterion/criterion.h>

/* The order of the manual, from the worst. */
static const enum status order[] = {STATUS_INTERNAL, STATUS_OUTPUT,
	STATUS_USAGE, STATUS_INPUT, STATUS_FINDINGS, STATUS_NOTHING,
	STATUS_CLEAN};

Test(status, the_worse_of_two_wins_in_either_order)
{
	for (size_t i = 0; i < 7; i++)
		for (size_t j = i; j < 7; j++) {
			cr_expect(status_worse(order[i], order[j]) == order[i],
				"%zu %zu", i, j);
			cr_expect(status_worse(order[j], order[i]) == order[i],
				"%zu %zu", j, i);
		}
}
