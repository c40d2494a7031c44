/*
 * The memory of the process: how much there is, a limit on it, and how much it
 * took. The limit counts private memory (pieces, stacks, libraries); files
 * that are mapped are the system's to drop and do not count. At the limit the
 * next allocation ends the program with one line, before the system ends it
 * without any.
 */
#ifndef LINEAL_MEMORY_H
#define LINEAL_MEMORY_H

#include "base/str.h"

/* Bytes that the process may use: of its control group or of the machine,
   whichever has less. */
uint64_t memory_of_machine(void);

/* From here on memory that is freed goes back to the system at once. */
void memory_return(void);

/* From here on the process takes at most `bytes` more than it has, or what
   the user's own limit allows, if that is less. */
void memory_limit(uint64_t bytes);

/* What memory_limit() set no longer holds: outputs are not left half written,
   and take little. */
void memory_unlimit(void);

/* The most bytes that were resident at a time, mapped files included. */
uint64_t memory_peak(void);

/*
 * The path of the control group of the memory controller, as
 * /proc/self/cgroup states it in `groups`, and in `file` the name of the file
 * that holds its limit, with the folder all such paths begin in: version 2, or
 * version 1. False if there is none.
 */
bool memory_find_group(struct str groups, struct str *path, const char **folder,
	const char **file);

#endif
