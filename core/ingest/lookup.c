#include "ingest/lookup.h"

#include "base/number.h"
#include "ingest/role.h"

static void add_number(const struct lookup *lookup,
	struct column_numbers *found, uint32_t column)
{
	vec_push(lookup->a, found, column);
}

/* "labels[2]" of a header that has "labels" twice or more: the second. */
static bool find_indexed(
	const struct lookup *lookup, struct str name, uint32_t *column)
{
	size_t open = str_find(name, '[');
	const struct column_numbers *repeated;
	uint64_t index;

	if (open == name.len || name.s[name.len - 1] != ']' ||
		!number_read_u64(
			str_slice(name, open + 1, name.len - open - 2), &index))
		return false;
	repeated = columns_exact(lookup->columns, str_slice(name, 0, open));
	if (!repeated || index == 0 || index > repeated->n)
		return false;
	*column = repeated->at[index - 1];
	return true;
}

/* Both lists as one, ascending; either may be NULL. */
static void merge(const struct lookup *lookup,
	const struct column_numbers *left, const struct column_numbers *right,
	struct column_numbers *out)
{
	size_t i = 0, j = 0, n = left ? left->n : 0, m = right ? right->n : 0;

	while (i < n || j < m)
		if (j == m || (i < n && left->at[i] < right->at[j]))
			add_number(lookup, out, left->at[i++]);
		else
			add_number(lookup, out, right->at[j++]);
}

struct column_numbers lookup_name(const struct lookup *lookup, struct str name)
{
	struct column_numbers found = {0};
	uint32_t column;

	merge(lookup, columns_exact(lookup->columns, name),
		columns_items(lookup->columns, name), &found);
	if (found.n == 0 && find_indexed(lookup, name, &column))
		add_number(lookup, &found, column);
	return found;
}

/* The same for a name that is not the project's own, but that of a profile or
   a field, which may be spelt otherwise in a file. */
static struct column_numbers find_folded(
	const struct lookup *lookup, struct str name)
{
	struct column_numbers found = lookup_name(lookup, name);
	uint32_t column;

	if (found.n || profile_column(lookup->profile, name, lookup->columns,
			       &column) != COLUMN_FOUND)
		return found;
	return lookup_name(lookup, lookup->columns->names.at[column]);
}

bool lookup_is_folded(const struct lookup *lookup, struct str field)
{
	return role_is_field(field) ||
	       (lookup->profile && profile_mentions(lookup->profile, field));
}

struct column_numbers lookup_field(
	const struct lookup *lookup, struct str field)
{
	const struct binding *binding = binding_find(
		&lookup->source->bind, field);

	if (binding && binding->is_constant)
		return (struct column_numbers) {0};
	if (binding)
		return binding->from_profile
			       ? find_folded(lookup, binding->column)
			       : lookup_name(lookup, binding->column);
	return lookup_is_folded(lookup, field) ? find_folded(lookup, field)
					       : lookup_name(lookup, field);
}
