/*
 * The traffic around the transactions: reads, log-ins and log-outs, rows whose
 * time cannot be read, and the opening and closing row of the log, which fix
 * its first and last moment.
 */
#ifndef LINEAL_GEN_SESSIONS_H
#define LINEAL_GEN_SESSIONS_H

#include "lineal-gen/audit.h"

bool mark_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);
bool read_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);
bool login_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);
bool logout_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);

/* Where an untimed read stands in the file. */
bool untimed_read_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);

/* `index` 0 opens the log, 1 closes it. */
void mark_entry(const struct world *world, struct truth *truth, uint64_t index,
	struct audit_row *row);
void read_entry(const struct world *world, struct truth *truth, uint64_t index,
	struct audit_row *row);
void login_entry(const struct world *world, struct truth *truth, uint64_t index,
	struct audit_row *row);
void logout_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);
void untimed_read_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);

#endif
