/*
 * Options from one table: it drives parsing, the environment, the project
 * file and the help. Long options are never abbreviated; `--opt=value` equals
 * `--opt value`; letters cluster if none takes a value; `--` ends options; `-`
 * is an argument; options may follow arguments. Layers from weak to strong:
 * default, project file, environment, command line; the last of a repeated
 * single value wins, lists add up within their layer.
 */
#ifndef LINEAL_OPT_H
#define LINEAL_OPT_H

#include "base/diag.h"

enum opt_type {
	OPT_FLAG,  /* no value */
	OPT_COUNT, /* no value, may be repeated; elsewhere also a number */
	OPT_TEXT,
	OPT_LIST /* may be repeated; values add up */
};

/* Verbs an option belongs to, as bits. */
enum opt_verb {
	VERB_CHECK = 1,
	VERB_TRACE = 2,
	VERB_DUMP = 4,
	VERB_OTHER = 8, /* version, help */
	VERB_RUN = VERB_CHECK | VERB_TRACE | VERB_DUMP,
	VERB_ANSWER = VERB_CHECK | VERB_TRACE, /* which have formats */
	VERB_RULES = VERB_CHECK | VERB_DUMP,   /* which show rules */
	VERB_ALL = VERB_RUN | VERB_OTHER
};

struct opt {
	struct str name;
	char letter; /* or 0 */
	enum opt_type type;
	unsigned verbs;
	bool only_here;       /* no environment variable, no config key */
	const char *argument; /* as in "PATH"; NULL for flags */
	const char *fallback; /* the default, as shown; or NULL */
	const char *help;
};

enum opt_origin {
	ORIGIN_DEFAULT,
	ORIGIN_FILE,
	ORIGIN_ENVIRONMENT,
	ORIGIN_COMMAND_LINE
};

/* What one option was given. */
struct opt_value {
	struct str_vec texts; /* flags: "true" or "false"; counts: or "2" */
	enum opt_origin origin;
	struct loc loc; /* of ORIGIN_FILE */
};

struct opt_values {
	struct arena *a;
	unsigned verb;
	struct opt_value *at; /* one per option of the table */
	struct str_vec arguments;
};

extern const struct opt opt_table[];
extern const size_t opt_count;

/* Numbers of the options, in the order of the table. */
enum opt_number {
	OPT_DIRECTORY,
	OPT_CONFIG,
	OPT_ISOLATED,
	OPT_COLOR,
	OPT_QUIET,
	OPT_VERBOSE,
	OPT_ASCII,
	OPT_HELP,
	OPT_SOURCE,
	OPT_FILES_FROM,
	OPT_STDIN_NAME,
	OPT_ROOT,
	OPT_MAX_REJECTS,
	OPT_REJECTS,
	OPT_ALLOW_EMPTY,
	OPT_ASSUME_TZ,
	OPT_MAX_FIELD,
	OPT_MAX_ROW,
	OPT_MAX_INFLATE,
	OPT_MAX_MEMORY,
	OPT_JOBS,
	OPT_RULES,
	OPT_WAIVERS,
	OPT_ONLY,
	OPT_SKIP,
	OPT_FAIL_ON,
	OPT_FAIL_ON_UNKNOWN,
	OPT_EXIT_ZERO,
	OPT_FINDINGS_EXIT_CODE,
	OPT_STRICT,
	OPT_PROFILE_RULES,
	OPT_AS_OF,
	OPT_PERIOD,
	OPT_CLOSED_LOG,
	OPT_NOW,
	OPT_FORMAT,
	OPT_OUTPUT,
	OPT_MAX_FINDINGS,
	OPT_MAX_EXAMPLES,
	OPT_WIDTH,
	OPT_PRIVACY,
	OPT_UP,
	OPT_DOWN,
	OPT_BOTH,
	OPT_DEPTH,
	OPT_AT,
	OPT_N
};

/* Reads the arguments of one verb. Complaints about unknown options, those of
   other verbs, missing or surplus values go to `diag`. Texts borrow `argv`. */
void opt_parse(struct arena *a, int argc, char **argv, unsigned verb,
	struct opt_values *out, struct diag *diag);

/* Reads LINEAL_* variables of `environment` into options that were not given
   on the command line; unknown ones are warnings. */
void opt_environment(struct opt_values *values, char **environment,
	unsigned verb, struct diag *diag);

/* Sets an option from the project file, unless it is given otherwise. */
void opt_from_file(struct opt_values *values, enum opt_number number,
	struct str text, struct loc loc);

/* The option of a config key ("max_rejects"), or OPT_N. */
enum opt_number opt_of_key(struct str key);

bool opt_given(const struct opt_values *values, enum opt_number number);
bool opt_flag(const struct opt_values *values, enum opt_number number);

/* How often an OPT_COUNT is given. */
unsigned opt_times(const struct opt_values *values, enum opt_number number);

/* The value of an OPT_COUNT outside the command line: true, false, or a number
   of times from 0 to 9. */
bool opt_read_times(struct str text, unsigned *times);

/* The last text, or the fallback of the table. */
struct str opt_text(const struct opt_values *values, enum opt_number number);

/* Complains about the value of an option, at its origin; a variable is named as
   such. */
struct diag_item *opt_complain(const struct opt_values *values,
	enum opt_number number, struct diag *diag, const char *expected);

#endif
