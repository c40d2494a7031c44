#include "lineal-gen/audit.h"
#include "lineal-gen/costs.h"
#include "lineal-gen/decisions.h"
#include "lineal-gen/exports.h"
#include "lineal-gen/incidents.h"
#include "lineal-gen/options.h"
#include "lineal-gen/outages.h"
#include "lineal-gen/project.h"
#include "lineal-gen/transactions.h"
#include "lineal/version.h"

#include <stdio.h>

typedef bool (*file_fn)(const struct folder *folder, const struct world *world,
	struct truth *truth, struct err *err);

static const file_fn extracts[] = {
	transactions_write,
	audit_write,
	decisions_write,
	consents_write,
	reviews_write,
	incidents_write,
	outages_write,
	costs_write,
};

#define TRUTH "truth.json"

static bool write_truth(const struct folder *folder, const struct world *world,
	const struct truth *truth, struct err *err)
{
	struct arena memory = {0};
	struct out out;
	bool ok = false;

	if (!out_open(&out, &memory, folder, STR(TRUTH), err))
		goto done;
	truth_write(truth, world, &out);
	ok = out_publish(&out, err);
done:
	arena_free(&memory);
	return ok;
}

static bool generate(const struct options *options, struct err *err)
{
	struct folder folder;
	struct world world;
	struct truth truth = {0};
	bool ok;

	if (!folder_open(&folder, options->out, err))
		return false;
	/* A truth never stands beside files that it is not about. */
	folder_remove(&folder, TRUTH);
	world_init(&world, options->transactions, options->seed);
	ok = project_write(&folder, err);
	for (size_t i = 0; ok && i < sizeof(extracts) / sizeof(extracts[0]);
		i++)
		ok = extracts[i](&folder, &world, &truth, err);
	ok = ok && write_truth(&folder, &world, &truth, err);
	folder_close(&folder);
	return ok;
}

static int print(struct str text)
{
	size_t n = fwrite(text.s, 1, text.len, stdout);

	if (n == text.len && fflush(stdout) == 0)
		return STATUS_OK;
	fprintf(stderr, "lineal-gen: cannot write to standard output\n");
	return STATUS_OUTPUT;
}

int main(int argc, char **argv)
{
	struct options options;
	struct err err = {0};

	if (!options_read(argc - 1, argv + 1, &options, &err)) {
		fprintf(stderr, "lineal-gen: %s\n", err.text);
		return STATUS_USAGE;
	}
	if (options.help)
		return print(options_help());
	if (options.version)
		return print(STR("lineal-gen " LINEAL_VERSION "\n"));
	if (!generate(&options, &err)) {
		fprintf(stderr, "lineal-gen: %s\n", err.text);
		return STATUS_OUTPUT;
	}
	return STATUS_OK;
}
