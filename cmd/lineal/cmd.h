/*
 * The commands of lineal: one file cmd_x.c each, listed in main.c. A command
 * gets the process as it was started, prints, and returns the exit status.
 */
#ifndef LINEAL_CMD_H
#define LINEAL_CMD_H

#include "lineal/run.h"

/*
 * Adding a command: cmd_x.c with this function, a row in commands[] (main.c),
 * a verb in opt.h for its options, a manual page, a golden case per example.
 */
struct command {
	struct str name;
	unsigned verb;     /* of its options */
	const char *usage; /* behind "lineal" */
	const char *does;  /* one line */
	const char *example;
	int (*run)(const struct process *process);
};

int cmd_check(const struct process *process);
int cmd_trace(const struct process *process);
int cmd_dump(const struct process *process);
int cmd_version(const struct process *process);

extern const struct command command_table[];
extern const size_t command_count;

/* Prints the help of a command on stdout: one screen, or all options. */
void help_print(const struct command *command, bool all);

#endif
