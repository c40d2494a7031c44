/*
 * Day before month, or month before day? Decided per column, from the first
 * value that leaves no doubt, before any time is read for good.
 */
#ifndef INGEST_SURVEY_H
#define INGEST_SURVEY_H

#include "ingest/adapt.h"
#include "ingest/gather.h"

struct survey_request {
	const struct gathered *gathered;
	uint32_t source; /* whose inputs are looked at */
	const struct adapt_plan *plan;
	const struct record_limits *limits;
	/* Read all of the inputs. Else only their beginnings, and on only where
	   these hold dates that could be read either way. */
	bool thorough;
};

/*
 * Finds the order of every time column of a source; columns that need none are
 * not entered. False, with a complaint, if a column has such dates and no value
 * decides.
 */
bool survey_dates(struct arena *a, const struct survey_request *request,
	struct date_orders *orders, struct diag *diag);

#endif
