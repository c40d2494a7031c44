/*
 * Folders and patterns to sorted lists of paths. Sorting is by bytes; nothing
 * depends on the order in which the system lists a folder. What is found by
 * listing is a regular file or a link that leads to one or nowhere; pipes,
 * sockets and devices are found only by their exact name.
 */
#ifndef IO_WALK_H
#define IO_WALK_H

#include "base/err.h"

enum walk_type { WALK_NOTHING, WALK_FILE, WALK_FOLDER };

/* What stands at `path`; a pipe or device counts as a file. */
enum walk_type walk_type_of(const char *path);

/* True if `path` holds `*`, `?` or `[`. */
bool walk_is_pattern(struct str path);

/*
 * Appends the files that match `pattern`, sorted and without repeats. `*`, `?`
 * and `[...]` match within a name as in base/glob, `**` as a whole name matches
 * any number of folders, and all files below if it is the last. Names that
 * begin with '.' match only if the pattern's name does. A pattern without
 * wildcards gives its one file, if it exists. No match appends nothing and is
 * no error; a folder that cannot be read is ERR_INPUT, a malformed pattern
 * ERR_USAGE. The paths live as long as the arena, with a NUL behind them.
 */
MUST_CHECK bool walk_pattern(struct arena *a, struct str pattern,
	struct str_vec *paths, struct err *err);

/* Appends all files below `folder`, sorted, names with a leading '.' left
   out. Links to folders are not followed. A folder that is not there or cannot
   be read is ERR_INPUT. */
MUST_CHECK bool walk_folder(struct arena *a, struct str folder,
	struct str_vec *paths, struct err *err);

/* What tells a file from all others, whatever its names are. */
struct walk_identity {
	uint64_t device, number;
};

/* False if `path` leads nowhere. */
bool walk_identify(const char *path, struct walk_identity *out);

/* True if both paths lead to one file; false if one leads nowhere. */
bool walk_same_file(const char *left, const char *right);

/* True if `path` is there and lies below `folder` once links are followed. */
bool walk_lies_inside(const char *folder, const char *path);

#endif
