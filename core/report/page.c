#include "report/page.h"

#include "format/escape.h"
#include "format/text.h"

#include <stdio.h>
#include <string.h>

/* Longer data is cut: the complete result has all of it. */
#define DATA_MAX 240

/* No line is indented less, unless its paragraph begins so. */
#define INDENT_MIN 2

void page_begin(struct page *page, size_t first, size_t hang)
{
	page->indent = first;
	page->hang = hang;
	page->column = page->gap = 0;
	page->begun = false;
}

static void put_blanks(struct page *page, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sink_write(page->sink, STR(" "));
	page->column += n;
}

/* Every PAGE_BLANK as the blank that it stands for. */
static struct str with_blanks(struct page *page, struct str word)
{
	char *copy;

	if (str_find(word, PAGE_BLANK) == word.len)
		return word;
	copy = arena_alloc(&page->a, word.len);
	for (size_t i = 0; i < word.len; i++)
		copy[i] = word.s[i] == PAGE_BLANK ? ' ' : word.s[i];
	return (struct str) {copy, word.len};
}

/* `word`, which begins a line, so that it is no command of a build service. */
static struct str disarmed(struct page *page, struct str word)
{
	size_t blanks = 0;

	while (blanks < word.len && word.s[blanks] == ' ')
		blanks++;
	if (!str_has_prefix(str_slice(word, blanks, word.len), STR("::")))
		return word;
	return arena_print(&page->a, "%*s\\x3a%.*s", (int)blanks, "",
		STR_ARG(str_slice(word, blanks + 1, word.len)));
}

/* The indentation of a line that begins with a word of `width` columns. */
static size_t indent_for(const struct page *page, size_t width)
{
	size_t all = page->options->width, indent = page->indent;

	if (indent <= INDENT_MIN || indent + width <= all)
		return indent;
	return width + INDENT_MIN <= all ? all - width : INDENT_MIN;
}

static void put_word(struct page *page, const char *color, struct str word)
{
	struct str shown = with_blanks(page, word);
	size_t width = text_width(shown);

	if (word.len == 0)
		return;
	if (page->begun &&
		page->column + page->gap + width > page->options->width) {
		sink_write(page->sink, STR("\n"));
		page_begin(page, page->hang, page->hang);
	}
	if (!page->begun) {
		shown = disarmed(page, shown);
		width = text_width(shown);
		page->gap = indent_for(page, width);
	}
	put_blanks(page, page->gap);
	if (color)
		sink_print(page->sink, "\033[%sm%.*s\033[0m", color,
			STR_ARG(shown));
	else
		sink_write(page->sink, shown);
	page->column += width;
	page->gap = 1;
	page->begun = true;
}

void page_word(struct page *page, struct str word)
{
	put_word(page, NULL, word);
}

void page_paint(struct page *page, const char *color, struct str word)
{
	put_word(page, page->options->color ? color : NULL, word);
}

void page_text(struct page *page, struct str text)
{
	size_t at = 0;

	while (at < text.len) {
		size_t blanks = 0, len;

		while (at + blanks < text.len && text.s[at + blanks] == ' ')
			blanks++;
		at += blanks;
		if (blanks > 0)
			page->gap = blanks;
		len = str_find(str_slice(text, at, text.len), ' ');
		put_word(page, NULL, str_slice(text, at, len));
		at += len;
	}
}

void page_print(struct page *page, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	page_text(page, arena_print_list(&page->a, format, args));
	va_end(args);
}

void page_tab(struct page *page, size_t column)
{
	page->gap = column > page->column + 1 ? column - page->column : 2;
}

void page_end(struct page *page)
{
	sink_write(page->sink, STR("\n"));
	page_begin(page, 0, 0);
}

void page_heading(struct page *page, const char *text)
{
	page_begin(page, 0, 0);
	page_end(page);
	page_paint(page, PAGE_BOLD, str_of(text));
	page_end(page);
}

struct str page_safe(struct page *page, struct str text)
{
	bool ascii = page->options->ascii;

	return escape_cut(
		&page->a, escape_text(&page->a, text, ascii), DATA_MAX, ascii);
}

static struct str whole(struct page *page, struct str text)
{
	char *copy;

	if (str_find(text, ' ') == text.len)
		return text;
	copy = arena_alloc(&page->a, text.len);
	for (size_t i = 0; i < text.len; i++)
		copy[i] = text.s[i] == ' ' ? PAGE_BLANK : text.s[i];
	return (struct str) {copy, text.len};
}

struct str page_whole(struct page *page, struct str text)
{
	return whole(page, page_safe(page, text));
}

struct str page_path(struct page *page, struct str path)
{
	return whole(page, escape_path(&page->a, path, page->options->ascii));
}

struct str page_place(struct page *page, const struct place *place)
{
	struct str path = page_path(page, place->path);

	if (place->line == 0)
		return path;
	return arena_print(
		&page->a, "%.*s:%u", STR_ARG(path), (unsigned)place->line);
}
