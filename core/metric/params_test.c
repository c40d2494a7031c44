#include "metric/params.h"

#include "format/timestamp.h"
#include "model/kind.h"

#include <criterion/criterion.h>

#define SECOND NS_PER_SECOND

/* Reads a text as `parameters`; the result is the complaints, one a line:
   "LINE:COL code sentence; help". */
static struct str read_text(
	struct arena *a, const char *text, struct metric_params *params)
{
	struct diag diag = {0};
	const struct yaml_node *map = yaml_parse(a, str_of(text), 1, &diag);
	struct str out = STR("");

	*params = params_defaults();
	if (map)
		params_read(a, map, params, &diag);
	for (size_t i = 0; i < diag.items.n; i++) {
		const struct diag_item *item = &diag.items.at[i];

		out = arena_print(a, "%.*s%u:%u %s %.*s%s%.*s\n", STR_ARG(out),
			item->loc.line, item->loc.col, diag_name(item->code),
			STR_ARG(item->text), item->help.len ? "; " : "",
			STR_ARG(item->help));
	}
	diag_free(&diag);
	return out;
}

/* The documented defaults. */
static bool is_default(const struct metric_params *p)
{
	return p->before_ns == 5 * SECOND && p->after_ns == 900 * SECOND &&
	       p->late_after_ns == 60 * SECOND && !p->weak_all && !p->sample &&
	       p->required.n == 0 && p->existence_actions.n == 0 &&
	       p->date == DATE_DETECTED && !p->reopen_sum && !p->fixed_first &&
	       p->tau_ns == 0 && !p->exclude_maintenance &&
	       p->exposed_ns == 24 * 3600 * SECOND;
}

Test(params, defaults_are_the_documented_ones)
{
	struct arena a = {0};
	struct metric_params p = params_defaults();

	cr_expect(is_default(&p));
	cr_expect(read_text(&a, "audit_trail_completeness: {}\n", &p).len == 0);
	cr_expect(is_default(&p));
	arena_free(&a);
}

Test(params, each_key_is_read)
{
	struct arena a = {0};
	struct metric_params p;
	struct str complaints = read_text(&a,
		"audit_trail_completeness:\n"
		"  before: 10s\n"
		"  after: 2h\n"
		"  late_after: 0s\n"
		"  weak_match: all\n"
		"  required: [actor_id, purpose, actor_id]\n"
		"  existence_actions: delete\n"
		"  sample: true\n"
		"regulatory_incident_rate: {date: occurred}\n"
		"time_to_remediate: {reopen: sum, fixed: first, tau: 90 days}\n"
		"downtime_impact: {exclude_maintenance: true, exposed: 72h}\n",
		&p);

	cr_assert(complaints.len == 0, "%.*s", STR_ARG(complaints));
	cr_expect(p.before_ns == 10 * SECOND && p.after_ns == 7200 * SECOND);
	cr_expect(p.late_after_ns == 0 && p.weak_all && p.sample);
	cr_assert(p.required.n == 2, "a field counts once");
	cr_expect(str_equal(p.required.at[0], STR("actor_id")));
	cr_expect(str_equal(p.required.at[1], STR("purpose")));
	cr_assert(p.existence_actions.n == 1);
	cr_expect(str_equal(p.existence_actions.at[0], STR("delete")));
	cr_expect(p.date == DATE_OCCURRED);
	cr_expect(p.reopen_sum && p.fixed_first);
	cr_expect(p.tau_ns == 90 * NS_PER_DAY);
	cr_expect(p.exclude_maintenance && p.exposed_ns == 72 * 3600 * SECOND);
	arena_free(&a);
}

Test(params, the_other_words_are_the_defaults)
{
	struct arena a = {0};
	struct metric_params p;
	struct str complaints = read_text(&a,
		"audit_trail_completeness: {weak_match: day, sample: false}\n"
		"regulatory_incident_rate: {date: reported}\n"
		"time_to_remediate: {reopen: span, fixed: resolved, tau: 2w}\n"
		"downtime_impact: {exclude_maintenance: false}\n",
		&p);

	cr_assert(complaints.len == 0, "%.*s", STR_ARG(complaints));
	cr_expect(!p.weak_all && !p.sample && p.date == DATE_REPORTED);
	cr_expect(!p.reopen_sum && !p.fixed_first && !p.exclude_maintenance);
	cr_expect(p.tau_ns == 14 * NS_PER_DAY);
	arena_free(&a);
}

Test(params, every_action_of_the_list_may_be_asked_for)
{
	struct arena a = {0};
	struct str text = STR("audit_trail_completeness:\n"
			      "  existence_actions:\n");
	struct metric_params p;
	struct str complaints;

	for (size_t i = 1; i < ACTION_N; i++)
		text = arena_print(&a, "%.*s  - %.*s\n", STR_ARG(text),
			STR_ARG(kind_actions[i]));
	complaints = read_text(&a, text.s, &p);
	cr_assert(complaints.len == 0, "%.*s", STR_ARG(complaints));
	cr_expect(p.existence_actions.n == ACTION_N - 1);
	arena_free(&a);
}

#define C "audit_trail_completeness: "
#define R "regulatory_incident_rate: "
#define T "time_to_remediate: "
#define D "downtime_impact: "

/* A complaint, or the beginning of one. */
static const struct {
	const char *text, *complaint;
} errors[] = {
	/* Unknown names, with those that are near. */
	{"audit_trail_completness: {before: 5s}\n",
		"1:1 unknown-key \"audit_trail_completness\" is not a key of "
		"parameters; did you mean \"audit_trail_completeness\"?\n"},
	{C "{befor: 5s}\n",
		"1:28 unknown-key \"befor\" is not a key of "
		"audit_trail_completeness; did you mean \"before\"?\n"},
	{R "{day: detected}\n", "1:28 unknown-key \"day\" is not a key of "
				"regulatory_incident_rate\n"},
	{T "{reopened: sum}\n",
		"1:21 unknown-key \"reopened\" is not a key of "
		"time_to_remediate; did you mean \"reopen\"?\n"},
	{D "{maintenance: true}\n",
		"1:19 unknown-key \"maintenance\" is not a key of "
		"downtime_impact\n"},
	/* Another type. */
	{"[before]\n", "1:1 wrong-type expected a map for parameters, found a "
		       "list\n"},
	{C "5s\n", "1:27 wrong-type expected a map for "
		   "\"audit_trail_completeness\", found a text\n"},
	{C "{before: [5s]}\n",
		"1:36 wrong-type expected a text for \"before\", found a "
		"list\n"},
	{C "{required: [{a: b}]}\n",
		"1:39 wrong-type expected texts for \"required\", found a "
		"map\n"},
	/* Values that do not fit. */
	{C "{before: 5}\n",
		"1:36 bad-duration expected hours or shorter, such as 15m; "
		"found '5'\n"},
	{C "{after: 2 days}\n",
		"1:35 bad-duration expected hours or shorter, such as 15m; "
		"found '2 days'\n"},
	{C "{late_after: -1s}\n",
		"1:40 bad-duration expected hours or shorter, such as 15m; "
		"found '-1s'\n"},
	{C "{weak_match: daily}\n",
		"1:40 unknown-value expected one of day, all, found "
		"'daily'\n"},
	{C "{required: [actor]}\n", "1:39 unknown-value expected one of"},
	{C "{required: []}\n",
		"1:38 empty-value expected at least one name, found an empty "
		"list\n"},
	{C "{existence_actions: [creates]}\n",
		"1:48 unknown-value expected one of create, read, update, "
		"upsert, delete, export, login, logout, consent, withdraw, "
		"decision, override, notify, config, incident_open, "
		"incident_close, down, up, other, found 'creates'; did you "
		"mean \"create\"?\n"},
	{C "{existence_actions: ['']}\n",
		"1:48 unknown-value expected one of create"},
	{C "{sample: yes}\n",
		"1:36 unknown-value expected true or false, found 'yes'\n"},
	{R "{date: detection}\n",
		"1:34 unknown-value expected one of detected, occurred, "
		"reported, found 'detection'\n"},
	{T "{reopen: add}\n",
		"1:29 unknown-value expected one of span, sum, found 'add'\n"},
	{T "{fixed: closed}\n",
		"1:28 unknown-value expected one of resolved, first, found "
		"'closed'\n"},
	{T "{tau: 0 days}\n",
		"1:26 bad-duration expected days, such as 90 days; found '0 "
		"days'\n"},
	{T "{tau: 72h}\n",
		"1:26 bad-duration expected days, such as 90 days; found "
		"'72h'\n"},
	{D "{exclude_maintenance: 1}\n",
		"1:40 unknown-value expected true or false, found '1'\n"},
	{D "{exposed: 3 months}\n",
		"1:28 bad-duration expected hours or shorter, such as 15m; "
		"found '3 months'\n"},
	/* What this version does not do yet. */
	{T "{calendar: eu}\n",
		"1:31 not-supported 'calendar' is not supported by this "
		"version\n"},
	{"survey_feedback: {min_group: 5}\n",
		"1:18 not-supported the metric 'survey_feedback' is not "
		"computed by this version\n"},
	{"assess: {hub_share: 60%}\n",
		"1:9 not-supported the metric 'assess' is not computed by this "
		"version\n"},
};

Test(params, what_does_not_fit_is_said_with_its_place)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		struct arena a = {0};
		struct metric_params p;
		struct str have = read_text(&a, errors[i].text, &p);
		struct str want = str_of(errors[i].complaint);

		cr_expect(want.s[want.len - 1] == '\n'
				  ? str_equal(have, want)
				  : str_has_prefix(have, want),
			"row %zu: %.*s", i, STR_ARG(have));
		cr_expect(
			is_default(&p), "row %zu leaves the defaults alone", i);
		arena_free(&a);
	}
}

Test(params, all_errors_of_a_file_are_said)
{
	struct arena a = {0};
	struct metric_params p;
	struct str have = read_text(
		&a, C "{before: x, after: 1h}\n" T "{reopen: x}\n", &p);

	cr_expect(str_equal(have,
			  STR("1:36 bad-duration expected hours or shorter, "
			      "such as 15m; found 'x'\n"
			      "2:29 unknown-value expected one of span, sum, "
			      "found 'x'\n")),
		"%.*s", STR_ARG(have));
	cr_expect(p.after_ns == 3600 * SECOND, "what fits is read");
	arena_free(&a);
}
