#include "lineal/status.h"

#include "base/arena.h"

/* No memory: whatever was found out is incomplete. */
_Static_assert((int)STATUS_INPUT == (int)ARENA_EXIT, "one table of statuses");

static int rank(enum status status)
{
	switch (status) {
	case STATUS_INTERNAL:
		return 6;
	case STATUS_OUTPUT:
		return 5;
	case STATUS_USAGE:
		return 4;
	case STATUS_INPUT:
		return 3;
	case STATUS_FINDINGS:
		return 2;
	case STATUS_NOTHING:
		return 1;
	case STATUS_CLEAN:
		break;
	}
	return 0;
}

enum status status_worse(enum status a, enum status b)
{
	return rank(a) >= rank(b) ? a : b;
}
