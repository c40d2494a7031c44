/*
 * What inputs hold, by digest. SHA-256 goes through a file from its first byte
 * to its last and cannot be shared out: the digest of an input goes on in a job
 * beside those that read its records, as far as they go.
 */
#ifndef INGEST_CONTENTS_H
#define INGEST_CONTENTS_H

#include "ingest/gather.h"

/* The numbers of all inputs, those with most bytes first. The array lives as
   long as the arena. */
size_t *contents_order(struct arena *a, const struct input_list *inputs);

/* Where the digest of an input may go to when a slice of its text was read, the
   last one or not. */
size_t contents_end(const struct input *input, struct str text, bool last);

/* Takes the bytes before `end` into the digest of an input, those that are not
   in it yet, and notes the digest at the end of its bytes; a job of its own.
   Nothing for an input that could not be opened or unpacked. */
void contents_digest(struct input *input, size_t end);

/* Complains of each input of the same content as one before it in the list,
   when all digests are known. */
void contents_report(const struct input_list *inputs, struct diag *diag);

#endif
