#include "lineal-gen/options.h"

#include <criterion/criterion.h>
#include <string.h>

#define WORDS_MAX 8

/* Reads the words of a line that are parted by one blank each. */
static bool read_line(
	const char *line, struct options *options, struct err *err)
{
	static char text[256];
	char *words[WORDS_MAX];
	int n = 0;

	memcpy(text, line, strlen(line) + 1);
	for (char *c = text; *c; c++) {
		if (c == text || c[-1] == '\0')
			words[n++] = c;
		if (*c == ' ')
			*c = '\0';
	}
	return options_read(n, words, options, err);
}

Test(options, values_follow_or_are_joined)
{
	static const char *const lines[] = {
		"--transactions 70 --seed 5 --out dir",
		"--out=dir --seed=5 --transactions=70",
		"--seed 1 --out dir --transactions 70 --seed=5",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct options options = {0};
		struct err err = {0};

		cr_assert(read_line(lines[i], &options, &err), "row %zu", i);
		cr_expect_eq(options.transactions, 70u);
		cr_expect_eq(options.seed, 5u);
		cr_expect(str_equal(options.out, STR("dir")));
	}
}

Test(options, help_and_version_need_no_values)
{
	struct options options = {0};
	struct err err = {0};

	cr_expect(read_line("--help", &options, &err) && options.help);
	cr_expect(read_line("-h", &options, &err) && options.help);
	cr_expect(read_line("--version", &options, &err) && options.version);
}

Test(options, mistakes_are_named)
{
	static const struct {
		const char *line, *text;
	} rows[] = {
		{"", "--transactions is missing; see --help"},
		{"--transactions 5 --out d", "--seed is missing; see --help"},
		{"--transactions 5 --seed 1", "--out is missing; see --help"},
		{"--transactions", "--transactions needs a value"},
		{"--transactions 0",
			"--transactions: expected a whole number from 1 to "
			"500000000, found '0'"},
		{"--transactions 1e6",
			"--transactions: expected a whole number from 1 to "
			"500000000, found '1e6'"},
		{"--seed -1", "--seed: expected a whole number from 0 to "
			      "18446744073709551615, found '-1'"},
		{"--out=", "--out: expected a folder, found ''"},
		{"--help=yes", "--help takes no value, found 'yes'"},
		{"--sead 1",
			"unknown option '--sead' did you mean \"--seed\"?"},
		{"demo", "unknown option 'demo'"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct options options = {.seed = 99};
		struct err err = {0};

		cr_expect(
			!read_line(rows[i].line, &options, &err), "row %zu", i);
		cr_expect_str_eq(err.text, rows[i].text);
		cr_expect_eq(err.kind, ERR_USAGE);
		cr_expect_eq(options.seed, 99u);
	}
}

Test(options, help_fits_the_screen)
{
	struct str rest = options_help();

	while (rest.s)
		cr_expect_leq(str_cut(&rest, '\n').len, 80u);
}
