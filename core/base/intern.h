/*
 * Names to dense numbers by first sight: the first new text gets 1, the next
 * 2, and so on; 0 is the empty text, which stands for "absent". Numbers depend
 * on the order of the calls alone, never on the hash, and texts stay where they
 * are. A table belongs to one thread. The values of a run, of which there are
 * millions, are in symbols.h.
 *
 * Open addressing with linear probing, a power of two slots, 32 bits of hash
 * beside the 32-bit number, bytes compared only where the hashes agree.
 */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include "base/sym.h"
#include "base/vec.h"

struct intern_slot {
	uint32_t hash;
	sym sym;
};

struct intern {
	struct arena texts;
	struct str_vec strings; /* by number; [0] is the empty text */
	struct intern_slot *slots;
	size_t n_slots;
	uint64_t seed;
};

/* The number of `text`, a new one if it was not seen; copies the bytes. */
sym intern_put(struct intern *in, struct str text);

/* The number of `text`, or 0 if it was never put (or is empty). */
sym intern_find(const struct intern *in, struct str text);

/* The text of `number`; lives until intern_free(). */
struct str intern_get(const struct intern *in, sym number);

/* How many numbers exist, 0 included: all are below this. */
size_t intern_count(const struct intern *in);

void intern_free(struct intern *in);

#endif
