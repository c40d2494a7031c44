/*
 * The exit statuses, and which outranks which. lineal(1) lists them.
 */
#ifndef LINEAL_STATUS_H
#define LINEAL_STATUS_H

enum status {
	STATUS_CLEAN = 0,
	STATUS_FINDINGS = 1,
	STATUS_USAGE = 2,    /* options, project file, profile or rule file */
	STATUS_INPUT = 3,    /* input not trustworthy, INCOMPLETE; ARENA_EXIT */
	STATUS_NOTHING = 4,  /* nothing checked */
	STATUS_OUTPUT = 5,   /* an output was not completely written */
	STATUS_INTERNAL = 70 /* a bug */
};

/* The worse of two: 70, then 5, 2, 3, 1, 4, 0. */
enum status status_worse(enum status a, enum status b);

#endif
