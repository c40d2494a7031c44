#include "report/document.h"
#include "report/figure.h"
#include "report/members.h"

static void write_to_sink(void *ctx, struct str text)
{
	sink_write(ctx, text);
}

static void write_config(struct json_writer *json, const struct result *r)
{
	json_name(json, "config");
	if (r->config_path.len == 0) {
		json_null(json);
		return;
	}
	json_inline(json);
	json_begin_object(json);
	member_text(json, "path", r->config_path);
	member_text(json, "sha256", r->config_sha256);
	member_text(json, "job", r->job);
	json_end_object(json);
}

static void write_head(struct document *doc)
{
	struct json_writer *json = &doc->json;
	const struct result *r = doc->result;

	member_text(json, "schema", STR("lineal-result/1"));
	json_name(json, "tool");
	json_inline(json);
	json_begin_object(json);
	member_text(json, "name", STR("lineal"));
	member_text(json, "version", r->tool_version);
	json_end_object(json);
	member_time(json, "as_of", r->as_of);
	json_name(json, "period");
	json_inline(json);
	json_begin_object(json);
	member_time(json, "from", r->period_from);
	member_time(json, "to", r->period_to);
	json_end_object(json);
	write_config(json, r);
}

static void write_figure(struct document *doc, const struct figure *figure)
{
	struct json_writer *json = &doc->json;

	json_name(json, figure->name.s);
	if (!figure->write)
		json_inline(json);
	json_begin_object(json);
	if (figure->write) {
		figure->write(json, &doc->result->metrics, doc->options);
	} else {
		member_null(json, "value");
		member_why(json, STR("not computed by this version"));
	}
	json_end_object(json);
}

static void write_metrics(struct document *doc)
{
	json_name(&doc->json, "metrics");
	json_begin_object(&doc->json);
	for (size_t i = 0; i < figure_count; i++)
		write_figure(doc, figure_table[i]);
	json_end_object(&doc->json);
}

static void write_counts(
	struct json_writer *json, const struct verdict_counts *c)
{
	json_name(json, "counts");
	json_inline(json);
	json_begin_object(json);
	member_count(json, "findings", c->findings);
	/* Without a baseline every finding is new. */
	member_count(json, "new", c->findings);
	member_count(json, "baselined", 0);
	member_count(json, "failing", c->failing);
	member_count(json, "below", c->below);
	member_count(json, "waived", c->waived);
	member_count(json, "pending", c->pending);
	member_count(json, "unknown", c->unknown);
	member_count(json, "rules", c->rules);
	member_count(json, "applied", c->applied);
	member_count(json, "never_matched", c->never_matched);
	member_count(json, "not_evaluable", c->not_evaluable);
	json_end_object(json);
}

static void write_verdict(struct document *doc)
{
	struct json_writer *json = &doc->json;
	const struct result *r = doc->result;

	member_texts(json, "notes", r->notes, r->n_notes);
	member_text(json, "privacy",
		doc->options->full_privacy ? STR("full") : STR("masked"));
	json_name(json, "verdict");
	json_begin_object(json);
	member_text(json, "word", result_words[r->word]);
	json_name(json, "exit");
	json_int(json, r->exit);
	member_bool(json, "incomplete", r->incomplete);
	member_texts(json, "incomplete_why", r->incomplete_why.at,
		r->incomplete_why.n);
	write_counts(json, &r->counts);
	json_end_object(json);
}

/* In the order of the document. */
static void (*const parts[])(struct document *doc) = {
	write_head,
	document_inputs,
	document_rules,
	document_findings,
	document_incidents,
	write_metrics,
	write_verdict,
};

static void write(struct sink *sink, const struct result *result,
	const struct report_options *options)
{
	/* The bytes of a file do not depend on the terminal. */
	struct report_options plain = {.full_privacy = options->full_privacy};
	struct document doc = {.json = json_writer_init(write_to_sink, sink),
		.result = result,
		.options = &plain};

	json_begin_object(&doc.json);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		parts[i](&doc);
	json_end_object(&doc.json);
	json_finish(&doc.json);
}

const struct report report_json = {
	.name = STR_INIT("json"),
	.ending = STR_INIT(".json"),
	.write = write,
};
