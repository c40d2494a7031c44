#include "lineal-gen/costs.h"

#define COST_CENTS UINT64_C(2500000)
#define RATE_CENTS UINT64_C(9000) /* of an hour of audit work */
#define CLASS      "GDPR 83(4)"

static const struct str names[SCENARIO_N] = {
	STR_INIT("low"), STR_INIT("base"), STR_INIT("high")};

static struct scenario_costs plan(
	const struct world *world, enum scenario scenario)
{
	static const struct scenario_costs usual[SCENARIO_N] = {
		{5, 20000000, 400, 300, 0, 60, 5000},
		{20, 100000000, 400, 250, 600000, 120, 5000},
		{50, 200000000, 400, 200, 900000, 240, 5000},
	};
	uint64_t number = world_draw(world, DRAW_COST, (uint64_t)scenario);
	struct scenario_costs costs = usual[scenario];

	costs.hours_after += number % 40;
	costs.minutes += number / 40 % 30;
	return costs;
}

double costs_return(const struct scenario_costs *c)
{
	uint64_t gain = c->severity_cents / 1000 * c->per_mille +
			(c->hours_before - c->hours_after) * RATE_CENTS +
			c->fee_cents + c->minutes * c->minute_cents;

	return ((double)gain - (double)COST_CENTS) / (double)COST_CENTS;
}

/* A row with the whole text of its value; `of` is a class or empty. */
static void begin(
	struct out *out, struct str scenario, const char *item, const char *of)
{
	out_row(out);
	out_str(out, scenario);
	out_char(out, ',');
	out_str(out, str_of(item));
	out_char(out, ',');
	out_str(out, str_of(of));
	out_char(out, ',');
}

static void put_money(struct out *out, struct str scenario, const char *item,
	const char *of, uint64_t cents)
{
	begin(out, scenario, item, of);
	out_number(out, cents / 100);
	out_char(out, '.');
	out_padded(out, cents % 100, 2);
	out_str(out, STR(",EUR\n"));
}

static void put_count(
	struct out *out, struct str scenario, const char *item, uint64_t n)
{
	begin(out, scenario, item, "");
	out_number(out, n);
	out_str(out, STR(",\n"));
}

static void put_scenario(
	struct out *out, struct str name, const struct scenario_costs *c)
{
	begin(out, name, "fine_probability", CLASS);
	out_str(out, STR("0."));
	out_padded(out, c->per_mille, 3);
	out_str(out, STR(",\n"));
	put_money(out, name, "fine_severity", CLASS, c->severity_cents);
	put_count(out, name, "audit_hours_before", c->hours_before);
	put_count(out, name, "audit_hours_after", c->hours_after);
	put_money(out, name, "fee_saving", "", c->fee_cents);
	put_count(out, name, "downtime_minutes_avoided", c->minutes);
	put_money(out, name, "minute_value", "", c->minute_cents);
}

bool costs_write(const struct folder *folder, const struct world *world,
	struct truth *truth, struct err *err)
{
	struct arena memory = {0};
	struct out out;
	bool ok = false;

	if (!out_open(&out, &memory, folder, file_name(FILE_COSTS), err))
		goto done;
	out_text(&out, STR("scenario,item,class,value,currency\n"));
	put_money(&out, STR("all"), "cost", "", COST_CENTS);
	put_money(&out, STR("all"), "hour_rate", "", RATE_CENTS);
	for (int i = 0; i < SCENARIO_N; i++) {
		struct scenario_costs costs = plan(world, (enum scenario)i);

		put_scenario(&out, names[i], &costs);
		truth->roi[i] = costs_return(&costs);
	}
	truth->rows[FILE_COSTS] = out.rows;
	ok = out_publish(&out, err);
done:
	arena_free(&memory);
	return ok;
}
