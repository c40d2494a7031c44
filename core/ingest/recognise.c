#include "ingest/recognise.h"

bool recognise_is_wanted(const struct source *source)
{
	return source->format.name.len == 0 && source->roles == 0 &&
	       source->bind.n == 0 && source->pattern.name.len == 0 &&
	       source->columns.n == 0;
}

/* Positions of the profiles that fit, ascending. */
struct fitting VEC(size_t);

static void add_fitting(struct arena *a, struct fitting *fitting, size_t i)
{
	vec_push(a, fitting, i);
}

static struct fitting find_fitting(struct arena *a,
	const struct profiles *profiles, const struct input *input)
{
	struct columns columns = {0};
	struct fitting found = {0};

	for (size_t i = 0; i < input->header.n; i++)
		columns_add(&columns, input->header.at[i]);
	for (size_t i = 0; i < profiles->n; i++)
		if (profile_fits(&profiles->at[i], &columns))
			add_fitting(a, &found, i);
	columns_free(&columns);
	return found;
}

static void complain(struct arena *a, const struct profiles *profiles,
	const struct fitting *fitting, uint32_t file, struct diag *diag)
{
	struct loc loc = {file, 1, 0};
	struct str names = STR("");
	struct diag_item *item;

	for (size_t i = 0; i < fitting->n; i++)
		names = arena_print(a, "%.*s%s%.*s", STR_ARG(names),
			i ? ", " : "",
			STR_ARG(profiles->at[fitting->at[i]].name));
	item = diag_add(diag, DIAG_AMBIGUOUS_FORMAT, loc,
		"the header fits several formats: %.*s", STR_ARG(names));
	diag_help(diag, item,
		STR("write `format:` for this source in lineal.yaml"));
}

const struct profile *recognise(const struct profiles *profiles,
	const struct input *input, bool *ambiguous, struct diag *diag)
{
	struct arena scratch = {0};
	struct fitting fitting = find_fitting(&scratch, profiles, input);
	const struct profile *found =
		fitting.n == 1 ? &profiles->at[fitting.at[0]] : NULL;

	*ambiguous = fitting.n > 1;
	if (*ambiguous)
		complain(&scratch, profiles, &fitting, input->facts.file, diag);
	arena_free(&scratch);
	return found;
}
