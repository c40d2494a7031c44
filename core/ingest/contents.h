/*
 * What inputs hold, by digest. SHA-256 goes through a file from its first byte
 * to its last, so a large file is the longest job of all: the digests are jobs
 * beside the reading of records, the largest input first.
 */
#ifndef INGEST_CONTENTS_H
#define INGEST_CONTENTS_H

#include "ingest/gather.h"

/* The numbers of all inputs, those with most bytes first. The array lives as
   long as the arena. */
size_t *contents_order(struct arena *a, const struct input_list *inputs);

/* Notes the digest of an input's bytes; a job of its own. Nothing for an input
   that could not be opened or unpacked. */
void contents_digest(struct input *input);

/* Complains of each input of the same content as one before it in the list,
   when all digests are known. */
void contents_report(const struct input_list *inputs, struct diag *diag);

#endif
