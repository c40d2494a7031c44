/*
 * A pull parser for JSON (RFC 8259): one event a call, commas, colons and
 * brackets checked, nothing copied, no recursion. It borrows the text, which
 * is valid UTF-8; strings and numbers are slices of it as they are written. It
 * does not look for members that are given twice.
 */
#ifndef FORMAT_JSONPULL_H
#define FORMAT_JSONPULL_H

#include "base/str.h"

#define JSON_DEPTH 64

enum json_event {
	JSON_END,  /* the text is over after one value */
	JSON_ITEM, /* jsonpull_item(): a value begins */
	JSON_OPEN_OBJECT,
	JSON_OPEN_ARRAY,
	JSON_CLOSE, /* of the innermost object or array */
	JSON_NAME,  /* of a member; its value comes next */
	JSON_STRING,
	JSON_NUMBER,
	JSON_BOOL,
	JSON_NULL,
	JSON_BAD, /* bad syntax; the parser must not be asked again */
};

struct jsonpull {
	struct str text;
	size_t at;        /* where reading goes on */
	size_t start;     /* first byte of the last event, or of the fault */
	struct str value; /* name or string between its quotes; other token */
	bool escaped;     /* `value` holds a backslash */
	const char *expected; /* what should have stood at a fault; static */
	unsigned depth;       /* open objects and arrays */
	uint64_t arrays;      /* bit 0: the innermost is an array, ... */
	enum jsonpull_state {
		JSONPULL_VALUE,
		JSONPULL_FIRST_ITEM,
		JSONPULL_NAME,
		JSONPULL_FIRST_NAME,
		JSONPULL_AFTER, /* a value: a comma, a bracket or the end */
	} state;
};

struct jsonpull jsonpull_init(struct str text);

enum json_event jsonpull_next(struct jsonpull *pull);

/*
 * Goes to the next item of an array, or to the value of the document, without
 * reading it: JSON_ITEM if it begins at `at`, else JSON_CLOSE, JSON_END or
 * JSON_BAD.
 */
enum json_event jsonpull_item(struct jsonpull *pull);

/* After JSON_ITEM: goes on behind the item, which ends at offset `end`. */
void jsonpull_jump(struct jsonpull *pull, size_t end);

/* After JSON_NAME: reads over the value; false if it is bad. */
bool jsonpull_skip(struct jsonpull *pull);

/* Writes the text of a JSON_NAME or JSON_STRING to `out`, which has room for
   `value.len` bytes; returns its length. */
size_t jsonpull_unescape(struct str value, char *out);

/*
 * What stands at offset `at`, in words for a message: "the end", "byte 0x07",
 * or a few characters in quotes; a slice over `buffer` or static.
 */
struct str jsonpull_found(struct str text, size_t at, char buffer[40]);

/* The start of a valid text for a message: at most 64 bytes, and no part of a
   character. */
struct str jsonpull_shown(struct str text);

#endif
