#include "graph/systems.h"

struct holder {
	uint64_t mask;
	bool is_ended;
};

/* A record both replaced and read counts as written, and what is written
   depends on the last version even if a deletion has ended it. */
static bool depends(const struct effect *effect, const struct holder *holder)
{
	return effect_is_input(effect) &&
	       (effect_is_output(effect) || !holder->is_ended);
}

static void assign(
	struct holder *holder, const struct effect *effect, uint64_t mask)
{
	if (effect_is_output(effect))
		*holder = (struct holder) {mask, false};
	else if (effect->what & EFFECT_DELETE)
		holder->is_ended = true;
}

void systems_scan(const struct effects *effects, uint64_t *masks)
{
	struct arena scratch = {0};
	struct holder *holders = arena_array(
		&scratch, struct holder, pairs_count(&effects->records));

	for (row e = 0; e < effects_rows(effects); e++) {
		uint32_t n;
		const struct effect *list = effects_of(effects, e, &n);

		for (uint32_t i = 0; i < n; i++)
			if (depends(&list[i], &holders[list[i].record]))
				masks[e] |= holders[list[i].record].mask;
		for (uint32_t i = 0; i < n; i++)
			assign(&holders[list[i].record], &list[i], masks[e]);
	}
	arena_free(&scratch);
}
