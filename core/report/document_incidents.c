#include "report/document.h"
#include "report/members.h"

static void write_proxies(
	struct json_writer *json, const struct incident *incident)
{
	json_name(json, "proxy");
	json_begin_array(json);
	if (incident->detected_is_proxy)
		json_string(json, STR("detected"));
	json_end_array(json);
}

static void write_incident(
	struct json_writer *json, const struct incident *incident)
{
	json_inline(json);
	json_begin_object(json);
	member_text(json, "id", incident->id);
	/* An incident of an export; none is made of findings. */
	member_null(json, "rule");
	member_time(json, "opened", incident->opened);
	member_time(json, "detected", incident->detected);
	member_time(json, "fixed", incident->fixed);
	member_text(json, "status",
		incident->is_open ? STR("open") : STR("closed"));
	member_bool(json, "regulatory", incident->regulatory);
	member_count(json, "count", incident->count);
	write_proxies(json, incident);
	member_places(json, &incident->place, 1);
	json_end_object(json);
}

void document_incidents(struct document *doc)
{
	struct json_writer *json = &doc->json;

	json_name(json, "incidents");
	json_begin_array(json);
	for (size_t i = 0; i < doc->result->n_incidents; i++)
		write_incident(json, &doc->result->incidents[i]);
	json_end_array(json);
	member_count(json, "incidents_total", doc->result->incidents_total);
}
