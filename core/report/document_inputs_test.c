#include "document_p.h"

Test(document_inputs, files_and_sources_have_all_their_facts)
{
	struct str assumed[] = {
		STR("separator comma"), STR("day before month in a\"b")};
	struct source_facts sources[] = {
		sample_sources[0], sample_sources[1], sample_sources[2]};
	struct result result = sample_result();

	sources[0].assumed = (struct str_vec) {assumed, 2, 0};
	result.sources = sources;
	/* The second file was not read: it has no digest. */
	expect_part(document_inputs, &result, false,
		"{\"inputs\": [{\"path\": \"exports/orders.csv\", "
		"\"source\": \"orders\", \"sha256\": "
		"\"5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d"
		"1542d8\", \"bytes\": 1234567, \"format\": \"declared\", "
		"\"encoding\": \"utf-8\", \"dialect\": \"comma\", "
		"\"packing\": \"gzip\", \"rows\": {\"read\": 2000, "
		"\"accepted\": 1990, \"duplicate\": 5, \"filtered\": 0, "
		"\"rejected\": 5}, \"untimed\": 3}, "
		"{\"path\": \"logs/audit.csv\", \"source\": \"audit\", "
		"\"sha256\": null, \"bytes\": 0, \"format\": \"sf-elf\", "
		"\"encoding\": \"\", \"dialect\": \"\", \"packing\": \"\", "
		"\"rows\": {\"read\": 11, \"accepted\": 11, "
		"\"duplicate\": 0, \"filtered\": 0, \"rejected\": 0}, "
		"\"untimed\": 0}], "
		"\"sources\": [{\"name\": \"orders\", "
		"\"format\": \"declared\", "
		"\"roles\": [\"events\", \"transactions\"], "
		"\"first_event\": \"2026-03-01T00:00:00Z\", "
		"\"last_event\": \"2026-03-01T17:00:00Z\", "
		"\"start\": \"2026-01-01T00:00:00Z\", "
		"\"end\": \"2026-06-30T23:59:59Z\", \"declared\": false, "
		"\"assumed\": [\"separator comma\", \"day before month in a"
		"\\\"b\"]}, "
		"{\"name\": \"audit\", \"format\": \"sf-elf\", "
		"\"roles\": [\"audit_log\"], "
		"\"first_event\": \"2026-03-01T00:00:01Z\", "
		"\"last_event\": \"2026-03-01T18:00:00Z\", "
		"\"start\": \"2026-02-01T00:00:00Z\", "
		"\"end\": \"2026-03-02T00:00:00Z\", \"declared\": true, "
		"\"assumed\": [], "
		"\"proves\": \"who wrote what\", "
		"\"cannot_prove\": \"what nobody wrote\"}, "
		"{\"name\": \"costs\", \"format\": \"\", "
		"\"roles\": [\"costs\"], \"first_event\": null, "
		"\"last_event\": null, "
		"\"start\": \"2026-01-01T00:00:00Z\", "
		"\"end\": \"2026-06-30T23:59:59Z\", \"declared\": false, "
		"\"assumed\": []}]}");
}

Test(document_inputs, lists_may_be_empty)
{
	struct result result = {0};

	expect_part(document_inputs, &result, false,
		"{\"inputs\": [], \"sources\": []}");
}
