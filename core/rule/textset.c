#include "rule/textset.h"

#include <stdlib.h>

static int find_folded(const void *left, const void *right)
{
	const struct str *a = left, *b = right;
	size_t n = a->len < b->len ? a->len : b->len;

	for (size_t i = 0; i < n; i++) {
		unsigned char l = (unsigned char)str_lower(a->s[i]);
		unsigned char r = (unsigned char)str_lower(b->s[i]);

		if (l != r)
			return l < r ? -1 : 1;
	}
	return (a->len > b->len) - (a->len < b->len);
}

/* The same with bytes as the last key, so that the order is total. */
static int sort_folded(const void *left, const void *right)
{
	int order = find_folded(left, right);

	return order ? order : str_compare_items(left, right);
}

void textset_sort(struct str_vec *texts, bool fold)
{
	if (texts->n)
		qsort(texts->at, texts->n, sizeof(*texts->at),
			fold ? sort_folded : str_compare_items);
}

bool textset_has(const struct str_vec *texts, bool fold, struct str text)
{
	return texts->n && bsearch(&text, texts->at, texts->n, sizeof(text),
				   fold ? find_folded : str_compare_items);
}
