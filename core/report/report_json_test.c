/* The whole result document, read back with the reader of JSON records: it
   refuses bad syntax and a member that is given twice. */
#include "report/report.h"

#include "base/codepoint.h"
#include "base/intern.h"
#include "base/rng.h"
#include "capture_p.h"
#include "format/jsonread.h"
#include "format/text.h"
#include "victim_p.h"

/* A document, and its members by path. */
struct reading {
	struct capture capture;
	struct str text;
	struct intern columns;
	struct str_vec values; /* by column */
	unsigned refused;
};

static void take(void *ctx, const struct record *record)
{
	struct reading *reading = ctx;
	struct arena *a = &reading->capture.a;

	for (uint32_t i = 0; i < record->n; i++) {
		struct str value = record->fields[i];

		vec_push(a, &reading->values,
			value.s ? arena_copy(a, value) : value);
	}
}

static void refuse(void *ctx, const struct reject *reject)
{
	struct reading *reading = ctx;

	reading->refused++;
	cr_expect(false, "%u:%u: %.*s", reject->loc.line, reject->loc.col,
		STR_ARG(reject->text));
}

static void read_json(struct reading *reading, const struct result *result,
	const struct report_options *options)
{
	static const struct record_limits limits = {1 << 26, 1 << 26};
	struct record_sink sink = {reading, take, refuse};
	struct json_stats stats = {0};
	struct json_piece piece = {.line = 1};
	struct err err;
	size_t bad;

	*reading = (struct reading) {0};
	capture_begin(&reading->capture, 80);
	report_json.write(&reading->capture.sink, result, options);
	reading->text = piece.text = capture_end(&reading->capture);
	cr_assert(text_is_utf8(piece.text, &bad), "byte %zu", bad);
	cr_assert(jsonread_array(&piece, STR(""), &reading->columns, &limits,
			  &sink, &stats, &err),
		"%s", err.text);
	cr_assert(stats.records == 1 && reading->refused == 0);
}

static void reading_free(struct reading *reading)
{
	intern_free(&reading->columns);
	capture_free(&reading->capture);
}

static struct str member(const struct reading *reading, const char *path)
{
	sym column = intern_find(&reading->columns, str_of(path));

	cr_assert(column > 0, "%s", path);
	return reading->values.at[column - 1];
}

static void expect_member(
	const struct reading *reading, const char *path, const char *want)
{
	struct str have = member(reading, path);

	cr_expect(str_equal(have, str_of(want)), "%s: %.*s, not %s", path,
		STR_ARG(have), want);
}

Test(report_json, the_document_begins_and_ends_as_the_schema_says)
{
	struct result result = sample_result();
	struct report_options options = {0};
	struct reading reading;

	read_json(&reading, &result, &options);
	cr_expect(str_has_prefix(reading.text,
		STR("{\n"
		    "  \"schema\": \"lineal-result/1\",\n"
		    "  \"tool\": {\"name\": \"lineal\", \"version\": "
		    "\"0.1.0\"},\n"
		    "  \"as_of\": \"2026-06-30T23:59:59Z\",\n"
		    "  \"period\": {\"from\": \"2026-01-01T00:00:00Z\", "
		    "\"to\": \"2026-07-01T00:00:00Z\"},\n"
		    "  \"config\": {\"path\": \"lineal.yaml\", \"sha256\": "
		    "\"2b6d876b00000000000000000000000000000000000000000000"
		    "000000000000\", \"job\": \"nightly\"},\n"
		    "  \"inputs\": [\n")));
	cr_expect(str_has_suffix(reading.text,
			  STR("    \"explained_decisions\": {\"value\": null, "
			      "\"why\": \"not computed by this version\"},\n"
			      "    \"decision_trace_completeness\": "
			      "{\"value\": null, "
			      "\"why\": \"not computed by this version\"},\n"
			      "    \"checkpoint_delay\": {\"value\": null, "
			      "\"why\": \"not computed by this version\"},\n"
			      "    \"survey_feedback\": {\"value\": null, "
			      "\"why\": \"not computed by this version\"}\n"
			      "  },\n"
			      "  \"notes\": [\"A log cannot prove that nothing "
			      "happened beside it.\"],\n"
			      "  \"privacy\": \"masked\",\n"
			      "  \"verdict\": {\n"
			      "    \"word\": \"FAIL\",\n"
			      "    \"exit\": 1,\n"
			      "    \"incomplete\": false,\n"
			      "    \"incomplete_why\": [],\n"
			      "    \"counts\": {\"findings\": 6, \"new\": 6, "
			      "\"baselined\": 0, \"failing\": 6, "
			      "\"below\": 0, \"waived\": 1, "
			      "\"pending\": 2, \"unknown\": 1, \"rules\": 5, "
			      "\"applied\": 4, \"never_matched\": 1, "
			      "\"not_evaluable\": 0}\n"
			      "  }\n"
			      "}\n")),
		"%.*s", STR_ARG(reading.text));
	reading_free(&reading);
}

/* The names that users rely on, and where the sample has which value. */
Test(report_json, members_have_the_names_of_the_schema)
{
	static const struct {
		const char *path, *want;
	} rows[] = {
		{"schema", "lineal-result/1"},
		{"tool.name", "lineal"},
		{"tool.version", "0.1.0"},
		{"as_of", "2026-06-30T23:59:59Z"},
		{"period.from", "2026-01-01T00:00:00Z"},
		{"period.to", "2026-07-01T00:00:00Z"},
		{"inputs[0].path", "exports/orders.csv"},
		{"inputs[0].bytes", "1234567"},
		{"inputs[0].format", "declared"},
		{"inputs[0].rows.read", "2000"},
		{"inputs[0].rows.accepted", "1990"},
		{"inputs[0].rows.duplicate", "5"},
		{"inputs[0].rows.filtered", "0"},
		{"inputs[0].rows.rejected", "5"},
		{"rules[0].id", "DSAR-001"},
		{"rules[0].title", "A request for erasure is answered in time"},
		{"rules[0].severity", "critical"},
		{"rules[0].status", "active"},
		{"rules[0].cites[1]", "GDPR Art. 17"},
		{"rules[0].verdicts.ok", "1500"},
		{"rules[0].verdicts.violated", "5"},
		{"rules[0].verdicts.pending", "2"},
		{"rules[0].verdicts.unknown", "1"},
		{"rules[0].verdicts.waived", "1"},
		{"rules[0].verdicts.not_applicable", "0"},
		{"rules[2].never_matched", "true"},
		{"rules[2].not_evaluable", "false"},
		{"rules[2].why", "no row has the type export"},
		{"findings[0].rule", "DSAR-001"},
		{"findings[0].verdict", "violated"},
		{"findings[0].kind", "late"},
		{"findings[0].key.case_id", "D-7"},
		{"findings[0].time", "2026-03-01T00:00:00Z"},
		{"findings[0].places[1].path", "logs/audit.csv"},
		{"findings[0].places[1].line", "1042"},
		{"findings[0].message",
			"request_answered came after the due time"},
		{"findings[0].witness[1].event", "notify"},
		{"findings[0].witness[1].time", "2026-04-10T00:00:00.500Z"},
		{"findings[0].witness[1].path", "logs/audit.csv"},
		{"findings[0].witness[1].line", "1042"},
		{"findings[0].witness[1].role", "partner"},
		{"findings[0].fingerprint", "0123456789abcdef0123456789abcdef"},
		{"findings_total", "7"},
		{"incidents[0].id", "INC-1"},
		{"incidents[0].opened", "2026-03-01T00:00:00Z"},
		{"incidents[0].detected", "2026-03-01T00:00:00Z"},
		{"incidents[0].fixed", "2026-03-03T00:00:00Z"},
		{"incidents[0].status", "closed"},
		{"incidents[0].regulatory", "true"},
		{"incidents[0].count", "3"},
		{"incidents_total", "3"},
		{"metrics.audit_trail_completeness.value", "0.75"},
		{"metrics.audit_trail_completeness.numerator", "9"},
		{"metrics.audit_trail_completeness.denominator", "12"},
		{"metrics.audit_trail_completeness.levels.record.value",
			"0.75"},
		{"metrics.audit_trail_completeness.levels.field.value",
			"0.963636363636"},
		{"metrics.audit_trail_completeness.levels.session.why",
			"sessions are not followed"},
		{"metrics.audit_trail_completeness.levels.lineage.why",
			"hops are not followed"},
		{"metrics.audit_trail_completeness.levels.path.why",
			"paths are not followed"},
		{"metrics.audit_trail_completeness.by[0].key", "crm"},
		{"metrics.regulatory_incident_rate.value", "1.75"},
		{"metrics.regulatory_incident_rate.ci95[0]", "0.703591"},
		{"metrics.regulatory_incident_rate.ci95[1]", "3.605669"},
		{"metrics.regulatory_incident_rate.by_quarter[0].quarter",
			"2025Q3"},
		{"metrics.regulatory_incident_rate.by_quarter[0].count", "5"},
		{"metrics.time_to_remediate.closed", "5"},
		{"metrics.time_to_remediate.open", "2"},
		{"metrics.time_to_remediate.mean_days", "8"},
		{"metrics.time_to_remediate.median_days", "6"},
		{"metrics.time_to_remediate.p90_days", "20"},
		{"metrics.time_to_remediate.km_median_days", "9"},
		{"metrics.downtime_impact.downtime_minutes", "135"},
		{"metrics.downtime_impact.legal_risk_minutes", "120"},
		{"metrics.downtime_impact.by_system[0].system", "A"},
		{"metrics.compliance_roi.value", "0.82"},
		{"metrics.compliance_roi.scenarios[0].scenario", "low"},
		{"metrics.explained_decisions.why",
			"not computed by this version"},
		{"metrics.decision_trace_completeness.why",
			"not computed by this version"},
		{"metrics.checkpoint_delay.why",
			"not computed by this version"},
		{"metrics.survey_feedback.why", "not computed by this version"},
		{"verdict.exit", "1"},
		{"verdict.incomplete", "false"},
		{"verdict.counts.findings", "6"},
	};
	struct result result = sample_result();
	struct report_options options = {0};
	struct reading reading;

	read_json(&reading, &result, &options);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_member(&reading, rows[i].path, rows[i].want);
	reading_free(&reading);
}

Test(report_json, the_terminal_changes_nothing)
{
	struct result result = sample_result();
	struct report_options plain = {.width = 80}, other = {.width = 40,
							     .color = true,
							     .ascii = true,
							     .max_examples = 1};
	struct reading left, right;

	read_json(&left, &result, &plain);
	read_json(&right, &result, &other);
	cr_expect(str_equal(left.text, right.text));
	expect_member(&right, "findings[0].key.email", "•••");
	reading_free(&left);
	reading_free(&right);
}

/* More waived than violated: without a baseline all findings are new. */
Test(report_json, waived_findings_are_not_subtracted_from_the_new_ones)
{
	struct result result = sample_result();
	struct report_options options = {0};
	struct reading reading;

	result.counts.findings = 1;
	result.counts.waived = 3;
	read_json(&reading, &result, &options);
	expect_member(&reading, "verdict.counts.findings", "1");
	expect_member(&reading, "verdict.counts.new", "1");
	expect_member(&reading, "verdict.counts.waived", "3");
	reading_free(&reading);
}

Test(report_json, an_empty_result_is_a_document)
{
	struct result result = {.as_of = CELL_ABSENT,
		.period_from = CELL_ABSENT,
		.period_to = CELL_ABSENT,
		.word = WORD_EMPTY,
		.exit = 4};
	struct report_options options = {0};
	struct reading reading;

	read_json(&reading, &result, &options);
	cr_expect(str_find_text(reading.text,
			  STR("  \"as_of\": null,\n"
			      "  \"period\": {\"from\": null, \"to\": null},\n"
			      "  \"config\": null,\n")) < reading.text.len);
	reading_free(&reading);
}

/* At most 12 significant digits, counts above 2^53 as text. */
Test(report_json, numbers_are_short_or_text)
{
	struct result result = sample_result();
	struct report_options options = {0};
	struct reading reading;
	struct completeness *c = &result.metrics.completeness;

	c->main = (struct share) {1, 3};
	c->matched = UINT64_C(9007199254740993);
	c->late = UINT64_C(9007199254740992);
	result.metrics.rate.value = 123456789.123456789;
	result.metrics.rate.low = 1e-7 / 3;
	read_json(&reading, &result, &options);
	expect_member(&reading, "metrics.audit_trail_completeness.value",
		"0.333333333333");
	cr_expect(str_find_text(reading.text,
			  STR("\"matched\": \"9007199254740993\"")) <
		  reading.text.len);
	cr_expect(
		str_find_text(reading.text,
			STR("\"late\": 9007199254740992,")) < reading.text.len);
	expect_member(&reading, "metrics.regulatory_incident_rate.value",
		"123456789.123");
	cr_expect(member(&reading, "metrics.regulatory_incident_rate.ci95[0]")
			  .len < 20);
	reading_free(&reading);
}

/* ---- hostile texts ---- */

/* Bytes of all kinds: controls, quotes, halves of characters. */
static struct str hostile(struct arena *a, struct rng *rng)
{
	static const char *const parts[] = {"\"", "\\", "<script>", "\n", "\r",
		"\t", "\033[31m", "\xe2\x80\xa8", "\xff", "\xc3", "é", "漢",
		"\x7f", "\xe2\x80\xae", "::error", "##[", "a b", "\x01",
		"\xed\xa0\x80", "😀"};
	struct str text = STR("");
	size_t n = rng_below(rng, 6);

	for (size_t i = 0; i < n; i++)
		text = arena_print(a, "%.*s%s", STR_ARG(text),
			parts[rng_below(rng, sizeof(parts) / sizeof(*parts))]);
	return text;
}

/* `text` with U+FFFD for what is not UTF-8: one for each maximal part. The
   parts above have only "\xff", "\xc3" and the three bytes of a surrogate,
   each of which is a part of its own. */
static struct str repaired(struct arena *a, struct str text)
{
	struct str out = STR("");
	size_t at = 0;

	while (at < text.len) {
		size_t start = at;
		uint32_t point;

		if (codepoint_next(text, &at, &point))
			out = arena_print(a, "%.*s%.*s", STR_ARG(out),
				STR_ARG(str_slice(text, start, at - start)));
		else
			out = arena_print(a, "%.*s\xef\xbf\xbd", STR_ARG(out));
	}
	return out;
}

/* No control but line feeds, and nothing that ends a script. */
static void expect_inert(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.s[i];

		cr_assert((c >= 0x20 || c == '\n') && c != '<');
	}
}

/* Property: whatever the texts of a result are, the document is valid, and
   they can be read back. */
Test(report_json, hostile_texts_are_read_back)
{
	struct rng rng = {23};
	struct report_options options = {.full_privacy = true};
	struct victim v;
	const struct {
		const char *path;
		const struct str *text;
	} rows[] = {
		{"tool.version", &v.result.tool_version},
		{"config.path", &v.result.config_path},
		{"inputs[0].path", &v.input.path},
		{"sources[0].proves", &v.source.proves},
		{"rules[0].title", &v.rules[0].title},
		{"rules[0].cites[0]", &v.texts[0]},
		{"rules[1].why", &v.rules[1].reason},
		{"findings[0].key.id", &v.key.value},
		{"findings[0].message", &v.finding.message},
		{"findings[0].witness[0].path", &v.witness.place.path},
		{"findings[0].waiver.reason", &v.finding.waiver_reason},
		{"incidents[0].id", &v.incident.id},
		{"metrics.audit_trail_completeness.by[0].key", &v.by.key},
		{"metrics.downtime_impact.by_system[0].system",
			&v.system.system},
		{"metrics.compliance_roi.scenarios[0].assumptions[0].item",
			&v.assumption.name},
		{"notes[0]", &v.texts[2]},
	};

	for (int round = 0; round < 150; round++) {
		struct arena a = {0};
		struct reading reading;

		victim_init(&v);
		/* An empty text is left out or null in some places. */
		for (size_t i = 0; i < v.n_fields; i++) {
			struct str text = hostile(&a, &rng);

			*v.fields[i] = arena_print(&a, "x%.*s", STR_ARG(text));
		}
		read_json(&reading, &v.result, &options);
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
			struct str want = repaired(&a, *rows[i].text);
			struct str have = member(&reading, rows[i].path);

			cr_assert(str_equal(have, want), "%s: %.*s, not %.*s",
				rows[i].path, STR_ARG(have), STR_ARG(want));
		}
		expect_inert(reading.text);
		reading_free(&reading);
		arena_free(&a);
	}
}
