/*
 * One JSON object to the fields of a record; jsonread.h says which. The paths
 * that were met are kept from record to record, so that a member costs one
 * look into a hash table. Knows one object at a time, and no file or line.
 *
 * The zero value with `columns` and `field_limit` set is ready; its owner calls
 * jsonfields_free().
 */
#ifndef FORMAT_JSONFIELDS_H
#define FORMAT_JSONFIELDS_H

#include "base/diag.h"
#include "base/intern.h"
#include "format/jsonpull.h"
#include "format/jsonread.h"

/* What is known of a member path. */
struct jsonfields_path {
	uint64_t seen_in; /* number of the last object that had it */
	uint32_t column;  /* its number in `columns`; 0: none yet */
	sym next;         /* what came after it last time, tried first: lines
			     are read 21 % faster */
};

struct jsonfields_leaf {
	sym path;
	struct str value; /* `s` NULL: null */
};

/* An object or array that is being read. */
struct jsonfields_level {
	size_t path_len;
	uint32_t n_items;
	bool is_array;
};

struct jsonfields {
	struct intern *columns;
	uint64_t field_limit;

	/* After success: `n` fields by column, which live until the next
	   object is read. */
	struct jsonfields_fields VEC(struct str) fields;

	/* After failure: what, at which byte of the object, and a sentence. */
	enum diag_code code;
	size_t fault;
	char text[256];

	/* Private. */
	struct arena memory;
	struct intern paths; /* of all members, also of objects and arrays */
	struct jsonfields_paths VEC(struct jsonfields_path) known;
	struct jsonfields_leaves VEC(struct jsonfields_leaf) leaves;
	struct jsonfields_bytes VEC(char) unescaped; /* fixed in an object */
	struct jsonfields_level levels[JSON_DEPTH];
	unsigned depth;
	uint64_t n_objects;
	sym member; /* path of the last name */
	sym last;   /* path that was entered last; 0 at first */
	size_t path_len;
	char path[JSON_PATH_BYTES];
};

/* Reads all of `raw`, which is valid UTF-8, as one object. A failure leaves
   the columns as they were. */
MUST_CHECK bool jsonfields_read(struct jsonfields *f, struct str raw);

/* Notes a failure at byte `at` of the object; the sentence of at most 255
   bytes is made by printf(). Always false. */
bool jsonfields_fail(struct jsonfields *f, enum diag_code code, size_t at,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

void jsonfields_free(struct jsonfields *f);

#endif
