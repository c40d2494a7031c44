#include "format/sniff.h"

#include "format/text.h"

#define WINDOW     65536 /* bytes that a guess looks at */
#define MORE       100   /* records behind the first one, for a tie */
#define SEPARATORS 4

static const struct {
	char byte;
	const char *name;
} separators[SEPARATORS] = {
	{',', "comma"},
	{';', "semicolon"},
	{'\t', "tab"},
	{'|', "bar"},
};

static const char *const names[] = {
	[SYNTAX_EMPTY] = "empty",
	[SYNTAX_CSV] = "csv",
	[SYNTAX_JSON_LINES] = "json-lines",
	[SYNTAX_JSON] = "json",
	[SYNTAX_LINES] = "lines",
};

const char *sniff_name(enum syntax syntax)
{
	return names[syntax];
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || is_line_end(c);
}

static size_t skip_blank(struct str text, size_t at)
{
	while (at < text.len && is_blank(text.s[at]))
		at++;
	return at;
}

/* Position behind the string that begins at `at`, or the line's end. */
static size_t skip_string(struct str text, size_t at)
{
	for (at++; at < text.len && !is_line_end(text.s[at]); at++) {
		if (text.s[at] == '"')
			return at + 1;
		if (text.s[at] == '\\' && at + 1 < text.len)
			at++;
	}
	return at;
}

/* Moves `*at` behind the object that begins there, if it ends on its line. */
static bool skip_object(struct str text, size_t *at)
{
	size_t depth = 0;

	while (*at < text.len && !is_line_end(text.s[*at])) {
		if (text.s[*at] == '"') {
			*at = skip_string(text, *at);
			continue;
		}
		depth += text.s[*at] == '{';
		depth -= text.s[*at] == '}';
		++*at;
		if (depth == 0)
			return true;
	}
	return false;
}

/* One line that is an object says that each line is; a later line that is none
   is a damaged record, and the others stay. */
static enum syntax sniff_object(struct str text, size_t at)
{
	if (!skip_object(text, &at))
		return SYNTAX_JSON;
	while (at < text.len && (text.s[at] == ' ' || text.s[at] == '\t'))
		at++;
	return at == text.len || is_line_end(text.s[at]) ? SYNTAX_JSON_LINES
							 : SYNTAX_JSON;
}

enum syntax sniff_syntax(struct str text)
{
	size_t at = skip_blank(text, 0);

	if (at == text.len)
		return SYNTAX_EMPTY;
	if (text.s[at] == '{')
		return sniff_object(text, at);
	if (text.s[at] != '[')
		return SYNTAX_CSV;
	/* A log line may begin with '[' as well: "[2025-03-01T10:00:00Z] ...".
	 */
	at = skip_blank(text, at + 1);
	return at < text.len && (text.s[at] == '{' || text.s[at] == ']')
		       ? SYNTAX_JSON
		       : SYNTAX_CSV;
}

/* A letter or digit would rather be the value of a cell. */
static bool is_separator(char c)
{
	return c == '\t' ||
	       (c >= ' ' && c <= '~' && c != '"' && !str_is_digit(c) &&
		       !(str_lower(c) >= 'a' && str_lower(c) <= 'z'));
}

size_t sniff_separator_line(struct str text, char *delimiter)
{
	static const char word[] = "sep=";
	size_t at = sizeof(word) - 1;

	if (text.len < at + 2)
		return 0;
	for (size_t i = 0; i < at; i++)
		if (str_lower(text.s[i]) != word[i])
			return 0;
	if (!is_separator(text.s[at]) || !is_line_end(text.s[at + 1]))
		return 0;
	*delimiter = text.s[at];
	at += 2;
	return at +
	       str_has_prefix(str_slice(text, at - 1, text.len), STR("\r\n"));
}

/* How often each separator stands in a record outside quotes. */
struct counts {
	size_t of[SEPARATORS];
};

/* Counts in the record at `*at` and moves behind it; false if no line end
   shows where it is over. */
static bool count_record(struct str text, size_t *at, struct counts *counts)
{
	bool quoted = false;

	*counts = (struct counts) {0};
	while (*at < text.len) {
		char c = text.s[(*at)++];

		if (c == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		if (is_line_end(c))
			return true;
		for (size_t i = 0; i < SEPARATORS; i++)
			counts->of[i] += c == separators[i].byte;
	}
	return false;
}

static size_t skip_line_ends(struct str text, size_t at)
{
	while (at < text.len && is_line_end(text.s[at]))
		at++;
	return at;
}

/* The separators that are still possible, as bits. */
static unsigned most_frequent(const struct counts *counts)
{
	size_t most = 1;
	unsigned set = 0;

	for (size_t i = 0; i < SEPARATORS; i++) {
		if (counts->of[i] > most) {
			most = counts->of[i];
			set = 0;
		}
		if (counts->of[i] == most)
			set |= 1u << i;
	}
	return set;
}

/* Those of `set` that stand as often in the records at `at` as in the first;
   `set` itself if there is none. `whole`: nothing follows `text`. */
static unsigned steady(struct str text, size_t at, bool whole,
	const struct counts *first, unsigned set)
{
	unsigned left = set;
	struct counts counts;

	for (int n = 0; n < MORE; n++) {
		at = skip_line_ends(text, at);
		if (at == text.len)
			break;
		if (!count_record(text, &at, &counts) && !whole)
			break;
		for (size_t i = 0; i < SEPARATORS; i++)
			if (counts.of[i] != first->of[i])
				left &= ~(1u << i);
	}
	return left ? left : set;
}

bool sniff_delimiter(
	struct str text, uint32_t number, char *delimiter, struct err *err)
{
	struct str window = str_slice(text, 0, WINDOW);
	size_t start = skip_line_ends(window, 0), at = start;
	struct counts first;
	unsigned set, one, two;

	count_record(window, &at, &first);
	set = most_frequent(&first);
	if (set & (set - 1))
		set = steady(window, at, window.len == text.len, &first, set);
	one = set ? (unsigned)__builtin_ctz(set) : 0;
	set &= set - 1;
	if (set) {
		two = (unsigned)__builtin_ctz(set);
		return err_set(err, ERR_INPUT,
			text_place(window, start, number),
			"%s and %s stand equally often (%zu) in the first "
			"record; declare 'delimiter:'",
			separators[one].name, separators[two].name,
			first.of[one]);
	}
	*delimiter = separators[one].byte;
	return true;
}
