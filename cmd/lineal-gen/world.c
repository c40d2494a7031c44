#include "lineal-gen/world.h"

#include "base/rng.h"

/* Every population lies between the opening and the closing row of the log. */
static const int64_t span = CLOCK_END - CLOCK_SECOND - WORLD_FIRST;

#define PLANT_NAME(plant, name, stride)   STR_INIT(name),
#define PLANT_STRIDE(plant, name, stride) stride,

static const struct str names[PLANT_N] = {PLANT_LIST(PLANT_NAME)};
static const uint32_t strides[PLANT_N] = {PLANT_LIST(PLANT_STRIDE)};

static const struct str systems[SYSTEM_N] = {
	STR_INIT("crm"),
	STR_INIT("erp"),
	STR_INIT("mail"),
	STR_INIT("portal"),
	STR_INIT("scoring"),
	STR_INIT("warehouse"),
};

static uint64_t at_most(uint64_t value, uint64_t limit)
{
	return value < limit ? value : limit;
}

static void set_sizes(uint64_t *size, uint64_t n)
{
	size[POPULATION_TRANSACTION] = n;
	size[POPULATION_ORPHAN] = n / 300 + 1;
	size[POPULATION_READ] = n + n / 5;
	size[POPULATION_EXPORT] = n / 8 + 1;
	size[POPULATION_DECISION] = n / 20 + 1;
	size[POPULATION_CONSEQUENTIAL] = size[POPULATION_DECISION] / 2 +
					 size[POPULATION_DECISION] % 2;
	size[POPULATION_ORPHAN_REVIEW] = n / 800 + 1;
	size[POPULATION_REQUEST] = n / 50 + 12;
	size[POPULATION_SESSION] = n / 12 + 1;
	size[POPULATION_UNTIMED_READ] = n / 900 + 1;
	size[POPULATION_UNTIMED_REQUEST] = n / 1500 + 1;
	size[POPULATION_MARK] = 2;
	size[POPULATION_INCIDENT] = at_most(30 + n / 5000, 2000);
	size[POPULATION_OUTAGE] = at_most(20 + n / 20000, 100);
}

void world_init(struct world *world, uint64_t transactions, uint64_t seed)
{
	uint64_t root = rng_mix(seed + UINT64_C(0x6c696e65616c));

	world->seed = seed;
	set_sizes(world->size, transactions);
	for (uint64_t i = 0; i < DRAW_N; i++)
		world->base[i] = rng_mix(
			root + i * UINT64_C(0x9e3779b97f4a7c15));
	for (uint64_t i = 0; i < PLANT_N; i++)
		world->phase[i] =
			strides[i]
				? (uint32_t)(world_draw(world, DRAW_PHASE, i) %
					     strides[i])
				: 0;
}

uint64_t world_draw(const struct world *world, enum draw draw, uint64_t index)
{
	return rng_mix(
		world->base[draw] + index * UINT64_C(0x9e3779b97f4a7c15));
}

bool world_has(const struct world *world, enum plant plant, uint64_t index)
{
	return index % strides[plant] == world->phase[plant];
}

int64_t world_moment(
	const struct world *world, enum population population, uint64_t index)
{
	uint64_t n = world->size[population];
	uint64_t slot = index * (uint64_t)span / n;
	uint64_t jitter = (uint64_t)span / n / 4;
	uint64_t number = world_draw(
		world, (enum draw)(DRAW_MOMENT + (int)population), index);

	return WORLD_FIRST + (int64_t)(slot + number % (jitter + 1));
}

int64_t world_slack(const struct world *world, enum population population)
{
	return span / (int64_t)world->size[population] / 2 + 1;
}

struct str plant_name(enum plant plant)
{
	return names[plant];
}

struct str system_name(enum system system)
{
	return systems[system];
}
