/*
 * Text for people: words laid into lines of a width. A line breaks only at a
 * blank, so it is wider than the width only where a single word is; no line
 * ends in a blank. Texts and words must be harmless already, which page_safe()
 * and page_place() see to. The first word of a line that begins with "::" is
 * changed to `\x3a:`, because build services take such a line as a command,
 * blanks in front or not.
 *
 * A paragraph is page_begin(), then words, texts and tabs, then page_end().
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "io/sink.h"
#include "model/result.h"
#include "report/report.h"

/* Stands for a blank at which no line may break. */
#define PAGE_BLANK '\x1f'

/* Colours, as the parameter of "select graphic rendition" (ECMA-48). */
#define PAGE_BOLD   "1"
#define PAGE_RED    "1;31"
#define PAGE_GREEN  "1;32"
#define PAGE_YELLOW "1;33"

/* Set `sink` and `options`; the rest is zero. `options->width` is 40 or
   more. */
struct page {
	struct sink *sink;
	const struct report_options *options;
	struct arena a; /* texts of the section being written */
	size_t indent;  /* of the next line */
	size_t hang;    /* of the lines behind a break */
	size_t column;  /* columns of this line so far */
	size_t gap;     /* blanks before the next word */
	bool begun;     /* this line has a word */
};

/* Begins a paragraph: its first line is indented by `first` columns, the
   others by `hang`, or by less where only that keeps a word inside the
   width. */
void page_begin(struct page *page, size_t first, size_t hang);

/* A word that stays whole. The empty word is nothing. */
void page_word(struct page *page, struct str word);

/* The same in a colour, if the options want any. */
void page_paint(struct page *page, const char *color, struct str word);

/* The words of a text. Runs of blanks between them stay, but at a break. */
void page_text(struct page *page, struct str text);
void page_print(struct page *page, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The next word stands at `column` of the line, from 0, or two blanks behind
   what is there already. */
void page_tab(struct page *page, size_t column);

void page_end(struct page *page);

/* The heading of a section: an empty line, and at most 40 columns in bold. */
void page_heading(struct page *page, const char *text);

/*
 * Data as text, harmless and at most 240 code points long, living as long as
 * page->a; and what holds no blank at which a line could break: a value, a
 * path, and the place "path:line". An absent line number is left out.
 */
struct str page_safe(struct page *page, struct str text);
struct str page_whole(struct page *page, struct str text);
struct str page_path(struct page *page, struct str path);
struct str page_place(struct page *page, const struct place *place);

#endif
