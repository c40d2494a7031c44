#include "lineal-gen/options.h"

#include "base/near.h"
#include "base/number.h"
#include "lineal-gen/world.h"

static const struct loc nowhere = {0, 0, 0};

enum name { NAME_TRANSACTIONS, NAME_SEED, NAME_OUT, NAME_HELP, NAME_VERSION };

static const struct str names[] = {
	[NAME_TRANSACTIONS] = STR_INIT("--transactions"),
	[NAME_SEED] = STR_INIT("--seed"),
	[NAME_OUT] = STR_INIT("--out"),
	[NAME_HELP] = STR_INIT("--help"),
	[NAME_VERSION] = STR_INIT("--version"),
};

#define NAMES (sizeof(names) / sizeof(names[0]))

static bool unknown_option(struct str option, struct err *err)
{
	struct arena scratch = {0};
	struct str hint = near_hint(&scratch, option, names, NAMES);

	err_set(err, ERR_USAGE, nowhere, "unknown option '%.*s'%.*s",
		STR_ARG(option), STR_ARG(hint));
	arena_free(&scratch);
	return false;
}

static bool read_number(struct str option, struct str value, uint64_t least,
	uint64_t most, uint64_t *out, struct err *err)
{
	uint64_t number;

	if (!number_read_u64(value, &number) || number < least || number > most)
		return err_set(err, ERR_USAGE, nowhere,
			"%.*s: expected a whole number from %llu to %llu, "
			"found '%.*s'",
			STR_ARG(option), (unsigned long long)least,
			(unsigned long long)most, STR_ARG(value));
	*out = number;
	return true;
}

static bool set_value(struct options *options, enum name name, struct str value,
	struct err *err)
{
	if (name == NAME_TRANSACTIONS)
		return read_number(names[name], value, 1,
			WORLD_TRANSACTIONS_MAX, &options->transactions, err);
	if (name == NAME_SEED)
		return read_number(
			names[name], value, 0, UINT64_MAX, &options->seed, err);
	if (value.len == 0)
		return err_set(err, ERR_USAGE, nowhere,
			"--out: expected a folder, found ''");
	options->out = value;
	return true;
}

static bool find_name(struct str option, enum name *name)
{
	if (str_equal(option, STR("-h")))
		option = names[NAME_HELP];
	for (size_t i = 0; i < NAMES; i++)
		if (str_equal(option, names[i])) {
			*name = (enum name)i;
			return true;
		}
	return false;
}

/* One option at arguments[*at], and its value; moves *at behind both. */
static bool read_option(int n, char **arguments, int *at,
	struct options *options, struct err *err)
{
	struct str rest = str_of(arguments[(*at)++]);
	struct str option = str_cut(&rest, '=');
	bool has_value = rest.s != NULL;
	enum name name;

	if (!find_name(option, &name))
		return unknown_option(option, err);
	if (name == NAME_HELP || name == NAME_VERSION) {
		if (has_value)
			return err_set(err, ERR_USAGE, nowhere,
				"%.*s takes no value, found '%.*s'",
				STR_ARG(option), STR_ARG(rest));
		options->help |= name == NAME_HELP;
		options->version |= name == NAME_VERSION;
		return true;
	}
	if (!has_value && *at == n)
		return err_set(err, ERR_USAGE, nowhere, "%.*s needs a value",
			STR_ARG(option));
	if (!has_value)
		rest = str_of(arguments[(*at)++]);
	return set_value(options, name, rest, err);
}

static bool check_given(
	const struct options *options, bool seeded, struct err *err)
{
	if (options->help || options->version)
		return true;
	if (options->transactions == 0)
		return err_set(err, ERR_USAGE, nowhere,
			"--transactions is missing; see --help");
	if (!seeded)
		return err_set(err, ERR_USAGE, nowhere,
			"--seed is missing; see --help");
	if (options->out.len == 0)
		return err_set(err, ERR_USAGE, nowhere,
			"--out is missing; see --help");
	return true;
}

bool options_read(
	int n, char **arguments, struct options *options, struct err *err)
{
	struct options read = {0};
	bool seeded = false;
	int at = 0;

	while (at < n) {
		struct str text = str_of(arguments[at]);

		seeded |= str_has_prefix(text, names[NAME_SEED]);
		if (!read_option(n, arguments, &at, &read, err))
			return false;
	}
	if (!check_given(&read, seeded, err))
		return false;
	*options = read;
	return true;
}

struct str options_help(void)
{
	return STR(
		"usage: lineal-gen --transactions N --seed S --out DIR\n"
		"\n"
		"Writes a synthetic CRM workload with planted faults into DIR: "
		"eight CSV\n"
		"extracts, lineal.yaml and rules.yaml that fit them, and "
		"truth.json, which\n"
		"states what a check must find. Equal N and S give equal "
		"bytes.\n"
		"\n"
		"  --transactions N  transactions, 1 to 500000000; about 2.75 "
		"N audit rows\n"
		"  --seed S          any number from 0 to 2^64 - 1\n"
		"  --out DIR         the folder; it is made if it is missing\n"
		"  -h, --help        print this text\n"
		"  --version         print the version\n"
		"\n"
		"Exit: 0 all files are complete, 2 wrong usage, 5 a file was "
		"not written.\n"
		"\n"
		"Example:\n"
		"  lineal-gen --transactions 1000 --seed 7 --out demo\n");
}
