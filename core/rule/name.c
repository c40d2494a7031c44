#include "rule/name.h"

#include "base/near.h"

/* True if `text` begins with a letter from `first` on (26 of them) and goes on
   with these letters, digits and `mark`. */
static bool is_made_of(struct str text, char first, char mark)
{
	if (text.len == 0 || text.len > NAME_MAX_BYTES || text.s[0] < first ||
		text.s[0] > first + 25)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!(text.s[i] >= first && text.s[i] <= first + 25) &&
			!str_is_digit(text.s[i]) && text.s[i] != mark)
			return false;
	return true;
}

bool name_is_name(struct str text)
{
	return is_made_of(text, 'a', '_');
}

bool name_is_id(struct str text)
{
	return is_made_of(text, 'A', '-');
}

bool name_is_key(struct str written, struct str key)
{
	if (written.len != key.len)
		return false;
	for (size_t i = 0; i < key.len; i++) {
		char c = written.s[i];

		if ((c == ' ' || c == '-' ? '_' : c) != key.s[i])
			return false;
	}
	return true;
}

struct yaml_node name_node(const struct yaml_member *member)
{
	return (struct yaml_node) {.kind = YAML_SCALAR,
		.loc = member->key_loc,
		.span = member->key_span,
		.text = member->key};
}

bool name_check(const struct yaml_member *member, struct diag *diag)
{
	struct yaml_node node = name_node(member);

	if (name_is_name(member->key))
		return true;
	yaml_complain(diag, DIAG_BAD_ID, &node,
		"a name is lower-case letters, digits and '_', beginning with "
		"a letter; found '%.*s'",
		STR_ARG(member->key));
	return false;
}

bool name_replaces(const struct yaml_member *member, bool is_shipped,
	bool old_is_shipped, struct diag *diag)
{
	struct yaml_node node = name_node(member);

	if (is_shipped)
		return false;
	if (old_is_shipped)
		return true;
	yaml_complain(diag, DIAG_NAME_CLASH, &node,
		"'%.*s' is already defined in another place",
		STR_ARG(member->key));
	return false;
}

/* How a name of this kind is declared. */
static const struct {
	const char *what, *before, *behind;
} ways[] = {
	{"event", "events: {", ": {type: ACTION}}}`"},
	{"key or field", "fields: {",
		": COLUMN}}`, or under `keys` if rows with one value belong "
		"together"},
	{"list", "lists: {", ": [VALUE, VALUE]}}`"},
};

/* What to write where no name is near. */
static struct str way_to_declare(
	struct arena *a, const char *what, struct str name)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (name_is_name(name) &&
			str_equal(str_of(what), str_of(ways[i].what)))
			return arena_print(a,
				"declare it: `vocabulary: {%s%.*s%s",
				ways[i].before, STR_ARG(name), ways[i].behind);
	return STR("");
}

void name_complain_unknown(struct diag *diag, const struct yaml_node *node,
	const char *what, const struct str_vec *names)
{
	struct arena scratch = {0};
	struct diag_item *item = yaml_complain(diag, DIAG_UNKNOWN_WORD, node,
		"there is no %s '%.*s'", what, STR_ARG(node->text));
	struct str help = str_trim(
		near_hint(&scratch, node->text, names->at, names->n));

	if (help.len == 0)
		help = way_to_declare(&scratch, what, node->text);
	diag_help(diag, item, help);
	arena_free(&scratch);
}
