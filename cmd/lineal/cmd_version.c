#include "lineal/cmd.h"
#include "lineal/version.h"

#include "format/escape.h"

#include <stdio.h>

int cmd_version(const struct process *process)
{
	struct arena scratch = {0};

	if (process->argc == 0) {
		printf("lineal " LINEAL_VERSION "\n");
		return STATUS_CLEAN;
	}
	fprintf(stderr, "lineal: version takes no argument; found '%.*s'\n",
		STR_ARG(escape_text(
			&scratch, str_of(process->argv[0]), false)));
	arena_free(&scratch);
	return STATUS_USAGE;
}
