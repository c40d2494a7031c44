#include "lineal/message.h"

#include "format/escape.h"
#include "format/text.h"

#include <string.h>

/* Complaints of one kind about one file that are printed; the rest is counted.
   Errors must all be mended, so they have more room. */
#define SHOWN_WARNINGS 5
#define SHOWN_ERRORS   DIAG_KEEP

struct printer {
	struct sink *sink;
	const struct files *files;
	const struct message_options *options;
	struct arena a;
	uint32_t file;            /* whose complaints are printed */
	uint32_t printed[DIAG_N]; /* of that file */
	struct str help[DIAG_N];  /* said last */
};

static uint64_t shown(const struct printer *p, enum diag_code code)
{
	if (p->options->all)
		return DIAG_KEEP;
	return diag_level(code) <= DIAG_WARNING ? SHOWN_WARNINGS : SHOWN_ERRORS;
}

static const char *word_of(enum diag_level level)
{
	return level == DIAG_NOTE      ? "note"
	       : level == DIAG_WARNING ? "warning"
				       : "error";
}

static const char *color_of(enum diag_level level)
{
	return level == DIAG_NOTE      ? "1;36"
	       : level == DIAG_WARNING ? "1;33"
				       : "1;31";
}

static void print_place(struct printer *p, struct loc loc)
{
	struct str path = files_path(p->files, loc.file);

	if (path.len == 0) {
		sink_write(p->sink, STR("lineal: "));
		return;
	}
	path = escape_path(&p->a, path, p->options->ascii);
	sink_write(p->sink, path);
	if (loc.line)
		sink_print(p->sink, ":%u", loc.line);
	if (loc.line && loc.col)
		sink_print(p->sink, ":%u", loc.col);
	sink_write(p->sink, STR(": "));
}

static void print_head(struct printer *p, const struct diag_item *item)
{
	enum diag_level level = diag_level(item->code);

	print_place(p, item->loc);
	if (p->options->color)
		sink_print(p->sink, "\033[%sm", color_of(level));
	sink_print(p->sink, "%s[%s]", word_of(level), diag_name(item->code));
	if (p->options->color)
		sink_write(p->sink, STR("\033[0m"));
	sink_print(p->sink, ": %.*s\n",
		STR_ARG(escape_text(&p->a, item->text, p->options->ascii)));
}

/* Line `number` of a text, without its end. */
static struct str line_of(struct str text, uint32_t number)
{
	struct str line = STR("");

	while (number-- > 0 && text.s)
		line = str_cut(&text, '\n');
	if (line.len && line.s[line.len - 1] == '\r')
		line.len--;
	return line;
}

/* A line of a file as it is shown: a tab as one visible character. */
static struct str visible(struct printer *p, struct str line)
{
	struct str tab = p->options->ascii ? STR("\\x09") : STR("\u2409");
	struct str out = STR("");

	while (line.s) {
		struct str part = escape_text(
			&p->a, str_cut(&line, '\t'), p->options->ascii);

		out = arena_print(&p->a, "%.*s%.*s%.*s", STR_ARG(out),
			STR_ARG(part), STR_ARG(line.s ? tab : STR("")));
	}
	return out;
}

/* The first `columns` code points of a line, as wide as printed. */
static size_t width_before(struct printer *p, struct str line, uint32_t columns)
{
	size_t bytes = 0;

	while (columns-- > 0 && bytes < line.len) {
		bytes++;
		while (bytes < line.len && (line.s[bytes] & 0xc0) == 0x80)
			bytes++;
	}
	return text_width(visible(p, str_slice(line, 0, bytes)));
}

static void print_times(struct printer *p, char c, size_t n)
{
	while (n-- > 0)
		sink_print(p->sink, "%c", c);
}

/* The line with a caret under the span; only files whose text is kept. */
static void print_snippet(struct printer *p, const struct diag_item *item)
{
	uint32_t file = item->loc.file, col = item->loc.col;
	struct str text, line;
	size_t before, span, room = p->options->width;

	if (file == 0 || item->loc.line == 0)
		return;
	text = p->files->at[file - 1].text;
	line = line_of(text, item->loc.line);
	if (text.len == 0 || line.len == 0)
		return;
	before = col ? width_before(p, line, col - 1) : 0;
	span = col ? width_before(
			     p, line, col - 1 + (item->span ? item->span : 1)) -
			       before
		   : 0;
	if (before + span + 8 > room)
		return;
	sink_print(p->sink, "     |\n%4u | %.*s\n", item->loc.line,
		STR_ARG(escape_cut(
			&p->a, visible(p, line), room - 7, p->options->ascii)));
	if (!col)
		return;
	sink_write(p->sink, STR("     | "));
	print_times(p, ' ', before);
	print_times(p, '^', span ? span : 1);
	sink_write(p->sink, STR("\n"));
}

/* Advice is given once, not with every complaint of a kind. */
static void print_help(struct printer *p, const struct diag_item *item)
{
	if (item->help.len == 0 || str_equal(item->help, p->help[item->code]))
		return;
	p->help[item->code] = item->help;
	sink_print(p->sink, "     = help: %.*s\n",
		STR_ARG(escape_text(&p->a, item->help, p->options->ascii)));
}

static void print_item(struct printer *p, const struct diag_item *item)
{
	if (item->loc.file != p->file) {
		p->file = item->loc.file;
		memset(p->printed, 0, sizeof(p->printed));
	}
	if (p->printed[item->code]++ >= shown(p, item->code))
		return;
	print_head(p, item);
	print_snippet(p, item);
	print_help(p, item);
}

static bool is_wanted(const struct printer *p, enum diag_code code)
{
	return p->options->notes || diag_level(code) != DIAG_NOTE;
}

static void print_rest(struct printer *p, const struct diag *diag)
{
	for (size_t i = 0; i < diag->tallies.n; i++) {
		const struct diag_tally *t = &diag->tallies.at[i];
		struct loc loc = {t->file, 0, 0};
		uint64_t most = shown(p, t->code);

		if (t->count <= most || !is_wanted(p, t->code))
			continue;
		print_place(p, loc);
		sink_print(p->sink, "%s[%s]: %llu more of this kind%s\n",
			word_of(diag_level(t->code)), diag_name(t->code),
			(unsigned long long)(t->count - most),
			most < DIAG_KEEP ? "; --verbose shows more" : "");
	}
}

void message_print(struct sink *sink, struct diag *diag,
	const struct files *files, const struct message_options *options)
{
	struct printer p = {.sink = sink, .files = files, .options = options};

	diag_sort(diag);
	for (size_t i = 0; i < diag->items.n; i++)
		if (is_wanted(&p, diag->items.at[i].code))
			print_item(&p, &diag->items.at[i]);
	print_rest(&p, diag);
	arena_free(&p.a);
}
