/*
 * The command line of lineal-gen, and its exit statuses.
 */
#ifndef LINEAL_GEN_OPTIONS_H
#define LINEAL_GEN_OPTIONS_H

#include "base/err.h"

enum status {
	STATUS_OK = 0,
	STATUS_USAGE = 2,  /* an option is unknown, missing or out of range */
	STATUS_OUTPUT = 5, /* a file was not completely written */
};

struct options {
	uint64_t transactions, seed;
	struct str out; /* the folder; borrowed from the arguments */
	bool help, version;
};

/*
 * Reads the arguments after the program's name; `--name=value` equals
 * `--name value`. Without help or version asked for, all three values are
 * there on success. ERR_USAGE says what is wrong.
 */
MUST_CHECK bool options_read(
	int n, char **arguments, struct options *options, struct err *err);

/* What --help prints. */
struct str options_help(void);

#endif
