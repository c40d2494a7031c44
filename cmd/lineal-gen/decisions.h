/*
 * Decisions of a model from end to end: the model call in the audit log, the
 * decision record, the human review, and the notice to the customer. Every
 * second decision is consequential; of these some are exempt from review, some
 * are reviewed late or never, and some bypass the review: the customer is told
 * first.
 */
#ifndef LINEAL_GEN_DECISIONS_H
#define LINEAL_GEN_DECISIONS_H

#include "lineal-gen/audit.h"

/* How long after its decision a review is made: one stream each. */
enum review {
	REVIEW_USUAL, /* 20 hours */
	REVIEW_SLOW,  /* 60 hours, still in time */
	REVIEW_LATE,  /* 80 hours */
	REVIEW_NONE
};

/* The stream of notices that bypass the review; the others follow the review
   of their enum review. */
#define NOTICE_BYPASS REVIEW_NONE

bool model_call_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);

/* Members of the next two are consequential decisions: decision 2 * index. */
bool review_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);
bool notice_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);

void model_call_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);
void review_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);
void notice_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);

/* Write decisions.csv and reviews.csv. */
MUST_CHECK bool decisions_write(const struct folder *folder,
	const struct world *world, struct truth *truth, struct err *err);
MUST_CHECK bool reviews_write(const struct folder *folder,
	const struct world *world, struct truth *truth, struct err *err);

#endif
