#include "ingest/owners.h"

#include <stdlib.h>

static int compare_identities(
	const struct walk_identity *a, const struct walk_identity *b)
{
	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return 0;
}

static int compare_owned(const void *left, const void *right)
{
	const struct owned_file *a = left, *b = right;
	int order = compare_identities(&a->identity, &b->identity);

	if (order != 0)
		return order;
	return a->at < b->at ? -1 : a->at > b->at;
}

void owners_init(struct owners *owners, const struct located_list *files)
{
	struct owned_files *sorted = &owners->sorted;

	*owners = (struct owners) {.files = files};
	for (size_t i = 0; i < files->n; i++) {
		struct owned_file file = {.at = i};

		intern_put(&owners->names, files->at[i].open);
		if (walk_identify(files->at[i].open.s, &file.identity))
			vec_push(&owners->names.texts, sorted, file);
	}
	if (sorted->n)
		qsort(sorted->at, sorted->n, sizeof(*sorted->at),
			compare_owned);
}

/* The first of the sorted files that is not before the wanted one. */
static size_t lower_bound(
	const struct owners *owners, const struct walk_identity *wanted)
{
	size_t low = 0, high = owners->sorted.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_identities(
			    &owners->sorted.at[middle].identity, wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t owners_find(const struct owners *owners, struct str path)
{
	sym name = intern_find(&owners->names, path);
	const struct owned_file *found;
	struct walk_identity wanted;
	size_t at;

	if (name)
		return owners->files->at[name - 1].source;
	if (!walk_identify(path.s, &wanted))
		return LOCATE_UNCLAIMED;
	at = lower_bound(owners, &wanted);
	if (at == owners->sorted.n)
		return LOCATE_UNCLAIMED;
	found = &owners->sorted.at[at];
	return compare_identities(&found->identity, &wanted) == 0
		       ? owners->files->at[found->at].source
		       : LOCATE_UNCLAIMED;
}

void owners_free(struct owners *owners)
{
	intern_free(&owners->names);
	*owners = (struct owners) {0};
}
