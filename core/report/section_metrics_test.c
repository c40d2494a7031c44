#include "section_p.h"

Test(section_metrics, every_metric_has_a_row)
{
	struct result result = {.metrics = {.completeness = {.why = STR("a")},
					.rate = {.why = STR("b")},
					.remediation = {.why = STR("c")},
					.downtime = {.why = STR("d")},
					.roi = {.why = STR("e")}}};

	expect_section(section_metrics, &result, 80,
		"\n"
		"Metrics\n"
		"  metric                    value  basis\n"
		"  audit trail completeness    n/a  a\n"
		"  regulatory incident rate    n/a  b\n"
		"  time to remediate           n/a  c\n"
		"  downtime impact             n/a  d\n"
		"  compliance ROI              n/a  e\n");
}

Test(section_metrics, narrow_pages_have_paragraphs)
{
	struct result result = {.metrics = {.completeness = {.main = {1, 2},
						    .variant = STR("rule")},
					.rate = {.why = STR("b")},
					.remediation = {.why = STR("c")},
					.downtime = {.why = STR("d")},
					.roi = {.why = STR("e")}}};

	expect_section(section_metrics, &result, 40,
		"\n"
		"Metrics\n"
		"  audit trail completeness,\n"
		"    value 50.00%, 1 of 2 decided cases\n"
		"    are complete (variant: rule)\n"
		"  regulatory incident rate, value n/a, b\n"
		"  time to remediate, value n/a, c\n"
		"  downtime impact, value n/a, d\n"
		"  compliance ROI, value n/a, e\n");
}
