/*
 * bench: runs two commands in turns, pair by pair, and prints what the first
 * costs as a share of the second. What else happens on the machine meets both
 * runs of a pair alike, so the ratios count, not the times.
 *
 *   bench [-n RUNS] COMMAND COMMAND
 *
 * Each COMMAND is a line of sh; its standard output is thrown away. One run of
 * each before the first pair warms the file cache and is not counted; later
 * runs must end with the same status.
 *
 * The output has four lines of cells apart by tabs. For each command: `first`
 * or `second`, its status, wall time in s (least, median, most), median of the
 * processor time in s, median of the peak memory in MiB of its largest
 * process. Then `time` and `peak`: least, median and most of the ratios.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_RUNS 99

extern char **environ;

/* Of one run. */
struct cost {
	double wall, cpu; /* s */
	double peak;      /* MiB */
};

struct contender {
	const char *name;
	char *command;
	struct cost runs[MAX_RUNS];
	int status; /* of the last run */
};

struct spread {
	double least, median, most;
};

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* False if the command could not be started or waited for. The peak is that of
   the shell or of a process that it waited for, whichever is larger. */
static bool run(struct contender *c, struct cost *cost)
{
	char shell[] = "sh", flag[] = "-c";
	char *argv[] = {shell, flag, c->command, NULL};
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	double start = now();
	int failed, status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(
		&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	failed = posix_spawn(&pid, "/bin/sh", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (failed || wait4(pid, &status, 0, &usage) != pid)
		return false;
	cost->wall = now() - start;
	cost->cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
	cost->peak = (double)usage.ru_maxrss / 1024;
	c->status = WIFEXITED(status) ? WEXITSTATUS(status)
				      : 128 + WTERMSIG(status);
	return true;
}

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static struct spread spread_of(double *values, int n)
{
	double middle;

	qsort(values, (size_t)n, sizeof(values[0]), by_value);
	middle = n % 2 ? values[n / 2]
		       : (values[n / 2 - 1] + values[n / 2]) / 2;
	return (struct spread) {values[0], middle, values[n - 1]};
}

static double member_of(const struct cost *cost, size_t member)
{
	double value;

	memcpy(&value, (const char *)cost + member, sizeof(value));
	return value;
}

/* One member of struct cost over the runs. */
static struct spread spread_of_runs(
	const struct contender *c, int n, size_t member)
{
	double values[MAX_RUNS];

	for (int i = 0; i < n; i++)
		values[i] = member_of(&c->runs[i], member);
	return spread_of(values, n);
}

static struct spread spread_of_ratios(
	const struct contender both[2], int n, size_t member)
{
	double values[MAX_RUNS];

	for (int i = 0; i < n; i++)
		values[i] = member_of(&both[0].runs[i], member) /
			    member_of(&both[1].runs[i], member);
	return spread_of(values, n);
}

static void print_ratios(const char *name, struct spread ratio)
{
	printf("%s\t%.4f\t%.4f\t%.4f\n", name, ratio.least, ratio.median,
		ratio.most);
}

static void print(const struct contender both[2], int n)
{
	const size_t wall = offsetof(struct cost, wall);
	const size_t cpu = offsetof(struct cost, cpu);
	const size_t peak = offsetof(struct cost, peak);

	for (int i = 0; i < 2; i++) {
		struct spread time = spread_of_runs(&both[i], n, wall);

		printf("%s\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.1f\n", both[i].name,
			both[i].status, time.least, time.median, time.most,
			spread_of_runs(&both[i], n, cpu).median,
			spread_of_runs(&both[i], n, peak).median);
	}
	print_ratios("time", spread_of_ratios(both, n, wall));
	print_ratios("peak", spread_of_ratios(both, n, peak));
}

/* A run that does not end as the first one did measures something else. */
static bool run_again(struct contender *c, struct cost *cost)
{
	int before = c->status;

	if (!run(c, cost))
		return false;
	if (c->status == before)
		return true;
	fprintf(stderr, "bench: exit %d, before it was %d: %s\n", c->status,
		before, c->command);
	return false;
}

static bool measure(struct contender both[2], int n)
{
	struct cost ignored;

	for (int i = 0; i < 2; i++)
		if (!run(&both[i], &ignored))
			return false;
	for (int turn = 0; turn < n; turn++)
		for (int i = 0; i < 2; i++)
			if (!run_again(&both[i], &both[i].runs[turn]))
				return false;
	return true;
}

static int usage(void)
{
	fprintf(stderr,
		"usage: bench [-n RUNS] COMMAND COMMAND  "
		"(1 to %d runs)\n",
		MAX_RUNS);
	return 2;
}

int main(int argc, char **argv)
{
	static struct contender both[2] = {
		{.name = "first"}, {.name = "second"}};
	int first = 1;
	long n = 5;

	if (argc > 2 && strcmp(argv[1], "-n") == 0) {
		char *end;

		n = strtol(argv[2], &end, 10);
		if (*end || n < 1 || n > MAX_RUNS)
			return usage();
		first = 3;
	}
	if (argc - first != 2)
		return usage();
	both[0].command = argv[first];
	both[1].command = argv[first + 1];
	if (!measure(both, (int)n)) {
		fprintf(stderr, "bench: a run failed\n");
		return 1;
	}
	print(both, (int)n);
	return 0;
}
