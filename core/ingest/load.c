#include "ingest/load.h"

#include "ingest/assumed.h"
#include "ingest/settle.h"
#include "ingest/undated.h"
#include "load_p.h"
#include "model/assemble.h"

/* ---- facts ---- */

static void fill_source_facts(struct loader *loader)
{
	struct loaded *out = loader->out;
	size_t n = loader->gathered.sources.n;

	out->source_facts = arena_array(&out->a, struct source_facts, n);
	for (size_t i = 0; i < n; i++) {
		const struct source *source = &loader->gathered.sources.at[i];
		struct source_facts *facts = &out->source_facts[i];

		facts->name = source->name;
		facts->roles = source->roles ? source->roles
					     : 1u << ROLE_EVENTS;
		facts->first = facts->last = CELL_ABSENT;
		facts->has_covers = source->has_covers;
		facts->covers_from = source->covers_from;
		facts->covers_to = source->covers_to;
		facts->n_gaps = source->gaps.n;
		facts->gaps = source->gaps.at;
		facts->zone = source->zone;
		facts->proves = source->proves;
		facts->cannot_prove = source->cannot_prove;
		facts->delivers = arena_array(
			&out->a, bool, loader->request->words->needs.n);
	}
}

static void fill_assumed(struct loader *loader)
{
	for (uint32_t i = 0; i < loader->gathered.sources.n; i++) {
		struct assumed_about about = {.gathered = &loader->gathered,
			.source = i,
			.orders = &loader->orders[i],
			.is_zoneless = loader->zoneless[i],
			.assumed_zone =
				loader->request->gather.assumed_zone_name};

		loader->out->source_facts[i].assumed = assumed_list(
			&loader->out->a, &about);
	}
}

static void fill_inputs(struct loader *loader)
{
	struct loaded *out = loader->out;
	const struct input_list *inputs = &loader->gathered.inputs;

	out->source_of_file = arena_array(
		&out->a, uint32_t, loader->request->gather.files->n);
	vec_reserve(&out->a, &out->inputs, inputs->n);
	for (size_t i = 0; i < inputs->n; i++) {
		const struct input_facts *facts = &inputs->at[i].facts;

		out->source_of_file[facts->file - 1] = facts->source;
		out->source_facts[facts->source].format = facts->format;
		out->inputs.at[out->inputs.n++] = *facts;
	}
	out->sources = loader->gathered.sources;
	out->profiles = loader->gathered.profiles;
}

static void fill_spans(struct loaded *out)
{
	const struct event_table *events = &out->events;

	for (row e = 0; e < events->n_timed; e++) {
		uint32_t number = out->source_of_file[events->file[e] - 1];
		struct source_facts *source = &out->source_facts[number];

		if (source->first == CELL_ABSENT)
			source->first = events->time[e];
		source->last = events->time[e];
	}
}

static void free_parts(struct loader *loader)
{
	for (size_t i = 0; i < loader->reading.jobs.n; i++)
		part_free(&loader->reading.jobs.at[i].part);
}

/* The events to one table, without copies, in order of time. */
static void arrange(struct loader *loader)
{
	struct loaded *out = loader->out;
	struct arena scratch = {0};
	struct settle_request request = {&loader->gathered,
		loader->appender.parts.at, loader->appender.parts.n,
		&out->events.cells.columns[loader->same_as[out->id_column]]};

	settle_copies(out, &request, loader->diag);
	settle_roles(out, &loader->gathered);
	free_parts(loader);
	settle_moved(out, assemble_build(&scratch, &out->events,
				  loader->same_as, loader->request->jobs));
	arena_free(&scratch);
}

void load(const struct load_request *request, struct loaded *out,
	struct diag *diag)
{
	struct loader loader = {.request = request, .out = out, .diag = diag};

	*out = (struct loaded) {.id_column = request->id_column,
		.id_is_personal = words_is_personal(
			request->words, STR("event_id"))};
	gather(&out->a, &request->gather, &loader.gathered, diag);
	load_plan(&loader);
	fill_source_facts(&loader);
	event_init(&out->events, &out->a, loader.forms,
		(uint32_t)request->words->needs.n, request->has_refs);
	loader.appender = (struct appender) {
		.out = out, .a = &loader.scratch, .jobs = request->jobs};
	load_read(&loader);
	fill_assumed(&loader);
	arrange(&loader);
	fill_inputs(&loader);
	fill_spans(out);
	undated_report(out, diag);
	gather_close(&loader.gathered);
	arena_free(&loader.scratch);
}

void load_free(struct loaded *loaded)
{
	symbols_free(&loaded->strings);
	arena_free(&loaded->a);
	*loaded = (struct loaded) {0};
}
