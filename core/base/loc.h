/*
 * Places in files, kept as numbers and turned into text only when printed.
 * File numbers are given out by one `struct files`, before threads start.
 */
#ifndef BASE_LOC_H
#define BASE_LOC_H

#include "base/vec.h"

/* Line and column count from 1, columns in code points; 0 is "not known". */
struct loc {
	uint32_t file; /* number in a `struct files`; 0 is "no place" */
	uint32_t line, col;
};

struct file_name {
	struct str path; /* as printed */
	struct str text; /* content, where messages show a snippet; or empty */
};

struct files VEC(struct file_name);

/* Enters a path and gives its number, from 1. Both slices are borrowed. */
uint32_t files_add(
	struct arena *a, struct files *files, struct str path, struct str text);

/* The path of a number; the empty slice for 0. */
struct str files_path(const struct files *files, uint32_t number);

#endif
