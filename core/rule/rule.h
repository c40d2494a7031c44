/*
 * Rules: the keys that all of them share, the table of shapes, and the set of
 * rules of a run. A rule is one sentence: for each activation [where ...] a
 * shape [same ...] [within ...] [unless ...]. Meaning: lineal-rules(5).
 */
#ifndef RULE_RULE_H
#define RULE_RULE_H

#include "model/kind.h"
#include "rule/form.h"

enum limit {
	LIMIT_NONE,
	LIMIT_PERIOD,
	LIMIT_LOG, /* `the log`: due at as_of */
	LIMIT_LIFE /* `its life`: due at the thing's end */
};

struct shape;

/* A form that a rule looks at, and a word of its rows that it needs (WORD_NONE:
   only the form). Without events the rows of any source may have the word. */
struct use {
	struct form form;
	uint32_t word;
	enum column_form column;
};

struct uses VEC(struct use);

struct rule {
	struct str id, title, owner, why, fix;
	struct loc loc;
	uint32_t span;
	enum severity severity;
	enum rule_status status;
	bool for_thing;
	struct form for_each; /* if not for_thing */
	uint32_t thing;       /* if for_thing */
	struct where where;
	struct number_vec same; /* words; none for `same: nothing` too */
	enum limit limit;
	struct period within;
	uint32_t starting_from; /* word, or WORD_NONE */
	bool has_warn_after;
	struct period warn_after;
	const struct calendar *calendar;
	struct where unless_where; /* field form */
	struct form unless_event;  /* event form */
	bool has_unless_within;
	struct period unless_within;
	bool has_effective;
	int64_t effective_from, effective_to; /* days; both included */
	struct str_vec cites, counts_as, tags, formerly;
	bool has_mostly;
	struct decimal mostly; /* percent */
	bool must_apply;
	bool shipped; /* of a pack, not of a file of the user's */
	struct uses uses;
	const struct shape *shape; /* NULL only after a complaint */
	void *plan;                /* of the shape */
};

struct rules VEC(struct rule);

/* What reading a rule needs. */
struct rule_reader {
	struct vocabulary *v;
	struct rule *rule;
	const struct yaml_node *map;
	const struct yaml_node *same, *calendar,
		*starting_from; /* kept nodes */
	bool has_unless_event;  /* `unless` names an event, perhaps wrongly */
};

struct check;
struct judgement;

/*
 * One rule shape. Adding one: a file shape_x.c with its keys and functions, a
 * row in shapes[] (shapes.c), its keys in the manual, a property test against
 * its definition, a rule in a pack, a golden case.
 */
struct shape {
	struct str name;
	const struct yaml_key *keys; /* read into a struct rule_reader */
	size_t n_keys;
	size_t n_heads; /* the first keys; one of them marks the shape */
	/* Makes rule->plan before the keys are read. */
	void (*init)(struct rule_reader *reader);
	/* Complains about what does not fit together and asks for columns;
	   parts that could not be read have been complained about. */
	void (*finish)(struct rule_reader *reader);
	/* Judges every activation. */
	void (*check)(struct check *check, const struct rule *rule);
	/* The sentence of one finding, living in the arena. */
	struct str (*describe)(struct arena *a, const struct check *check,
		const struct rule *rule, const struct judgement *judgement);
};

extern const struct shape shape_require, shape_records, shape_reference,
	shape_unique, shape_order, shape_sequence;

/* Reads the entries of one `rules` list and appends them, those with mistakes
   too, so that their ids are known. */
void rule_read_list(
	struct vocabulary *v, const struct yaml_node *list, struct rules *out);

/* Complains about ids that are given twice. */
void rule_check_ids(const struct rules *rules, struct diag *diag);

/* "rule R-1", or "this rule" if it has no id; lives as long as the arena. */
struct str rule_called(struct arena *a, const struct rule *rule);

/* True if the rule does not have the common key at all, or an empty list for
   it: a key whose value is wrong is not missing. */
bool rule_lacks(const struct rule_reader *reader, struct str key);

/*
 * Says that the rule looks at the events of a form, at a word of them, or at
 * all words of a `where`: asks for the columns, and lets the rule count as not
 * evaluable where no input has them.
 */
void rule_use_form(struct rule_reader *reader, const struct form *form);
void rule_use_word(struct rule_reader *reader, const struct form *form,
	uint32_t word, enum column_form column);
void rule_use_where(struct rule_reader *reader, const struct form *form,
	const struct where *where);

/* The same for a thing: its key, and its birth if it has one. */
void rule_use_thing(struct rule_reader *reader, uint32_t thing);

/* Reads a duration; false after a complaint. */
bool rule_read_period(
	const struct yaml_node *node, struct period *out, struct diag *diag);

#endif
