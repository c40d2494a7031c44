/*
 * The characters that a YAML file may hold. Refused are bytes that are not
 * UTF-8 and characters that hide what a file says: controls except TAB, LF and
 * CR LF, bidirectional controls, a byte order mark that is not the first
 * character, and U+2028/9, which libyaml takes for line ends and editors do
 * not.
 */
#ifndef FORMAT_YAMLTEXT_H
#define FORMAT_YAMLTEXT_H

#include "base/diag.h"

/* True if `text`, of file `number` and without its byte order mark, is fine;
   else every bad character (of bad bytes the first) is a complaint. */
bool yamltext_check(struct str text, uint32_t number, struct diag *diag);

#endif
