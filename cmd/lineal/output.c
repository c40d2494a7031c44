#include "lineal/output.h"

#include "lineal/memory.h"

#include <signal.h>
#include <stdio.h>

static bool publish(const char *path, output_fn write, void *ctx)
{
	struct sink sink;
	struct err err;

	if (sink_open(&sink, path, &err)) {
		write(&sink, ctx);
		if (sink_publish(&sink, &err))
			return true;
	}
	fprintf(stderr, "lineal: error[output]: %s\n", err.text);
	return false;
}

bool output_publish(struct str path, output_fn write, void *ctx)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	struct arena scratch = {0};
	bool is_stdout = str_equal(path, STR("-")), ok;

	memory_unlimit();
	if (!is_stdout)
		sigaction(SIGPIPE, &ignore, &before);
	ok = publish(arena_copy(&scratch, path).s, write, ctx);
	if (!is_stdout)
		sigaction(SIGPIPE, &before, NULL);
	arena_free(&scratch);
	return ok;
}
