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

void append_part(struct loaded *out, struct part *part, row base, sym *map)
{
	symbols_merge(&out->strings, &part->strings, map);
	symbols_free(&part->strings);
	append_roles(out, part, base, map);
	append_rejects(out, part);
}
