/*
 * Complaints: what went wrong without stopping the work. Each has a code, a
 * place, a sentence and perhaps a help line. All messages of the program are
 * listed here, domain words included, because severity has one order only.
 *
 * A diag belongs to one thread; a job fills its own and the joiner appends
 * them in job order. Of one code in one file only the first DIAG_KEEP are kept
 * with their text; the counts are exact.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/err.h"

/* From harmless to fatal; what a level does to the exit status is decided
   where the program ends. */
enum diag_level {
	DIAG_NOTE,
	DIAG_WARNING,
	DIAG_REJECT, /* one row was not taken; the limit decides */
	DIAG_INPUT,  /* an input cannot be trusted */
	DIAG_USAGE,  /* options, project file, profile or rule file */
};

/* Adding a message: a row here, a line under DIAGNOSTICS in the manual. */
#define DIAG_LIST(X)                                               \
	X(DIAG_ASSUMED, "assumed", DIAG_NOTE)                      \
	X(DIAG_AMBIGUOUS_TIME, "ambiguous-time", DIAG_NOTE)        \
	X(DIAG_NONEXISTENT_TIME, "nonexistent-time", DIAG_NOTE)    \
	X(DIAG_LEAP_SECOND, "leap-second", DIAG_NOTE)              \
	X(DIAG_OPTIONAL_MISSING, "optional-missing", DIAG_NOTE)    \
	X(DIAG_UNUSED_WORD, "unmapped-word", DIAG_NOTE)            \
	X(DIAG_EMPTY_INPUT, "empty-input", DIAG_WARNING)           \
	X(DIAG_NOTHING_CHECKED, "nothing-checked", DIAG_WARNING)   \
	X(DIAG_NEVER_MATCHED, "never-matched", DIAG_WARNING)       \
	X(DIAG_NOT_EVALUABLE, "not-evaluable", DIAG_WARNING)       \
	X(DIAG_NEVER_MATCHES, "never-matches", DIAG_WARNING)       \
	X(DIAG_WAIVER_ENDS_SOON, "waiver-ends-soon", DIAG_WARNING) \
	X(DIAG_WAIVER_UNUSED, "waiver-unused", DIAG_WARNING)       \
	X(DIAG_WAIVER_EXCEEDED, "waiver-exceeded", DIAG_WARNING)   \
	X(DIAG_HOLIDAYS, "holidays-not-covered", DIAG_WARNING)     \
	X(DIAG_UNKNOWN_VARIABLE, "unknown-variable", DIAG_WARNING) \
	X(DIAG_ENCODING_GUESSED, "encoding-guessed", DIAG_WARNING) \
	X(DIAG_MIXED_LINE_ENDS, "mixed-line-ends", DIAG_WARNING)   \
	X(DIAG_SAME_CONTENT, "same-content", DIAG_WARNING)         \
	X(DIAG_ID_CONFLICT, "id-conflict", DIAG_WARNING)           \
	X(DIAG_KEY_CONFLICT, "key-conflict", DIAG_WARNING)         \
	X(DIAG_THRESHOLD, "threshold", DIAG_WARNING)               \
	X(DIAG_NO_TREND, "no-trend", DIAG_WARNING)                 \
	X(DIAG_BAD_TIME, "bad-time", DIAG_WARNING)                 \
	X(DIAG_NO_ZONE, "no-zone", DIAG_WARNING)                   \
	X(DIAG_BAD_VALUE, "bad-value", DIAG_WARNING)               \
	X(DIAG_DATA_ERROR, "data-error", DIAG_WARNING)             \
	X(DIAG_DOUBTFUL_COST, "doubtful-cost", DIAG_WARNING)       \
	X(DIAG_ROW_SHORT, "row-short", DIAG_REJECT)                \
	X(DIAG_ROW_LONG, "row-long", DIAG_REJECT)                  \
	X(DIAG_ROW_TOO_BIG, "row-too-big", DIAG_REJECT)            \
	X(DIAG_FIELD_TOO_BIG, "field-too-big", DIAG_REJECT)        \
	X(DIAG_STRAY_QUOTE, "stray-quote", DIAG_REJECT)            \
	X(DIAG_NUL_BYTE, "nul-byte", DIAG_REJECT)                  \
	X(DIAG_BAD_JSON, "bad-json", DIAG_REJECT)                  \
	X(DIAG_DUPLICATE_MEMBER, "duplicate-member", DIAG_REJECT)  \
	X(DIAG_MISSING_FIELD, "missing-field", DIAG_REJECT)        \
	X(DIAG_NO_MATCH, "no-match", DIAG_REJECT)                  \
	X(DIAG_PATTERN_GAVE_UP, "pattern-gave-up", DIAG_REJECT)    \
	X(DIAG_UNCLOSED_QUOTE, "unclosed-quote", DIAG_INPUT)       \
	X(DIAG_CANNOT_READ, "cannot-read", DIAG_INPUT)             \
	X(DIAG_CORRUPT, "corrupt-input", DIAG_INPUT)               \
	X(DIAG_BAD_ENCODING, "bad-encoding", DIAG_INPUT)           \
	X(DIAG_AMBIGUOUS_DIALECT, "ambiguous-dialect", DIAG_INPUT) \
	X(DIAG_AMBIGUOUS_FORMAT, "ambiguous-format", DIAG_INPUT)   \
	X(DIAG_AMBIGUOUS_DATE, "ambiguous-date", DIAG_INPUT)       \
	X(DIAG_MIXED_DATES, "mixed-dates", DIAG_INPUT)             \
	X(DIAG_MIXED_EPOCH, "mixed-epoch", DIAG_INPUT)             \
	X(DIAG_UNKNOWN_COLUMN, "unknown-column", DIAG_INPUT)       \
	X(DIAG_BAD_HEADER, "bad-header", DIAG_INPUT)               \
	X(DIAG_TOO_MANY_REJECTS, "too-many-rejects", DIAG_INPUT)   \
	X(DIAG_ROW_FAN_OUT, "row-fan-out", DIAG_INPUT)             \
	X(DIAG_BAD_COST, "bad-cost", DIAG_INPUT)                   \
	X(DIAG_YAML_SYNTAX, "yaml-syntax", DIAG_USAGE)             \
	X(DIAG_YAML_SUBSET, "yaml-subset", DIAG_USAGE)             \
	X(DIAG_NOT_UTF8, "not-utf8", DIAG_USAGE)                   \
	X(DIAG_BAD_VERSION, "bad-version", DIAG_USAGE)             \
	X(DIAG_TOO_LARGE, "too-large", DIAG_USAGE)                 \
	X(DIAG_TOO_MANY, "too-many", DIAG_USAGE)                   \
	X(DIAG_UNREADABLE_FILE, "unreadable-file", DIAG_USAGE)     \
	X(DIAG_OUTSIDE_DIRECTORY, "outside-directory", DIAG_USAGE) \
	X(DIAG_UNKNOWN_KEY, "unknown-key", DIAG_USAGE)             \
	X(DIAG_MISSING_KEY, "missing-key", DIAG_USAGE)             \
	X(DIAG_EMPTY_VALUE, "empty-value", DIAG_USAGE)             \
	X(DIAG_WRONG_TYPE, "wrong-type", DIAG_USAGE)               \
	X(DIAG_DUPLICATE_KEY, "duplicate-key", DIAG_USAGE)         \
	X(DIAG_DUPLICATE_ID, "duplicate-id", DIAG_USAGE)           \
	X(DIAG_BAD_ID, "bad-id", DIAG_USAGE)                       \
	X(DIAG_TWO_SHAPES, "two-shapes", DIAG_USAGE)               \
	X(DIAG_NO_SHAPE, "no-shape", DIAG_USAGE)                   \
	X(DIAG_KEY_NOT_FOR_SHAPE, "key-not-for-shape", DIAG_USAGE) \
	X(DIAG_NOT_SUPPORTED, "not-supported", DIAG_USAGE)         \
	X(DIAG_UNKNOWN_WORD, "unknown-word", DIAG_USAGE)           \
	X(DIAG_UNKNOWN_RULE, "unknown-rule", DIAG_USAGE)           \
	X(DIAG_UNKNOWN_PACK, "unknown-pack", DIAG_USAGE)           \
	X(DIAG_UNKNOWN_FORMAT, "unknown-format", DIAG_USAGE)       \
	X(DIAG_UNKNOWN_VALUE, "unknown-value", DIAG_USAGE)         \
	X(DIAG_NAME_CLASH, "name-clash", DIAG_USAGE)               \
	X(DIAG_BAD_TEST, "bad-test", DIAG_USAGE)                   \
	X(DIAG_BAD_DURATION, "bad-duration", DIAG_USAGE)           \
	X(DIAG_BAD_DATE, "bad-date", DIAG_USAGE)                   \
	X(DIAG_BAD_NUMBER, "bad-number", DIAG_USAGE)               \
	X(DIAG_BAD_GLOB, "bad-glob", DIAG_USAGE)                   \
	X(DIAG_BAD_THRESHOLD, "bad-threshold", DIAG_USAGE)         \
	X(DIAG_BAD_ZONE, "bad-zone", DIAG_USAGE)                   \
	X(DIAG_BAD_HOLIDAYS, "bad-holidays", DIAG_USAGE)           \
	X(DIAG_BAD_PATTERN, "bad-pattern", DIAG_USAGE)             \
	X(DIAG_ITEM_QUANTIFIER, "item-quantifier", DIAG_USAGE)     \
	X(DIAG_MISSING_SAME, "missing-same", DIAG_USAGE)           \
	X(DIAG_MISSING_WITHIN, "missing-within", DIAG_USAGE)       \
	X(DIAG_WARN_AFTER_WITHIN, "warn-after-within", DIAG_USAGE) \
	X(DIAG_IMPOSSIBLE_WINDOW, "impossible-window", DIAG_USAGE) \
	X(DIAG_WAIVER_EXPIRED, "waiver-expired", DIAG_USAGE)       \
	X(DIAG_WAIVER_TOO_LONG, "waiver-too-long", DIAG_USAGE)     \
	X(DIAG_BAD_OPTION, "bad-option", DIAG_USAGE)

#define DIAG_ENUM(code, name, level) code,
enum diag_code { DIAG_LIST(DIAG_ENUM) DIAG_N };
#undef DIAG_ENUM

#define DIAG_KEEP 20

/* Longer texts, which quote a long cell, lose their middle. */
#define DIAG_TEXT_MAX 600

struct diag_item {
	enum diag_code code;
	struct loc loc;
	uint32_t span;         /* code points under the caret; 0: one */
	struct str text, help; /* help may be empty */
};

/* How many complaints of one code one file has, and how many are kept. */
struct diag_tally {
	enum diag_code code;
	uint32_t file;
	uint64_t count, kept;
};

struct diag {
	struct arena texts;
	struct diag_items VEC(struct diag_item) items;
	struct diag_tallies VEC(struct diag_tally) tallies;
};

/* The code as printed, and its level. */
const char *diag_name(enum diag_code code);
enum diag_level diag_level(enum diag_code code);

/*
 * Adds a complaint with the printf() text of `format`. Returns it, so that the
 * caller can set its span and help before the next call, or NULL if it was
 * only counted.
 */
struct diag_item *diag_add(struct diag *diag, enum diag_code code,
	struct loc loc, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Sets the help line of `item`; NULL is ignored. */
void diag_help(struct diag *diag, struct diag_item *item, struct str help);

/* Adds a complaint that is already made; texts are copied, `count` complaints
   of its kind stand behind it (1 for a single one). */
void diag_add_item(struct diag *diag, struct diag_item item, uint64_t count);

/* Adds the failure `err` as a complaint of `code`, at its own place. */
void diag_add_err(
	struct diag *diag, enum diag_code code, const struct err *err);

/* Appends the complaints of `from`, keeping order, caps and counts. */
void diag_append(struct diag *diag, const struct diag *from);

/* Complaints in all, of one code, and of one level. */
uint64_t diag_count(const struct diag *diag, enum diag_code code);
uint64_t diag_count_level(const struct diag *diag, enum diag_level level);

/* Sorts the kept complaints by file, line, column, then order of arrival; those
   without a file come last. */
void diag_sort(struct diag *diag);

void diag_free(struct diag *diag);

#endif
