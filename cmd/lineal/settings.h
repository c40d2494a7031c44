/*
 * The options of a run, typed and checked: what the texts of opt.h mean.
 */
#ifndef LINEAL_SETTINGS_H
#define LINEAL_SETTINGS_H

#include "base/number.h"
#include "format/timestamp.h"
#include "lineal/opt.h"
#include "model/kind.h"
#include "report/report.h"

/* One output: a format and where it goes ("-" is stdout). */
struct output {
	const struct report *report;
	struct str path;
};

/* What is shown of personal values. */
enum privacy {
	PRIVACY_BY_PLACE, /* full for text on a terminal, else masked */
	PRIVACY_MASKED,
	PRIVACY_FULL
};

struct settings {
	unsigned quiet; /* 0, 1 or 2 */
	bool verbose, ascii, color_out, color_err;
	struct str stdin_name, root;
	bool rejects_are_share; /* max_rejects is a share, else a number */
	struct decimal rejects_share; /* percent */
	uint64_t max_rejects;
	struct str rejects_path;
	bool allow_empty;
	struct str assume_tz;
	uint64_t max_field, max_row, max_inflate, max_memory;
	unsigned jobs;
	enum severity fail_on;
	bool never_fails, unknown_fails, exit_zero, strict, closed_log;
	bool profile_rules;
	int findings_exit;
	bool has_as_of;
	int64_t as_of; /* ns */
	bool has_period;
	int64_t period_from, period_to; /* days, both included */
	int64_t now;                    /* ns */
	struct outputs VEC(struct output) outputs;
	uint64_t max_findings;
	uint32_t max_examples;
	unsigned width;
	enum privacy text_privacy, other_privacy; /* of the other formats */
	bool stdout_is_terminal;
	bool up, down;
	uint32_t depth;
	bool has_at;
	int64_t at; /* ns */
};

/* What the process knows beside its options. */
struct surroundings {
	bool stdout_is_terminal, stderr_is_terminal;
	bool no_color; /* NO_COLOR is set and not empty */
	bool dumb_terminal;
	unsigned width;                /* of the terminal, 0: none */
	const char *source_date_epoch; /* or NULL */
	int64_t clock;                 /* ns */
	uint64_t memory;               /* bytes of the machine */
	unsigned cpus;
};

/* Complains about every value that does not fit its option. */
void settings_read(struct arena *a, const struct opt_values *values,
	const struct surroundings *around, struct settings *out,
	struct diag *diag);

/* How the report of one output is to look. */
struct report_options settings_report(
	const struct settings *settings, const struct output *output);

/* "64M" as bytes; false if it is no size. */
bool settings_read_size(struct str text, uint64_t *bytes);

/* RFC 3339 or YYYY-MM-DD (the start of that day, UTC) as ns. */
bool settings_read_time(struct str text, int64_t *ns);

#endif
