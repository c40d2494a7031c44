#include "base/err.h"

#include <stdio.h>

bool err_set(struct err *err, enum err_kind kind, struct loc loc,
	const char *format, ...)
{
	va_list args;

	err->kind = kind;
	err->loc = loc;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	return false;
}
