/*
 * The small files of a run: shipped rules, vocabularies and profiles, the
 * project file, rule files, and files they name. Each is read once, kept with
 * its text for messages, and parsed as strict YAML where it is YAML.
 */
#ifndef LINEAL_LIBRARY_H
#define LINEAL_LIBRARY_H

#include "format/yamlread.h"

struct library_file {
	uint32_t number; /* in messages */
	struct str open_path, folder;
	struct str text;
	const struct yaml_node *root; /* NULL if it is no YAML map */
	bool shipped;
};

struct library {
	struct arena *a;
	struct files *files;
	struct diag *diag;
	struct str share; /* folder with rules/ in it */
	struct library_files VEC(struct library_file) read;
};

/* Finds the shipped files: beside the program as installed, or one folder up
   in a build tree. */
void library_init(struct library *library, struct arena *a, struct files *files,
	struct diag *diag);

/* A text of at most 1 MiB, entered under its printed path and parsed: root is
   a map, or NULL after complaints. NULL where it cannot be read, after a
   complaint at `from` (file 0: no place). */
const struct library_file *library_yaml(struct library *library,
	struct str open_path, struct str printed, struct loc from);

/* A shipped file by its path below the share folder ("rules/gdpr.yaml"). */
const struct library_file *library_shipped(
	struct library *library, const char *path, struct loc from);

/* The shipped files of one folder ("rules/profiles"), sorted. */
struct str_vec library_list(struct library *library, const char *folder);

/* Text of a file that a rule file names: relative to its folder and inside
   it. Has the form that vocabulary services want. */
bool library_beside(void *library, uint32_t file, struct str name,
	struct str *text, uint32_t *number, struct err *err);

/* "a/b/c.yaml" -> "a/b", "c.yaml" -> "". */
struct str library_folder(struct str path);

/* `path` below `folder`, unless it is absolute. */
struct str library_join(struct arena *a, struct str folder, struct str path);

#endif
