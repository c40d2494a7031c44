#include "report/document.h"
#include "report/members.h"

static void write_verdicts(
	struct json_writer *json, const struct rule_result *rule)
{
	json_name(json, "verdicts");
	json_inline(json);
	json_begin_object(json);
	for (size_t i = 0; i < VERDICT_N; i++)
		member_count(json, kind_verdicts[i].s, rule->verdicts[i]);
	json_end_object(json);
}

static void write_unknown(
	struct json_writer *json, const struct rule_result *rule)
{
	json_name(json, "unknown_reasons");
	json_begin_array(json);
	for (size_t i = 0; i < rule->n_unknown; i++) {
		const struct unknown_reason *unknown = &rule->unknown[i];

		json_begin_object(json);
		member_text(json, "reason", kind_reasons[unknown->reason]);
		member_count(json, "count", unknown->count);
		member_why(json, unknown->why);
		member_places(json, unknown->places, unknown->n_places);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_rule(struct json_writer *json, const struct rule_result *rule)
{
	json_begin_object(json);
	member_text(json, "id", rule->id);
	member_text(json, "title", rule->title);
	member_text(json, "severity", kind_severities[rule->severity]);
	member_text(json, "status", kind_rule_statuses[rule->status]);
	member_text(json, "outcome", result_outcomes[rule->outcome]);
	member_texts(json, "cites", rule->cites, rule->n_cites);
	member_texts(json, "counts_as", rule->counts_as, rule->n_counts_as);
	member_texts(json, "tags", rule->tags, rule->n_tags);
	member_maybe_text(json, "owner", rule->owner);
	member_maybe_text(json, "rationale", rule->why);
	member_maybe_text(json, "fix", rule->fix);
	member_text(json, "file", rule->file);
	write_verdicts(json, rule);
	write_unknown(json, rule);
	member_bool(json, "never_matched", rule->never_matched);
	member_bool(json, "not_evaluable", rule->not_evaluable);
	member_why(json, rule->reason);
	member_count(json, "close", rule->close);
	member_count(json, "unborn", rule->unborn);
	member_count(json, "undecided", rule->undecided);
	member_bool(json, "partner_never_seen", rule->partner_never_seen);
	json_end_object(json);
}

void document_rules(struct document *doc)
{
	json_name(&doc->json, "rules");
	json_begin_array(&doc->json);
	for (size_t i = 0; i < doc->result->n_rules; i++)
		write_rule(&doc->json, &doc->result->rules[i]);
	json_end_array(&doc->json);
}
