/* What the sets hold: for the pass that fills them. */
#ifndef RULE_SETS_P_H
#define RULE_SETS_P_H

#include "rule/sets.h"

struct sets {
	struct arena *a;
	const struct vocabulary *v;
	const struct facts *facts;
	struct bits *events; /* per named event */
	bool *made;
	struct str *restricted; /* per source */
};

#endif
