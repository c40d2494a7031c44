#include "rule/waiver.h"

#include "base/near.h"
#include "rule/days.h"

#include <stdlib.h>

#define LONGEST_DAYS    366
#define SOON_DAYS       14
#define SHORTEST_REASON 10

struct waiver_reader {
	struct vocabulary *v;
	struct waiver *waiver;
	bool has_from, has_until;
};

static void read_texts(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct waiver_reader *r = into;
	struct str_vec *texts =
		(struct str_vec *)(void *)((char *)r->waiver + key->offset);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)diag;
	for (uint32_t i = 0; i < n; i++)
		vec_push(r->v->a, texts, items[i]->text);
}

static void read_reason(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct waiver_reader *r = into;

	(void)key;
	r->waiver->reason = str_trim(value->text);
	if (r->waiver->reason.len < SHORTEST_REASON)
		yaml_complain(diag, DIAG_BAD_TEST, value,
			"a reason has at least %d characters", SHORTEST_REASON);
}

static void read_approver(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	((struct waiver_reader *)into)->waiver->approved_by = value->text;
}

static void read_from(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct waiver_reader *r = into;

	(void)key;
	r->has_from = days_read(value, &r->waiver->from, diag);
}

static void read_until(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct waiver_reader *r = into;

	(void)key;
	r->has_until = days_read(value, &r->waiver->until, diag);
	r->waiver->loc = value->loc;
	r->waiver->span = value->span;
}

static void read_only(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct waiver_reader *r = into;
	struct test_reader tests = vocabulary_test_reader(r->v);

	(void)key;
	(void)diag;
	where_read(&tests, value, &r->waiver->only);
}

static void read_at_most(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	yaml_integer(value, 1, INT64_C(1000000000),
		&((struct waiver_reader *)into)->waiver->at_most, diag);
}

#define AT(member) offsetof(struct waiver, member)

static const struct yaml_key keys[] = {
	{STR_INIT("rule"), true, YAML_TEXTS, read_texts, AT(rules)},
	{STR_INIT("reason"), true, YAML_TEXT, read_reason, 0},
	{STR_INIT("approved_by"), true, YAML_TEXT, read_approver, 0},
	{STR_INIT("from"), true, YAML_TEXT, read_from, 0},
	{STR_INIT("until"), true, YAML_TEXT, read_until, 0},
	{STR_INIT("only"), false, YAML_MAP_ONLY, read_only, 0},
	{STR_INIT("fingerprints"), false, YAML_TEXTS, read_texts,
		AT(fingerprints)},
	{STR_INIT("at_most"), false, YAML_TEXT, read_at_most, 0},
};

static void read_waiver(
	struct vocabulary *v, const struct yaml_node *map, struct waivers *out)
{
	struct waiver waiver = {.at_most = -1, .loc = map->loc};
	struct waiver_reader reader = {.v = v, .waiver = &waiver};

	if (map->kind != YAML_MAP) {
		yaml_complain(v->diag, DIAG_WRONG_TYPE, map,
			"a waiver is a map of rule, reason, approved_by, from "
			"and until");
		return;
	}
	yaml_read_map(map, keys, sizeof(keys) / sizeof(keys[0]), true,
		"a waiver", &reader, v->diag);
	if (!reader.has_from || !reader.has_until)
		return;
	if (waiver.until < waiver.from)
		yaml_complain(v->diag, DIAG_BAD_DATE, map,
			"the waiver ends before it begins");
	if (waiver.until - waiver.from > LONGEST_DAYS)
		yaml_complain(v->diag, DIAG_WAIVER_TOO_LONG, map,
			"a waiver lasts at most %d days", LONGEST_DAYS);
	vec_push(v->a, out, waiver);
}

void waiver_read_list(
	struct vocabulary *v, const struct yaml_node *list, struct waivers *out)
{
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&list, &n);

	for (uint32_t i = 0; i < n; i++)
		read_waiver(v, items[i], out);
}

static struct diag_item *complain(struct diag *diag, enum diag_code code,
	const struct waiver *waiver, const char *sentence)
{
	struct diag_item *item = diag_add(
		diag, code, waiver->loc, "%s", sentence);

	if (item)
		item->span = waiver->span;
	return item;
}

static bool has_rule(const struct rules *rules, struct str id)
{
	for (size_t i = 0; i < rules->n; i++)
		if (str_equal(rules->at[i].id, id))
			return true;
	return false;
}

static void check_rules(const struct waiver *waiver, const struct rules *rules,
	struct diag *diag)
{
	struct arena scratch = {0};
	struct str_vec ids = {0};

	for (size_t i = 0; i < rules->n; i++)
		vec_push(&scratch, &ids, rules->at[i].id);
	for (size_t i = 0; i < waiver->rules.n; i++) {
		struct diag_item *item;

		if (has_rule(rules, waiver->rules.at[i]))
			continue;
		item = diag_add(diag, DIAG_UNKNOWN_RULE, waiver->loc,
			"the waiver names rule '%.*s', which is not there",
			STR_ARG(waiver->rules.at[i]));
		diag_help(diag, item,
			str_trim(near_hint(
				&scratch, waiver->rules.at[i], ids.at, ids.n)));
	}
	arena_free(&scratch);
}

static void complain_expired(
	const struct waiver *waiver, int64_t run_date, struct diag *diag)
{
	char until[40], today[40];
	struct diag_item *item;

	timestamp_print(waiver->until * NS_PER_DAY, until);
	timestamp_print(run_date * NS_PER_DAY, today);
	item = diag_add(diag, DIAG_WAIVER_EXPIRED, waiver->loc,
		"the waiver ended on %.10s, before this run on %.10s, and "
		"counts no more",
		until, today);
	if (item)
		item->span = waiver->span;
	diag_help(diag, item, STR("renew it with a new reason, or remove it"));
}

void waiver_check(struct waivers *waivers, const struct rules *rules,
	int64_t run_date, struct diag *diag)
{
	for (size_t i = 0; i < waivers->n; i++) {
		struct waiver *waiver = &waivers->at[i];

		check_rules(waiver, rules, diag);
		waiver->expired = run_date > waiver->until;
		if (waiver->expired)
			complain_expired(waiver, run_date, diag);
		else if (run_date > waiver->until - SOON_DAYS)
			complain(diag, DIAG_WAIVER_ENDS_SOON, waiver,
				"the waiver ends within 14 days");
	}
}

void waiver_need(const struct waivers *waivers, struct words *words)
{
	for (size_t i = 0; i < waivers->n; i++)
		where_need(&waivers->at[i].only, words, STR("waivers"));
}

static bool names(const struct waiver *waiver, struct str id)
{
	for (size_t i = 0; i < waiver->rules.n; i++)
		if (str_equal(waiver->rules.at[i], id))
			return true;
	return false;
}

bool waiver_names(const struct waivers *waivers, const struct rule *rule)
{
	for (size_t i = 0; i < waivers->n; i++)
		if (!waivers->at[i].expired && names(&waivers->at[i], rule->id))
			return true;
	return false;
}

/* The UTC date of a violation; without `at`, that of the run. */
static int64_t date_of(const struct judgement *j, int64_t run_date)
{
	if (!cell_is_value(j->at))
		return run_date;
	return j->at / NS_PER_DAY - (j->at % NS_PER_DAY < 0);
}

static bool lists(const struct waiver *waiver, const char *fingerprint)
{
	if (waiver->fingerprints.n == 0)
		return true;
	for (size_t i = 0; i < waiver->fingerprints.n; i++)
		if (str_equal(waiver->fingerprints.at[i], str_of(fingerprint)))
			return true;
	return false;
}

/* Violations in the order in which `at_most` counts them. */
struct ordered {
	int64_t at;
	const char *fingerprint;
	size_t number;
};

static int compare_ordered(const void *left, const void *right)
{
	const struct ordered *a = left, *b = right;
	int order;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	order = str_compare(str_of(a->fingerprint), str_of(b->fingerprint));
	if (order != 0)
		return order;
	return a->number < b->number ? -1 : a->number > b->number;
}

static void apply_one(struct waiver *waiver, const struct judged_rule *judged,
	const struct ordered *order, int64_t run_date, const struct waiver **by)
{
	struct arena scratch = {0};
	struct where_eval *only = where_eval_new(
		&scratch, judged->facts, &waiver->only);

	for (size_t i = 0; i < judged->outcome->judgements.n; i++) {
		const struct judgement *j =
			&judged->outcome->judgements.at[order[i].number];
		int64_t date = date_of(j, run_date);

		if (by[order[i].number] || date < waiver->from ||
			date > waiver->until ||
			!lists(waiver, order[i].fingerprint) ||
			(j->event != ROW_NONE &&
				where_eval_row(only, j->event) != TRUTH_TRUE))
			continue;
		waiver->used++;
		if (waiver->at_most < 0 ||
			waiver->used <= (uint64_t)waiver->at_most)
			by[order[i].number] = waiver;
	}
	arena_free(&scratch);
}

/* The judgements in the order in which waivers are used up. */
static struct ordered *order_judgements(
	struct arena *a, const struct judged_rule *judged)
{
	size_t n = judged->outcome->judgements.n;
	struct ordered *order = arena_array(a, struct ordered, n);

	for (size_t i = 0; i < n; i++)
		order[i] = (struct ordered) {
			judged->outcome->judgements.at[i].at,
			judged->fingerprints[i], i};
	if (n)
		qsort(order, n, sizeof(*order), compare_ordered);
	return order;
}

struct waived waiver_apply(struct arena *a, struct waivers *waivers,
	const struct judged_rule *judged, int64_t run_date)
{
	struct arena scratch = {0};
	struct waived out = {arena_array(
		a, const struct waiver *, judged->outcome->judgements.n)};
	const struct ordered *order = order_judgements(&scratch, judged);

	for (size_t i = 0; i < waivers->n; i++)
		if (!waivers->at[i].expired &&
			names(&waivers->at[i], judged->rule->id))
			apply_one(&waivers->at[i], judged, order, run_date,
				out.by);
	arena_free(&scratch);
	return out;
}

void waiver_report(const struct waivers *waivers, struct diag *diag)
{
	for (size_t i = 0; i < waivers->n; i++) {
		const struct waiver *waiver = &waivers->at[i];

		if (waiver->expired)
			continue;
		if (waiver->used == 0)
			complain(diag, DIAG_WAIVER_UNUSED, waiver,
				"the waiver matched nothing");
		else if (waiver->at_most >= 0 &&
			 waiver->used > (uint64_t)waiver->at_most)
			complain(diag, DIAG_WAIVER_EXCEEDED, waiver,
				"more violations match than the waiver "
				"covers; the others stay violated");
	}
}
