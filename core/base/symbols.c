#include "base/symbols.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* A file of hostile ids makes no more series than this. */
#define SERIES_MAX   2048
#define SERIES_SLOTS ((size_t)4 * SERIES_MAX)

/*
 * An entry is a serial id (top bit, series, number) or the address of a text:
 * its hash, its length, its bytes.
 */
#define ENTRY_SERIAL      (UINT64_C(1) << 63)
#define ENTRY_NUMBER_BITS 47
#define ENTRY_NUMBER_MASK ((UINT64_C(1) << ENTRY_NUMBER_BITS) - 1)

struct text_head {
	uint32_t hash, len;
};

static const char *text_of(uint64_t entry, struct text_head *head)
{
	const char *at = (const char *)(uintptr_t)entry;

	memcpy(head, at, sizeof(*head));
	return at + sizeof(*head);
}

static uint64_t serial_entry(size_t series, uint64_t number)
{
	return ENTRY_SERIAL | (uint64_t)series << ENTRY_NUMBER_BITS | number;
}

static size_t series_of(uint64_t entry)
{
	return (entry & ~ENTRY_SERIAL) >> ENTRY_NUMBER_BITS;
}

/* Written before they are read: fresh memory would have two faults a page. */
static struct symbols_slot *written_slots(struct symbols *symbols, size_t n)
{
	struct symbols_slot *slots = arena_array(
		&symbols->a, struct symbols_slot, n);

	memset(slots, 0, n * sizeof(*slots));
	return slots;
}

static void start(struct symbols *symbols)
{
	symbols->seed = INTERN_SEED;
	symbols->n_slots = INTERN_FIRST;
	symbols->slots = written_slots(symbols, INTERN_FIRST);
	symbols->series_slots = arena_array(
		&symbols->a, uint16_t, SERIES_SLOTS);
	symbols->recent = arena_array(
		&symbols->a, struct symbols_recent, SYMBOLS_RECENT);
	/* The empty text. */
	vec_push(&symbols->a, &symbols->entries, ENTRY_SERIAL);
}

static sym add_entry(struct symbols *symbols, uint64_t entry)
{
	vec_push(&symbols->a, &symbols->entries, entry);
	return (sym)(symbols->entries.n - 1);
}

/* ---- texts ---- */

static uint32_t hash_of(const struct symbols *symbols, struct str text)
{
	return (uint32_t)XXH3_64bits_withSeed(text.s, text.len, symbols->seed);
}

static bool is_text(const struct symbols *symbols, sym number, struct str text)
{
	struct text_head head;
	const char *bytes = text_of(symbols->entries.at[number], &head);

	return head.len == text.len && memcmp(bytes, text.s, text.len) == 0;
}

/* The slot that holds `text`, or the free one where it belongs. */
static struct symbols_slot *probe(
	const struct symbols *symbols, struct str text, uint32_t hash)
{
	size_t mask = symbols->n_slots - 1;

	for (size_t i = hash & mask;; i = (i + 1) & mask) {
		struct symbols_slot *slot = &symbols->slots[i];

		if (slot->sym == 0 ||
			(slot->hash == hash &&
				is_text(symbols, slot->sym, text)))
			return slot;
	}
}

static void resize(struct symbols *symbols, size_t n)
{
	struct symbols_slot *old = symbols->slots;
	size_t n_old = symbols->n_slots, mask = n - 1;

	symbols->slots = written_slots(symbols, n);
	symbols->n_slots = n;
	for (size_t i = 0; i < n_old; i++) {
		size_t to = old[i].hash & mask;

		if (old[i].sym == 0)
			continue;
		while (symbols->slots[to].sym != 0)
			to = (to + 1) & mask;
		symbols->slots[to] = old[i];
	}
	arena_release(&symbols->a, old, n_old * sizeof(*old));
}

static uint64_t copy_text(
	struct symbols *symbols, struct str text, uint32_t hash)
{
	struct text_head head = {hash, (uint32_t)text.len};
	/* Packed, without alignment. */
	char *at = arena_pack(&symbols->a, sizeof(head) + text.len);

	memcpy(at, &head, sizeof(head));
	memcpy(at + sizeof(head), text.s, text.len);
	return (uint64_t)(uintptr_t)at;
}

static sym put_hashed(struct symbols *symbols, struct str text, uint32_t hash)
{
	struct symbols_slot *slot = probe(symbols, text, hash);
	sym number = slot->sym;

	if (number != 0)
		return number;
	number = add_entry(symbols, copy_text(symbols, text, hash));
	*slot = (struct symbols_slot) {hash, number};
	symbols->n_texts++;
	if (symbols->n_texts * 4 > symbols->n_slots * 3)
		resize(symbols, symbols->n_slots * 2);
	return number;
}

/* ---- serial ids ---- */

static bool same_form(
	const struct serial_form *left, const struct serial_form *right)
{
	return left->words[0] == right->words[0] &&
	       left->words[1] == right->words[1];
}

/* The slot of a form, or the free one where it belongs. */
static uint16_t *series_slot(
	const struct symbols *symbols, const struct serial_form *form)
{
	uint64_t hash = (form->words[0] ^
				(form->words[1] << 7 | form->words[1] >> 57)) *
			UINT64_C(0x9e3779b97f4a7c15);
	size_t mask = SERIES_SLOTS - 1;

	for (size_t i = hash >> 51 & mask;; i = (i + 1) & mask) {
		uint16_t *slot = &symbols->series_slots[i];

		if (*slot == 0 ||
			same_form(&symbols->series.at[*slot - 1].form, form))
			return slot;
	}
}

/* The series of a form as a number, made if there is none; SERIES_MAX if there
   are too many. */
static size_t put_series(
	struct symbols *symbols, const struct serial_form *form)
{
	uint16_t *slot = series_slot(symbols, form);
	struct symbols_series series = {.form = *form};

	if (*slot)
		return *slot - 1u;
	if (symbols->series.n == SERIES_MAX)
		return SERIES_MAX;
	vec_push(&symbols->a, &symbols->series, series);
	*slot = (uint16_t)symbols->series.n;
	return *slot - 1u;
}

/* ---- both ---- */

static sym find_text(const struct symbols *symbols, struct str text)
{
	return probe(symbols, text, hash_of(symbols, text))->sym;
}

static sym put_text(struct symbols *symbols, struct str text)
{
	return put_hashed(symbols, text, hash_of(symbols, text));
}

/* An id that may have been kept as a text before its place was made. */
static sym number_of_place(
	struct symbols *symbols, size_t series, const struct serial *serial)
{
	char room[SERIAL_TEXT_MAX];
	sym number = 0;

	if (symbols->series.at[series].has_texts)
		number = find_text(symbols, serial_print(serial, room));
	return number ? number
		      : add_entry(
				symbols, serial_entry(series, serial->number));
}

/* A serial id; one that has no place in its series is kept as a text. */
static sym put_serial(
	struct symbols *symbols, size_t number, const struct serial *serial)
{
	struct symbols_series *series;
	char room[SERIAL_TEXT_MAX];
	sym *place;

	if (number == SERIES_MAX)
		return put_text(symbols, serial_print(serial, room));
	series = &symbols->series.at[number];
	place = series_put(&series->numbers, &symbols->a, serial->number);
	if (!place) {
		series->has_texts = true;
		return put_text(symbols, serial_print(serial, room));
	}
	if (*place == 0)
		*place = number_of_place(symbols, number, serial);
	return *place;
}

static uint64_t load(const char *s, size_t n)
{
	uint64_t word = 0;

	memcpy(&word, s, n);
	return word;
}

/*
 * Words that come again and again are mostly short and few: one that was put
 * lately is found without its hash, in 8 ns instead of 14.
 */
static sym put_short(struct symbols *symbols, struct str text)
{
	struct symbols_recent now = {.len = (uint32_t)text.len};
	struct symbols_recent *recent;
	uint64_t mixed;

	if (text.len >= 8) {
		now.head = load(text.s, 8);
		now.tail = load(text.s + text.len - 8, 8);
	} else if (text.len >= 4) {
		now.head = load(text.s, 4);
		now.tail = load(text.s + text.len - 4, 4);
	} else {
		now.head = load(text.s, text.len);
	}
	mixed = (now.head ^ now.tail << 1 ^ now.len) *
		UINT64_C(0x9e3779b97f4a7c15);
	recent = &symbols->recent[mixed >> 56];
	if (recent->head == now.head && recent->tail == now.tail &&
		recent->len == now.len)
		return recent->sym;
	now.sym = put_text(symbols, text);
	*recent = now;
	return now.sym;
}

sym symbols_put(struct symbols *symbols, struct str text)
{
	struct serial serial;

	if (symbols->n_slots == 0)
		start(symbols);
	if (text.len == 0)
		return 0;
	if (!serial_read(text, &serial))
		return text.len <= 16 ? put_short(symbols, text)
				      : put_text(symbols, text);
	return put_serial(symbols, put_series(symbols, &serial.form), &serial);
}

sym symbols_find(const struct symbols *symbols, struct str text)
{
	struct serial serial;

	if (symbols->n_slots == 0 || text.len == 0)
		return 0;
	if (serial_read(text, &serial)) {
		uint16_t slot = *series_slot(symbols, &serial.form);
		const sym *place =
			slot ? series_find(
				       &symbols->series.at[slot - 1].numbers,
				       serial.number)
			     : NULL;

		if (place && *place)
			return *place;
	}
	return find_text(symbols, text);
}

struct str symbols_text(
	const struct symbols *symbols, sym number, struct symbol_text *room)
{
	struct text_head head;
	uint64_t entry;
	struct serial serial;
	const char *bytes;

	if (number == 0 || number >= symbols->entries.n)
		return STR("");
	entry = symbols->entries.at[number];
	if (!(entry & ENTRY_SERIAL)) {
		bytes = text_of(entry, &head);
		return (struct str) {bytes, head.len};
	}
	serial = (struct serial) {symbols->series.at[series_of(entry)].form,
		entry & ENTRY_NUMBER_MASK};
	return serial_print(&serial, room->bytes);
}

struct str symbols_get(
	struct arena *a, const struct symbols *symbols, sym number)
{
	struct symbol_text room;
	struct str text = symbols_text(symbols, number, &room);

	return text.s == room.bytes ? arena_copy(a, text) : text;
}

size_t symbols_count(const struct symbols *symbols)
{
	return symbols->entries.n ? symbols->entries.n : 1;
}

size_t symbols_bytes(const struct symbols *symbols)
{
	return symbols->a.bytes;
}

void symbols_free(struct symbols *symbols)
{
	arena_free(&symbols->a);
	*symbols = (struct symbols) {0};
}

/* ---- merging ---- */

/* True if some texts may be serial ids, which another table may have room
   for in their series. */
static bool keeps_ids_as_texts(const struct symbols *symbols)
{
	for (size_t i = 0; i < symbols->series.n; i++)
		if (symbols->series.at[i].has_texts)
			return true;
	return symbols->series.n == SERIES_MAX;
}

struct merger {
	struct symbols *to;
	const struct symbols *from;
	size_t *series;     /* of `from` to those of `to` */
	bool texts_are_ids; /* perhaps */
};

static sym merge_text(struct merger *merger, uint64_t entry)
{
	struct text_head head;
	const char *bytes = text_of(entry, &head);
	struct str text = {bytes, head.len};

	return merger->texts_are_ids ? symbols_put(merger->to, text)
				     : put_hashed(merger->to, text, head.hash);
}

static sym merge_entry(struct merger *merger, uint64_t entry)
{
	struct serial serial;

	if (!(entry & ENTRY_SERIAL))
		return merge_text(merger, entry);
	serial.form = merger->from->series.at[series_of(entry)].form;
	serial.number = entry & ENTRY_NUMBER_MASK;
	return put_serial(
		merger->to, merger->series[series_of(entry)], &serial);
}

/* Asks for the slot of a text before it is needed. */
static void prefetch(const struct symbols *symbols, uint64_t entry)
{
	struct text_head head;

	if (entry & ENTRY_SERIAL)
		return;
	text_of(entry, &head);
	__builtin_prefetch(&symbols->slots[head.hash & (symbols->n_slots - 1)]);
}

#define PREFETCH_AHEAD 16

void symbols_merge(
	struct symbols *symbols, const struct symbols *from, sym *map)
{
	struct arena scratch = {0};
	struct merger merger = {symbols, from,
		arena_array(&scratch, size_t, from->series.n),
		keeps_ids_as_texts(from)};
	size_t n = from->entries.n;

	if (symbols->n_slots == 0)
		start(symbols);
	for (size_t i = 0; i < from->series.n; i++)
		merger.series[i] = put_series(
			symbols, &from->series.at[i].form);
	map[0] = 0;
	for (size_t i = 1; i < n; i++) {
		if (i + PREFETCH_AHEAD < n)
			prefetch(symbols, from->entries.at[i + PREFETCH_AHEAD]);
		map[i] = merge_entry(&merger, from->entries.at[i]);
	}
	arena_free(&scratch);
}

/* ---- cutting ---- */

/* Empties a slot and moves those behind it that were pushed past it (Knuth, The
   Art of Computer Programming 3, 6.4, algorithm R). */
static void free_slot(struct symbols *symbols, size_t at)
{
	size_t mask = symbols->n_slots - 1;

	for (size_t i = (at + 1) & mask; symbols->slots[i].sym != 0;
		i = (i + 1) & mask) {
		size_t home = symbols->slots[i].hash & mask;

		if (((i - home) & mask) < ((i - at) & mask))
			continue;
		symbols->slots[at] = symbols->slots[i];
		at = i;
	}
	symbols->slots[at] = (struct symbols_slot) {0, 0};
}

static void forget_text(struct symbols *symbols, sym number)
{
	size_t mask = symbols->n_slots - 1, at;
	struct text_head head;

	text_of(symbols->entries.at[number], &head);
	at = head.hash & mask;
	while (symbols->slots[at].sym != number)
		at = (at + 1) & mask;
	free_slot(symbols, at);
	symbols->n_texts--;
}

static void forget_serial(struct symbols *symbols, uint64_t entry)
{
	struct series *series = &symbols->series.at[series_of(entry)].numbers;

	*series_find(series, entry & ENTRY_NUMBER_MASK) = 0;
	series->n_numbers--;
}

/* A serial id that was kept as a text first may have got a place besides. */
static void forget_place(struct symbols *symbols, sym number)
{
	struct text_head head;
	const char *bytes = text_of(symbols->entries.at[number], &head);
	struct serial serial;
	sym *place = NULL;
	uint16_t slot;

	if (!serial_read((struct str) {bytes, head.len}, &serial))
		return;
	slot = *series_slot(symbols, &serial.form);
	if (slot)
		place = series_find(
			&symbols->series.at[slot - 1].numbers, serial.number);
	if (!place || *place != number)
		return;
	*place = 0;
	symbols->series.at[slot - 1].numbers.n_numbers--;
}

void symbols_cut(struct symbols *symbols, size_t count)
{
	if (count >= symbols_count(symbols))
		return;
	for (size_t i = symbols->entries.n; i-- > count;) {
		uint64_t entry = symbols->entries.at[i];

		if (entry & ENTRY_SERIAL) {
			forget_serial(symbols, entry);
		} else {
			forget_place(symbols, (sym)i);
			forget_text(symbols, (sym)i);
		}
	}
	symbols->entries.n = count;
	memset(symbols->recent, 0, SYMBOLS_RECENT * sizeof(*symbols->recent));
}
