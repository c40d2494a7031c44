#include "ingest/recognise.h"

bool recognise_is_wanted(const struct source *source)
{
	return source->format.name.len == 0 && source->roles == 0 &&
	       source->bind.n == 0 && source->pattern.name.len == 0 &&
	       source->columns.n == 0;
}

static void complain(const struct profiles *profiles, const struct input *input,
	struct diag *diag)
{
	struct arena scratch = {0};
	struct loc loc = {input->facts.file, 1, 0};
	struct str names = STR("");
	struct diag_item *item;

	for (size_t i = 0; i < profiles->n; i++)
		if (profile_fits(&profiles->at[i], input->header.at,
			    input->header.n))
			names = arena_print(&scratch, "%.*s%s%.*s",
				STR_ARG(names), names.len ? ", " : "",
				STR_ARG(profiles->at[i].name));
	item = diag_add(diag, DIAG_AMBIGUOUS_FORMAT, loc,
		"the header fits several formats: %.*s", STR_ARG(names));
	diag_help(diag, item,
		STR("write `format:` for this source in lineal.yaml"));
	arena_free(&scratch);
}

const struct profile *recognise(const struct profiles *profiles,
	const struct input *input, bool *ambiguous, struct diag *diag)
{
	const struct profile *found = NULL;
	size_t n = 0;

	for (size_t i = 0; i < profiles->n; i++)
		if (profile_fits(&profiles->at[i], input->header.at,
			    input->header.n)) {
			found = &profiles->at[i];
			n++;
		}
	*ambiguous = n > 1;
	if (!*ambiguous)
		return found;
	complain(profiles, input, diag);
	return NULL;
}
