#include "ingest/gather.h"

#include "ingest/adopt.h"
#include "ingest/linepattern.h"
#include "ingest/locate.h"
#include "ingest/opening.h"
#include "ingest/recognise.h"

#include <stdlib.h>

struct gatherer {
	struct arena *a;
	const struct gather_request *request;
	struct located_list files;
	struct gathered *out;
	struct diag *diag;
};

static enum encoding encoding_of(const struct gatherer *g, size_t i)
{
	uint32_t source = g->files.at[i].source;

	/* With what its profile says. */
	return source == LOCATE_UNCLAIMED ? ENCODING_SNIFF
					  : g->out->sources.at[source].encoding;
}

static void add_input(struct gatherer *g, const struct located *file)
{
	struct input input = {.facts.opened = file->open};

	input.facts.path = file->printed;
	input.facts.source = file->source;
	input.facts.file = files_add(
		g->a, g->request->files, input.facts.path, STR(""));
	vec_push(g->a, &g->out->inputs, input);
}

static void open_all(struct gatherer *g)
{
	struct arena scratch = {0};
	enum encoding *encodings = arena_array(
		&scratch, enum encoding, g->files.n);
	struct opening opening = {&g->out->inputs, encodings,
		&g->request->limits, g->request->jobs};

	for (size_t i = 0; i < g->files.n; i++) {
		add_input(g, &g->files.at[i]);
		encodings[i] = encoding_of(g, i);
	}
	opening_run(&opening, g->diag);
	arena_free(&scratch);
}

/* Whether the format of a source is still to be found out from its files. */
enum format_state { FORMAT_SETTLED, FORMAT_OPEN, FORMAT_GENERIC };

static enum format_state format_state(const struct source *source)
{
	if (recognise_is_wanted(source))
		return FORMAT_OPEN;
	return str_equal(source->format.name, STR("generic")) ? FORMAT_GENERIC
							      : FORMAT_SETTLED;
}

static void settle_format(
	struct adopter *adopter, struct input *input, enum format_state *state)
{
	if (input->failed || input->header.n == 0)
		return;
	if (*state == FORMAT_OPEN)
		adopt_claimed(adopter, input);
	if (*state == FORMAT_GENERIC) {
		adopt_generic(adopter, input);
		*state = FORMAT_SETTLED;
	}
}

static void read_headers(
	struct gatherer *g, struct adopter *adopter, enum format_state *states)
{
	struct source unknown;

	source_init(&unknown);
	for (size_t i = 0; i < g->out->inputs.n; i++) {
		struct input *input = &g->out->inputs.at[i];
		uint32_t number = input->facts.source;
		bool unclaimed = number == LOCATE_UNCLAIMED;

		input_read_header(input,
			unclaimed ? &unknown : &g->out->sources.at[number],
			unclaimed ? NULL : g->out->patterns[number],
			&g->request->limits, g->diag);
		if (unclaimed)
			adopt_unclaimed(adopter, input);
		else
			settle_format(adopter, input, &states[number]);
	}
}

struct numbered_source {
	struct source source;
	uint32_t number;
};

static int compare_sources(const void *left, const void *right)
{
	const struct numbered_source *a = left, *b = right;

	return str_compare(a->source.name, b->source.name);
}

static int compare_inputs(const void *left, const void *right)
{
	const struct input *a = left, *b = right;

	int order = str_compare(a->facts.path, b->facts.path);

	if (a->facts.source != b->facts.source)
		return a->facts.source < b->facts.source ? -1 : 1;
	return order ? order : str_compare(a->facts.opened, b->facts.opened);
}

/* Sorts the sources by name, and everything that is numbered by them. */
static void sort_all(struct gatherer *g)
{
	struct arena scratch = {0};
	struct gathered *out = g->out;
	size_t n = out->sources.n;
	struct numbered_source *all = arena_array(
		&scratch, struct numbered_source, n + 1);
	uint32_t *moved = arena_array(&scratch, uint32_t, n);
	struct logline **patterns = arena_array(g->a, struct logline *, n);
	const struct profile **profiles = arena_array(
		g->a, const struct profile *, n);

	for (uint32_t i = 0; i < n; i++)
		all[i] = (struct numbered_source) {out->sources.at[i], i};
	qsort(all, n, sizeof(*all), compare_sources);
	for (uint32_t i = 0; i < n; i++) {
		out->sources.at[i] = all[i].source;
		patterns[i] = out->patterns[all[i].number];
		profiles[i] = out->profiles[all[i].number];
		moved[all[i].number] = i;
	}
	out->patterns = patterns;
	out->profiles = profiles;
	for (size_t i = 0; i < out->inputs.n; i++) {
		struct input *input = &out->inputs.at[i];

		input->facts.source = moved[input->facts.source];
		input->facts.format = adopt_format_name(
			out, input->facts.source);
	}
	if (out->inputs.n)
		qsort(out->inputs.at, out->inputs.n, sizeof(*out->inputs.at),
			compare_inputs);
	arena_free(&scratch);
}

/* Inputs are sorted by source. */
static void fill_ranges(struct gatherer *g)
{
	struct gathered *out = g->out;
	uint32_t at = 0;

	out->ranges = arena_array(g->a, struct input_range, out->sources.n);
	for (uint32_t i = 0; i < out->sources.n; i++) {
		out->ranges[i].first = at;
		while (at < out->inputs.n &&
			out->inputs.at[at].facts.source == i)
			at++;
		out->ranges[i].end = at;
	}
}

static void take_sources(struct gatherer *g, enum format_state *states)
{
	const struct source_list *sources = &g->request->sources;
	struct gathered *out = g->out;
	/* Each unclaimed file may become a source of its own. */
	size_t most = sources->n + g->files.n;

	out->patterns = arena_array(g->a, struct logline *, most);
	out->profiles = arena_array(g->a, const struct profile *, most);
	vec_reserve(g->a, &out->sources, most);
	for (size_t i = 0; i < sources->n; i++) {
		out->sources.at[out->sources.n++] = sources->at[i];
		states[i] = format_state(&sources->at[i]);
	}
}

void gather(struct arena *a, const struct gather_request *request,
	struct gathered *out, struct diag *diag)
{
	struct gatherer g = {a, request, {0}, out, diag};
	enum format_state *states = arena_array(
		a, enum format_state, request->sources.n);
	struct adopter adopter = {.a = a,
		.profiles = request->profiles,
		.limits = &request->limits,
		.out = out,
		.diag = diag};

	*out = (struct gathered) {0};
	locate(a, request, &g.files, diag);
	take_sources(&g, states);
	adopt_begin(&adopter);
	for (size_t i = 0; i < out->sources.n; i++)
		out->patterns[i] = linepattern_compile(
			&out->sources.at[i].pattern, diag);
	open_all(&g);
	read_headers(&g, &adopter, states);
	adopt_end(&adopter);
	sort_all(&g);
	fill_ranges(&g);
}

void gather_close(struct gathered *gathered)
{
	for (size_t i = 0; i < gathered->inputs.n; i++)
		input_close(&gathered->inputs.at[i]);
	for (size_t i = 0; i < gathered->sources.n; i++)
		if (gathered->patterns[i])
			logline_free(gathered->patterns[i]);
}
