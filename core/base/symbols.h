/*
 * The values of a run, as dense numbers by first sight: the first new text gets
 * 1, the next 2, and so on; 0 is the empty text, which stands for "absent".
 * Numbers depend on the order of the calls alone. It gives the numbers of
 * `intern`, which is for names; this one is for millions of values:
 *
 * - a serial id is kept as its series and number, without its bytes, and found
 *   by counting, not by hashing (serial.h, series.h). Of 7 million ids that
 *   come in order each takes 13 bytes instead of 51, and 36 ns instead of 143;
 * - any other text costs its bytes, 8 more, 8 for its number and a slot.
 *
 * A table belongs to one thread. Merging tables part by part in file order
 * gives the numbers of one serial run.
 */
#ifndef BASE_SYMBOLS_H
#define BASE_SYMBOLS_H

#include "base/serial.h"
#include "base/series.h"
#include "base/vec.h"

struct symbols_slot {
	uint32_t hash;
	sym sym;
};

/* One series of serial ids. */
struct symbols_series {
	struct serial_form form;
	struct series numbers;
	bool has_texts; /* some ids lie too far away and are kept as texts */
};

/* A short text that was put lately, as its first and its last eight bytes,
   which are all of it, and its length. */
struct symbols_recent {
	uint64_t head, tail;
	uint32_t len;
	sym sym;
};

#define SYMBOLS_RECENT 256

struct symbols {
	struct arena a;
	struct symbol_entries VEC(uint64_t) entries; /* by number */
	struct symbols_slot *slots;                  /* of texts */
	size_t n_slots, n_texts;
	struct symbols_series_vec VEC(struct symbols_series) series;
	uint16_t *series_slots;        /* number + 1, by a hash of the form */
	struct symbols_recent *recent; /* SYMBOLS_RECENT of them */
	uint64_t seed;
};

/* Where the text of a serial id is put. */
struct symbol_text {
	char bytes[SERIAL_TEXT_MAX];
};

/* The number of `text`, a new one if it was not seen; copies the bytes. */
sym symbols_put(struct symbols *symbols, struct str text);

/* The number of `text`, or 0 if it was never put (or is empty). */
sym symbols_find(const struct symbols *symbols, struct str text);

/* The text of `number`; lives as long as both the table and `room`. */
struct str symbols_text(
	const struct symbols *symbols, sym number, struct symbol_text *room);

/* The same for use in place: lives until the enclosing block ends. */
#define symbols_show(symbols, number) \
	symbols_text(symbols, number, &(struct symbol_text) {{0}})

/* The same, living as long as both the table and the arena. */
struct str symbols_get(
	struct arena *a, const struct symbols *symbols, sym number);

/* How many numbers exist, 0 included: all are below this. */
size_t symbols_count(const struct symbols *symbols);

/* Puts all texts of `from` in their order; `map` has symbols_count(from) items
   and receives their numbers here. */
void symbols_merge(
	struct symbols *symbols, const struct symbols *from, sym *map);

/* Forgets the texts whose numbers are not below `count`, in time of their
   number; their memory stays with the table. */
void symbols_cut(struct symbols *symbols, size_t count);

/* Bytes that the table takes. */
size_t symbols_bytes(const struct symbols *symbols);

void symbols_free(struct symbols *symbols);

#endif
