#include "base/loc.h"

uint32_t files_add(
	struct arena *a, struct files *files, struct str path, struct str text)
{
	struct file_name name = {path, text};

	vec_push(a, files, name);
	return (uint32_t)files->n;
}

struct str files_path(const struct files *files, uint32_t number)
{
	if (number == 0 || number > files->n)
		return STR("");
	return files->at[number - 1].path;
}
