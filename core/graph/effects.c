#include "graph/effects.h"

static uint32_t *slot_of(struct effects *effects, uint32_t record)
{
	if (record >= effects->slots.n)
		vec_push(&effects->scratch, &effects->slots, 0);
	return &effects->slots.at[record];
}

void effects_start(
	struct effects *effects, struct arena *a, const int64_t *time)
{
	*effects = (struct effects) {.a = a, .time = time};
	vec_push(a, &effects->start, 0);
	/* Record numbers are dense and begin with 1. */
	slot_of(effects, 0);
}

/*
 * The item of a record in the open row, made on first mention. A slot counts
 * only if it points into the open row at an item of this very record, so
 * slots are never cleared.
 */
static uint32_t item_of(struct effects *effects, uint32_t record)
{
	uint32_t first = effects->start.at[effects->start.n - 1];
	uint32_t n = (uint32_t)effects->items.n;
	uint32_t *slot = slot_of(effects, record), at = *slot;

	if (at >= first && at < n && effects->items.at[at].record == record)
		return at;
	vec_push(effects->a, &effects->items, ((struct effect) {record, 0}));
	*slot = n;
	return n;
}

static uint8_t bit_of(enum ref_mode mode, bool is_named)
{
	switch (mode) {
	case REF_READ:
		return is_named ? EFFECT_NAMED : EFFECT_READ;
	case REF_WRITE:
		return EFFECT_WRITE;
	case REF_REPLACE:
		return EFFECT_REPLACE;
	case REF_DELETE:
		break;
	}
	return EFFECT_DELETE;
}

void effects_add(struct effects *effects, sym type, sym id, enum ref_mode mode,
	uint64_t version)
{
	struct arena *a = effects->a;
	uint32_t record = pairs_put(
		a, &effects->records, (struct pair) {type, id});
	bool is_named = version != EFFECT_NO_VERSION && mode != REF_DELETE;
	struct effect_name name = {version, record, effects_rows(effects)};
	struct effect_names *names = mode == REF_READ ? &effects->reads
						      : &effects->writes;
	uint32_t item = item_of(effects, record);

	effects->items.at[item].what |= bit_of(mode, is_named);
	if (is_named)
		vec_push(a, names, name);
}

void effects_close_row(struct effects *effects)
{
	vec_push(effects->a, &effects->start, (uint32_t)effects->items.n);
}

void effects_end(struct effects *effects)
{
	arena_free(&effects->scratch);
	effects->slots = (struct slot_vec) {0};
}

bool effects_is_full(const struct effects *effects)
{
	return effects->items.n + effects->reads.n >= EFFECTS_MAX;
}

uint32_t effects_rows(const struct effects *effects)
{
	return effects->start.n ? (uint32_t)effects->start.n - 1 : 0;
}

const struct effect *effects_of(
	const struct effects *effects, row e, uint32_t *n)
{
	if (e >= effects_rows(effects)) {
		*n = 0;
		return NULL;
	}
	*n = effects->start.at[e + 1] - effects->start.at[e];
	return effects->items.at + effects->start.at[e];
}
