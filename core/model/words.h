/*
 * The business words of a run and what is needed of them. A word is a key or
 * field that rules and metrics name; its spellings are the columns or event
 * fields that may hold it. Whoever uses a word says in which form it needs it:
 * each (word, form) becomes one column of the event table, and nothing else of
 * the inputs is kept.
 *
 * Words are entered before any input is read and do not change afterwards.
 */
#ifndef MODEL_WORDS_H
#define MODEL_WORDS_H

#include "base/loc.h"

#define WORD_NONE UINT32_MAX

/* The form in which a column keeps the values of a word. */
enum column_form {
	COLUMN_SYM,    /* text as a symbol; a list where a row has several */
	COLUMN_TIME,   /* instant, ns */
	COLUMN_NUMBER, /* whole number */
	COLUMN_PRESENT /* only whether there is a value */
};

struct word {
	struct str name;
	struct str_vec spellings; /* first non-empty one wins */
	char split;               /* byte between several values, or 0 */
	bool is_key, personal, ignore_case;
	bool shipped;   /* gives way to a name of the user's */
	struct loc loc; /* where it was declared; file 0: built in */
};

/* One column of the event table, and who asked for it. */
struct need {
	uint32_t word;
	enum column_form form;
	struct str_vec
		users; /* rule ids and metric names, in order of asking */
	/* Bits of roles: values are only compared with those of rows of these
	   roles, so that they are of no use if no source of them has any.
	   0: they are of use by themselves. */
	unsigned partners;
};

struct words {
	struct arena *a;
	struct word_vec VEC(struct word) words;
	struct need_vec VEC(struct need) needs;
	struct str_vec classed; /* columns and fields that are personal */
};

/* The fields of the normalised event, in the order of lineal-inputs(5). */
extern const struct str words_event_fields[];
extern const size_t words_n_event_fields;

/* An empty list with the built-in words: the event fields under their own
   names. Everything lives as long as the arena. */
void words_init(struct words *words, struct arena *a);

/* The number of a word, or WORD_NONE. */
uint32_t words_find(const struct words *words, struct str name);

/* Enters a word; one of that name that is built in gives way. */
uint32_t words_add(struct words *words, const struct word *word);

/* The column for a word in a form, made on first request for `user`. */
uint32_t words_need(struct words *words, uint32_t word, enum column_form form,
	struct str user);

/* The same by a built-in name, for metrics; the name exists. */
uint32_t words_need_field(struct words *words, const char *name,
	enum column_form form, struct str user);

/*
 * The first column whose cells tell the same as those of `column`: of the same
 * spellings and form, or, where only presence is asked for, with their text.
 * Mostly it is `column` itself.
 */
uint32_t words_same_cells(const struct words *words, uint32_t column);

/* The same for values that are only compared with those of the rows that feed
   one of the roles (bits). */
uint32_t words_need_partner(
	struct words *words, const char *name, unsigned roles, struct str user);

/* The column for a word in a form, or WORD_NONE if nobody needs it. */
uint32_t words_column(
	const struct words *words, struct str name, enum column_form form);

/*
 * Personal is a column, whatever word it is read by. words_class() classes the
 * spellings of the words that are declared so, words_class_bound() the field
 * that a source binds to a classed column, or the other way round. A word that
 * may be read from a classed column is personal too; its other columns are not.
 */
void words_class(struct words *words);
void words_class_bound(
	struct words *words, struct str field, struct str column);
bool words_is_personal(const struct words *words, struct str spelling);

/* A value as messages quote it: a mask if it is personal. */
struct str words_quoted(bool is_personal, struct str value);

/* The name of a word in messages: the instant of a row, which rules call
   `ts_utc_ns`, is its "time". */
struct str words_plain_name(const struct word *word);

/* "text", "time", "number" or "presence". */
const char *words_form_name(enum column_form form);

#endif
