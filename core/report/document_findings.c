#include "report/document.h"
#include "report/members.h"

/* Whether a key before number `i` has its name: a rule may list one word
   twice, and it then has the same value twice. */
static bool is_repeated(const struct finding *finding, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_equal(finding->keys[k].name, finding->keys[i].name))
			return true;
	return false;
}

static void write_key(struct document *doc, const struct finding *finding)
{
	struct json_writer *json = &doc->json;
	struct arena scratch = {0};

	json_name(json, "key");
	json_inline(json);
	json_begin_object(json);
	for (size_t i = 0; i < finding->n_keys; i++) {
		const struct key_value *key = &finding->keys[i];

		if (is_repeated(finding, i))
			continue;
		member_text(json, arena_copy(&scratch, key->name).s,
			report_value(key, doc->options));
	}
	json_end_object(json);
	arena_free(&scratch);
}

static void write_places(
	struct json_writer *json, const struct finding *finding)
{
	struct arena scratch = {0};
	struct place *places = arena_array(
		&scratch, struct place, finding->n_witness);

	for (size_t i = 0; i < finding->n_witness; i++)
		places[i] = finding->witness[i].place;
	member_places(json, places, finding->n_witness);
	arena_free(&scratch);
}

static void write_witnesses(struct document *doc, const struct finding *finding)
{
	struct json_writer *json = &doc->json;

	json_name(json, "witness");
	json_begin_array(json);
	for (size_t i = 0; i < finding->n_witness; i++) {
		const struct witness *witness = &finding->witness[i];

		json_inline(json);
		json_begin_object(json);
		member_text(json, "event", report_event(witness, doc->options));
		member_time(json, "time", witness->time);
		member_text(json, "path", witness->place.path);
		member_count(json, "line", witness->place.line);
		member_text(json, "role", witness->role);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_waiver(
	struct json_writer *json, const struct finding *finding)
{
	if (finding->waived_by.len == 0)
		return;
	json_name(json, "waiver");
	json_inline(json);
	json_begin_object(json);
	member_text(json, "reason", finding->waiver_reason);
	member_text(json, "approved_by", finding->waived_by);
	member_text(json, "until", finding->waived_until);
	json_end_object(json);
}

static void write_finding(struct document *doc, const struct finding *finding)
{
	struct json_writer *json = &doc->json;

	json_begin_object(json);
	json->lossy = false;
	member_text(json, "rule", doc->result->rules[finding->rule].id);
	member_text(json, "verdict", kind_verdicts[finding->verdict]);
	member_text(json, "kind", kind_reasons[finding->kind]);
	write_key(doc, finding);
	member_time(json, "time", finding->time);
	member_time(json, "at", finding->at);
	member_time(json, "due", finding->due);
	if (cell_is_value(finding->repaired_at))
		member_time(json, "repaired_at", finding->repaired_at);
	write_places(json, finding);
	member_text(json, "message", finding->message);
	write_witnesses(doc, finding);
	member_text(json, "fingerprint", str_of(finding->fingerprint));
	write_waiver(json, finding);
	/* Some byte of it was not UTF-8 and stands as U+FFFD. */
	if (json->lossy)
		member_bool(json, "lossy", true);
	json_end_object(json);
}

void document_findings(struct document *doc)
{
	struct json_writer *json = &doc->json;

	json_name(json, "findings");
	json_begin_array(json);
	for (size_t i = 0; i < doc->result->n_findings; i++)
		write_finding(doc, &doc->result->findings[i]);
	json_end_array(json);
	member_count(json, "findings_total", doc->result->findings_total);
}
