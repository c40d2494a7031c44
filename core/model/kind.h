/*
 * The closed lists of words that results are made of, each written once:
 * number, name. Names are what users read in rule files and results.
 */
#ifndef MODEL_KIND_H
#define MODEL_KIND_H

#include "base/str.h"

#define KIND_ENUM(code, name) code,

/* What a row did; raw words that a source does not map are `other`. */
#define ACTION_LIST(X)                             \
	X(ACTION_NONE, "")                         \
	X(ACTION_CREATE, "create")                 \
	X(ACTION_READ, "read")                     \
	X(ACTION_UPDATE, "update")                 \
	X(ACTION_UPSERT, "upsert")                 \
	X(ACTION_DELETE, "delete")                 \
	X(ACTION_EXPORT, "export")                 \
	X(ACTION_LOGIN, "login")                   \
	X(ACTION_LOGOUT, "logout")                 \
	X(ACTION_CONSENT, "consent")               \
	X(ACTION_WITHDRAW, "withdraw")             \
	X(ACTION_DECISION, "decision")             \
	X(ACTION_OVERRIDE, "override")             \
	X(ACTION_NOTIFY, "notify")                 \
	X(ACTION_CONFIG, "config")                 \
	X(ACTION_INCIDENT_OPEN, "incident_open")   \
	X(ACTION_INCIDENT_CLOSE, "incident_close") \
	X(ACTION_DOWN, "down")                     \
	X(ACTION_UP, "up")                         \
	X(ACTION_OTHER, "other")
enum action { ACTION_LIST(KIND_ENUM) ACTION_N };

/* The verdict on one activation of a rule. */
#define VERDICT_LIST(X)                 \
	X(VERDICT_OK, "ok")             \
	X(VERDICT_VIOLATED, "violated") \
	X(VERDICT_PENDING, "pending")   \
	X(VERDICT_UNKNOWN, "unknown")   \
	X(VERDICT_WAIVED, "waived")     \
	X(VERDICT_NOT_APPLICABLE, "not_applicable")
enum verdict { VERDICT_LIST(KIND_ENUM) VERDICT_N };

/* Why a verdict is violated (the first part) or unknown (the second). */
#define REASON_LIST(X)                           \
	X(REASON_NONE, "")                       \
	X(REASON_MISSING, "missing")             \
	X(REASON_LATE, "late")                   \
	X(REASON_EARLY, "early")                 \
	X(REASON_EXPIRED, "expired")             \
	X(REASON_WRONG_ORDER, "wrong_order")     \
	X(REASON_WRONG_VALUE, "wrong_value")     \
	X(REASON_FORBIDDEN, "forbidden")         \
	X(REASON_DUPLICATE, "duplicate")         \
	X(REASON_GAP, "gap")                     \
	X(REASON_THRESHOLD, "threshold")         \
	X(REASON_NEVER_MATCHED, "never_matched") \
	X(REASON_NOT_EVALUABLE, "not_evaluable") \
	X(REASON_UNREADABLE, "unreadable")       \
	X(REASON_NO_KEY, "no-key")               \
	X(REASON_NO_TIME, "no-time")             \
	X(REASON_UNTIMED, "untimed")             \
	X(REASON_BEFORE_LOG_START, "before-log-start")
enum reason { REASON_LIST(KIND_ENUM) REASON_N };

#define SEVERITY_LIST(X)             \
	X(SEVERITY_INFO, "info")     \
	X(SEVERITY_LOW, "low")       \
	X(SEVERITY_MEDIUM, "medium") \
	X(SEVERITY_HIGH, "high")     \
	X(SEVERITY_CRITICAL, "critical")
enum severity { SEVERITY_LIST(KIND_ENUM) SEVERITY_N };

#define RULE_STATUS_LIST(X)      \
	X(RULE_ACTIVE, "active") \
	X(RULE_DRAFT, "draft")   \
	X(RULE_DEPRECATED, "deprecated")
enum rule_status { RULE_STATUS_LIST(KIND_ENUM) RULE_STATUS_N };

/* What the rows of a source feed. */
#define ROLE_LIST(X)                         \
	X(ROLE_EVENTS, "events")             \
	X(ROLE_AUDIT_LOG, "audit_log")       \
	X(ROLE_TRANSACTIONS, "transactions") \
	X(ROLE_INCIDENTS, "incidents")       \
	X(ROLE_OUTAGES, "outages")           \
	X(ROLE_COSTS, "costs")               \
	X(ROLE_REGISTER, "register")
enum role { ROLE_LIST(KIND_ENUM) ROLE_N };

#undef KIND_ENUM

/* The name of a number, and the names of a whole list for kind_find(). */
extern const struct str kind_actions[ACTION_N];
extern const struct str kind_verdicts[VERDICT_N];
extern const struct str kind_reasons[REASON_N];
extern const struct str kind_severities[SEVERITY_N];
extern const struct str kind_rule_statuses[RULE_STATUS_N];
extern const struct str kind_roles[ROLE_N];

/* The position of `name` among `n` names, or `n`. */
size_t kind_find(const struct str *names, size_t n, struct str name);

#endif
