#include "ingest/assumed.h"

#include "ingest/generic.h"

static const struct source *source_of(const struct assumed_about *about)
{
	return &about->gathered->sources.at[about->source];
}

static const struct profile *profile_of(const struct assumed_about *about)
{
	return about->gathered->profiles[about->source];
}

static void add(struct arena *a, struct str_vec *out, struct str text)
{
	for (size_t i = 0; i < out->n; i++)
		if (str_equal(out->at[i], text))
			return;
	vec_push(a, out, text);
}

static bool has_header(const struct assumed_about *about)
{
	const struct input *inputs = about->gathered->inputs.at;
	struct input_range range = about->gathered->ranges[about->source];

	for (uint32_t i = range.first; i < range.end; i++)
		if (!inputs[i].failed && inputs[i].header.n)
			return true;
	return false;
}

/* A declared format has a place in the project file. */
static void add_format(
	struct arena *a, const struct assumed_about *about, struct str_vec *out)
{
	const struct source *source = source_of(about);
	const struct profile *profile = profile_of(about);
	bool is_found = source->format.loc.file == 0;
	struct str columns;

	if (profile && is_found)
		add(a, out,
			arena_print(a, "format %.*s, by the header",
				STR_ARG(profile->name)));
	if (profile || !has_header(about) ||
		!(source->command_line ||
			str_equal(source->format.name, STR("generic"))))
		return;
	columns = generic_columns(a, source);
	if (columns.len == 0)
		columns = STR("no column known");
	add(a, out,
		arena_print(a, "%s%.*s", is_found ? "no known format: " : "",
			STR_ARG(columns)));
}

static struct str separator_name(struct arena *a, const struct input *input)
{
	switch (input->delimiter) {
	case ',':
		return STR("comma");
	case ';':
		return STR("semicolon");
	case '\t':
		return STR("tab");
	case '|':
		return STR("bar");
	default:
		return arena_print(a, "'%c'", input->delimiter);
	}
}

/* A file of one column has none. */
static bool has_found_separator(
	const struct source *source, const struct input *input)
{
	return input->syntax == SYNTAX_CSV && source->delimiter == 0 &&
	       input->header.n > 1;
}

static void add_files(
	struct arena *a, const struct assumed_about *about, struct str_vec *out)
{
	struct input_range range = about->gathered->ranges[about->source];

	for (uint32_t i = range.first; i < range.end; i++) {
		const struct input *input = &about->gathered->inputs.at[i];

		if (input->failed)
			continue;
		if (has_found_separator(source_of(about), input))
			add(a, out,
				arena_print(a, "separator %.*s%s",
					STR_ARG(separator_name(a, input)),
					input->separator_line
						? ", by the first line"
						: ""));
		if (input->text.guessed)
			add(a, out,
				arena_print(a, "encoding %.*s",
					STR_ARG(text_encoding_name(
						input->text.encoding))));
	}
}

static void add_orders(
	struct arena *a, const struct assumed_about *about, struct str_vec *out)
{
	for (size_t i = 0; i < about->orders->n; i++)
		add(a, out,
			arena_print(a, "%s in %.*s",
				about->orders->at[i].order == DATE_DMY
					? "day before month"
					: "month before day",
				STR_ARG(about->orders->at[i].column)));
}

/* The zone that the project file declares is not assumed. */
static void add_zone(
	struct arena *a, const struct assumed_about *about, struct str_vec *out)
{
	const struct source *source = source_of(about);
	const struct profile *profile = profile_of(about);

	if (!about->is_zoneless)
		return;
	if (!source->zone)
		add(a, out,
			arena_print(a,
				"zone %.*s where times have none, by "
				"--assume-tz",
				STR_ARG(about->assumed_zone)));
	else if (profile && source->tz.loc.file == profile->loc.file)
		add(a, out,
			arena_print(a,
				"zone %.*s where times have none, by the "
				"format",
				STR_ARG(source->tz.name)));
}

struct str_vec assumed_list(struct arena *a, const struct assumed_about *about)
{
	struct str_vec out = {0};

	add_format(a, about, &out);
	add_files(a, about, &out);
	add_orders(a, about, &out);
	add_zone(a, about, &out);
	return out;
}
