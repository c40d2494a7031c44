/*
 * bench: runs commands in turns and prints the time and peak memory of each as
 * ratios to the first. Turns spread what else happens on the machine evenly.
 *
 *   bench [-n RUNS] NAME=COMMAND...
 *
 * Each COMMAND is a line of sh; its standard output is thrown away. One run of
 * each before the first turn warms the file cache and is not counted.
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

#define MAX_COMMANDS 16
#define MAX_RUNS     99

extern char **environ;

/* Of one run. */
struct cost {
	double wall, cpu; /* s */
	double peak;      /* MiB */
};

struct contender {
	char *name, *command;
	struct cost runs[MAX_RUNS];
	int status; /* of the last run */
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

/* False if the command could not be started or waited for. */
static bool run(struct contender *c, struct cost *cost)
{
	char shell[] = "sh", flag[] = "-c";
	char *argv[] = {shell, flag, c->command, NULL};
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	double start = now();
	int failed;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(
		&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	failed = posix_spawn(&pid, "/bin/sh", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (failed || wait4(pid, &c->status, 0, &usage) != pid)
		return false;
	cost->wall = now() - start;
	cost->cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
	cost->peak = (double)usage.ru_maxrss / 1024;
	return true;
}

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The middle of one member of struct cost over the runs. */
static double median(const struct contender *c, int n, size_t member)
{
	double values[MAX_RUNS];

	for (int i = 0; i < n; i++)
		memcpy(&values[i], (const char *)&c->runs[i] + member,
			sizeof(double));
	qsort(values, (size_t)n, sizeof(values[0]), by_value);
	return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void print(const struct contender *all, int n, int runs)
{
	double first_wall = 0, first_peak = 0;

	printf("%-28s %9s %9s %10s %9s %9s\n", "median of runs", "wall s",
		"cpu s", "peak MiB", "x wall", "x peak");
	for (int i = 0; i < n; i++) {
		const struct contender *c = &all[i];
		double wall = median(c, runs, offsetof(struct cost, wall));
		double cpu = median(c, runs, offsetof(struct cost, cpu));
		double peak = median(c, runs, offsetof(struct cost, peak));

		if (i == 0) {
			first_wall = wall;
			first_peak = peak;
		}
		printf("%-28s %9.3f %9.3f %10.1f %9.2f %9.2f  exit %d\n",
			c->name, wall, cpu, peak, wall / first_wall,
			peak / first_peak,
			WIFEXITED(c->status) ? WEXITSTATUS(c->status)
					     : 128 + WTERMSIG(c->status));
	}
}

static bool measure(struct contender *all, int n, int runs)
{
	struct cost ignored;

	for (int i = 0; i < n; i++)
		if (!run(&all[i], &ignored))
			return false;
	for (int turn = 0; turn < runs; turn++)
		for (int i = 0; i < n; i++)
			if (!run(&all[i], &all[i].runs[turn]))
				return false;
	return true;
}

static int usage(void)
{
	fprintf(stderr,
		"usage: bench [-n RUNS] NAME=COMMAND...  (1 to %d runs, at most %d commands)\n",
		MAX_RUNS, MAX_COMMANDS);
	return 2;
}

int main(int argc, char **argv)
{
	static struct contender all[MAX_COMMANDS];
	int n = 0, first = 1;
	long runs = 5;

	if (argc > 2 && strcmp(argv[1], "-n") == 0) {
		char *end;

		runs = strtol(argv[2], &end, 10);
		if (*end || runs < 1 || runs > MAX_RUNS)
			return usage();
		first = 3;
	}
	if (first == argc || argc - first > MAX_COMMANDS)
		return usage();
	for (int i = first; i < argc; i++) {
		char *equals = strchr(argv[i], '=');

		if (!equals)
			return usage();
		*equals = '\0';
		all[n++] = (struct contender) {
			.name = argv[i], .command = equals + 1};
	}
	if (!measure(all, n, (int)runs)) {
		perror("bench");
		return 1;
	}
	print(all, n, (int)runs);
	return 0;
}
