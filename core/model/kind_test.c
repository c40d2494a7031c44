#include "model/kind.h"

#include <criterion/criterion.h>

static const struct {
	const char *list;
	const struct str *names;
	size_t n;
	bool first_is_empty;
} lists[] = {
	{"actions", kind_actions, ACTION_N, true},
	{"verdicts", kind_verdicts, VERDICT_N, false},
	{"reasons", kind_reasons, REASON_N, true},
	{"severities", kind_severities, SEVERITY_N, false},
	{"rule statuses", kind_rule_statuses, RULE_STATUS_N, false},
	{"roles", kind_roles, ROLE_N, false},
};

#define N_LISTS (sizeof(lists) / sizeof(*lists))

Test(kind, every_name_is_found_at_its_number)
{
	for (size_t i = 0; i < N_LISTS; i++)
		for (size_t j = 0; j < lists[i].n; j++)
			cr_expect(kind_find(lists[i].names, lists[i].n,
					  lists[i].names[j]) == j,
				"%s: %zu", lists[i].list, j);
}

Test(kind, only_none_is_empty)
{
	for (size_t i = 0; i < N_LISTS; i++)
		for (size_t j = 0; j < lists[i].n; j++)
			cr_expect((lists[i].names[j].len == 0) ==
					  (j == 0 && lists[i].first_is_empty),
				"%s: %zu", lists[i].list, j);
}

Test(kind, other_texts_are_not_found)
{
	static const char *const texts[] = {
		"Create", "creat", "created", " create", "no such word"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		cr_expect(kind_find(kind_actions, ACTION_N, str_of(texts[i])) ==
				  ACTION_N,
			"row %zu", i);
	cr_expect(kind_find(NULL, 0, STR("create")) == 0);
}

Test(kind, severity_rises)
{
	static const char *const names[] = {
		"info", "low", "medium", "high", "critical"};

	cr_assert(SEVERITY_N == 5);
	for (size_t i = 0; i < SEVERITY_N; i++)
		cr_expect(str_equal(kind_severities[i], str_of(names[i])));
}

Test(kind, numbers_and_names_belong_together)
{
	cr_expect(str_equal(kind_actions[ACTION_OVERRIDE], STR("override")));
	cr_expect(str_equal(
		kind_verdicts[VERDICT_NOT_APPLICABLE], STR("not_applicable")));
	cr_expect(str_equal(kind_reasons[REASON_BEFORE_LOG_START],
		STR("before-log-start")));
	cr_expect(str_equal(kind_rule_statuses[RULE_DRAFT], STR("draft")));
	cr_expect(str_equal(kind_roles[ROLE_AUDIT_LOG], STR("audit_log")));
}
