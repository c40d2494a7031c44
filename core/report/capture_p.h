/*
 * For tests: a sink whose bytes can be read back, and a page over it.
 */
#ifndef REPORT_CAPTURE_P_H
#define REPORT_CAPTURE_P_H

#include "report/page.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* Between capture_begin() and capture_end(). */
struct capture {
	struct sink sink;
	struct report_options options;
	struct page page;
	struct arena a; /* what was read back */
	char path[40];
};

/* A sink, and a page of `width` columns whose options may still be set. */
static inline void capture_begin(struct capture *c, unsigned width)
{
	struct err err;
	int fd;

	*c = (struct capture) {.path = "/tmp/lineal-report-XXXXXX"};
	fd = mkstemp(c->path);
	cr_assert(fd >= 0 && close(fd) == 0);
	cr_assert(sink_open(&c->sink, c->path, &err), "%s", err.text);
	c->options.width = width;
	c->page.sink = &c->sink;
	c->page.options = &c->options;
}

/* All bytes that were written; they live until capture_free(). */
static inline struct str capture_end(struct capture *c)
{
	size_t size = c->sink.written, used = 0;
	char *bytes = arena_alloc(&c->a, size + 1);
	struct err err;
	ssize_t n;
	int fd;

	cr_assert(sink_publish(&c->sink, &err), "%s", err.text);
	fd = open(c->path, O_RDONLY);
	cr_assert(fd >= 0);
	while ((n = read(fd, bytes + used, size + 1 - used)) > 0)
		used += (size_t)n;
	cr_assert(n == 0 && used == size);
	close(fd);
	unlink(c->path);
	arena_free(&c->page.a);
	return (struct str) {bytes, used};
}

static inline void capture_free(struct capture *c)
{
	arena_free(&c->a);
}

/* Ends the capture: its bytes are `want`. */
static inline void capture_expect(struct capture *c, const char *want)
{
	struct str have = capture_end(c);

	cr_expect(str_equal(have, str_of(want)), "want:\n%s\nhave:\n%.*s", want,
		STR_ARG(have));
	capture_free(c);
}

#endif
