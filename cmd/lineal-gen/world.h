/*
 * The workload as a pure function of seed and size: how many members each
 * population has, when each of them happens, and which fault is planted where.
 * Nothing is stored per member, so memory does not grow with the size.
 *
 * A fault of stride p is planted at every p-th member of its population, from
 * an offset that the seed draws; strides are mutually prime, so that faults
 * meet.
 */
#ifndef LINEAL_GEN_WORLD_H
#define LINEAL_GEN_WORLD_H

#include "base/str.h"
#include "lineal-gen/clock.h"

/* Every kind of planted fault: its name in `planted` of the truth, and its
   stride; stride 0 is a fault that follows from others or is counted only. */
#define PLANT_LIST(X)                                                  \
	X(PLANT_UNLOGGED, "unlogged", 61)                              \
	X(PLANT_CUT_OFF, "cut_off", 0)                                 \
	X(PLANT_LATE, "late", 83)                                      \
	X(PLANT_MINUTE, "exactly_a_minute_late", 101)                  \
	X(PLANT_PARTIAL, "partial", 0)                                 \
	X(PLANT_NO_ACTOR, "entry_without_actor", 97)                   \
	X(PLANT_NO_OUTCOME, "entry_without_outcome", 131)              \
	X(PLANT_NO_VALUES, "update_without_values", 29)                \
	X(PLANT_NO_OLD, "update_without_old_value", 43)                \
	X(PLANT_TWICE, "twice", 211)                                   \
	X(PLANT_UNKEYED, "without_request_id", 37)                     \
	X(PLANT_ORPHAN, "orphans", 0)                                  \
	X(PLANT_ORPHAN_UNKEYED, "orphans_without_request_id", 3)       \
	X(PLANT_COPY, "exact_copies", 499)                             \
	X(PLANT_CONFLICT, "same_id_other_content", 397)                \
	X(PLANT_GAP, "counter_gaps", 401)                              \
	X(PLANT_GAP_NUMBERS, "counter_gap_numbers", 0)                 \
	X(PLANT_REPEAT, "counter_repeats", 787)                        \
	X(PLANT_READ_NO_ACTOR, "reads_without_actor", 311)             \
	X(PLANT_READ_NO_PURPOSE, "reads_without_purpose", 17)          \
	X(PLANT_UNTIMED, "untimed", 0)                                 \
	X(PLANT_ORPHAN_REVIEW, "orphan_reviews", 0)                    \
	X(PLANT_ANSWER_LATE, "answers_late", 7)                        \
	X(PLANT_ANSWER_MISSING, "answers_missing", 11)                 \
	X(PLANT_ANSWER_EDGE, "answers_thirty_days_later", 5)           \
	X(PLANT_ANSWER_SLOW, "answers_slow", 3)                        \
	X(PLANT_ANSWER_OPEN, "answers_open", 0)                        \
	X(PLANT_CONSENT_EDGE, "exports_thirty_days_after_consent", 7)  \
	X(PLANT_CONSENT_EXPIRED, "exports_after_consent", 11)          \
	X(PLANT_CONSENT_NONE, "exports_without_consent", 13)           \
	X(PLANT_CONSENT_WITHDRAWN, "exports_after_withdrawal", 17)     \
	X(PLANT_CONSENT_BEFORE, "exports_at_log_start", 0)             \
	X(PLANT_NO_CUSTOMER, "exports_without_customer", 19)           \
	X(PLANT_NO_BASIS, "exports_without_legal_basis", 41)           \
	X(PLANT_RECEIPT_LATE, "receipts_late", 23)                     \
	X(PLANT_RECEIPT_MISSING, "receipts_missing", 47)               \
	X(PLANT_RECALLED, "exports_recalled", 31)                      \
	X(PLANT_NO_VERSION, "decisions_without_model_version", 19)     \
	X(PLANT_NO_REASONS, "decisions_without_reasons", 23)           \
	X(PLANT_NO_INPUT, "decisions_without_input", 29)               \
	X(PLANT_REVIEW_SLOW, "reviews_slow", 3)                        \
	X(PLANT_EXEMPT, "decisions_exempt", 5)                         \
	X(PLANT_REVIEW_LATE, "reviews_late", 7)                        \
	X(PLANT_REVIEW_NONE, "decisions_without_reviewer", 11)         \
	X(PLANT_BYPASS, "checkpoint_bypassed", 13)                     \
	X(PLANT_INCIDENT_OPEN, "incidents_open", 9)                    \
	X(PLANT_INCIDENT_DUPLICATE, "incidents_duplicate", 13)         \
	X(PLANT_INCIDENT_REOPENED, "incidents_reopened", 7)            \
	X(PLANT_INCIDENT_ERROR, "incidents_fixed_before_detected", 17) \
	X(PLANT_INCIDENT_OTHER, "incidents_not_regulatory", 5)         \
	X(PLANT_OUTAGE_OVERLAP, "outages_overlapping", 3)              \
	X(PLANT_OUTAGE_TOUCH, "outages_touching", 5)                   \
	X(PLANT_OUTAGE_SHARED, "outages_shared", 7)                    \
	X(PLANT_OUTAGE_MAINTENANCE, "outages_in_maintenance", 4)       \
	X(PLANT_OUTAGE_EMPTY, "outages_empty", 13)                     \
	X(PLANT_OUTAGE_REVERSED, "outages_reversed", 17)               \
	X(PLANT_OUTAGE_OPEN, "outages_open", 0)                        \
	X(PLANT_OUTAGE_RISK, "outages_inside_obligations", 0)

#define PLANT_ENUM(plant, name, stride) plant,
enum plant { PLANT_LIST(PLANT_ENUM) PLANT_N };
#undef PLANT_ENUM

enum population {
	POPULATION_TRANSACTION,
	POPULATION_ORPHAN,          /* audit entries of no transaction */
	POPULATION_READ,            /* audit entries of reads */
	POPULATION_EXPORT,          /* files that leave the house */
	POPULATION_DECISION,        /* of a model */
	POPULATION_ORPHAN_REVIEW,   /* reviews of no decision */
	POPULATION_CONSEQUENTIAL,   /* decisions 0, 2, 4, ... */
	POPULATION_REQUEST,         /* of data subjects */
	POPULATION_SESSION,         /* log-ins */
	POPULATION_UNTIMED_READ,    /* reads without a readable time */
	POPULATION_UNTIMED_REQUEST, /* requests without a readable time */
	POPULATION_MARK,            /* opening and closing of the log */
	POPULATION_INCIDENT,
	POPULATION_OUTAGE,
	POPULATION_N
};

/* What a number is drawn for; each has numbers of its own. */
enum draw {
	DRAW_MOMENT, /* plus the population */
	DRAW_PHASE = DRAW_MOMENT + POPULATION_N,
	DRAW_DELAY,
	DRAW_SECOND_DELAY,
	DRAW_SYSTEM,
	DRAW_ACTOR,
	DRAW_FIELD,
	DRAW_VALUE,
	DRAW_TRACE_HIGH,
	DRAW_TRACE_LOW,
	DRAW_GAP,
	DRAW_DECISION,
	DRAW_DIGEST_1,
	DRAW_DIGEST_2,
	DRAW_DIGEST_3,
	DRAW_DIGEST_4,
	DRAW_REQUEST_SYSTEM,
	DRAW_INCIDENT,
	DRAW_REPAIR,
	DRAW_OUTAGE,
	DRAW_LENGTH,
	DRAW_COST,
	DRAW_N
};

/* The systems of the estate, in the order of their names. */
enum system {
	SYSTEM_CRM,
	SYSTEM_ERP,
	SYSTEM_MAIL,
	SYSTEM_PORTAL,
	SYSTEM_SCORING,
	SYSTEM_WAREHOUSE,
	SYSTEM_N
};

struct world {
	uint64_t seed;
	uint64_t size[POPULATION_N];
	uint64_t base[DRAW_N]; /* where the numbers of a draw begin */
	uint32_t phase[PLANT_N];
};

/* So that a member's number times the span in milliseconds fits 64 bits. */
#define WORLD_TRANSACTIONS_MAX UINT64_C(500000000)

/* A world of `transactions` transactions, 1 to WORLD_TRANSACTIONS_MAX. */
void world_init(struct world *world, uint64_t transactions, uint64_t seed);

/* The number drawn for member `index`; depends on nothing but the seed. */
uint64_t world_draw(const struct world *world, enum draw draw, uint64_t index);

/* True if the fault is planted at member `index` of its population. */
bool world_has(const struct world *world, enum plant plant, uint64_t index);

/* Nothing but the opening row happens before this. */
#define WORLD_FIRST (CLOCK_START + CLOCK_MINUTE)

/*
 * When member `index` happens. Members lie at least half a step apart, where
 * a step is the span divided by the members of the population: adding less
 * than world_slack() to each keeps their order.
 */
int64_t world_moment(
	const struct world *world, enum population population, uint64_t index);
int64_t world_slack(const struct world *world, enum population population);

struct str plant_name(enum plant plant);
struct str system_name(enum system system);

#endif
