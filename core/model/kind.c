#include "model/kind.h"

#define KIND_NAME(code, name) STR_INIT(name),

const struct str kind_actions[ACTION_N] = {ACTION_LIST(KIND_NAME)};
const struct str kind_verdicts[VERDICT_N] = {VERDICT_LIST(KIND_NAME)};
const struct str kind_reasons[REASON_N] = {REASON_LIST(KIND_NAME)};
const struct str kind_severities[SEVERITY_N] = {SEVERITY_LIST(KIND_NAME)};
const struct str kind_rule_statuses[RULE_STATUS_N] = {
	RULE_STATUS_LIST(KIND_NAME)};
const struct str kind_roles[ROLE_N] = {ROLE_LIST(KIND_NAME)};

size_t kind_find(const struct str *names, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(names[i], name))
			return i;
	return n;
}
