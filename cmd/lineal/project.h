/*
 * The project file `lineal.yaml`: found, read, and checked. Its keys are the
 * manual's lineal-config(5); options given there are the weakest layer above
 * the defaults.
 */
#ifndef LINEAL_PROJECT_H
#define LINEAL_PROJECT_H

#include "ingest/gather.h"
#include "lineal/library.h"
#include "lineal/opt.h"
#include "metric/params.h"
#include "metric/threshold.h"

struct project {
	const struct library_file *file; /* NULL: no project file */
	char sha256[65];
	struct str folder; /* of the file; "" is the current one */
	struct source_list sources;
	const struct yaml_node *vocabulary;
	struct name_at_vec rules, waivers;
	struct thresholds thresholds;
	struct metric_params params;
	int fiscal_start;
	struct str job;
};

/*
 * Finds and reads the project file, unless --isolated; options in it go to
 * `values`. What is wrong is complained about. `home` is the home folder or
 * NULL, `config_home` that of XDG or NULL.
 */
void project_read(struct library *library, struct zones *zones,
	struct opt_values *values, const char *home, const char *config_home,
	struct project *out);

#endif
