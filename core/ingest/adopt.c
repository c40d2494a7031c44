#include "ingest/adopt.h"

#include "base/near.h"
#include "ingest/generic.h"
#include "ingest/recognise.h"

static void complain_format(struct adopter *d, const struct source *source)
{
	struct str_vec names = {0};
	struct str hint;
	struct diag_item *item;

	for (size_t i = 0; i < d->profiles->n; i++)
		vec_push(d->a, &names, d->profiles->at[i].name);
	hint = near_hint(d->a, source->format.name, names.at, names.n);
	item = diag_add(d->diag, DIAG_UNKNOWN_FORMAT, source->format.loc,
		"there is no format '%.*s'", STR_ARG(source->format.name));
	if (item)
		item->span = source->format.span;
	diag_help(d->diag, item, str_trim(hint));
}

static void use_profile(
	struct adopter *d, size_t number, const struct profile *profile)
{
	d->out->profiles[number] = profile;
	source_inherit(d->a, &d->out->sources.at[number], &profile->defaults);
}

/* A profile that the project file names is known before any file is opened. */
static void adopt_named(struct adopter *d)
{
	for (size_t i = 0; i < d->out->sources.n; i++) {
		struct source *source = &d->out->sources.at[i];
		const struct profile *profile;

		if (source->format.name.len == 0 ||
			str_equal(source->format.name, STR("generic")))
			continue;
		profile = profile_find(d->profiles, source->format.name);
		if (profile)
			use_profile(d, i, profile);
		else
			complain_format(d, source);
	}
}

void adopt_begin(struct adopter *d)
{
	d->made = arena_array(d->a, uint32_t, d->profiles->n);
	for (size_t i = 0; i < d->out->sources.n; i++)
		source_names_take(&d->names, d->out->sources.at[i].name);
	adopt_named(d);
}

void adopt_end(struct adopter *d)
{
	source_names_free(&d->names);
}

static uint32_t add_source(struct adopter *d, struct str name)
{
	struct source source;

	source_init(&source);
	source.name = source_names_add(d->a, &d->names, name);
	source.command_line = true;
	vec_push(d->a, &d->out->sources, source);
	return (uint32_t)d->out->sources.n - 1;
}

/* The source of all unclaimed files of one profile, made on first use. */
static uint32_t source_of_profile(
	struct adopter *d, const struct profile *profile)
{
	uint32_t *made = &d->made[profile - d->profiles->at];

	if (*made == 0) {
		*made = 1 + add_source(d,
				    source_name_of_format(d->a, profile->name));
		use_profile(d, *made - 1, profile);
	}
	return *made - 1;
}

void adopt_unclaimed(struct adopter *d, struct input *input)
{
	const struct profile *profile;
	bool ambiguous;

	profile = recognise(d->profiles, input, &ambiguous, d->diag);
	if (ambiguous)
		input->failed = true;
	if (profile) {
		input->facts.source = source_of_profile(d, profile);
		return;
	}
	input->facts.source = add_source(
		d, source_name_of_file(d->a, input->facts.path));
	if (!input->failed && input->header.n)
		adopt_generic(d, input);
}

void adopt_generic(struct adopter *d, const struct input *input)
{
	generic_bind(d->a, &d->out->sources.at[input->facts.source], input,
		d->limits, d->diag);
}

/* A project source that leaves its format open takes that of its files, which
   must agree. */
void adopt_claimed(struct adopter *d, struct input *input)
{
	uint32_t number = input->facts.source;
	struct source *source = &d->out->sources.at[number];
	const struct profile *profile, *before = d->out->profiles[number];
	struct loc loc = {input->facts.file, 1, 0};
	bool ambiguous;

	profile = recognise(d->profiles, input, &ambiguous, d->diag);
	input->failed = ambiguous;
	if (ambiguous)
		return;
	if (!before && source->format.name.len == 0) {
		if (profile)
			use_profile(d, number, profile);
		else
			adopt_generic(d, input);
		source->format.name = profile ? profile->name : STR("generic");
	} else if (profile != before) {
		input->failed = true;
		diag_add(d->diag, DIAG_AMBIGUOUS_FORMAT, loc,
			"this file looks like %.*s, but the others of source "
			"%.*s like %.*s",
			STR_ARG(profile ? profile->name : STR("generic")),
			STR_ARG(source->name), STR_ARG(source->format.name));
	}
}

struct str adopt_format_name(const struct gathered *gathered, uint32_t source)
{
	const struct source *of = &gathered->sources.at[source];

	if (gathered->profiles[source])
		return gathered->profiles[source]->name;
	if (of->pattern.name.len)
		return STR("lines");
	if (of->command_line || str_equal(of->format.name, STR("generic")))
		return STR("generic");
	return STR("declared");
}
