#include "report/document.h"
#include "report/members.h"

static void write_rows(struct json_writer *json, const struct row_counts *rows)
{
	json_name(json, "rows");
	json_inline(json);
	json_begin_object(json);
	member_count(json, "read", rows->read);
	member_count(json, "accepted", rows->accepted);
	member_count(json, "duplicate", rows->duplicate);
	member_count(json, "filtered", rows->filtered);
	member_count(json, "rejected", rows->rejected);
	json_end_object(json);
}

static void write_input(struct document *doc, const struct input_facts *input)
{
	struct json_writer *json = &doc->json;

	json_begin_object(json);
	member_text(json, "path", input->path);
	member_text(json, "source", doc->result->sources[input->source].name);
	member_maybe_text(json, "sha256", str_of(input->sha256));
	member_count(json, "bytes", input->bytes);
	member_text(json, "format", input->format);
	member_text(json, "encoding", input->encoding);
	member_text(json, "dialect", input->dialect);
	member_text(json, "packing", input->packing);
	write_rows(json, &input->rows);
	member_count(json, "untimed", input->untimed);
	json_end_object(json);
}

static void write_roles(struct json_writer *json, unsigned roles)
{
	json_name(json, "roles");
	json_inline(json);
	json_begin_array(json);
	for (size_t i = 0; i < ROLE_N; i++)
		if (roles & 1u << i)
			json_string(json, kind_roles[i]);
	json_end_array(json);
}

static void write_assumed(
	struct json_writer *json, const struct str_vec *assumed)
{
	json_name(json, "assumed");
	json_inline(json);
	json_begin_array(json);
	for (size_t i = 0; i < assumed->n; i++)
		json_string(json, assumed->at[i]);
	json_end_array(json);
}

static void write_source(
	struct json_writer *json, const struct source_facts *source)
{
	json_begin_object(json);
	member_text(json, "name", source->name);
	member_text(json, "format", source->format);
	write_roles(json, source->roles);
	member_time(json, "first_event", source->first);
	member_time(json, "last_event", source->last);
	member_time(json, "start", source->start);
	member_time(json, "end", source->end);
	member_bool(json, "declared", source->declared);
	write_assumed(json, &source->assumed);
	if (source->proves.len)
		member_text(json, "proves", source->proves);
	if (source->cannot_prove.len)
		member_text(json, "cannot_prove", source->cannot_prove);
	json_end_object(json);
}

void document_inputs(struct document *doc)
{
	struct json_writer *json = &doc->json;

	json_name(json, "inputs");
	json_begin_array(json);
	for (size_t i = 0; i < doc->result->n_inputs; i++)
		write_input(doc, &doc->result->inputs[i]);
	json_end_array(json);
	json_name(json, "sources");
	json_begin_array(json);
	for (size_t i = 0; i < doc->result->n_sources; i++)
		write_source(json, &doc->result->sources[i]);
	json_end_array(json);
}
