#define _GNU_SOURCE
#include "base/jobs.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

#define JOBS_MAX 64

struct pool {
	pthread_mutex_t lock;
	size_t next, n;
	job_fn job;
	void *ctx;
};

static bool take(struct pool *pool, size_t *index)
{
	bool got;

	pthread_mutex_lock(&pool->lock);
	got = pool->next < pool->n;
	if (got)
		*index = pool->next++;
	pthread_mutex_unlock(&pool->lock);
	return got;
}

static void *work(void *pool)
{
	struct pool *p = pool;
	size_t index;

	while (take(p, &index))
		p->job(p->ctx, index);
	return NULL;
}

void jobs_run(unsigned threads, size_t n, job_fn job, void *ctx)
{
	struct pool pool = {.lock = PTHREAD_MUTEX_INITIALIZER,
		.n = n,
		.job = job,
		.ctx = ctx};
	pthread_t made[JOBS_MAX];
	unsigned n_made = 0;

	if (threads > n)
		threads = (unsigned)n;
	if (threads > JOBS_MAX)
		threads = JOBS_MAX;
	/* The calling thread works too. */
	while (n_made + 1 < threads &&
		pthread_create(&made[n_made], NULL, work, &pool) == 0)
		n_made++;
	work(&pool);
	for (unsigned i = 0; i < n_made; i++)
		pthread_join(made[i], NULL);
	pthread_mutex_destroy(&pool.lock);
}

unsigned jobs_default(void)
{
	cpu_set_t set;
	int count = 1;

	if (sched_getaffinity(0, sizeof(set), &set) == 0)
		count = CPU_COUNT(&set);
	return count < 1 ? 1 : count > 16 ? 16 : (unsigned)count;
}
