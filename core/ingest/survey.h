/*
 * Day before month, or month before day? Decided per column, from the first
 * value that leaves no doubt, before any time is read for good.
 */
#ifndef INGEST_SURVEY_H
#define INGEST_SURVEY_H

#include "ingest/adapt.h"
#include "ingest/gather.h"

/*
 * Finds the order of every time column of source `number`, whose inputs are
 * those of `gathered` with that number. Columns of other forms are not entered.
 * False, with a complaint, if a column has such dates and no value decides.
 */
bool survey_dates(struct arena *a, const struct gathered *gathered,
	uint32_t number, const struct adapt_plan *plan,
	const struct input_limits *limits, struct date_orders *orders,
	struct diag *diag);

#endif
