/*
 * What makes the verdicts of a rule doubtful although nothing was wrong with
 * its text: it never matched, no input has what it asks for, a value that it
 * names is nowhere in the log, or its calendar does not know a year. Rules
 * that are shipped are not complained about: nobody here can mend them, and
 * reports list those that judged nothing.
 */
#ifndef RULE_DOUBTS_H
#define RULE_DOUBTS_H

#include "rule/check.h"

/* Complains once per cause, at the rule or at the test. */
void doubts_tell(const struct facts *facts, const struct rules *rules,
	const struct outcome *outcomes, struct diag *diag);

#endif
