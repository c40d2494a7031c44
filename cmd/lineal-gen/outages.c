#include "lineal-gen/outages.h"

#include "base/sort.h"
#include "lineal-gen/requests.h"

#define STILL_OPEN INT64_MAX

struct outage {
	enum system system;
	int64_t from, to; /* STILL_OPEN: no end */
	bool maintenance;
};

struct outage_vec VEC(struct outage);

static void add(struct arena *a, struct outage_vec *outages,
	struct outage outage, int64_t from, int64_t to)
{
	outage.from = from;
	outage.to = to;
	vec_push(a, outages, outage);
}

static enum system other_system(enum system system)
{
	return (enum system)((system + 1) % SYSTEM_N);
}

/* Outage `index`: it starts in the first ten hours of a day and lasts ten
   minutes to five hours, so that its satellites end on that day too. */
static struct outage plan(const struct world *world, uint64_t index)
{
	uint64_t n = world->size[POPULATION_OUTAGE];
	int64_t day = (int64_t)(index * (CLOCK_DAYS - 1) / n);
	uint64_t start = world_draw(world, DRAW_OUTAGE, index) % 36000;
	uint64_t length = 600 + world_draw(world, DRAW_LENGTH, index) % 17400;
	int64_t from = CLOCK_START + day * CLOCK_DAY + CLOCK_HOUR +
		       (int64_t)start * CLOCK_SECOND;

	return (struct outage) {
		.system = (enum system)(index % SYSTEM_N),
		.from = from,
		.to = from + (int64_t)length * CLOCK_SECOND,
	};
}

static void add_satellites(const struct world *world, struct arena *a,
	uint64_t index, struct outage_vec *outages)
{
	struct outage o = plan(world, index);
	struct outage shared = o, work = o;
	int64_t half = clock_whole((o.to - o.from) / 2);

	shared.system = other_system(o.system);
	work.maintenance = true;
	if (world_has(world, PLANT_OUTAGE_OVERLAP, index))
		add(a, outages, o, o.from + half, o.to + half);
	if (world_has(world, PLANT_OUTAGE_TOUCH, index))
		add(a, outages, o, o.to, o.to + CLOCK_HOUR);
	if (world_has(world, PLANT_OUTAGE_SHARED, index))
		add(a, outages, shared, o.from, o.to);
	if (world_has(world, PLANT_OUTAGE_MAINTENANCE, index))
		add(a, outages, work, o.from + half, o.to + half);
	if (world_has(world, PLANT_OUTAGE_EMPTY, index))
		add(a, outages, o, o.to + half, o.to + half);
	if (world_has(world, PLANT_OUTAGE_REVERSED, index))
		add(a, outages, o, o.to + CLOCK_HOUR, o.to);
}

static void count_planted(
	const struct world *world, struct truth *truth, uint64_t index)
{
	static const enum plant kinds[] = {PLANT_OUTAGE_OVERLAP,
		PLANT_OUTAGE_TOUCH, PLANT_OUTAGE_SHARED,
		PLANT_OUTAGE_MAINTENANCE, PLANT_OUTAGE_EMPTY,
		PLANT_OUTAGE_REVERSED};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (world_has(world, kinds[i], index))
			truth_plant(truth, kinds[i]);
}

/* The last row: an outage of one system that has not ended. */
static void add_open(const struct world *world, struct arena *a,
	struct truth *truth, struct outage_vec *outages)
{
	struct outage open = {.system = (enum system)(world->seed % SYSTEM_N)};

	add(a, outages, open, clock_whole(CLOCK_END - 5 * CLOCK_HOUR),
		STILL_OPEN);
	truth_plant(truth, PLANT_OUTAGE_OPEN);
}

static void plan_all(const struct world *world, struct arena *a,
	struct truth *truth, struct outage_vec *outages)
{
	for (uint64_t i = 0; i < world->size[POPULATION_OUTAGE]; i++) {
		struct outage o = plan(world, i);

		add(a, outages, o, o.from, o.to);
		add_satellites(world, a, i, outages);
		count_planted(world, truth, i);
	}
	add_open(world, a, truth, outages);
}

/* The united outages of one system without its maintenance. */
static struct spans downtime(
	struct arena *a, const struct outage_vec *outages, enum system system)
{
	struct spans down = {0}, work = {0}, net = {0};

	for (size_t i = 0; i < outages->n; i++) {
		const struct outage *o = &outages->at[i];
		int64_t to = o->to == STILL_OPEN ? CLOCK_END : o->to;

		if (o->system == system)
			spans_add(
				a, o->maintenance ? &work : &down, o->from, to);
	}
	spans_unite(&down);
	spans_unite(&work);
	spans_subtract(a, &down, &work, &net);
	return net;
}

static void append(
	struct arena *a, struct spans *all, const struct spans *spans)
{
	for (size_t i = 0; i < spans->n; i++)
		spans_add(a, all, spans->at[i].from, spans->at[i].to);
}

static void measure(const struct world *world, struct arena *a,
	const struct outage_vec *outages, struct truth *truth)
{
	struct spans windows[SYSTEM_N] = {0}, all_down = {0}, all_risk = {0};
	struct downtime *d = &truth->downtime;

	request_windows(world, a, windows);
	for (int s = 0; s < SYSTEM_N; s++) {
		struct spans down = downtime(a, outages, (enum system)s);
		struct spans risk = {0};

		spans_intersect(a, &down, &windows[s], &risk);
		d->system_down_ms[s] = spans_length(&down);
		d->system_risk_ms[s] = spans_length(&risk);
		truth->planted[PLANT_OUTAGE_RISK] += risk.n;
		append(a, &all_down, &down);
		append(a, &all_risk, &risk);
	}
	spans_unite(&all_down);
	spans_unite(&all_risk);
	d->down_ms = spans_length(&all_down);
	d->risk_ms = spans_length(&all_risk);
}

static void write_row(const struct outage *o, struct out *out)
{
	out_row(out);
	out_str(out, system_name(o->system));
	out_char(out, ',');
	out_seconds(out, o->from);
	out_char(out, ',');
	if (o->to != STILL_OPEN)
		out_seconds(out, o->to);
	out_str(out, o->maintenance ? STR(",maintenance\n") : STR(",outage\n"));
}

static void write_sorted(
	struct arena *a, const struct outage_vec *outages, struct out *out)
{
	uint32_t *order = arena_array(a, uint32_t, outages->n);
	int64_t *keys = arena_array(a, int64_t, outages->n);

	for (size_t i = 0; i < outages->n; i++) {
		order[i] = (uint32_t)i;
		keys[i] = outages->at[i].from;
	}
	sort_rows_by_i64(keys, order, outages->n);
	for (size_t i = 0; i < outages->n; i++)
		write_row(&outages->at[order[i]], out);
}

bool outages_write(const struct folder *folder, const struct world *world,
	struct truth *truth, struct err *err)
{
	struct arena memory = {0};
	struct outage_vec outages = {0};
	struct out out;
	bool ok = false;

	plan_all(world, &memory, truth, &outages);
	measure(world, &memory, &outages, truth);
	if (!out_open(&out, &memory, folder, file_name(FILE_OUTAGES), err))
		goto done;
	out_text(&out, STR("system,started_at,ended_at,kind\n"));
	write_sorted(&memory, &outages, &out);
	truth->rows[FILE_OUTAGES] = out.rows;
	ok = out_publish(&out, err);
done:
	arena_free(&memory);
	return ok;
}
