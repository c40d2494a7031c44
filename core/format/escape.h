/*
 * Fields made harmless for where they are printed. Every byte that came from
 * an input, a rule file or the command line goes through here on its way out.
 * The result is a copy in the arena, or the text itself where nothing had to
 * change.
 */
#ifndef FORMAT_ESCAPE_H
#define FORMAT_ESCAPE_H

#include "base/arena.h"

/*
 * For a terminal, a log or a message: C0, DEL, C1, bidirectional controls,
 * U+2028/9 and bytes that are not UTF-8 as `\xHH` or `\u{HHHH}`, a backslash
 * as itself, `##` as `\x23#`. With `ascii` every character above 7 bits too.
 */
struct str escape_text(struct arena *a, struct str text, bool ascii);

/* The same for a path that begins a line: one that starts with ':', '#' or
   '-' is printed with "./" in front. */
struct str escape_path(struct arena *a, struct str path, bool ascii);

/* At most `width` code points: longer texts end in "…" ("..." with ascii). */
struct str escape_cut(
	struct arena *a, struct str text, size_t width, bool ascii);

#endif
