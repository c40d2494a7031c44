#include "rule/fingerprint.h"

#include "base/bits.h"
#include "format/digest.h"
#include "format/timestamp.h"
#include "rule/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID FINGERPRINT_FIELDS

/* The order of the first is part of the digest. */
static const char *const identity_fields[FINGERPRINT_FIELDS + 1] = {"action",
	"actor_id", "field", "object_id", "object_type",
	"request_id", [ID] = "event_id"};

void fingerprint_need(struct words *words)
{
	words_need_field(
		words, identity_fields[ID], COLUMN_SYM, STR("findings"));
	for (size_t i = 0; i < FINGERPRINT_FIELDS; i++)
		words_need_field(
			words, identity_fields[i], COLUMN_SYM, STR("findings"));
}

struct fingerprint fingerprint_start(
	const struct facts *facts, const struct rule *rule)
{
	struct fingerprint out = {.facts = facts, .rule = rule};

	for (size_t i = 0; i <= ID; i++)
		out.columns[i] = words_column(
			facts->words, str_of(identity_fields[i]), COLUMN_SYM);
	return out;
}

static sym value_of(const struct fingerprint *f, size_t field, row e)
{
	return facts_sym(f->facts, f->columns[field], e);
}

/* A thing is identified by its key alone, a gap by its stream and number. */
static bool is_of_thing(const struct rule *rule, const struct judgement *j)
{
	return rule->shape == &shape_records || j->reason == REASON_GAP;
}

/* ---- occurrences ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash ^= value;
	hash *= 0xff51afd7ed558ccdu;
	return hash ^ hash >> 33;
}

uint64_t fingerprint_hash(const struct fingerprint *f,
	const struct outcome *outcome, const struct judgement *j)
{
	uint64_t hash = 1;
	sym id;

	for (size_t i = 0; j->key && i < outcome->key_words.n; i++)
		hash = mix(hash, j->key[i]);
	if (is_of_thing(f->rule, j))
		return mix(hash, (uint64_t)j->number);
	id = value_of(f, ID, j->event);
	if (id)
		return mix(hash, id);
	hash = mix(hash, (uint64_t)f->facts->events->time[j->event]);
	for (size_t i = 0; i < FINGERPRINT_FIELDS; i++)
		hash = mix(hash, value_of(f, i, j->event));
	return hash;
}

struct identity {
	uint64_t hash;
	row event;
	uint32_t arrival;
	uint32_t number; /* of the kept judgement */
	uint32_t before; /* equal ones between the one before and this one */
};

static int compare_identities(const void *left, const void *right)
{
	const struct identity *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->event != b->event)
		return a->event < b->event ? -1 : 1;
	return a->arrival < b->arrival ? -1 : a->arrival > b->arrival;
}

/* The kept judgements by identity. */
static struct identity *sorted_identities(struct arena *a,
	const struct fingerprint *f, const struct outcome *outcome)
{
	size_t n = outcome->judgements.n;
	struct identity *all = arena_array(a, struct identity, n);

	for (size_t i = 0; i < n; i++) {
		const struct judgement *j = &outcome->judgements.at[i];

		all[i] = (struct identity) {
			.hash = fingerprint_hash(f, outcome, j),
			.event = j->event,
			.arrival = j->arrival,
			.number = (uint32_t)i};
	}
	if (n)
		qsort(all, n, sizeof(*all), compare_identities);
	return all;
}

/* How many of the `n` sorted ones are not behind `one`. */
static size_t position_of(
	const struct identity *all, size_t n, const struct identity *one)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_identities(&all[middle], one) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

#define SEEN_BITS 20 /* of a hash: 1 % of them with 10000 findings */

static size_t seen_of(uint64_t hash)
{
	return hash >> (64 - SEEN_BITS);
}

/* Counts each violation that is not kept, of the same identity as a kept one,
   for the first kept one behind it. */
static void count_others(const struct outcome *outcome, struct identity *kept)
{
	struct arena scratch = {0};
	const struct identities *all = &outcome->identities;
	size_t n = outcome->judgements.n;
	struct bits seen;

	if (!all->events.n)
		return;
	seen = bits_new(&scratch, (size_t)1 << SEEN_BITS);
	for (size_t i = 0; i < n; i++)
		bits_add(&seen, seen_of(kept[i].hash));
	for (uint32_t i = 0; i < all->events.n; i++) {
		struct identity one = {.hash = all->hashes.at[i],
			.event = all->events.at[i],
			.arrival = i};
		size_t at;

		if (!bits_has(&seen, seen_of(one.hash)))
			continue;
		at = position_of(kept, n, &one);
		/* A kept one is not among the others. */
		if (at && compare_identities(&kept[at - 1], &one) == 0)
			continue;
		if (at < n && kept[at].hash == one.hash)
			kept[at].before++;
	}
	arena_free(&scratch);
}

uint32_t *fingerprint_occurrences(struct arena *a, const struct fingerprint *f,
	const struct outcome *outcome)
{
	struct arena scratch = {0};
	size_t n = outcome->judgements.n;
	uint32_t *occurrences = arena_array(a, uint32_t, n);
	struct identity *kept = sorted_identities(&scratch, f, outcome);
	uint32_t count = 0;

	count_others(outcome, kept);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || kept[i].hash != kept[i - 1].hash)
			count = 0;
		count += kept[i].before + 1;
		occurrences[kept[i].number] = count;
	}
	arena_free(&scratch);
	return occurrences;
}

/* ---- the digest ---- */

static void add_number(struct digest_sha256 *digest, long long number)
{
	char text[24];
	int len = snprintf(text, sizeof(text), "%lld", number);

	digest_sha256_add_field(digest, (struct str) {text, (size_t)len});
}

/* "2026-03-01T10:00:00.000000000Z", always with nine decimals. */
static void add_time(struct digest_sha256 *digest, int64_t ns)
{
	char text[48], whole[40];
	int64_t s = ns / NS_PER_SECOND - (ns % NS_PER_SECOND < 0);
	struct str seconds;
	int len;

	if (!cell_is_value(ns)) {
		digest_sha256_add_field(digest, STR("untimed"));
		return;
	}
	seconds = timestamp_print(s * NS_PER_SECOND, whole);
	len = snprintf(text, sizeof(text), "%.*s.%09lldZ", (int)seconds.len - 1,
		seconds.s, (long long)(ns - s * NS_PER_SECOND));
	digest_sha256_add_field(digest, (struct str) {text, (size_t)len});
}

static void add_fields(
	struct digest_sha256 *digest, const struct fingerprint *f, row e)
{
	struct digest_sha256 fields;
	char hex[65];

	digest_sha256_init(&fields);
	for (size_t i = 0; i < FINGERPRINT_FIELDS; i++)
		digest_sha256_add_field(&fields,
			symbols_show(f->facts->strings, value_of(f, i, e)));
	digest_sha256_hex(&fields, hex);
	digest_sha256_add_field(digest, str_of(hex));
}

static void add_identity(struct digest_sha256 *digest,
	const struct fingerprint *f, const struct judgement *j)
{
	sym id;

	if (is_of_thing(f->rule, j)) {
		if (j->reason == REASON_GAP)
			add_number(digest, (long long)j->number);
		return;
	}
	id = value_of(f, ID, j->event);
	if (id) {
		digest_sha256_add_field(
			digest, symbols_show(f->facts->strings, id));
		return;
	}
	add_time(digest, f->facts->events->time[j->event]);
	add_fields(digest, f, j->event);
}

void fingerprint_of(const struct fingerprint *f, const struct outcome *outcome,
	const struct judgement *judgement, uint32_t occurrence, char hex[33])
{
	const struct facts *facts = f->facts;
	const struct rule *rule = f->rule;
	struct digest_sha256 digest;
	char full[65];

	digest_sha256_init(&digest);
	digest_sha256_add_field(&digest, STR("lineal-fp-1"));
	digest_sha256_add_field(
		&digest, rule->formerly.n ? rule->formerly.at[0] : rule->id);
	digest_sha256_add_field(&digest, STR("0")); /* not mirrored */
	for (size_t i = 0; judgement->key && i < outcome->key_words.n; i++) {
		uint32_t word = outcome->key_words.at[i];

		digest_sha256_add_field(
			&digest, facts->words->words.at[word].name);
		digest_sha256_add_field(&digest,
			symbols_show(facts->strings, judgement->key[i]));
	}
	add_identity(&digest, f, judgement);
	add_number(&digest, occurrence);
	digest_sha256_hex(&digest, full);
	memcpy(hex, full, 32);
	hex[32] = '\0';
}
