/*
 * lineal: reads exports and logs, rebuilds who did what to which data, checks
 * it against rules, and prints how complete the audit trail is.
 */
#include "lineal/cmd.h"
#include "lineal/version.h"

#include "base/near.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

const struct command command_table[] = {
	{STR_INIT("check"), VERB_CHECK, "check [OPTION...] [INPUT...]",
		"Reads inputs, checks them against rules, and prints findings, "
		"completeness\nand incident metrics",
		"lineal check crm.csv", cmd_check},
	{STR_INIT("trace"), VERB_TRACE, "trace [OPTION...] RECORD [INPUT...]",
		"Prints what a record (type:id, type:id@n or an id) comes "
		"from, "
		"or what came\nof it, with file and line for each step",
		"lineal trace account:A1", cmd_trace},
	{STR_INIT("dump"), VERB_DUMP,
		"dump rows|events|graph|rules|plan [OPTION...] [INPUT...]",
		"Prints one stage of the work", "lineal dump plan", cmd_dump},
	{STR_INIT("version"), VERB_OTHER, "version", "Prints the version",
		"lineal version", cmd_version},
};

const size_t command_count = sizeof(command_table) / sizeof(command_table[0]);

static const struct command *find_command(struct str name)
{
	for (size_t i = 0; i < command_count; i++)
		if (str_equal(command_table[i].name, name))
			return &command_table[i];
	return NULL;
}

static int greet(void)
{
	fprintf(stderr,
		"lineal " LINEAL_VERSION
		": is the audit trail complete, and do the rules hold?\n\n"
		"  lineal check crm.csv           a first answer from one "
		"file\n"
		"  lineal check                   what lineal.yaml says\n"
		"  lineal trace account:A1        where a record comes from\n\n"
		"Commands: check trace dump version; `lineal help COMMAND` "
		"tells more.\n");
	return STATUS_USAGE;
}

static int unknown_command(struct str name)
{
	struct arena scratch = {0};
	struct str names[sizeof(command_table) / sizeof(command_table[0])];
	struct str hint;

	for (size_t i = 0; i < command_count; i++)
		names[i] = command_table[i].name;
	hint = near_hint(&scratch, name, names, command_count);
	fprintf(stderr,
		"lineal: there is no command '%.*s'%s%.*s\n"
		"commands: check trace dump version help\n",
		STR_ARG(name), hint.len ? ";" : "", STR_ARG(hint));
	arena_free(&scratch);
	return STATUS_USAGE;
}

static int help(int argc, char **argv)
{
	const struct command *command = argc > 0 ? find_command(str_of(argv[0]))
						 : NULL;

	if (argc > 0 && !command)
		return unknown_command(str_of(argv[0]));
	if (command) {
		help_print(command, true);
		return STATUS_CLEAN;
	}
	printf("usage: lineal COMMAND [OPTION...] [ARGUMENT...]\n\n");
	for (size_t i = 0; i < command_count; i++)
		printf("  lineal %s\n", command_table[i].usage);
	printf("  lineal help COMMAND\n\nExample:\n  %s\n",
		command_table[0].example);
	return STATUS_CLEAN;
}

/* "--help" or "-h" among the arguments, before "--". */
static const char *asks_for_help(int argc, char **argv)
{
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 ||
			strcmp(argv[i], "-h") == 0)
			return argv[i];
	return NULL;
}

static int run_command(int argc, char **argv, char **environment)
{
	const struct command *command;
	struct process process = {argc - 2, argv + 2, environment, 0};
	const char *wanted;

	if (argc < 2)
		return greet();
	if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 ||
		strcmp(argv[1], "-h") == 0)
		return help(argc - 2, argv + 2);
	if (strcmp(argv[1], "--version") == 0)
		return cmd_version(&process);
	command = find_command(str_of(argv[1]));
	if (!command)
		return unknown_command(str_of(argv[1]));
	wanted = asks_for_help(process.argc, process.argv);
	if (wanted) {
		help_print(command, strcmp(wanted, "--help") == 0);
		return STATUS_CLEAN;
	}
	process.verb = command->verb;
	return command->run(&process);
}

int main(int argc, char **argv, char **environment)
{
	int status;

	/* The one locale there is: texts are UTF-8, numbers are ours. */
	setlocale(LC_CTYPE, "C.UTF-8");
	status = run_command(argc, argv, environment);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "lineal: cannot write to stdout: %s\n",
			strerror(errno));
		return STATUS_OUTPUT;
	}
	return status;
}
