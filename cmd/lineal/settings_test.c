#include "lineal/settings.h"

#include <criterion/criterion.h>

#define HOUR (3600 * NS_PER_SECOND)

struct world {
	struct arena a;
	struct diag diag;
	struct opt_values values;
	struct settings settings;
};

static struct surroundings around = {.dumb_terminal = false,
	.width = 0,
	.clock = 1000 * NS_PER_SECOND,
	.memory = UINT64_C(10) << 30,
	.cpus = 2};

static void read(struct world *w, const char *line)
{
	struct str rest = str_of(line);
	char *argv[32];
	int argc = 0;

	*w = (struct world) {0};
	while (rest.len)
		argv[argc++] = (char *)(void *)(uintptr_t)arena_copy(
			&w->a, str_cut(&rest, ' '))
				       .s;
	opt_parse(&w->a, argc, argv, VERB_CHECK | VERB_TRACE, &w->values,
		&w->diag);
	settings_read(&w->a, &w->values, &around, &w->settings, &w->diag);
}

static void finish(struct world *w)
{
	arena_free(&w->diag.texts);
	arena_free(&w->a);
}

static bool is_full(const struct world *w, const char *format, const char *path)
{
	struct output output = {report_find(str_of(format)), str_of(path)};

	return settings_report(&w->settings, &output).full_privacy;
}

Test(settings, sizes_are_powers_of_1024)
{
	static const struct {
		const char *text;
		bool ok;
		uint64_t bytes;
	} rows[] = {
		{"0", true, 0},
		{"17", true, 17},
		{"64K", true, 65536},
		{"64M", true, 67108864},
		{"2G", true, UINT64_C(2147483648)},
		{"1T", true, UINT64_C(1099511627776)},
		{"16777216T", false, 0}, /* 2^64 */
		{"16777215T", true, UINT64_C(16777215) << 40},
		{"", false, 0},
		{"M", false, 0},
		{"1.5M", false, 0},
		{"1MB", false, 0},
		{"-1", false, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		uint64_t bytes = 0;

		cr_expect(settings_read_size(str_of(rows[i].text), &bytes) ==
				  rows[i].ok,
			"row %zu", i);
		cr_expect(!rows[i].ok || bytes == rows[i].bytes, "row %zu", i);
	}
}

Test(settings, times_are_days_or_instants)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t ns;
	} rows[] = {
		{"1970-01-02", true, 24 * HOUR},
		{"1970-01-01T01:00:00Z", true, HOUR},
		{"1970-01-01T01:00:00+01:00", true, 0},
		{"1970-02-30", false, 0},
		{"01.02.1970", false, 0},
		{"86400", false, 0}, /* an epoch would be a guess */
		{"yesterday", false, 0},
		{"", false, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t ns = -1;

		cr_expect(settings_read_time(str_of(rows[i].text), &ns) ==
				  rows[i].ok,
			"row %zu", i);
		cr_expect(!rows[i].ok || ns == rows[i].ns, "row %zu", i);
	}
}

Test(settings, defaults_are_those_of_the_manual)
{
	struct world w;

	read(&w, "");
	cr_expect(w.diag.items.n == 0);
	cr_expect(w.settings.outputs.n == 1);
	cr_expect(w.settings.outputs.at[0].report == &report_text);
	cr_expect(str_equal(w.settings.outputs.at[0].path, STR("-")));
	cr_expect(w.settings.max_rejects == 0 && !w.settings.rejects_are_share);
	cr_expect(w.settings.fail_on == SEVERITY_MEDIUM);
	cr_expect(w.settings.findings_exit == 1);
	cr_expect(w.settings.max_examples == 20);
	cr_expect(w.settings.max_memory == (UINT64_C(8) << 30), "80 %%");
	cr_expect(w.settings.jobs == 2);
	cr_expect(w.settings.width == 80);
	cr_expect(w.settings.now == 1000 * NS_PER_SECOND, "the clock");
	cr_expect(w.settings.up && !w.settings.down);
	cr_expect(!is_full(&w, "text", "-") && !is_full(&w, "json", "-"));
	finish(&w);
}

Test(settings, the_run_date_is_the_option_else_the_variable_else_the_clock)
{
	struct world w;

	around.source_date_epoch = "7200";
	read(&w, "");
	cr_expect(w.settings.now == 2 * HOUR);
	finish(&w);
	read(&w, "--now 1970-01-01T05:00:00Z");
	cr_expect(w.settings.now == 5 * HOUR);
	finish(&w);
	read(&w, "--now 1970-01-01T05:00:00Z --as-of now");
	cr_expect(w.settings.has_as_of && w.settings.as_of == 5 * HOUR);
	finish(&w);
	around.source_date_epoch = "soon";
	read(&w, "");
	cr_expect(w.diag.items.n == 1);
	finish(&w);
	around.source_date_epoch = NULL;
}

Test(settings, outputs_have_a_format_and_a_place)
{
	struct world w;

	read(&w, "-f text -f json=a.json -o b.txt");
	cr_expect(w.settings.outputs.n == 3);
	cr_expect(w.settings.outputs.at[1].report == &report_json);
	cr_expect(str_equal(w.settings.outputs.at[1].path, STR("a.json")));
	cr_expect(w.settings.outputs.at[2].report == &report_text);
	finish(&w);
	read(&w, "-f json -o result.dat");
	cr_expect(w.settings.outputs.n == 1);
	cr_expect(w.settings.outputs.at[0].report == &report_json);
	cr_expect(str_equal(w.settings.outputs.at[0].path, STR("result.dat")));
	finish(&w);
}

Test(settings, shares_of_rejected_rows_are_exact)
{
	struct world w;

	read(&w, "--max-rejects 0.1%");
	cr_expect(w.diag.items.n == 0);
	cr_expect(w.settings.rejects_are_share);
	cr_expect(w.settings.rejects_share.digits == 1);
	cr_expect(w.settings.rejects_share.scale == 1);
	finish(&w);
}

Test(settings, privacy_may_differ_by_format)
{
	struct world w;

	read(&w, "--privacy full");
	cr_expect(is_full(&w, "text", "-") && is_full(&w, "json", "-"));
	finish(&w);
	read(&w, "--privacy full --privacy json=masked");
	cr_expect(is_full(&w, "text", "a.txt") && !is_full(&w, "json", "-"));
	finish(&w);
	/* Wherever the level of one format stands. */
	read(&w, "--privacy json=masked --privacy full");
	cr_expect(is_full(&w, "text", "a.txt") && !is_full(&w, "json", "-"));
	finish(&w);
	read(&w, "--privacy json=full");
	cr_expect(!is_full(&w, "text", "-") && is_full(&w, "json", "a.json"));
	finish(&w);
}

/* Only the analyst reads a terminal; a file may go anywhere. */
Test(settings, by_default_only_text_on_a_terminal_is_full)
{
	static const struct {
		const char *line;
		bool terminal;
		const char *format, *path;
		bool full;
	} rows[] = {
		{"", true, "text", "-", true},
		{"", true, "text", "report.txt", false},
		{"", true, "json", "-", false},
		{"", false, "text", "-", false},
		{"--privacy masked", true, "text", "-", false},
		{"--privacy text=full", false, "text", "report.txt", true},
		{"--privacy json=full", true, "text", "report.txt", false},
		{"--privacy json=full", true, "text", "-", true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct world w;

		around.stdout_is_terminal = rows[i].terminal;
		read(&w, rows[i].line);
		cr_expect_eq(is_full(&w, rows[i].format, rows[i].path),
			rows[i].full, "row %zu", i);
		finish(&w);
	}
}

Test(settings, values_that_do_not_fit_are_complained_about)
{
	static const char *const lines[] = {"--jobs 0", "--jobs many",
		"--max-rejects x", "--max-rejects 1.5", "--max-row 0",
		"--max-row 1MB", "--now tomorrow", "--as-of x",
		"--period 2026-01-01", "--period 2026-02-01..2026-01-01",
		"--period 2026-02-30..2026-03-01", "--fail-on worst",
		"--findings-exit-code 2", "--findings-exit-code 64",
		"--color sometimes", "-f xml", "-f text -f json", "-o x.pdf",
		"--privacy some", "--privacy xml=full", "--depth -1",
		"--max-findings -1", "--width x", "--at x"};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct world w;

		read(&w, lines[i]);
		cr_expect(w.diag.items.n == 1, "%s: %zu", lines[i],
			w.diag.items.n);
		cr_expect(diag_count_level(&w.diag, DIAG_USAGE) == 1, "%s",
			lines[i]);
		finish(&w);
	}
}
