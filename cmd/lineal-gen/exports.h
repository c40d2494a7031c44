/*
 * Files that leave the house: each has a purpose and a customer, a receipt or
 * a recall, and, where the purpose is marketing, a consent. A customer comes
 * back after a quarter of the exports, 45 days or more: no consent serves two
 * exports.
 */
#ifndef LINEAL_GEN_EXPORTS_H
#define LINEAL_GEN_EXPORTS_H

#include "lineal-gen/audit.h"

/* Where the consent of a marketing export lies: one stream each. */
enum consent {
	CONSENT_FRESH,   /* 5 days before */
	CONSENT_EDGE,    /* 30 days and 9 hours: by the day it may still hold */
	CONSENT_EXPIRED, /* 40 days */
	CONSENT_NONE
};

/* Moments of exports, of receipts (`which` true: late), and of recalls. */
bool export_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);
bool receipt_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);
bool recall_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);

void export_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);
void receipt_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);
void recall_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);

/* Writes consents.csv. */
MUST_CHECK bool consents_write(const struct folder *folder,
	const struct world *world, struct truth *truth, struct err *err);

#endif
