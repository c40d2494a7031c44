#include "ingest/demand.h"

#include "base/near.h"
#include "format/escape.h"
#include "ingest/role.h"
#include "model/words.h"

/* Columns that a help line names, and how many characters of each. */
#define LISTED_MAX   10
#define LISTED_WIDTH 60

struct checker {
	const struct lookup *lookup;
	struct diag *diag;
	uint32_t file;
	bool ok;
};

/* The place of a binding of the project file, else the header. */
static struct loc place_of(
	const struct checker *check, const struct binding *binding)
{
	if (binding && binding->loc.file && !binding->from_profile)
		return binding->loc;
	return (struct loc) {check->file, 1, 0};
}

/* Names a few of the columns; "" if there is none. */
static struct str list_columns(struct arena *a, const struct str_vec *names)
{
	size_t shown = names->n < LISTED_MAX ? names->n : LISTED_MAX;
	struct str text = STR("");

	for (size_t i = 0; i < shown; i++)
		text = arena_print(a, "%.*s%s'%.*s'", STR_ARG(text),
			i ? ", " : "its columns are ",
			STR_ARG(escape_cut(
				a, names->at[i], LISTED_WIDTH, false)));
	if (names->n > shown)
		text = arena_print(a, "%.*s and %zu more", STR_ARG(text),
			names->n - shown);
	return text;
}

/* "did you mean" and what there is. */
static struct str help_of(const struct lookup *lookup, struct str column)
{
	const struct str_vec *names = &lookup->columns->names;
	struct str hint = str_trim(
		near_hint(lookup->a, column, names->at, names->n));
	struct str list = list_columns(lookup->a, names);

	if (hint.len == 0)
		return list;
	return arena_print(
		lookup->a, "%.*s %.*s", STR_ARG(hint), STR_ARG(list));
}

static void complain_unknown(
	struct checker *check, struct str column, struct loc loc, uint32_t span)
{
	const struct lookup *lookup = check->lookup;
	struct diag_item *item = diag_add(check->diag, DIAG_UNKNOWN_COLUMN, loc,
		"%.*s has no column '%.*s'", STR_ARG(lookup->path),
		STR_ARG(column));

	check->ok = false;
	if (item)
		item->span = span;
	diag_help(check->diag, item, help_of(lookup, column));
}

/* Columns that the project file names must be there. A profile names what
   files may have; what it needs was found when it was chosen. */
static void check_known(struct checker *check)
{
	const struct binding_vec *bindings = &check->lookup->source->bind;

	for (size_t i = 0; i < bindings->n; i++) {
		const struct binding *binding = &bindings->at[i];

		if (!binding->is_constant && !binding->from_profile &&
			lookup_name(check->lookup, binding->column).n == 0)
			complain_unknown(check, binding->column,
				place_of(check, binding), binding->span);
	}
}

static void check_lineage(
	struct checker *check, const struct name_at_vec *names)
{
	for (size_t i = 0; i < names->n; i++)
		if (lookup_name(check->lookup, names->at[i].name).n == 0)
			complain_unknown(check, names->at[i].name,
				names->at[i].loc, names->at[i].span);
}

static void complain_twice(struct checker *check, struct str name)
{
	struct diag_item *item = diag_add(check->diag, DIAG_BAD_HEADER,
		place_of(check, NULL), "two columns of %.*s may be its '%.*s'",
		STR_ARG(check->lookup->path), STR_ARG(name));

	check->ok = false;
	diag_help(check->diag, item,
		STR("write under `bind:` of this source which one it is"));
}

/* A field that needs one value takes it from one column. */
static void check_single(struct checker *check, struct str field)
{
	const struct lookup *lookup = check->lookup;
	const struct binding *binding = binding_find(
		&lookup->source->bind, field);
	const struct column_numbers *repeated;
	struct column_numbers found;
	struct diag_item *item;
	struct str name;

	found = lookup_field(lookup, field);
	if (found.n < 2)
		return;
	name = lookup->columns->names.at[found.at[0]];
	repeated = columns_exact(lookup->columns, name);
	if (repeated->n < 2)
		return;
	item = diag_add(check->diag, DIAG_BAD_HEADER, place_of(check, binding),
		"%.*s has %zu columns '%.*s', and %.*s takes its value from "
		"one",
		STR_ARG(lookup->path), repeated->n, STR_ARG(name),
		STR_ARG(field));
	check->ok = false;
	diag_help(check->diag, item,
		arena_print(lookup->a, "bind %.*s to '%.*s[1]' for the first",
			STR_ARG(field), STR_ARG(name)));
}

/* A field whose column may be spelt in several ways must be found without
   doubt. */
static void check_folded(struct checker *check, struct str field)
{
	const struct lookup *lookup = check->lookup;
	const struct binding *binding = binding_find(
		&lookup->source->bind, field);
	struct str name = binding ? binding->column : field;
	uint32_t column;

	if (binding ? binding->is_constant || !binding->from_profile
		    : !lookup_is_folded(lookup, field))
		return;
	if (profile_column(lookup->profile, name, lookup->columns, &column) ==
		COLUMN_TWICE)
		complain_twice(check, name);
}

static void check_field(
	struct checker *check, struct str field, enum column_form form)
{
	check_folded(check, field);
	if (form == COLUMN_TIME || str_equal(field, STR("object_id")))
		check_single(check, field);
}

static void check_fields(struct checker *check)
{
	for (size_t i = 0; i < words_n_event_fields; i++)
		check_field(check, words_event_fields[i],
			str_equal(words_event_fields[i], STR("ts"))
				? COLUMN_TIME
				: COLUMN_SYM);
	for (size_t role = 0; role < ROLE_N; role++) {
		const struct role_form *form = role_form_of((enum role)role);

		if (!form || !(check->lookup->source->roles & 1u << role))
			continue;
		for (uint32_t i = 0; i < form->n_fields; i++)
			check_field(check, form->fields[i].name,
				form->fields[i].form);
	}
}

static bool has_value(const struct lookup *lookup, struct str field)
{
	const struct binding *binding = binding_find(
		&lookup->source->bind, field);

	return (binding && binding->is_constant) ||
	       lookup_field(lookup, field).n > 0;
}

/* Without a column for their end, all rows of these roles seem to last. */
static void note_ends(const struct checker *check)
{
	static const struct {
		enum role role;
		struct str field;
		const char *what;
	} ends[] = {
		{ROLE_INCIDENTS, STR_INIT("resolved_at"),
			"every incident counts as open"},
		{ROLE_OUTAGES, STR_INIT("ended_at"),
			"every outage counts as not over"},
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (check->lookup->source->roles & 1u << ends[i].role &&
			!has_value(check->lookup, ends[i].field))
			diag_add(check->diag, DIAG_ASSUMED,
				place_of(check, NULL), "no column for %.*s: %s",
				STR_ARG(ends[i].field), ends[i].what);
}

bool demand_check(const struct lookup *lookup, struct diag *diag, uint32_t file)
{
	struct checker check = {lookup, diag, file, true};

	check_known(&check);
	check_lineage(&check, &lookup->source->lineage.reads);
	check_lineage(&check, &lookup->source->lineage.writes);
	check_lineage(&check, &lookup->source->lineage.replaces);
	check_fields(&check);
	note_ends(&check);
	return check.ok;
}
