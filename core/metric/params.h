/*
 * The parameters of the metrics: `parameters:` of the project file, with the
 * defaults of lineal-metrics(7).
 */
#ifndef METRIC_PARAMS_H
#define METRIC_PARAMS_H

#include "format/yamlread.h"

enum incident_date { DATE_DETECTED, DATE_OCCURRED, DATE_REPORTED, DATE_N };

extern const struct str params_incident_dates[DATE_N];

struct metric_params {
	int64_t before_ns, after_ns, late_after_ns;
	bool weak_all;
	/* Event fields; empty: the default ones. */
	struct str_vec required;
	struct str_vec existence_actions; /* empty: create, update, delete */
	bool sample;
	enum incident_date date;
	bool reopen_sum;  /* add the working intervals of reopened incidents */
	bool fixed_first; /* fixed at the first of mitigated and resolved */
	int64_t tau_ns;   /* 0: largest duration */
	bool exclude_maintenance;
	int64_t exposed_ns;
};

/* Every parameter at its default. */
struct metric_params params_defaults(void);

/* Reads a metric that the language has and this version does not compute:
   refuses it. */
void params_refuse_metric(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag);

/* Reads the map `parameters`; complaints leave what they are about at its
   default. Texts live as long as the arena. */
void params_read(struct arena *a, const struct yaml_node *map,
	struct metric_params *out, struct diag *diag);

#endif
