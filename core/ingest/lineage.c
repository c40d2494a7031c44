#include "ingest/lineage.h"

static void add_list(struct lineage_cells *lineage,
	const struct cell_context *ctx, const struct name_at_vec *names,
	enum ref_mode mode)
{
	for (size_t i = 0; i < names->n; i++) {
		struct lineage_list list = {
			cells_of_column(ctx, names->at[i].name, COLUMN_SYM),
			mode};

		if (lineage->n_lists == LINEAGE_COLUMNS_MAX)
			return;
		lineage->lists[lineage->n_lists++] = list;
	}
}

void lineage_resolve(
	struct lineage_cells *lineage, const struct cell_context *ctx)
{
	const struct lineage *from = &ctx->source->lineage;

	*lineage = (struct lineage_cells) {
		.action = cells_of_field(ctx, STR("action"), COLUMN_SYM),
		.type = cells_of_field(ctx, STR("object_type"), COLUMN_SYM),
		.id = cells_of_field(ctx, STR("object_id"), COLUMN_SYM),
		.outcome = cells_of_field(ctx, STR("outcome"), COLUMN_SYM),
		.split = from->split ? from->split : ' ',
	};
	add_list(lineage, ctx, &from->reads, REF_READ);
	add_list(lineage, ctx, &from->writes, REF_WRITE);
	add_list(lineage, ctx, &from->replaces, REF_REPLACE);
}

bool lineage_mode_of(struct str action, enum ref_mode *mode)
{
	static const struct {
		enum action action;
		enum ref_mode mode;
	} modes[] = {
		{ACTION_READ, REF_READ},
		{ACTION_EXPORT, REF_READ},
		{ACTION_CREATE, REF_REPLACE},
		{ACTION_UPDATE, REF_WRITE},
		{ACTION_UPSERT, REF_WRITE},
		{ACTION_CONSENT, REF_REPLACE},
		{ACTION_DECISION, REF_REPLACE},
		{ACTION_OVERRIDE, REF_WRITE},
		{ACTION_CONFIG, REF_WRITE},
		{ACTION_DELETE, REF_DELETE},
		{ACTION_WITHDRAW, REF_DELETE},
	};
	size_t found = kind_find(kind_actions, ACTION_N, action);

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (modes[i].action == found) {
			*mode = modes[i].mode;
			return true;
		}
	return false;
}

void lineage_split(
	struct str text, struct str *type, struct str *id, struct str *version)
{
	size_t colon = str_find(text, ':');
	size_t at;

	*type = STR("");
	*version = STR("");
	if (colon < text.len) {
		*type = str_slice(text, 0, colon);
		text = str_slice(text, colon + 1, text.len);
	}
	*id = text;
	at = text.len;
	while (at > 0 && text.s[at - 1] != '@')
		at--;
	/* "ann@example.org" is an id: a version is a number. */
	if (at == 0 || at == text.len)
		return;
	for (size_t i = at; i < text.len; i++)
		if (!str_is_digit(text.s[i]))
			return;
	*id = str_slice(text, 0, at - 1);
	*version = str_slice(text, at, text.len);
}

static void add_ref(struct value_reader *reader, struct event_table *events,
	struct str own_type, struct str item, enum ref_mode mode)
{
	struct intern *strings = &reader->part->strings;
	struct str type, id, version;
	struct ref ref = {.mode = (uint8_t)mode};

	lineage_split(item, &type, &id, &version);
	if (id.len == 0)
		return;
	ref.type = intern_put(strings, type.len ? type : own_type);
	ref.id = intern_put(strings, id);
	ref.version = intern_put(strings, version);
	event_add_ref(events, &ref);
}

void lineage_add(const struct lineage_cells *lineage,
	struct value_reader *reader, struct event_table *events)
{
	struct str outcome = values_text(reader, &lineage->outcome);
	struct str type = values_text(reader, &lineage->type);
	struct str id = values_text(reader, &lineage->id);
	struct str action = values_text(reader, &lineage->action);
	struct intern *strings = &reader->part->strings;
	enum ref_mode mode;

	if (str_equal(outcome, STR("failed")) ||
		str_equal(outcome, STR("denied")))
		return;
	if (id.len && lineage_mode_of(action, &mode)) {
		struct ref own = {.type = intern_put(strings, type),
			.id = intern_put(strings, id),
			.mode = (uint8_t)mode};

		event_add_ref(events, &own);
	}
	for (uint32_t i = 0; i < lineage->n_lists; i++) {
		struct str list = values_text(reader, &lineage->lists[i].cells);

		while (list.len) {
			struct str item = str_trim(
				str_cut(&list, lineage->split));

			add_ref(reader, events, type, item,
				lineage->lists[i].mode);
		}
	}
}
