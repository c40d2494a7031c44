#include "lineal/cmd.h"

#include <stdio.h>

#define HELP_WIDTH 80

/* Options that people ask for first, for the short help. */
static const enum opt_number first_options[] = {OPT_UP, OPT_DOWN, OPT_BOTH,
	OPT_DEPTH, OPT_AT, OPT_CONFIG, OPT_RULES, OPT_FORMAT, OPT_OUTPUT,
	OPT_FAIL_ON, OPT_AS_OF, OPT_PERIOD, OPT_ASSUME_TZ, OPT_SOURCE, OPT_JOBS,
	OPT_QUIET, OPT_VERBOSE};

static void print_option(const struct opt *opt)
{
	char left[64];
	int len;

	if (opt->letter)
		len = snprintf(left, sizeof(left), "  -%c, --%.*s%s%s",
			opt->letter, STR_ARG(opt->name),
			opt->argument ? " " : "",
			opt->argument ? opt->argument : "");
	else
		len = snprintf(left, sizeof(left), "      --%.*s%s%s",
			STR_ARG(opt->name), opt->argument ? " " : "",
			opt->argument ? opt->argument : "");
	if (len > 28)
		printf("%s\n%28s", left, "");
	else
		printf("%-28s", left);
	printf(" %s\n", opt->help);
	if (opt->fallback)
		printf("%28s (default: %s)\n", "", opt->fallback);
}

static void print_short(const struct command *command)
{
	for (size_t i = 0; i < sizeof(first_options) / sizeof(first_options[0]);
		i++) {
		const struct opt *opt = &opt_table[first_options[i]];

		if (opt->verbs & command->verb) {
			char left[64];

			snprintf(left, sizeof(left), "%s%.*s%s%s",
				opt->letter ? (char[]) {'-', opt->letter, ',',
						      ' ', '-', '-', 0}
					    : "    --",
				STR_ARG(opt->name), opt->argument ? " " : "",
				opt->argument ? opt->argument : "");
			printf("  %-26s %s\n", left, opt->help);
		}
	}
}

void help_print(const struct command *command, bool all)
{
	printf("usage: lineal %s\n\n%s.\n", command->usage, command->does);
	if (command->verb == VERB_OTHER) {
		/* It has no options. */
	} else if (all) {
		printf("\nOptions:\n");
		for (size_t i = 0; i < opt_count; i++)
			if (opt_table[i].verbs & command->verb)
				print_option(&opt_table[i]);
	} else {
		printf("\n");
		print_short(command);
		printf("      --help                 all options\n");
	}
	printf("\nExample:\n  %s\n", command->example);
}
