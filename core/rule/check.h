/*
 * What a shape works with while it judges one rule: the facts, the rows of
 * forms, the edges of the log, and the outcome it fills. The order of verdicts
 * is that of lineal-rules(5), EVALUATION. One rule is judged by one thread.
 */
#ifndef RULE_CHECK_H
#define RULE_CHECK_H

#include "model/stream.h"
#include "rule/fingerprint.h"
#include "rule/keys.h"
#include "rule/rule.h"
#include "rule/sets.h"

/* The verdict on one activation. */
struct judgement {
	enum verdict verdict;
	enum reason reason;
	row event;   /* the activation, or the row where it shows; ROW_NONE */
	row partner; /* the other row of the witness, or ROW_NONE */
	int64_t at;  /* when the rule was broken; CELL_ABSENT if not known */
	int64_t due, repaired_at; /* CELL_ABSENT if there is none */
	const sym *key; /* one symbol per word of outcome->key_words; or NULL */
	int64_t number; /* of a gap: the first absent number */
	uint64_t length;  /* of a gap: how many are absent */
	uint64_t failing; /* bits of the fields or forms that fail */
	bool close;       /* pending, past warn_after */
	uint32_t arrival; /* of the violated ones: how many came before */
};

/* What tells violations apart, by arrival, where not all are kept. */
struct identities {
	struct fingerprint fingerprint;
	struct hash_vec VEC(uint64_t) hashes;
	struct number_vec events;
};

/* A duty with its window, for downtime impact. */
struct obligation {
	row event;
	const sym *key;
	int64_t start, end; /* open from start to end */
	int64_t due, done;  /* done: CELL_ABSENT if never */
	bool missed;
};

#define UNKNOWN_ROWS 5

/* The verdicts `unknown` for one reason: their number, and the first rows by
   file and line. */
struct unknowns {
	uint64_t count;
	row rows[UNKNOWN_ROWS];
	uint32_t n;
};

/* Everything that judging a rule says. */
struct outcome {
	uint64_t verdicts[VERDICT_N];
	size_t most; /* judgements to keep, those of the first places; 0: all */
	struct judgements VEC(struct judgement) judgements; /* violated ones */
	struct identities identities; /* empty if all of them are kept */
	sym *keys;                    /* of the judgements, if they are cut */
	bool is_cut;
	/* All of them: downtime impact is a number, not a sample. */
	struct obligations VEC(struct obligation) obligations;
	struct streams streams;
	struct number_vec
		key_words;    /* words that a judgement's key is made of */
	uint64_t activations; /* before `effective` and `unless` */
	uint64_t undecided_partners; /* partner rows with undecidable `where` */
	uint64_t unborn;             /* things seen without birth */
	uint64_t close;              /* pending, past warn_after */
	uint64_t fan_out;            /* rows with more key values than taken */
	struct unknowns unknowns[REASON_N];
	int64_t log_start; /* where the horizon begins, by which shapes judge */
	bool lacks_holidays;
	int64_t without_holidays; /* the first end of a period in a year that
				     the calendar does not know */
	row fan_out_row;          /* one of them, if there is one */
	bool partner_never_seen;
	bool not_evaluable;
	struct str why;     /* not evaluable: which names have no column */
	uint64_t rows_seen; /* of the forms that the rule looks at */
	int64_t cost_ns;    /* what judging took, if there is a clock */
};

struct check {
	const struct facts *facts;
	const struct vocabulary *v;
	struct sets *sets;
	struct arena *a;       /* lives as long as the outcome */
	struct arena *scratch; /* lives until the rule is judged */
	const struct rule *rule;
	struct outcome *outcome;
	bool wants_obligations;
};

/* The edges of the log for an event form: events of it that lie outside are not
   in the log. A form without events stands for any event of any source. */
struct horizon {
	int64_t start, end;
};

struct horizon check_horizon(
	const struct check *check, const struct form *form);

/* The rows of a form, living as long as check->scratch; counted as seen. */
struct form_rows check_form(struct check *check, const struct form *form);

/* Which rows are activations, and what lines 1 and 2 say about them. */
struct activations {
	struct bits rows;        /* `where` is true, or cannot be decided */
	struct bits outside;     /* of `effective`: not applicable */
	struct bits excepted;    /* by fields: not applicable */
	struct bits undecidable; /* unknown (unreadable) */
	struct bits no_time; /* `effective` needs a time that is not there */
};

/* The activations among `rows` (of the rule's own `for_each` if NULL). */
struct activations check_activations(
	struct check *check, const struct bits *rows);

/*
 * Settles an activation by lines 1 and 2: true, with the verdict counted, if
 * one of them applies. `judgement` holds the event.
 */
bool check_settles(struct check *check, const struct activations *activations,
	struct judgement *judgement);

/* The rows 64 * w + i that are settled, a bit each. */
static inline uint64_t check_settled_word(
	const struct activations *activations, size_t w)
{
	return activations->outside.words[w] | activations->excepted.words[w] |
	       activations->undecidable.words[w] |
	       activations->no_time.words[w];
}

/* True if one of them applies; counts nothing. */
static inline bool check_is_settled(
	const struct activations *activations, row e)
{
	return (check_settled_word(activations, e / 64) >> e % 64 & 1) != 0;
}

/* Counts `n` judgements of which nothing else is kept: `ok` and `not
   applicable`. */
void check_count(struct check *check, enum verdict verdict, uint64_t n);

/* Counts a judgement, and keeps it, with a copy of its key, if it is violated.
 */
void check_judge(struct check *check, const struct judgement *judgement);

/* A judgement of `event` with nothing else known. */
struct judgement check_start(row event);

/* `n` times ROW_NONE, for a row per key. */
row *check_no_rows(struct check *check, uint32_t n);

/* The event form of `unless` where order does not matter: per key two of its
   rows, because no row excuses itself. */
struct exceptions {
	row *first, *second;
};

struct exceptions check_exceptions(
	struct check *check, const struct keys *keys);

/* True if a row other than `e` excuses key `k`. */
bool check_is_excepted(const struct exceptions *exceptions, uint32_t k, row e);

/* The same for activations of shapes that join by nothing else. Both sets are
   empty in a rule without the event form of `unless`. */
struct excuses {
	struct bits rows;    /* another row excuses a key of it */
	struct bits keyless; /* it has no key: unknown (no-key) */
};

struct excuses check_excuses(
	struct check *check, const struct bits *activations);

/* Keys of `keys` that were born, for a form that begins at `start`: some thing
   with this key has a birth event at or after it. A set over keys->n. */
struct bits check_born(
	struct check *check, const struct keys *keys, int64_t start);

/*
 * The keys of `rows` over `words`. The judgements of the rule carry these keys,
 * so their words become outcome->key_words, and rows with more keys than are
 * taken are counted.
 */
struct keys check_keys(struct check *check, const struct number_vec *words,
	const struct bits *rows);

/* Keys that an untimed row of `rows` carries. A set over keys->n. */
struct bits check_untimed_keys(const struct check *check,
	const struct keys *keys, const struct bits *rows);

/* Per key, the first row of `rows` that carries it: timed rows in order, then
   untimed ones; or ROW_NONE. */
row *check_first_rows(
	struct check *check, const struct keys *keys, const struct bits *rows);

/* True if the row has a place in the order. */
static inline bool check_is_timed(const struct check *check, row e)
{
	return e < check->facts->events->n_timed;
}

/* The symbols of key `k`. */
const sym *check_key(const struct keys *keys, uint32_t k);

/* The column of `starting_from`, or WORD_NONE if the event's time counts. */
uint32_t check_anchor_column(const struct check *check);

/* When the clock of an activation starts, by that column; no value if it is
   not known. */
int64_t check_anchor(const struct check *check, uint32_t column, row e);

/* True if the due time depends on an anchor that is not known. */
bool check_lacks_anchor(const struct check *check, int64_t anchor);

/* The end of a period of the rule's calendar that starts at `start`, not
   extended: for looking back, and for `warn_after`. */
int64_t check_window(
	const struct check *check, int64_t start, struct period period);

/* The due time of a forward duty that starts at `anchor`. */
int64_t check_due(const struct check *check, int64_t anchor);

/*
 * Notes the duty of an activation if somebody wants obligations: open from
 * `anchor` to its due time, its completion `done` (CELL_ABSENT: never) or
 * as_of, whichever comes first. Duties that do not apply, and those whose start
 * is not known, are left out.
 */
void check_add_obligation(struct check *check,
	const struct judgement *judgement, int64_t anchor, int64_t done);

/* Marks a pending judgement as close if as_of is past warn_after. */
void check_mark_close(
	const struct check *check, struct judgement *judgement, int64_t anchor);

#endif
