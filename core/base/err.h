/*
 * One failure: what kind, where, and a sentence. It lies on the caller's
 * stack, owns nothing, and is untouched while all goes well. A function that
 * can fail returns true on success and ends with `return err_set(...)`.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/loc.h"

#define MUST_CHECK __attribute__((warn_unused_result))

enum err_kind {
	ERR_NONE,
	ERR_USAGE,   /* options, project file, profile or rule file */
	ERR_OUTSIDE, /* a file that a rule file may not name */
	ERR_INPUT,   /* an input that cannot be read or trusted */
	ERR_OUTPUT,  /* an output that was not completely written */
};

struct err {
	enum err_kind kind;
	struct loc loc;
	char text[256];
};

/* Fills `err` with the printf() text of `format` and returns false. Text that
   is too long is cut. */
bool err_set(struct err *err, enum err_kind kind, struct loc loc,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
