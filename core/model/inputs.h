/*
 * What a report says about the inputs: each file with its rows, and each
 * source with what it claims to hold.
 */
#ifndef MODEL_INPUTS_H
#define MODEL_INPUTS_H

#include "base/err.h"
#include "base/vec.h"

struct zone;

/* read = accepted + duplicate + filtered + rejected, always. */
struct row_counts {
	uint64_t read, accepted, duplicate, filtered, rejected;
};

struct input_facts {
	struct str path;   /* as printed */
	struct str opened; /* what the system opens; "-" is stdin */
	uint32_t file;     /* its number in messages */
	uint32_t source;   /* position in the source list */
	struct str format; /* profile or reader, then what was sniffed */
	char sha256[65];   /* of the unpacked bytes; empty if not read */
	uint64_t bytes;    /* unpacked */
	struct str encoding, dialect, packing;
	struct row_counts rows;
	uint64_t untimed; /* accepted rows without a readable time */
};

/* Half-open, ns. */
struct gap {
	int64_t from, to;
};

struct source_facts {
	struct str name;
	unsigned roles; /* bit of each enum role */
	struct str format;
	int64_t first, last; /* newest and oldest event; CELL_ABSENT if none */
	int64_t start, end;  /* horizon of rules, see rules of evaluation */
	bool declared;       /* start and end were declared */
	bool has_covers;
	int64_t covers_from, covers_to; /* days, both included */
	const struct gap *gaps;
	size_t n_gaps;
	const struct zone *zone; /* for day precision; or NULL */
	struct str proves, cannot_prove;
	struct str_vec assumed; /* what nobody declared, in words */
	bool *delivers; /* per column of words->needs: some input has it */
};

#endif
