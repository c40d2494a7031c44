#include "lineal-gen/merge.h"

#include <assert.h>

/* Moves the head of stream `s` to its first row at or after member `index`. */
static void advance(struct merge *merge, size_t s, uint64_t index)
{
	const struct stream *stream = &merge->streams[s];

	for (; index < stream->members; index++)
		if (stream->moment(merge->world, index, stream->which,
			    &merge->heads[s])) {
			merge->next[s] = index;
			return;
		}
	merge->heads[s] = INT64_MAX;
}

void merge_add(struct merge *merge, struct stream stream)
{
	assert(merge->n < MERGE_MAX);
	merge->streams[merge->n] = stream;
	advance(merge, merge->n, 0);
	merge->n++;
}

bool merge_next(struct merge *merge, struct merge_row *row)
{
	size_t best = 0;
	int64_t ms;

	for (size_t s = 1; s < merge->n; s++)
		if (merge->heads[s] < merge->heads[best])
			best = s;
	ms = merge->n > 0 ? merge->heads[best] : INT64_MAX;
	if (ms == INT64_MAX)
		return false;
	*row = (struct merge_row) {best, merge->next[best], ms};
	advance(merge, best, row->index + 1);
	assert(merge->heads[best] >= ms);
	return true;
}
