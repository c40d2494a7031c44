#include "document_p.h"

Test(document_incidents, incidents_are_open_or_closed)
{
	struct result result = sample_result();

	result.incidents_total = 12000;
	expect_part(document_incidents, &result, false,
		"{\"incidents\": [{\"id\": \"INC-1\", \"rule\": null, "
		"\"opened\": \"2026-03-01T00:00:00Z\", "
		"\"detected\": \"2026-03-01T00:00:00Z\", "
		"\"fixed\": \"2026-03-03T00:00:00Z\", "
		"\"status\": \"closed\", \"regulatory\": true, \"count\": 3, "
		"\"proxy\": [], "
		"\"places\": [{\"path\": \"exports/incidents.csv\", "
		"\"line\": 2}]}, "
		"{\"id\": \"INC-3\", \"rule\": null, "
		"\"opened\": \"2026-03-01T00:00:00Z\", "
		"\"detected\": \"2026-03-01T01:00:00Z\", \"fixed\": null, "
		"\"status\": \"open\", \"regulatory\": false, \"count\": 1, "
		"\"proxy\": [], "
		"\"places\": [{\"path\": \"exports/incidents.csv\", "
		"\"line\": 4}]}, "
		"{\"id\": \"INC-2\", \"rule\": null, "
		"\"opened\": \"2026-03-01T00:00:00Z\", "
		"\"detected\": \"2026-03-01T00:00:00Z\", \"fixed\": null, "
		"\"status\": \"open\", \"regulatory\": true, \"count\": 1, "
		"\"proxy\": [\"detected\"], "
		"\"places\": [{\"path\": \"exports/incidents.csv\", "
		"\"line\": 3}]}], \"incidents_total\": 12000}");
}
