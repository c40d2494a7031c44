#include "rule/violations.h"

#include "rule/fingerprint.h"

#include <stdlib.h>
#include <string.h>

size_t violations_count(const struct outcome *outcome)
{
	return outcome->identities.events.n ? outcome->identities.events.n
					    : outcome->judgements.n;
}

/* ---- order ---- */

struct item {
	struct str path;
	uint32_t line;
	const struct judgement *judgement;
};

static struct item item_of(
	const struct check *check, const struct judgement *judgement)
{
	const struct facts *facts = check->facts;
	struct loc loc = facts_place(facts, judgement->event);

	return (struct item) {
		files_path(facts->files, loc.file), loc.line, judgement};
}

static int compare_items(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	int order = str_compare(a->path, b->path);

	if (order != 0)
		return order;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->judgement->arrival < b->judgement->arrival
		       ? -1
		       : a->judgement->arrival > b->judgement->arrival;
}

/* ---- the identities of all ---- */

static void add_identity(
	const struct check *check, const struct judgement *judgement)
{
	struct identities *all = &check->outcome->identities;

	vec_push(check->a, &all->hashes,
		fingerprint_hash(&all->fingerprint, check->outcome, judgement));
	vec_push(check->a, &all->events, judgement->event);
}

/* The first time that some are left out, none is missing yet. */
static void start_identities(const struct check *check)
{
	struct outcome *outcome = check->outcome;

	outcome->identities.fingerprint = fingerprint_start(
		check->facts, check->rule);
	for (size_t i = 0; i < outcome->judgements.n; i++)
		add_identity(check, &outcome->judgements.at[i]);
}

/* ---- cutting back ---- */

/* Copies the judgements of the first `most` items, and their keys, to the
   front, where they stay in this order. */
static void take_items(
	const struct check *check, const struct item *items, struct arena *a)
{
	struct outcome *outcome = check->outcome;
	size_t n = outcome->most, width = outcome->key_words.n;
	struct judgement *kept = arena_array(a, struct judgement, n);
	sym *keys = arena_array(a, sym, n * width);

	for (size_t i = 0; i < n; i++) {
		kept[i] = *items[i].judgement;
		if (kept[i].key)
			memcpy(&keys[i * width], kept[i].key,
				width * sizeof(*keys));
	}
	for (size_t i = 0; i < n; i++) {
		if (kept[i].key)
			kept[i].key = &outcome->keys[i * width];
		outcome->judgements.at[i] = kept[i];
	}
	if (width)
		memcpy(outcome->keys, keys, n * width * sizeof(*keys));
	outcome->judgements.n = n;
}

static void cut_back(const struct check *check)
{
	struct outcome *outcome = check->outcome;
	struct arena scratch = {0};
	size_t n = outcome->judgements.n;
	struct item *items = arena_array(&scratch, struct item, n);

	if (!outcome->identities.events.n) {
		start_identities(check);
		outcome->keys = arena_array(check->a, sym,
			2 * outcome->most * outcome->key_words.n);
	}
	for (size_t i = 0; i < n; i++)
		items[i] = item_of(check, &outcome->judgements.at[i]);
	qsort(items, n, sizeof(*items), compare_items);
	take_items(check, items, &scratch);
	outcome->is_cut = true;
	arena_free(&scratch);
}

void violations_finish(struct check *check)
{
	const struct outcome *outcome = check->outcome;

	if (outcome->most && outcome->judgements.n > outcome->most)
		cut_back(check);
}

/* ---- taking one ---- */

/* After a cut the last one kept is the `most`th of those before it. */
static bool is_behind(
	const struct check *check, const struct judgement *judgement)
{
	const struct outcome *outcome = check->outcome;
	struct item last, item;

	if (!outcome->is_cut)
		return false;
	last = item_of(check, &outcome->judgements.at[outcome->most - 1]);
	item = item_of(check, judgement);
	return compare_items(&item, &last) > 0;
}

static const sym *copy_key(const struct check *check, const sym *key)
{
	const struct outcome *outcome = check->outcome;
	size_t width = outcome->key_words.n;
	sym *copy;

	if (!key || !width)
		return key;
	copy = outcome->is_cut ? &outcome->keys[outcome->judgements.n * width]
			       : arena_array(check->a, sym, width);
	memcpy(copy, key, width * sizeof(*copy));
	return copy;
}

void violations_add(struct check *check, const struct judgement *judgement)
{
	struct outcome *outcome = check->outcome;
	struct judgement kept = *judgement;

	kept.arrival = (uint32_t)violations_count(outcome);
	if (outcome->is_cut) {
		add_identity(check, judgement);
		if (is_behind(check, &kept))
			return;
	}
	kept.key = copy_key(check, judgement->key);
	vec_push(check->a, &outcome->judgements, kept);
	if (outcome->most && outcome->judgements.n == 2 * outcome->most)
		cut_back(check);
}
