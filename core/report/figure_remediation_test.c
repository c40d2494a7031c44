#include "figure_p.h"

/* metrics.md 3, the first row: median 9, p90 20, restricted mean to 20 days
   10.535714; closed 5, mean 8, median 6, p90 20. */
Test(figure_remediation, the_worked_example)
{
	struct metrics metrics = {.remediation = sample_remediation};

	expect_rows(&figure_remediation, &metrics,
		"time to remediate    9.000  days, Kaplan-Meier median (p90 "
		"20.000); 5 fixed, 2 open, 1 data error\n"
		"  restricted mean   10.536  days, up to 20.000 days\n"
		"  age of open ones   8.500  days median, longest 12.000\n"
		"  fixed ones only    6.000  days median, p90 20.000, mean "
		"8.000 (too low while slow ones are open)\n");
	expect_object(&figure_remediation, &metrics,
		"{\"closed\": 5, \"open\": 2, \"mean_days\": 8, "
		"\"median_days\": 6, \"p90_days\": 20, "
		"\"km_median_days\": 9, \"km_p90_days\": 20, "
		"\"restricted_mean_days\": 10.5357142857, \"tau_days\": 20, "
		"\"open_median_days\": 8.5, \"open_max_days\": 12, "
		"\"data_errors\": 1, \"proxies\": 0}");
}

/* The data 3+, 8+: nothing is fixed, the restricted mean to 8 days is 8. */
Test(figure_remediation, a_median_may_not_be_reached)
{
	struct metrics metrics = {.remediation = {.open = 2,
					  .proxies = 1,
					  .has_restricted = true,
					  .restricted_mean_days = 8,
					  .tau_days = 8,
					  .has_open_age = true,
					  .open_median_days = 5.5,
					  .open_max_days = 8}};

	expect_rows(&figure_remediation, &metrics,
		"time to remediate   not reached  days, Kaplan-Meier median "
		"(p90 not reached); 0 fixed, 2 open,\n"
		"                                 0 data errors, 1 by a date "
		"that stands in\n"
		"  restricted mean         8.000  days, up to 8.000 days\n"
		"  age of open ones        5.500  days median, longest "
		"8.000\n");
	expect_object(&figure_remediation, &metrics,
		"{\"closed\": 0, \"open\": 2, \"mean_days\": null, "
		"\"median_days\": null, \"p90_days\": null, "
		"\"km_median_days\": null, \"km_p90_days\": null, "
		"\"restricted_mean_days\": 8, \"tau_days\": 8, "
		"\"open_median_days\": 5.5, \"open_max_days\": 8, "
		"\"data_errors\": 0, \"proxies\": 1}");
}

Test(figure_remediation, without_incidents_it_says_why)
{
	struct metrics metrics = {
		.remediation = {.why = STR("no incident in the period")}};

	expect_rows(&figure_remediation, &metrics,
		"time to remediate  n/a  no incident in the period\n");
	expect_object(&figure_remediation, &metrics,
		"{\"closed\": 0, \"open\": 0, \"mean_days\": null, "
		"\"median_days\": null, \"p90_days\": null, "
		"\"km_median_days\": null, \"km_p90_days\": null, "
		"\"restricted_mean_days\": null, \"tau_days\": null, "
		"\"open_median_days\": null, \"open_max_days\": null, "
		"\"data_errors\": 0, \"proxies\": 0, "
		"\"why\": \"no incident in the period\"}");
}
