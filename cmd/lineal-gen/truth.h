/*
 * What a check of the workload must find, counted while the rows are written:
 * rows per file, verdicts per rule, metrics, planted faults. Plain arithmetic
 * over the plan, never a call of the code that it judges.
 */
#ifndef LINEAL_GEN_TRUTH_H
#define LINEAL_GEN_TRUTH_H

#include "lineal-gen/out.h"
#include "lineal-gen/world.h"

#define FILE_LIST(X)                             \
	X(FILE_TRANSACTIONS, "transactions.csv") \
	X(FILE_AUDIT, "audit.csv")               \
	X(FILE_DECISIONS, "decisions.csv")       \
	X(FILE_CONSENTS, "consents.csv")         \
	X(FILE_REVIEWS, "reviews.csv")           \
	X(FILE_INCIDENTS, "incidents.csv")       \
	X(FILE_OUTAGES, "outages.csv")           \
	X(FILE_COSTS, "costs.csv")

#define RULE_LIST(X)               \
	X(RULE_TRX_010, "TRX-010") \
	X(RULE_REF_001, "REF-001") \
	X(RULE_REF_002, "REF-002") \
	X(RULE_AUD_001, "AUD-001") \
	X(RULE_AUD_002, "AUD-002") \
	X(RULE_AUD_003, "AUD-003") \
	X(RULE_AUD_004, "AUD-004") \
	X(RULE_AUD_005, "AUD-005") \
	X(RULE_DEC_001, "DEC-001") \
	X(RULE_DEC_002, "DEC-002") \
	X(RULE_DEC_003, "DEC-003") \
	X(RULE_DEC_004, "DEC-004") \
	X(RULE_DEC_005, "DEC-005") \
	X(RULE_CON_001, "CON-001") \
	X(RULE_EXP_001, "EXP-001") \
	X(RULE_REQ_001, "REQ-001") \
	X(RULE_REQ_002, "REQ-002") \
	X(RULE_INC_001, "INC-001")

#define VERDICT_LIST(X)                 \
	X(VERDICT_OK, "ok")             \
	X(VERDICT_VIOLATED, "violated") \
	X(VERDICT_PENDING, "pending")   \
	X(VERDICT_UNKNOWN, "unknown")   \
	X(VERDICT_WAIVED, "waived")     \
	X(VERDICT_NOT_APPLICABLE, "not_applicable")

#define TRUTH_ENUM(code, name) code,
enum file { FILE_LIST(TRUTH_ENUM) FILE_N };
enum rule { RULE_LIST(TRUTH_ENUM) RULE_N };
enum verdict { VERDICT_LIST(TRUTH_ENUM) VERDICT_N };
#undef TRUTH_ENUM

#define QUARTERS 2 /* 2026Q1 and 2026Q2: the period is these two */

enum scenario { SCENARIO_LOW, SCENARIO_BASE, SCENARIO_HIGH, SCENARIO_N };

struct share {
	uint64_t numerator, denominator;
};

/* As lineal-metrics(7) defines it, seen from the transactions. */
struct completeness {
	uint64_t matched, late, partial, missing;
	uint64_t in_time;    /* found, at most 60 s after */
	struct share record; /* found / all */
	struct share field;  /* required fields that are there */
	uint64_t changes;    /* entries of create, update and delete */
	struct share by_system[SYSTEM_N], by_quarter[QUARTERS];
};

/* Days; the figures of closed incidents count only if there are any. */
struct remediation {
	uint64_t closed, open, errors;
	double mean, median, p90, km_median;
	bool km_reached;
};

struct downtime {
	int64_t down_ms, risk_ms; /* of any system */
	int64_t system_down_ms[SYSTEM_N], system_risk_ms[SYSTEM_N];
};

struct truth {
	uint64_t rows[FILE_N], duplicates[FILE_N];
	uint64_t verdicts[RULE_N][VERDICT_N];
	uint64_t planted[PLANT_N];
	struct completeness completeness;
	uint64_t incidents[QUARTERS]; /* regulatory, by quarter of detection */
	struct remediation remediation;
	struct downtime downtime;
	double roi[SCENARIO_N];
};

static inline void truth_verdict(
	struct truth *truth, enum rule rule, enum verdict verdict)
{
	truth->verdicts[rule][verdict]++;
}

static inline void truth_plant(struct truth *truth, enum plant plant)
{
	truth->planted[plant]++;
}

/* The verdict of a duty whose last instant is `due`: done at `done_ms`, or
   not at all, by the end of the log. */
enum verdict truth_duty(bool done, int64_t done_ms, int64_t due);

struct str file_name(enum file file);

/* Writes truth.json. */
void truth_write(
	const struct truth *truth, const struct world *world, struct out *out);

#endif
