/*
 * The violated verdicts of one rule, while it is judged: all are counted, and
 * of many only those are kept that its findings show, the first by path, line
 * and order of arrival. Of the rest remains what tells equal ones apart, 12
 * bytes each: the fingerprint of a finding depends on how many came before.
 * What is kept depends on the order of the calls alone.
 */
#ifndef RULE_VIOLATIONS_H
#define RULE_VIOLATIONS_H

#include "rule/check.h"

/* Takes a violated judgement; its key is copied. */
void violations_add(struct check *check, const struct judgement *judgement);

/* Leaves the first outcome->most, once the rule is judged. */
void violations_finish(struct check *check);

/* How many there were; outcome->judgements has so many or outcome->most. */
size_t violations_count(const struct outcome *outcome);

#endif
