#include "lineal/opt.h"

#include <string.h>

#include <criterion/criterion.h>

struct world {
	struct arena a;
	struct diag diag;
	struct opt_values values;
};

/* Parses a command line whose words are parted by single blanks. */
static void parse_for(struct world *w, unsigned verb, const char *line)
{
	struct str rest = str_of(line);
	char *argv[32];
	int argc = 0;

	*w = (struct world) {0};
	while (rest.len)
		argv[argc++] = (char *)(void *)(uintptr_t)arena_copy(
			&w->a, str_cut(&rest, ' '))
				       .s;
	opt_parse(&w->a, argc, argv, verb, &w->values, &w->diag);
}

static void parse(struct world *w, const char *line)
{
	parse_for(w, VERB_CHECK, line);
}

static void finish(struct world *w)
{
	arena_free(&w->diag.texts);
	arena_free(&w->a);
}

static bool is(const struct world *w, enum opt_number number, const char *text)
{
	return str_equal(opt_text(&w->values, number), str_of(text));
}

static bool has_arguments(const struct world *w, const char *line)
{
	struct str rest = str_of(line);

	for (size_t i = 0; i < w->values.arguments.n; i++)
		if (!str_equal(w->values.arguments.at[i], str_cut(&rest, ' ')))
			return false;
	return rest.len == 0;
}

Test(opt, values_stand_behind_a_blank_or_an_equals_sign)
{
	struct world w;

	parse(&w, "a.csv --format json --width=100 -o out.json -j4 - b.csv");
	cr_expect(w.diag.items.n == 0);
	cr_expect(is(&w, OPT_FORMAT, "json"));
	cr_expect(is(&w, OPT_WIDTH, "100"));
	cr_expect(is(&w, OPT_OUTPUT, "out.json"));
	cr_expect(is(&w, OPT_JOBS, "4"));
	cr_expect(has_arguments(&w, "a.csv - b.csv"));
	finish(&w);
}

Test(opt, letters_cluster_and_a_value_may_follow_the_last)
{
	struct world w;

	parse(&w, "-qvrmine.yaml -qr other.yaml");
	cr_expect(w.diag.items.n == 0);
	cr_expect(w.values.at[OPT_QUIET].texts.n == 2);
	cr_expect(opt_flag(&w.values, OPT_VERBOSE));
	cr_expect(w.values.at[OPT_RULES].texts.n == 2);
	cr_expect(is(&w, OPT_RULES, "other.yaml"));
	finish(&w);
}

Test(opt, two_dashes_end_the_options)
{
	struct world w;

	parse(&w, "--ascii -- --format -q");
	cr_expect(w.diag.items.n == 0);
	cr_expect(opt_flag(&w.values, OPT_ASCII));
	cr_expect(!opt_given(&w.values, OPT_FORMAT));
	cr_expect(has_arguments(&w, "--format -q"));
	finish(&w);
}

Test(opt, the_last_of_a_single_value_wins_and_lists_add_up)
{
	struct world w;

	parse(&w, "--now 2026-01-01 --only A --now 2026-02-02 --only B");
	cr_expect(is(&w, OPT_NOW, "2026-02-02"));
	cr_expect(w.values.at[OPT_ONLY].texts.n == 2);
	finish(&w);
}

Test(opt, what_does_not_fit_is_complained_about)
{
	static const struct {
		const char *line, *text;
	} rows[] = {
		{"--formt json", "there is no option --formt"},
		{"--form json", "there is no option --form"},
		{"-Z", "there is no option -Z"},
		{"-qZv", "there is no option -Z"},
		{"--depth 3",
			"--depth is no option of this command, but of trace"},
		{"--format", "--format needs a value (NAME[=PATH])"},
		{"-f", "--format needs a value (NAME[=PATH])"},
		{"--assume-tz=", "--assume-tz needs a value (ZONE)"},
		{"--rejects= -q", "--rejects needs a value (PATH)"},
		{"--ascii=yes", "--ascii takes no value"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct world w;

		parse(&w, rows[i].line);
		cr_assert(w.diag.items.n >= 1, "row %zu", i);
		cr_expect(w.diag.items.at[0].code == DIAG_BAD_OPTION, "row %zu",
			i);
		cr_expect(str_equal(w.diag.items.at[0].text,
				  str_of(rows[i].text)),
			"row %zu: %.*s", i, STR_ARG(w.diag.items.at[0].text));
		finish(&w);
	}
}

/* What would change nothing is refused, with the commands that have it. */
Test(opt, an_option_of_other_commands_is_refused_and_says_whose_it_is)
{
	static const struct {
		unsigned verb;
		const char *line, *text, *help;
	} rows[] = {
		{VERB_CHECK, "--depth 3",
			"--depth is no option of this command, but of trace",
			""},
		{VERB_TRACE, "--only A",
			"--only is no option of this command, but of check and dump",
			""},
		{VERB_TRACE, "--skip A",
			"--skip is no option of this command, but of check and dump",
			""},
		{VERB_TRACE, "--width 90",
			"--width is no option of this command, but of check",
			""},
		{VERB_TRACE, "--closed-log",
			"--closed-log is no option of this command, but of check",
			""},
		{VERB_DUMP, "-f json",
			"-f is no option of this command, but of check and trace",
			""},
		{VERB_DUMP, "--format=json",
			"--format is no option of this command, but of check and trace",
			""},
		{VERB_DUMP, "--strict",
			"--strict is no option of this command, but of check",
			""},
		{VERB_DUMP, "--onyl A", "there is no option --onyl",
			"did you mean \"--only\"?"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct world w;

		parse_for(&w, rows[i].verb, rows[i].line);
		cr_assert(w.diag.items.n == 1, "row %zu", i);
		cr_expect(str_equal(w.diag.items.at[0].text,
				  str_of(rows[i].text)),
			"row %zu: %.*s", i, STR_ARG(w.diag.items.at[0].text));
		cr_expect(str_equal(w.diag.items.at[0].help,
				  str_of(rows[i].help)),
			"row %zu: %.*s", i, STR_ARG(w.diag.items.at[0].help));
		finish(&w);
	}
}

Test(opt, the_command_line_outranks_the_environment_and_that_the_file)
{
	char *environment[] = {
		(char[]) {"LINEAL_WIDTH=90"},
		(char[]) {"LINEAL_JOBS=3"},
		(char[]) {"LINEAL_STRICT=yes"},
		(char[]) {"HOME=/"},
		NULL,
	};
	struct loc loc = {1, 7, 3};
	struct world w;

	parse(&w, "--width 100");
	opt_environment(&w.values, environment, VERB_CHECK, &w.diag);
	opt_from_file(&w.values, OPT_WIDTH, STR("70"), loc);
	opt_from_file(&w.values, OPT_JOBS, STR("7"), loc);
	opt_from_file(&w.values, OPT_MAX_ROW, STR("1M"), loc);
	for (size_t i = 0; i < w.diag.items.n; i++)
		cr_expect(false, "%s", w.diag.items.at[i].text.s);
	cr_expect(is(&w, OPT_WIDTH, "100"));
	cr_expect(is(&w, OPT_JOBS, "3"));
	cr_expect(is(&w, OPT_MAX_ROW, "1M"));
	cr_expect(is(&w, OPT_MAX_FIELD, "16M"), "the default");
	cr_expect(opt_flag(&w.values, OPT_STRICT));
	finish(&w);
}

Test(opt, unknown_variables_are_warnings_and_wrong_flags_errors)
{
	static const struct {
		const char *variable;
		enum diag_code code;
	} rows[] = {
		{"LINEAL_WIDHT=9", DIAG_UNKNOWN_VARIABLE},
		{"LINEAL_CONFIG=x", DIAG_UNKNOWN_VARIABLE}, /* only here */
		{"LINEAL_STRICT=perhaps", DIAG_BAD_OPTION},
		{"LINEAL_STRICT=2", DIAG_BAD_OPTION}, /* a flag, no count */
		{"LINEAL_STRICT=", DIAG_BAD_OPTION},
		{"LINEAL_QUIET=very", DIAG_BAD_OPTION},
		{"LINEAL_QUIET=-1", DIAG_BAD_OPTION},
		{"LINEAL_QUIET=10", DIAG_BAD_OPTION},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char text[64];
		char *environment[] = {text, NULL};
		struct world w;

		strcpy(text, rows[i].variable);
		parse(&w, "");
		opt_environment(&w.values, environment, VERB_CHECK, &w.diag);
		cr_assert(w.diag.items.n == 1, "row %zu", i);
		cr_expect(
			w.diag.items.at[0].code == rows[i].code, "row %zu", i);
		finish(&w);
	}
}

Test(opt, a_count_is_a_number_of_times_or_a_flag)
{
	static const struct {
		const char *line;
		const char *variable; /* or NULL */
		const char *file;     /* or NULL */
		unsigned times;
	} rows[] = {
		{"", NULL, NULL, 0},
		{"-q", NULL, NULL, 1},
		{"-qq", NULL, NULL, 2},
		{"-q --quiet", NULL, NULL, 2},
		{"", "LINEAL_QUIET=0", NULL, 0},
		{"", "LINEAL_QUIET=false", NULL, 0},
		{"", "LINEAL_QUIET=no", NULL, 0},
		{"", "LINEAL_QUIET=off", NULL, 0},
		{"", "LINEAL_QUIET=1", NULL, 1},
		{"", "LINEAL_QUIET=yes", NULL, 1},
		{"", "LINEAL_QUIET=2", NULL, 2},
		{"", NULL, "false", 0},
		{"", NULL, "0", 0},
		{"", NULL, "true", 1},
		{"", NULL, "2", 2},
		{"-q", "LINEAL_QUIET=2", "2", 1},
		{"", "LINEAL_QUIET=0", "2", 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char text[64] = "HOME=/";
		char *environment[] = {text, NULL};
		struct loc loc = {1, 7, 3};
		struct world w;

		if (rows[i].variable)
			strcpy(text, rows[i].variable);
		parse(&w, rows[i].line);
		opt_environment(&w.values, environment, VERB_CHECK, &w.diag);
		if (rows[i].file)
			opt_from_file(&w.values, OPT_QUIET,
				str_of(rows[i].file), loc);
		cr_expect(w.diag.items.n == 0, "row %zu", i);
		cr_expect_eq(opt_times(&w.values, OPT_QUIET), rows[i].times,
			"row %zu", i);
		finish(&w);
	}
}

Test(opt, a_flag_is_off_where_it_is_said_to_be_off)
{
	static const char *const off[] = {"0", "false", "no", "off"};
	static const char *const on[] = {"1", "true", "yes", "on"};

	for (size_t i = 0; i < 8; i++) {
		char text[64] = "LINEAL_STRICT=";
		char *environment[] = {text, NULL};
		struct world w;

		strcat(text, i < 4 ? off[i] : on[i - 4]);
		parse(&w, "");
		opt_environment(&w.values, environment, VERB_CHECK, &w.diag);
		cr_expect_eq(
			opt_flag(&w.values, OPT_STRICT), i >= 4, "%s", text);
		finish(&w);
	}
}

Test(opt, a_complaint_names_the_option_as_it_was_given)
{
	char *environment[] = {(char[]) {"LINEAL_MAX_REJECTS=few"}, NULL};
	struct world w;

	parse(&w, "--jobs many");
	opt_environment(&w.values, environment, VERB_CHECK, &w.diag);
	opt_complain(&w.values, OPT_MAX_REJECTS, &w.diag, "a number");
	opt_complain(&w.values, OPT_JOBS, &w.diag, "a number");
	cr_assert(w.diag.items.n == 2);
	cr_expect(str_equal(w.diag.items.at[0].text,
		STR("LINEAL_MAX_REJECTS: expected a number; found 'few'")));
	cr_expect(str_equal(w.diag.items.at[1].text,
		STR("--jobs: expected a number; found 'many'")));
	finish(&w);
}

Test(opt, an_empty_value_is_none)
{
	char *environment[] = {(char[]) {"LINEAL_ASSUME_TZ="}, NULL};
	char *argv[] = {"--config", "", "-r", "", NULL};
	static const char *const texts[] = {"--config needs a value (PATH)",
		"--rules needs a value (PATH|PACK)",
		"LINEAL_ASSUME_TZ needs a value (ZONE); it is empty"};
	struct world w = {0};

	opt_parse(&w.a, 4, argv, VERB_CHECK, &w.values, &w.diag);
	opt_environment(&w.values, environment, VERB_CHECK, &w.diag);
	cr_assert(w.diag.items.n == 3);
	for (size_t i = 0; i < 3; i++) {
		cr_expect(str_equal(w.diag.items.at[i].text, str_of(texts[i])),
			"row %zu", i);
		cr_expect(w.diag.items.at[i].code == DIAG_BAD_OPTION);
	}
	cr_expect(!opt_given(&w.values, OPT_CONFIG));
	cr_expect(!opt_given(&w.values, OPT_RULES));
	cr_expect(!opt_given(&w.values, OPT_ASSUME_TZ));
	finish(&w);
}

Test(opt, a_key_of_the_project_file_is_the_name_with_underscores)
{
	cr_expect(opt_of_key(STR("max_rejects")) == OPT_MAX_REJECTS);
	cr_expect(opt_of_key(STR("jobs")) == OPT_JOBS);
	cr_expect(opt_of_key(STR("max-rejects")) == OPT_N);
	cr_expect(opt_of_key(STR("config")) == OPT_N);
}

Test(opt, every_option_has_a_help_line_that_fits_a_terminal)
{
	for (size_t i = 0; i < opt_count; i++) {
		cr_assert(opt_table[i].help, "option %zu", i);
		cr_expect(strlen(opt_table[i].help) <= 52, "%s",
			opt_table[i].help);
		cr_expect(opt_table[i].verbs, "%s", opt_table[i].help);
		for (size_t j = 0; j < i; j++) {
			cr_expect(!str_equal(
				opt_table[i].name, opt_table[j].name));
			cr_expect(!opt_table[i].letter ||
				  opt_table[i].letter != opt_table[j].letter);
		}
	}
}
