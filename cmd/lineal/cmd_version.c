#include "lineal/cmd.h"
#include "lineal/version.h"

#include <stdio.h>

int cmd_version(const struct process *process)
{
	(void)process;
	printf("lineal " LINEAL_VERSION "\n");
	return STATUS_CLEAN;
}
