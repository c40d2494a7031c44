#include "ingest/contents.h"

#include "format/digest.h"

#include <stdlib.h>
#include <string.h>

/* What an input holds, and its place in the list. */
struct content {
	const struct input *input;
	size_t at;
};

static struct content *list(struct arena *a, const struct input_list *inputs)
{
	struct content *all = arena_array(a, struct content, inputs->n);

	for (size_t i = 0; i < inputs->n; i++)
		all[i] = (struct content) {&inputs->at[i], i};
	return all;
}

static int compare_places(const struct content *a, const struct content *b)
{
	return a->at < b->at ? -1 : a->at > b->at;
}

static int compare_sizes(const void *left, const void *right)
{
	const struct content *a = left, *b = right;
	size_t a_len = a->input->bytes.len, b_len = b->input->bytes.len;

	if (a_len != b_len)
		return a_len > b_len ? -1 : 1;
	return compare_places(a, b);
}

size_t *contents_order(struct arena *a, const struct input_list *inputs)
{
	struct content *all = list(a, inputs);
	size_t *order = arena_array(a, size_t, inputs->n);

	if (inputs->n)
		qsort(all, inputs->n, sizeof(*all), compare_sizes);
	for (size_t i = 0; i < inputs->n; i++)
		order[i] = all[i].at;
	return order;
}

/* What is digested before its memory is given back. */
#define SLICE_BYTES ((size_t)8 << 20)

void contents_digest(struct input *input, size_t end)
{
	if (!input->is_unpacked || input->is_digested)
		return;
	if (input->n_digested == 0)
		digest_sha256_init(&input->digest);
	while (input->n_digested < end) {
		size_t len = end - input->n_digested;
		struct str slice = str_slice(input->bytes, input->n_digested,
			len < SLICE_BYTES ? len : SLICE_BYTES);

		digest_sha256_add(&input->digest, slice);
		input_forget(input, slice);
		input->n_digested += slice.len;
	}
	if (end < input->bytes.len)
		return;
	digest_sha256_hex(&input->digest, input->facts.sha256);
	input->is_digested = true;
}

size_t contents_end(const struct input *input, struct str text, bool last)
{
	const char *end = input->bytes.s + input->bytes.len;

	/* A text that was decoded has no place in the bytes. */
	if (last || text.s < input->bytes.s || text.s + text.len > end)
		return input->bytes.len;
	return (size_t)(text.s + text.len - input->bytes.s);
}

/* Digests are texts of one length. */
static int compare_digests(const struct content *a, const struct content *b)
{
	return memcmp(a->input->facts.sha256, b->input->facts.sha256,
		sizeof(a->input->facts.sha256));
}

static int compare_contents(const void *left, const void *right)
{
	const struct content *a = left, *b = right;
	int order = compare_digests(a, b);

	return order ? order : compare_places(a, b);
}

/* For each input the place of the first one of its content; its own for what is
   empty or was not read. */
static size_t *find_firsts(struct arena *a, const struct input_list *inputs)
{
	size_t n = inputs->n, *firsts = arena_array(a, size_t, n);
	struct content *sorted = list(a, inputs);

	if (n)
		qsort(sorted, n, sizeof(*sorted), compare_contents);
	for (size_t i = 0; i < n; i++) {
		bool is_copy = i > 0 && sorted[i].input->facts.bytes > 0 &&
			       compare_digests(&sorted[i - 1], &sorted[i]) == 0;

		firsts[sorted[i].at] = is_copy ? firsts[sorted[i - 1].at]
					       : sorted[i].at;
	}
	return firsts;
}

void contents_report(const struct input_list *inputs, struct diag *diag)
{
	struct arena scratch = {0};
	const size_t *firsts = find_firsts(&scratch, inputs);

	for (size_t i = 0; i < inputs->n; i++) {
		struct loc loc = {inputs->at[i].facts.file, 0, 0};

		if (firsts[i] != i)
			diag_add(diag, DIAG_SAME_CONTENT, loc,
				"the same content as %.*s",
				STR_ARG(inputs->at[firsts[i]].facts.path));
	}
	arena_free(&scratch);
}
