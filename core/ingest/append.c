#include "ingest/append.h"

#include "ingest/role.h"

static void shift(row *event, uint32_t base)
{
	if (*event != ROW_NONE)
		*event += base;
}

static void append_origins(struct arena *a, struct role_table *to,
	const struct role_table *from, uint32_t base)
{
	vec_reserve(a, &to->origins, to->origins.n + from->origins.n);
	for (size_t i = 0; i < from->origins.n; i++) {
		struct role_origin *origin = &to->origins.at[to->origins.n++];

		*origin = from->origins.at[i];
		shift(&origin->own, base);
		shift(&origin->opened, base);
		shift(&origin->closed, base);
	}
}

static void append_roles(
	struct loaded *out, const struct part *part, row base, const sym *map)
{
	for (size_t role = 0; role < ROLE_N; role++) {
		const struct role_table *from = &part->roles[role];
		struct role_table *to = &out->roles[role];

		if (from->cells.n == 0)
			continue;
		if (to->cells.n_columns == 0)
			role_table_init(&out->a, &to->cells, (enum role)role);
		table_append(&to->cells, &from->cells, map);
		append_origins(&out->a, to, from, base);
	}
}

static void append_rejects(struct loaded *out, const struct part *part)
{
	struct kept_rejects *to = &out->rejects;

	vec_reserve(&out->a, to, to->n + part->rejects.n);
	for (size_t i = 0; i < part->rejects.n; i++) {
		struct kept_reject *reject = &to->at[to->n++];

		*reject = part->rejects.at[i];
		reject->raw = arena_copy(&out->a, reject->raw);
	}
}

/* Strings, role rows and rejects, one part after the other. */
static sym *append_part(
	struct appender *appender, struct arena *a, struct part *part, row base)
{
	sym *map = arena_array(a, sym, symbols_count(&part->strings));

	symbols_merge(&appender->out->strings, &part->strings, map);
	append_roles(appender->out, part, base, map);
	append_rejects(appender->out, part);
	return map;
}

void append_jobs(struct appender *appender, struct reading_job *jobs, size_t n,
	const struct input *input)
{
	struct arena scratch = {0};
	struct event_piece *pieces = arena_array(
		&scratch, struct event_piece, n);
	row base = appender->out->events.n;

	for (size_t i = 0; i < n; i++) {
		struct part *part = &jobs[i].part;
		struct settle_part settled = {part, input, base};

		pieces[i] = (struct event_piece) {.events = &part->events,
			.columns = part->needs,
			.map = append_part(appender, &scratch, part, base)};
		vec_push(appender->a, &appender->parts, settled);
		base += part->events.n;
	}
	assemble_append(&appender->out->events, pieces, n, appender->jobs);
	for (size_t i = 0; i < n; i++)
		part_free_tables(&jobs[i].part);
	arena_free(&scratch);
}

struct append_end append_end(const struct appender *appender)
{
	const struct loaded *out = appender->out;
	struct append_end end = {.events = assemble_end(&out->events),
		.n_symbols = symbols_count(&out->strings),
		.n_rejects = out->rejects.n,
		.n_parts = appender->parts.n};

	for (size_t i = 0; i < ROLE_N; i++) {
		end.roles[i].n = out->roles[i].cells.n;
		end.roles[i].lists = out->roles[i].cells.lists.n;
		end.roles[i].origins = out->roles[i].origins.n;
	}
	return end;
}

void append_cut(struct appender *appender, const struct append_end *end)
{
	struct loaded *out = appender->out;

	assemble_cut(&out->events, &end->events);
	symbols_cut(&out->strings, end->n_symbols);
	out->rejects.n = end->n_rejects;
	appender->parts.n = end->n_parts;
	for (size_t i = 0; i < ROLE_N; i++) {
		out->roles[i].cells.n = end->roles[i].n;
		out->roles[i].cells.lists.n = end->roles[i].lists;
		out->roles[i].origins.n = end->roles[i].origins;
	}
}
