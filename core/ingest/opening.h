/*
 * From paths to text, on all threads: files are opened, packed ones unpacked,
 * the largest first, and the check for UTF-8 is cut into parts, so that a
 * single large file keeps all threads busy too.
 */
#ifndef INGEST_OPENING_H
#define INGEST_OPENING_H

#include "ingest/gather.h"

struct opening {
	struct input_list *inputs;
	const enum encoding *encodings; /* per input, as declared */
	const struct input_limits *limits;
	unsigned threads;
};

/* Opens, unpacks and decodes every input; complaints are in the order of the
   inputs. */
void opening_run(const struct opening *opening, struct diag *diag);

#endif
