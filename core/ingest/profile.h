/*
 * Profiles: what the files of one vendor look like and what their columns
 * mean, as data. A profile is one YAML file; its keys are those of a source,
 * as defaults, and the header it needs.
 */
#ifndef INGEST_PROFILE_H
#define INGEST_PROFILE_H

#include "ingest/columns.h"
#include "ingest/source.h"

struct alias {
	struct str name;          /* as the profile writes the column */
	struct str_vec spellings; /* as files may write it */
};

struct profile {
	struct str name;
	struct loc loc;
	struct str_vec needs;     /* all of these columns */
	struct str_vec needs_one; /* and one of these, if any are given */
	struct alias_vec VEC(struct alias) aliases;
	struct str vocabulary; /* name of a shipped vocabulary, or empty */
	struct source defaults;
};

struct profiles VEC(struct profile);

/* Reads one profile from a parsed file and appends it. */
void profile_read(struct arena *a, struct zones *zones,
	const struct yaml_node *root, struct profiles *out, struct diag *diag);

/* The profile of a name, or NULL. */
const struct profile *profile_find(
	const struct profiles *profiles, struct str name);

/* True if every column that the profile needs is there; names are compared
   without case, blanks and underscores, aliases count. */
bool profile_fits(const struct profile *profile, const struct columns *columns);

/* True if the profile names this column as needed or with aliases. */
bool profile_mentions(const struct profile *profile, struct str name);

enum column_match { COLUMN_FOUND, COLUMN_NOT_FOUND, COLUMN_TWICE };

/*
 * The column that a profile calls `name`: exactly, or by its folded name, or
 * by an alias; the first one where the header repeats it. COLUMN_TWICE if
 * columns of different names fit. Without a profile there are no aliases.
 */
enum column_match profile_column(const struct profile *profile, struct str name,
	const struct columns *columns, uint32_t *column);

#endif
