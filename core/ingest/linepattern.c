#include "ingest/linepattern.h"

#include "base/near.h"
#include "format/text.h"
#include "ingest/lookup.h"

/* Puts the caret below the character at `offset`, where the text stands in the
   file as it is: plain, or in quotes without an escape. Else below it all. */
static void point_at(
	struct diag_item *item, const struct name_at *pattern, size_t offset)
{
	size_t length = text_length(pattern->name);

	item->span = pattern->span;
	if (pattern->span != length && pattern->span != length + 2)
		return;
	item->loc.col += (uint32_t)(offset + (pattern->span - length) / 2);
	item->span = 1;
}

struct logline *linepattern_compile(
	const struct name_at *pattern, struct diag *diag)
{
	struct logline *compiled = NULL;
	struct diag_item *item;
	struct err err;
	size_t offset;

	if (pattern->name.len == 0 ||
		logline_compile(&compiled, pattern->name, &offset, &err))
		return compiled;
	item = diag_add(diag, DIAG_BAD_PATTERN, pattern->loc, "%s", err.text);
	if (item)
		point_at(item, pattern, offset);
	return NULL;
}

static void complain_group(
	const struct lookup *lookup, struct name_at name, struct diag *diag)
{
	struct diag_item *item = diag_add(diag, DIAG_BAD_PATTERN, name.loc,
		"the pattern has no group '%.*s'", STR_ARG(name.name));
	struct str hint = near_hint(lookup->a, name.name,
		lookup->columns->names.at, lookup->columns->names.n);

	if (!item)
		return;
	item->span = name.span;
	if (hint.len == 0)
		hint = arena_print(lookup->a,
			"name a part of the pattern: (?<%.*s>...)",
			STR_ARG(name.name));
	diag_help(diag, item, str_trim(hint));
}

static void check_bindings(const struct lookup *lookup, struct diag *diag)
{
	const struct binding_vec *bindings = &lookup->source->bind;

	for (size_t i = 0; i < bindings->n; i++) {
		const struct binding *binding = &bindings->at[i];
		struct name_at name = {
			binding->column, binding->loc, binding->span};

		if (!binding->is_constant && !binding->from_profile &&
			lookup_name(lookup, name.name).n == 0)
			complain_group(lookup, name, diag);
	}
}

static void check_names(const struct lookup *lookup,
	const struct name_at_vec *names, struct diag *diag)
{
	for (size_t i = 0; i < names->n; i++)
		if (lookup_name(lookup, names->at[i].name).n == 0)
			complain_group(lookup, names->at[i], diag);
}

void linepattern_check(const struct source *source, struct diag *diag)
{
	struct logline *pattern = linepattern_compile(&source->pattern, diag);
	struct arena scratch = {0};
	struct columns columns = {0};
	struct lookup lookup = {
		.a = &scratch, .source = source, .columns = &columns};
	const struct str *groups;
	uint32_t n;

	if (!pattern)
		return;
	groups = logline_columns(pattern, &n);
	for (uint32_t i = 0; i < n; i++)
		columns_add(&columns, groups[i]);
	check_bindings(&lookup, diag);
	check_names(&lookup, &source->lineage.reads, diag);
	check_names(&lookup, &source->lineage.writes, diag);
	check_names(&lookup, &source->lineage.replaces, diag);
	columns_free(&columns);
	arena_free(&scratch);
	logline_free(pattern);
}
