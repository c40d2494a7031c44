/*
 * Small worlds for the tests of rules: a vocabulary and rules as YAML, a log as
 * text (scene_log_p.h), the verdicts as text, with the real modules between
 * them.
 */
#ifndef RULE_SCENE_P_H
#define RULE_SCENE_P_H

#include "scene_log_p.h"

/* ---- vocabulary and rules ---- */

static inline const struct zone *scene_zone(void *ctx, struct str name)
{
	struct scene *s = ctx;
	int32_t offset;

	return zone_read_offset(name, &offset) ? zone_fixed(&s->a, offset)
					       : NULL;
}

/* The only file beside the rules: one holiday. */
static inline bool scene_read(void *ctx, uint32_t file, struct str name,
	struct str *text, uint32_t *number, struct err *err)
{
	(void)ctx;
	*number = file;
	*text = STR("2026-12-25\n");
	if (str_equal(name, STR("days.txt")))
		return true;
	return err_set(err, ERR_USAGE, (struct loc) {file, 0, 0},
		"there is no file '%.*s'", STR_ARG(name));
}

static inline const struct yaml_node *scene_yaml(
	struct scene *s, struct str text)
{
	const struct yaml_node *root = yaml_parse(&s->a, text, 1, &s->diag);

	cr_assert(root, "not YAML: %.*s", STR_ARG(text));
	return root;
}

/* Starts without a vocabulary; scene_declare() adds maps, a shipped one perhaps
   for sources of one vocabulary only, and scene_resolve() ends them. */
static inline void scene_start(struct scene *s)
{
	*s = (struct scene) {.services = {s, scene_zone, scene_read}};
	files_add(&s->a, &s->files, STR("rules.yaml"), STR(""));
	words_init(&s->words, &s->a);
	vocabulary_init(&s->v, &s->a, &s->words, &s->services, &s->diag);
}

static inline void scene_declare(struct scene *s, const char *vocabulary,
	bool shipped, const char *restricted_to)
{
	vocabulary_declare(&s->v, scene_yaml(s, str_of(vocabulary)), shipped,
		str_of(restricted_to));
}

static inline void scene_resolve(struct scene *s)
{
	form_resolve_all(&s->v);
	fingerprint_need(&s->words);
}

/* Starts with the map of a vocabulary. */
static inline void scene_open(struct scene *s, const char *vocabulary)
{
	scene_start(s);
	scene_declare(s, vocabulary, false, "");
	scene_resolve(s);
}

/* Reads a rule from the keys that follow id, title and cites; what is wrong
   with it stays in s->diag. Rules are called R1, R2, ... */
static inline void scene_try_rule(struct scene *s, const char *keys)
{
	struct str text = arena_print(&s->a,
		"[{id: R%zu, title: A rule, cites: [Policy], %s}]",
		s->rules.n + 1, keys);

	rule_read_list(&s->v, scene_yaml(s, text), &s->rules);
}

/* The same for a rule without mistakes. */
static inline void scene_rule(struct scene *s, const char *keys)
{
	scene_try_rule(s, keys);
	for (size_t i = 0; i < s->diag.items.n; i++)
		cr_assert_fail(
			"%s: %.*s", keys, STR_ARG(s->diag.items.at[i].text));
}

static inline void scene_free(struct scene *s)
{
	scene_free_log(s);
	diag_free(&s->diag);
	arena_free(&s->a);
}

/* ---- verdicts ---- */

static inline struct evaluate_request scene_request(const struct scene *s)
{
	return (struct evaluate_request) {.v = &s->v,
		.rules = &s->rules,
		.facts = &s->facts,
		.source_vocabularies = s->vocabularies,
		.jobs = 1};
}

static inline void scene_judge(struct scene *s)
{
	struct evaluate_request request = scene_request(s);

	cr_assert(s->rules.n <= SCENE_RULES);
	for (size_t i = 0; i < SCENE_RULES; i++)
		arena_free(&s->arenas[i]);
	s->sets = evaluate_sets(&s->log, &request);
	s->outcomes = evaluate(&s->log, s->arenas, &request, s->sets);
}

static inline struct str scene_counts(
	struct scene *s, const struct outcome *outcome)
{
	struct str text = STR("");

	for (size_t i = 0; i < VERDICT_N; i++)
		if (outcome->verdicts[i])
			text = arena_print(&s->log, "%.*s%s%llu %.*s",
				STR_ARG(text), text.len ? ", " : "",
				(unsigned long long)outcome->verdicts[i],
				STR_ARG(kind_verdicts[i]));
	return text;
}

/* "late @3 C1" or "gap 4..7 @3 S1": what, on which line, of which key. */
static inline struct str scene_finding(struct scene *s,
	const struct outcome *outcome, const struct judgement *j)
{
	struct str text = kind_reasons[j->reason];

	if (j->reason == REASON_GAP)
		text = arena_print(&s->log, "%.*s %lld..%lld", STR_ARG(text),
			(long long)j->number,
			(long long)((uint64_t)j->number + j->length - 1));
	text = arena_print(
		&s->log, "%.*s @%u", STR_ARG(text), s->events.line[j->event]);
	for (size_t i = 0; j->key && i < outcome->key_words.n; i++)
		text = arena_print(&s->log, "%.*s %.*s", STR_ARG(text),
			STR_ARG(symbols_show(&s->strings, j->key[i])));
	return text;
}

/* "2 ok, 1 violated: late @3 C1", findings in the order of the rows' lines, of
   equal lines in that of the judgements. */
static inline struct str scene_tell(struct scene *s, size_t rule)
{
	const struct outcome *outcome = &s->outcomes[rule];
	struct str text = scene_counts(s, outcome);
	const char *between = ": ";

	for (uint32_t line = 1; line <= s->lines.n; line++)
		for (size_t i = 0; i < outcome->judgements.n; i++) {
			const struct judgement *j = &outcome->judgements.at[i];

			if (s->events.line[j->event] != line)
				continue;
			text = arena_print(&s->log, "%.*s%s%.*s", STR_ARG(text),
				between, STR_ARG(scene_finding(s, outcome, j)));
			between = ", ";
		}
	if (outcome->not_evaluable)
		return STR("not evaluable");
	return text.len ? text : STR("never matched");
}

/* The verdicts of the first rule on a log. */
static inline struct str scene_says(struct scene *s, const char *log)
{
	scene_log(s, log);
	scene_judge(s);
	return scene_tell(s, 0);
}

/* This rule, this log, these verdicts. */
struct scene_row {
	const char *rule, *log, *says;
};

static inline void scene_expect(
	const char *vocabulary, const struct scene_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct scene s;
		struct str said;

		scene_open(&s, vocabulary);
		scene_rule(&s, rows[i].rule);
		said = scene_says(&s, rows[i].log);
		cr_expect(str_equal(said, str_of(rows[i].says)),
			"row %zu: %s; expected %s; found %.*s", i, rows[i].log,
			rows[i].says, STR_ARG(said));
		scene_free(&s);
	}
}

#define SCENE_EXPECT(vocabulary, rows) \
	scene_expect(vocabulary, rows, sizeof(rows) / sizeof((rows)[0]))

/* What is wrong with each rule: the code of its first complaint. */
struct scene_mistake {
	const char *rule, *code;
};

static inline void scene_expect_mistakes(
	const char *vocabulary, const struct scene_mistake *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct scene s;
		const char *code = "none";

		scene_open(&s, vocabulary);
		scene_try_rule(&s, rows[i].rule);
		if (s.diag.items.n)
			code = diag_name(s.diag.items.at[0].code);
		cr_expect(str_equal(str_of(code), str_of(rows[i].code)),
			"row %zu: %s; expected %s; found %s", i, rows[i].rule,
			rows[i].code, code);
		scene_free(&s);
	}
}

#define SCENE_EXPECT_MISTAKES(vocabulary, rows) \
	scene_expect_mistakes(                  \
		vocabulary, rows, sizeof(rows) / sizeof((rows)[0]))

#endif
