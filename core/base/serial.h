/*
 * Ids that are a prefix and a number of fixed width, as most systems make them:
 * "E07-000000123" is number 123 of nine digits behind "E07-". Taken apart they
 * need no bytes of their own, and their neighbours stand beside each other.
 *
 * A text is a serial id if it ends in SERIAL_DIGITS_MIN to SERIAL_DIGITS_MAX
 * digits behind at most SERIAL_PREFIX_MAX other bytes. The prefix ends in no
 * digit, so that there is one way to take it apart, and printing what was read
 * gives the same bytes.
 */
#ifndef BASE_SERIAL_H
#define BASE_SERIAL_H

#include "base/str.h"

#define SERIAL_PREFIX_MAX 15
#define SERIAL_DIGITS_MIN 4
#define SERIAL_DIGITS_MAX 14
#define SERIAL_TEXT_MAX   (SERIAL_PREFIX_MAX + SERIAL_DIGITS_MAX)

/* What all ids of a series share, packed so that two are compared as words:
   15 bytes of prefix, zeros behind it, then its length and the digits. */
struct serial_form {
	uint64_t words[2];
};

struct serial {
	struct serial_form form;
	uint64_t number; /* below 10^SERIAL_DIGITS_MAX, less than 2^47 */
};

/* Takes `text` apart; false if it is no serial id. */
bool serial_read(struct str text, struct serial *out);

/* The text of a serial id, in `buffer`; no NUL is written. */
struct str serial_print(
	const struct serial *serial, char buffer[SERIAL_TEXT_MAX]);

#endif
