#include "format/yamltree.h"

#include <yaml.h>

#include "base/codepoint.h"
#include "format/text.h"
#include "format/yamlbuild.h"
#include "format/yamltext.h"

/*
 * The event interface of libyaml, because its documents resolve aliases and
 * take keys twice. Depth is checked event by event: deep nesting costs libyaml
 * the square of the depth, so it must not get there.
 */

/* A place in the text, counted as libyaml does and in bytes. */
struct cursor {
	size_t index, byte;
};

struct reader {
	struct yamlbuild build;
	struct diag *diag;
	struct str text;
	uint32_t file;
	uint32_t n_documents;
	struct cursor cursor;
	bool after_question; /* a `?` stands before this event */
};

static struct loc loc_of(const struct reader *r, yaml_mark_t mark)
{
	return (struct loc) {
		r->file, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

/* Moves the cursor to `index`; true if a `?` outside comments was passed. */
static bool move(struct reader *r, size_t index)
{
	struct cursor *c = &r->cursor;
	bool in_comment = false, found = false;

	while (c->index < index && c->byte < r->text.len) {
		char byte = r->text.s[c->byte];
		uint32_t code;

		if (byte == '#')
			in_comment = true;
		else if (byte == '\n')
			in_comment = false;
		else if (byte == '?' && !in_comment)
			found = true;
		codepoint_next(r->text, &c->byte, &code);
		c->index++;
	}
	return found;
}

static bool is_block(const yaml_event_t *event)
{
	return event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
	       event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
}

static bool is_plain(const yaml_event_t *event)
{
	return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static bool is_one_line(const yaml_event_t *event)
{
	return event->start_mark.line == event->end_mark.line;
}

static struct str text_of(const yaml_event_t *event)
{
	return (struct str) {(const char *)event->data.scalar.value,
		event->data.scalar.length};
}

/* Code points of a scalar on its first line; the cursor is at its start. */
static uint32_t span_of(const struct reader *r, const yaml_event_t *event)
{
	struct str rest = str_slice(r->text, r->cursor.byte, r->text.len);
	size_t span = event->end_mark.index - event->start_mark.index;

	if (is_block(event))
		return 1;
	if (!is_one_line(event))
		span = text_length(str_slice(rest, 0, str_find(rest, '\n')));
	return span ? (uint32_t)span : 1;
}

/* Gives the complaint `item`, if it was kept, a span and a help line. */
static void explain(struct reader *r, struct diag_item *item, uint32_t span,
	const char *help)
{
	if (item)
		item->span = span;
	diag_help(r->diag, item, str_of(help));
}

/* Complains about the anchor and the tag of a node, which is read on. */
static void refuse_properties(struct reader *r, const yaml_event_t *event,
	const yaml_char_t *anchor, const yaml_char_t *tag)
{
	struct loc loc = loc_of(r, event->start_mark);

	if (anchor)
		explain(r,
			diag_add(r->diag, DIAG_YAML_SUBSET, loc,
				"anchor '&%s' is not allowed",
				(const char *)anchor),
			1, "write the value again where it is needed");
	if (tag)
		explain(r,
			diag_add(r->diag, DIAG_YAML_SUBSET, loc,
				"tag '%s' is not allowed", (const char *)tag),
			1, "leave it out: the key says what the value is");
}

/* True if the next value belongs to a key for longer texts, or to one that is
   left out whatever its value. */
static bool may_be_block(const struct reader *r)
{
	static const struct str keys[] = {STR_INIT("title"), STR_INIT("why"),
		STR_INIT("fix"), STR_INIT("reason"), STR_INIT("because")};
	const struct yaml_member *key = yamlbuild_key_of_value(&r->build);

	for (size_t i = 0; key && i < sizeof(keys) / sizeof(*keys); i++)
		if (str_equal(key->key, keys[i]))
			return true;
	return yamlbuild_is_refused(&r->build);
}

/* What is wrong with how a scalar is written; NULL if nothing is. */
static const char *fault_of(
	const struct reader *r, const yaml_event_t *event, const char **help)
{
	struct str text = text_of(event);

	*help = "put the text into quotes";
	if (str_find(text, '\0') < text.len) {
		*help = "";
		return "a scalar with a NUL character";
	}
	if (is_block(event) && !may_be_block(r)) {
		*help = "only title, why, fix, reason and because may have "
			"one; put the text into quotes";
		return "a block scalar ('|' or '>')";
	}
	if (is_plain(event) && !is_one_line(event))
		return "a plain scalar over several lines";
	return NULL;
}

/* False after a complaint about a scalar. */
static bool check_scalar(struct reader *r, const yaml_event_t *event)
{
	struct loc loc = loc_of(r, event->start_mark);
	const char *help, *fault = fault_of(r, event, &help);

	if (event->data.scalar.length > YAML_SCALAR_BYTES) {
		diag_add(r->diag, DIAG_TOO_LARGE, loc,
			"a scalar of %zu bytes; at most %d are allowed",
			event->data.scalar.length, YAML_SCALAR_BYTES);
		return false;
	}
	if (fault)
		explain(r,
			diag_add(r->diag, DIAG_YAML_SUBSET, loc,
				"%s is not allowed", fault),
			span_of(r, event), help);
	return !fault;
}

/* False after a complaint about a scalar that is a key. */
static bool check_key(struct reader *r, const yaml_event_t *event)
{
	struct str text = text_of(event);
	struct loc loc = loc_of(r, event->start_mark);

	if (r->after_question)
		explain(r,
			diag_add(r->diag, DIAG_YAML_SUBSET, loc,
				"a key behind '?' is not allowed"),
			span_of(r, event), "write it as KEY: VALUE");
	if (!check_scalar(r, event))
		return false;
	if (is_plain(event) && text.len == 0) {
		diag_add(r->diag, DIAG_EMPTY_VALUE, loc, "a key is empty");
		return false;
	}
	if (is_plain(event) && str_equal(text, STR("<<"))) {
		explain(r,
			diag_add(r->diag, DIAG_YAML_SUBSET, loc,
				"a merge key '<<' is not allowed"),
			2, "write the keys again where they are needed");
		return false;
	}
	return true;
}

static void read_key(struct reader *r, const yaml_event_t *event)
{
	struct yaml_member key = {
		.key = arena_copy(r->build.a, text_of(event)),
		.key_loc = loc_of(r, event->start_mark),
		.key_span = span_of(r, event),
	};

	if (check_key(r, event))
		yamlbuild_key(&r->build, key);
	else
		yamlbuild_refuse_key(&r->build);
}

static void refuse_empty(struct reader *r, const yaml_event_t *event)
{
	const struct yaml_member *key = yamlbuild_key_of_value(&r->build);

	if (key)
		explain(r,
			diag_add(r->diag, DIAG_EMPTY_VALUE, key->key_loc,
				"\"%.*s\" has no value", STR_ARG(key->key)),
			key->key_span, "write \"\" for the empty text");
	else if (!yamlbuild_is_refused(&r->build))
		diag_add(r->diag, DIAG_EMPTY_VALUE,
			loc_of(r, event->start_mark), "a value is empty");
	yamlbuild_value(&r->build, NULL);
}

static void read_value(struct reader *r, const yaml_event_t *event)
{
	struct yaml_node *node;

	if (is_plain(event) && event->data.scalar.length == 0) {
		refuse_empty(r, event);
		return;
	}
	if (!check_scalar(r, event)) {
		yamlbuild_value(&r->build, NULL);
		return;
	}
	node = arena_new(r->build.a, struct yaml_node);
	*node = (struct yaml_node) {
		.kind = YAML_SCALAR,
		.loc = loc_of(r, event->start_mark),
		.span = span_of(r, event),
		.text = arena_copy(r->build.a, text_of(event)),
		.quoted = !is_block(event) && !is_plain(event),
		.block = is_block(event),
	};
	yamlbuild_value(&r->build, node);
}

static void on_scalar(struct reader *r, const yaml_event_t *event)
{
	refuse_properties(
		r, event, event->data.scalar.anchor, event->data.scalar.tag);
	yamlbuild_count(&r->build, loc_of(r, event->start_mark));
	if (yamlbuild_wants_key(&r->build))
		read_key(r, event);
	else
		read_value(r, event);
}

static void on_alias(struct reader *r, const yaml_event_t *event)
{
	struct loc loc = loc_of(r, event->start_mark);

	explain(r,
		diag_add(r->diag, DIAG_YAML_SUBSET, loc,
			"alias '*%s' is not allowed",
			(const char *)event->data.alias.anchor),
		1, "write the value again where it is needed");
	yamlbuild_count(&r->build, loc);
	if (yamlbuild_wants_key(&r->build))
		yamlbuild_refuse_key(&r->build);
	else
		yamlbuild_value(&r->build, NULL);
}

static void open_container(
	struct reader *r, const yaml_event_t *event, enum yaml_kind kind)
{
	struct loc loc = loc_of(r, event->start_mark);

	yamlbuild_count(&r->build, loc);
	if (yamlbuild_wants_key(&r->build))
		diag_add(r->diag, DIAG_YAML_SUBSET, loc,
			"expected a scalar as a key, found a %s",
			kind == YAML_LIST ? "list" : "map");
	yamlbuild_open(&r->build, kind, loc);
}

static void on_list(struct reader *r, const yaml_event_t *event)
{
	refuse_properties(r, event, event->data.sequence_start.anchor,
		event->data.sequence_start.tag);
	open_container(r, event, YAML_LIST);
}

static void on_map(struct reader *r, const yaml_event_t *event)
{
	refuse_properties(r, event, event->data.mapping_start.anchor,
		event->data.mapping_start.tag);
	open_container(r, event, YAML_MAP);
}

static void on_close(struct reader *r, const yaml_event_t *event)
{
	(void)event;
	yamlbuild_close(&r->build);
}

static void on_document(struct reader *r, const yaml_event_t *event)
{
	struct loc loc = loc_of(r, event->start_mark);

	if (r->n_documents++ > 0) {
		explain(r,
			diag_add(r->diag, DIAG_YAML_SUBSET, loc,
				"a second document is not allowed"),
			1, "put it into a file of its own");
		r->build.stop = true;
	} else if (event->data.document_start.version_directive ||
		   event->data.document_start.tag_directives.start !=
			   event->data.document_start.tag_directives.end) {
		diag_add(r->diag, DIAG_YAML_SUBSET, loc,
			"a directive '%%' is not allowed");
	}
}

static void on_end(struct reader *r, const yaml_event_t *event)
{
	(void)event;
	if (r->n_documents == 0)
		diag_add(r->diag, DIAG_EMPTY_VALUE,
			(struct loc) {r->file, 1, 1}, "the file is empty");
}

static void on_nothing(struct reader *r, const yaml_event_t *event)
{
	(void)r;
	(void)event;
}

static void (*const handlers[])(struct reader *r, const yaml_event_t *event) = {
	[YAML_NO_EVENT] = on_nothing,
	[YAML_STREAM_START_EVENT] = on_nothing,
	[YAML_STREAM_END_EVENT] = on_end,
	[YAML_DOCUMENT_START_EVENT] = on_document,
	[YAML_DOCUMENT_END_EVENT] = on_nothing,
	[YAML_ALIAS_EVENT] = on_alias,
	[YAML_SCALAR_EVENT] = on_scalar,
	[YAML_SEQUENCE_START_EVENT] = on_list,
	[YAML_SEQUENCE_END_EVENT] = on_close,
	[YAML_MAPPING_START_EVENT] = on_map,
	[YAML_MAPPING_END_EVENT] = on_close,
};

/* What to do about the character that libyaml stumbled over. */
static const char *advice(char byte)
{
	switch (byte) {
	case '\t':
		return "indent with blanks, not with tabs";
	case ':':
		return "put a text that holds ': ' into quotes";
	case '@':
	case '`':
	case '%':
		return "put a text that begins with this character into quotes";
	default:
		return "";
	}
}

static void complain_syntax(struct reader *r, const yaml_parser_t *parser)
{
	const yaml_mark_t *at = &parser->problem_mark;
	const yaml_mark_t *from = &parser->context_mark;
	struct loc loc = loc_of(r, *at);
	struct diag_item *item;

	if (parser->context && from->index != at->index)
		item = diag_add(r->diag, DIAG_YAML_SYNTAX, loc,
			"%s %s that begins at %zu:%zu", parser->problem,
			parser->context, from->line + 1, from->column + 1);
	else
		item = diag_add(r->diag, DIAG_YAML_SYNTAX, loc, "%s",
			parser->problem ? parser->problem : "out of memory");
	move(r, at->index);
	if (r->cursor.byte < r->text.len)
		explain(r, item, 1, advice(r->text.s[r->cursor.byte]));
}

/* Of a character that it does not take libyaml tells the byte, not the mark. */
static void complain_character(struct reader *r, const yaml_parser_t *parser)
{
	struct str line = str_slice(r->text, 0, parser->problem_offset);
	struct loc loc = {r->file, 1, 1};
	size_t end;

	while ((end = str_find(line, '\n')) < line.len) {
		line = str_slice(line, end + 1, line.len);
		loc.line++;
	}
	loc.col += (uint32_t)text_length(line);
	diag_add(r->diag, DIAG_YAML_SUBSET, loc, "%s (U+%04X)", parser->problem,
		(unsigned)parser->problem_value);
}

/* One event after the other; false if reading had to stop early. */
static bool read_events(struct reader *r, yaml_parser_t *parser)
{
	yaml_event_type_t type;

	do {
		yaml_event_t event;

		if (!yaml_parser_parse(parser, &event)) {
			if (parser->error == YAML_READER_ERROR)
				complain_character(r, parser);
			else
				complain_syntax(r, parser);
			return false;
		}
		type = event.type;
		r->after_question = move(r, event.start_mark.index);
		handlers[type](r, &event);
		/* A map that begins with `?` has its mark at the `?`. */
		if (type != YAML_MAPPING_START_EVENT)
			move(r, event.end_mark.index);
		yaml_event_delete(&event);
	} while (type != YAML_STREAM_END_EVENT && !r->build.stop);
	return !r->build.stop;
}

static const struct yaml_node *read_tree(struct reader *r)
{
	yaml_parser_t parser;
	bool complete;

	if (!yaml_parser_initialize(&parser)) {
		diag_add(r->diag, DIAG_YAML_SYNTAX,
			(struct loc) {r->file, 1, 1}, "out of memory");
		return NULL;
	}
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&parser, (const unsigned char *)r->text.s, r->text.len);
	complete = read_events(r, &parser);
	yaml_parser_delete(&parser);
	return complete ? r->build.root : NULL;
}

const struct yaml_node *yaml_parse(
	struct arena *a, struct str text, uint32_t number, struct diag *diag)
{
	struct reader r = {
		.build = {.a = a, .diag = diag},
		.diag = diag,
		.text = STR(""),
		.file = number,
	};

	if (text.len > YAML_FILE_BYTES) {
		diag_add(diag, DIAG_TOO_LARGE, (struct loc) {.file = number},
			"a file of %zu bytes; at most %d are allowed", text.len,
			YAML_FILE_BYTES);
		return NULL;
	}
	if (str_has_prefix(text, STR("\xEF\xBB\xBF")))
		text = str_slice(text, 3, text.len);
	if (text.len)
		r.text = text;
	return yamltext_check(text, number, diag) ? read_tree(&r) : NULL;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, struct str key)
{
	for (uint32_t i = 0; i < map->n && map->kind == YAML_MAP; i++)
		if (str_equal(map->members[i].key, key))
			return map->members[i].value;
	return NULL;
}
