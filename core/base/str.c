#include "base/str.h"

#include <string.h>

struct str str_of(const char *text)
{
	return (struct str) {text, strlen(text)};
}

bool str_equal(struct str left, struct str right)
{
	return left.len == right.len &&
	       (left.len == 0 || memcmp(left.s, right.s, left.len) == 0);
}

int str_compare(struct str left, struct str right)
{
	size_t len = left.len < right.len ? left.len : right.len;
	int order = len == 0 ? 0 : memcmp(left.s, right.s, len);

	if (order != 0)
		return order;
	return (left.len > right.len) - (left.len < right.len);
}

int str_compare_items(const void *left, const void *right)
{
	const struct str *a = left, *b = right;

	return str_compare(*a, *b);
}

bool str_equal_fold(struct str left, struct str right)
{
	if (left.len != right.len)
		return false;
	for (size_t i = 0; i < left.len; i++)
		if (str_lower(left.s[i]) != str_lower(right.s[i]))
			return false;
	return true;
}

bool str_has_prefix(struct str str, struct str prefix)
{
	return str.len >= prefix.len &&
	       str_equal((struct str) {str.s, prefix.len}, prefix);
}

bool str_has_suffix(struct str str, struct str suffix)
{
	return str.len >= suffix.len &&
	       str_equal(str_slice(str, str.len - suffix.len, suffix.len),
		       suffix);
}

size_t str_find(struct str str, char byte)
{
	const char *hit = str.len ? memchr(str.s, byte, str.len) : NULL;

	return hit ? (size_t)(hit - str.s) : str.len;
}

size_t str_find_text(struct str str, struct str part)
{
	if (part.len == 0)
		return 0;
	for (size_t i = 0; i + part.len <= str.len; i++)
		if (memcmp(str.s + i, part.s, part.len) == 0)
			return i;
	return str.len;
}

struct str str_slice(struct str str, size_t start, size_t len)
{
	if (!str.s)
		return (struct str) {NULL, 0};
	if (start > str.len)
		start = str.len;
	if (len > str.len - start)
		len = str.len - start;
	return (struct str) {str.s + start, len};
}

struct str str_trim(struct str str)
{
	while (str.len && (str.s[0] == ' ' || str.s[0] == '\t'))
		str = str_slice(str, 1, str.len);
	while (str.len &&
		(str.s[str.len - 1] == ' ' || str.s[str.len - 1] == '\t'))
		str.len--;
	return str;
}

struct str str_cut(struct str *rest, char byte)
{
	size_t at = str_find(*rest, byte);
	struct str part = str_slice(*rest, 0, at);

	if (at == rest->len)
		*rest = (struct str) {NULL, 0};
	else
		*rest = str_slice(*rest, at + 1, rest->len);
	return part;
}
