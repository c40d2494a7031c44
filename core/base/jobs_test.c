#include "base/jobs.h"

#include "base/rng.h"

#include <criterion/criterion.h>

#define MOST 1000

struct board {
	int runs[MOST];
	uint64_t results[MOST];
};

static void job(void *ctx, size_t index)
{
	struct board *board = ctx;
	struct rng rng = {index};
	uint64_t sum = 0;

	for (size_t i = 0; i < index % 100 * 20; i++)
		sum += rng_next(&rng);
	board->runs[index]++;
	board->results[index] = sum;
}

/* Property: for any number of threads and jobs each index runs once and leaves
   what it leaves on one thread. */
Test(jobs, every_index_runs_exactly_once)
{
	static const unsigned threads[] = {0, 1, 2, 3, 7, 64, 1000};
	static const size_t jobs[] = {0, 1, 2, 63, 64, 65, MOST};
	static struct board serial;

	jobs_run(1, MOST, job, &serial);
	for (size_t i = 0; i < 7; i++)
		for (size_t j = 0; j < 7; j++) {
			struct board board = {0};

			jobs_run(threads[i], jobs[j], job, &board);
			for (size_t k = 0; k < MOST; k++) {
				int runs = k < jobs[j];
				uint64_t result = runs ? serial.results[k] : 0;

				cr_assert(board.runs[k] == runs,
					"%u threads, %zu jobs, index %zu",
					threads[i], jobs[j], k);
				cr_assert(board.results[k] == result);
			}
		}
}

struct trail {
	size_t n, at[MOST];
};

static void note(void *ctx, size_t index)
{
	struct trail *trail = ctx;

	trail->at[trail->n++] = index;
}

Test(jobs, one_thread_runs_them_in_order)
{
	struct trail trail = {0};

	jobs_run(1, MOST, note, &trail);
	cr_assert(trail.n == MOST);
	for (size_t i = 0; i < MOST; i++)
		cr_assert(trail.at[i] == i);
}

Test(jobs, the_default_is_one_to_sixteen)
{
	cr_expect(jobs_default() >= 1 && jobs_default() <= 16);
}
