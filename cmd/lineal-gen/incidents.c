#include "lineal-gen/incidents.h"

#include "base/sort.h"
#include "base/vec.h"
#include "lineal-gen/remediation.h"

#define FIX_DAYS  20
#define NOT_FIXED INT64_MAX

struct row {
	uint64_t incident;
	int64_t detected_ms, fixed_ms;
};

struct incident {
	struct row first, again; /* `again` only if reopened */
	bool duplicate, error, reopened, regulatory;
	enum system system;
};

struct row_vec VEC(struct row);

/* Everything about one incident before rows, as drawn from the seed. */
static struct incident draw(const struct world *world, uint64_t index)
{
	struct incident i = {
		.error = world_has(world, PLANT_INCIDENT_ERROR, index),
		.regulatory = !world_has(world, PLANT_INCIDENT_OTHER, index),
		.system = (enum system)(
			world_draw(world, DRAW_INCIDENT, index) % SYSTEM_N),
	};

	i.duplicate = index > 0 && !i.error &&
		      world_has(world, PLANT_INCIDENT_DUPLICATE, index);
	i.reopened = !i.duplicate && !i.error &&
		     world_has(world, PLANT_INCIDENT_REOPENED, index);
	return i;
}

/* An instant of a fix, or NOT_FIXED if it lies behind the end of the log. */
static int64_t fix(int64_t ms)
{
	return ms <= CLOCK_END ? ms : NOT_FIXED;
}

/* From an hour to 26 days, in whole seconds. */
static int64_t repair_time(const struct world *world, uint64_t number)
{
	uint64_t hours = 1 + world_draw(world, DRAW_REPAIR, number) % 623;
	uint64_t seconds = world_draw(world, DRAW_REPAIR, number) / 623 % 3600;

	return (int64_t)hours * CLOCK_HOUR + (int64_t)seconds * CLOCK_SECOND;
}

static struct incident plan(const struct world *world, uint64_t index)
{
	struct incident i = draw(world, index);
	int64_t detected = clock_whole(
		world_moment(world, POPULATION_INCIDENT, index));
	int64_t length = repair_time(world, 2 * index);

	i.first = (struct row) {index, detected, fix(detected + length)};
	if (i.error)
		i.first.fixed_ms = detected - 30 * CLOCK_SECOND;
	else if (!i.reopened && world_has(world, PLANT_INCIDENT_OPEN, index))
		i.first.fixed_ms = NOT_FIXED;
	i.again = (struct row) {index, detected + length + 2 * CLOCK_DAY, 0};
	i.again.fixed_ms = fix(
		i.again.detected_ms + repair_time(world, 2 * index + 1));
	i.reopened = i.reopened && i.again.detected_ms <= CLOCK_END;
	return i;
}

/* When the incident of one id is closed for the first time after `ms`. */
static int64_t next_close(const struct incident *i, int64_t ms)
{
	int64_t again = i->reopened ? i->again.fixed_ms : NOT_FIXED;

	return i->first.fixed_ms > ms && i->first.fixed_ms < again
		       ? i->first.fixed_ms
		       : again;
}

static void count_opening(
	struct truth *truth, const struct incident *i, const struct row *row)
{
	int64_t close = next_close(i, row->detected_ms);
	int64_t due = clock_after_days(row->detected_ms, FIX_DAYS) - 1;

	truth_verdict(truth, RULE_INC_001,
		truth_duty(close != NOT_FIXED, close, due));
}

static void count_planted(struct truth *truth, const struct incident *i)
{
	const struct row *last = i->reopened ? &i->again : &i->first;

	if (i->duplicate)
		truth_plant(truth, PLANT_INCIDENT_DUPLICATE);
	if (i->error)
		truth_plant(truth, PLANT_INCIDENT_ERROR);
	if (i->reopened)
		truth_plant(truth, PLANT_INCIDENT_REOPENED);
	if (!i->regulatory)
		truth_plant(truth, PLANT_INCIDENT_OTHER);
	if (last->fixed_ms == NOT_FIXED)
		truth_plant(truth, PLANT_INCIDENT_OPEN);
}

/* One incident that counts: into the rate, and its time into `repairs`. */
static void count_regulatory(struct truth *truth, const struct incident *i,
	struct repair *repairs, size_t *n)
{
	const struct row *last = i->reopened ? &i->again : &i->first;
	bool open = last->fixed_ms == NOT_FIXED;
	int64_t end = open ? CLOCK_END : last->fixed_ms;

	truth->incidents[clock_quarter(i->first.detected_ms)]++;
	if (i->error) {
		truth->remediation.errors++;
		return;
	}
	repairs[(*n)++] = (struct repair) {end - i->first.detected_ms, open};
}

static void put_tail(
	const struct world *world, const struct incident *i, struct out *out)
{
	static const struct str severities[] = {STR_INIT("low"),
		STR_INIT("medium"), STR_INIT("high"), STR_INIT("critical")};
	uint64_t index = i->first.incident;
	uint64_t number = world_draw(world, DRAW_INCIDENT, index) / SYSTEM_N;

	out_str(out, severities[number % 4]);
	out_char(out, ',');
	out_str(out, system_name(i->system));
}

static void write_row(
	const struct world *world, const struct row *row, struct out *out)
{
	static const struct str regulatory[] = {
		STR_INIT("privacy"), STR_INIT("security")};
	struct incident i = plan(world, row->incident);

	out_row(out);
	out_id(out, (struct id) {STR("INC-"), row->incident});
	out_char(out, ',');
	out_seconds(out, row->detected_ms);
	out_char(out, ',');
	if (row->fixed_ms != NOT_FIXED)
		out_seconds(out, row->fixed_ms);
	out_char(out, ',');
	put_tail(world, &i, out);
	out_str(out,
		row->fixed_ms == NOT_FIXED ? STR(",open,") : STR(",resolved,"));
	out_str(out, i.regulatory ? regulatory[row->incident % 2]
				  : STR("operations"));
	out_char(out, ',');
	if (i.duplicate)
		out_id(out, (struct id) {STR("INC-"), row->incident - 1});
	out_char(out, '\n');
}

/* Rows by detection; those of one second by the number of the incident. */
static void write_sorted(const struct world *world, struct arena *a,
	const struct row_vec *rows, struct out *out)
{
	uint32_t *order = arena_array(a, uint32_t, rows->n);
	int64_t *keys = arena_array(a, int64_t, rows->n);

	for (size_t i = 0; i < rows->n; i++) {
		order[i] = (uint32_t)i;
		keys[i] = rows->at[i].detected_ms;
	}
	sort_rows_by_i64(keys, order, rows->n);
	for (size_t i = 0; i < rows->n; i++)
		write_row(world, &rows->at[order[i]], out);
}

static void add_row(struct arena *a, struct row_vec *rows, struct row row)
{
	vec_push(a, rows, row);
}

static void plan_rows(const struct world *world, struct truth *truth,
	struct arena *a, struct row_vec *rows)
{
	for (uint64_t n = 0; n < world->size[POPULATION_INCIDENT]; n++) {
		struct incident i = plan(world, n);

		add_row(a, rows, i.first);
		if (i.reopened)
			add_row(a, rows, i.again);
		count_planted(truth, &i);
	}
}

/* What the rule and the metrics must find; duplicates count for neither. */
static void count_all(
	const struct world *world, struct truth *truth, struct arena *a)
{
	uint64_t n = world->size[POPULATION_INCIDENT];
	struct repair *repairs = arena_array(a, struct repair, n);
	size_t n_repairs = 0;

	for (uint64_t index = 0; index < n; index++) {
		struct incident i = plan(world, index);

		if (i.duplicate)
			continue;
		count_opening(truth, &i, &i.first);
		if (i.reopened)
			count_opening(truth, &i, &i.again);
		if (i.regulatory)
			count_regulatory(truth, &i, repairs, &n_repairs);
	}
	remediation_measure(repairs, n_repairs, &truth->remediation);
}

bool incidents_write(const struct folder *folder, const struct world *world,
	struct truth *truth, struct err *err)
{
	struct arena memory = {0};
	struct row_vec rows = {0};
	struct out out;
	bool ok = false;

	plan_rows(world, truth, &memory, &rows);
	count_all(world, truth, &memory);
	if (!out_open(&out, &memory, folder, file_name(FILE_INCIDENTS), err))
		goto done;
	out_text(
		&out, STR("incident_id,detected_at,resolved_at,severity,system,"
			  "status,category,duplicate_of\n"));
	write_sorted(world, &memory, &rows, &out);
	truth->rows[FILE_INCIDENTS] = out.rows;
	ok = out_publish(&out, err);
done:
	arena_free(&memory);
	return ok;
}
