/*
 * The project file and the rule file that fit the extracts. They do not depend
 * on size or seed.
 */
#ifndef LINEAL_GEN_PROJECT_H
#define LINEAL_GEN_PROJECT_H

#include "lineal-gen/out.h"

/* Writes lineal.yaml and rules.yaml. */
MUST_CHECK bool project_write(const struct folder *folder, struct err *err);

#endif
