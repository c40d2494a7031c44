/*
 * The transactions of the system of record and the audit entries that belong
 * to them. Records live through four phases: created, updated, updated again,
 * deleted; touches of one record lie days apart, so that an entry without
 * request id belongs to one transaction only.
 */
#ifndef LINEAL_GEN_TRANSACTIONS_H
#define LINEAL_GEN_TRANSACTIONS_H

#include "lineal-gen/audit.h"

/* How long after its transaction an entry is written: one stream each. */
enum entry_lag {
	ENTRY_USUAL,
	ENTRY_MINUTE, /* 60 s to the millisecond: not late yet */
	ENTRY_LATE_1,
	ENTRY_LATE_2,
	ENTRY_LATE_3,
	ENTRY_LAG_N
};

/* The record that transaction `index` touches: account, contact, lead,
   opportunity, order. */
struct ref transaction_object(const struct world *world, uint64_t index);

/* The record of a kind and group near transaction `index`: 0 is an account,
   2 a lead. */
struct ref transaction_near(
	const struct world *world, uint64_t index, unsigned kind);

/* Moments of the entry of a transaction (`which` is an enum entry_lag), and
   of its second entry (`which` is 0). */
bool transaction_entry_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);
bool transaction_second_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);

/* Moments of entries that belong to no transaction. */
bool orphan_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);

void transaction_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);
void transaction_second(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);
void orphan_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);

/* Writes transactions.csv and counts completeness and TRX-010. */
MUST_CHECK bool transactions_write(const struct folder *folder,
	const struct world *world, struct truth *truth, struct err *err);

#endif
