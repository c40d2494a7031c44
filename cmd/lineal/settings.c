#include "lineal/settings.h"

#include "base/number.h"

struct reader {
	struct arena *a;
	const struct opt_values *values;
	const struct surroundings *around;
	struct settings *out;
	struct diag *diag;
};

bool settings_read_size(struct str text, uint64_t *bytes)
{
	static const char units[] = "KMGT";
	uint64_t factor = 1;

	for (size_t i = 0; text.len && i < sizeof(units) - 1; i++)
		if (text.s[text.len - 1] == units[i]) {
			factor = (uint64_t)1 << 10 * (i + 1);
			text = str_slice(text, 0, text.len - 1);
			break;
		}
	return number_read_u64(text, bytes) &&
	       !__builtin_mul_overflow(*bytes, factor, bytes);
}

bool settings_read_time(struct str text, int64_t *ns)
{
	struct arena scratch = {0};
	struct time_form form = {.order = DATE_YMD, .zone = zone_utc(&scratch)};
	struct instant instant;
	bool ok = text.len > 4 && text.s[4] == '-' &&
		  timestamp_read(text, &form, &instant) == TIME_OK;

	if (ok)
		*ns = instant.ns;
	arena_free(&scratch);
	return ok;
}

/* ---- numbers and sizes ---- */

static uint64_t read_number(
	struct reader *r, enum opt_number number, uint64_t least, uint64_t most)
{
	struct str text = opt_text(r->values, number);
	uint64_t value = 0;

	if (number_read_u64(text, &value) && value >= least && value <= most)
		return value;
	opt_complain(r->values, number, r->diag,
		arena_print(r->a, "a whole number from %llu to %llu",
			(unsigned long long)least, (unsigned long long)most)
			.s);
	return least;
}

static uint64_t read_size(struct reader *r, enum opt_number number)
{
	uint64_t bytes = 0;

	if (!settings_read_size(opt_text(r->values, number), &bytes) ||
		bytes == 0)
		opt_complain(
			r->values, number, r->diag, "a size such as 64M or 2G");
	return bytes;
}

static void read_limits(struct reader *r)
{
	struct settings *out = r->out;
	struct str rejects = opt_text(r->values, OPT_MAX_REJECTS);

	out->max_field = read_size(r, OPT_MAX_FIELD);
	out->max_row = read_size(r, OPT_MAX_ROW);
	out->max_inflate = read_number(r, OPT_MAX_INFLATE, 1, UINT32_MAX);
	out->max_memory = r->around->memory / 5 * 4;
	if (opt_given(r->values, OPT_MAX_MEMORY))
		out->max_memory = read_size(r, OPT_MAX_MEMORY);
	out->jobs = r->around->cpus;
	if (opt_given(r->values, OPT_JOBS))
		out->jobs = (unsigned)read_number(r, OPT_JOBS, 1, 1024);
	if (rejects.len && rejects.s[rejects.len - 1] == '%')
		out->rejects_are_share = number_read_decimal(
			str_slice(rejects, 0, rejects.len - 1),
			&out->rejects_share);
	if (!out->rejects_are_share &&
		!number_read_u64(rejects, &out->max_rejects))
		opt_complain(r->values, OPT_MAX_REJECTS, r->diag,
			"a number of rows or a percentage such as 0.1%");
}

/* ---- times ---- */

static void read_epoch(struct reader *r)
{
	struct str text = str_of(r->around->source_date_epoch);
	struct loc nowhere = {0};
	uint64_t seconds;

	if (number_read_u64(text, &seconds) &&
		seconds < INT64_MAX / NS_PER_SECOND)
		r->out->now = (int64_t)seconds * NS_PER_SECOND;
	else
		diag_add(r->diag, DIAG_BAD_OPTION, nowhere,
			"SOURCE_DATE_EPOCH: expected seconds since 1970; found '%.*s'",
			STR_ARG(text));
}

static void read_now(struct reader *r)
{
	r->out->now = r->around->clock;
	if (!opt_given(r->values, OPT_NOW)) {
		if (r->around->source_date_epoch)
			read_epoch(r);
		return;
	}
	if (!settings_read_time(opt_text(r->values, OPT_NOW), &r->out->now))
		opt_complain(r->values, OPT_NOW, r->diag,
			"a time such as 2026-07-01T00:00:00Z");
}

static bool read_instant(struct reader *r, enum opt_number number, int64_t *ns)
{
	struct str text = opt_text(r->values, number);

	if (!opt_given(r->values, number))
		return false;
	if (number == OPT_AS_OF && str_equal(text, STR("now"))) {
		*ns = r->out->now;
		return true;
	}
	if (settings_read_time(text, ns))
		return true;
	opt_complain(r->values, number, r->diag,
		"a time such as 2026-07-01T00:00:00Z or a day");
	return false;
}

static void read_period(struct reader *r)
{
	struct settings *out = r->out;
	struct str text = opt_text(r->values, OPT_PERIOD);
	size_t dots = str_find_text(text, STR(".."));

	if (!opt_given(r->values, OPT_PERIOD))
		return;
	out->has_period =
		dots < text.len &&
		timestamp_read_day(
			str_slice(text, 0, dots), &out->period_from) &&
		timestamp_read_day(
			str_slice(text, dots + 2, text.len), &out->period_to) &&
		out->period_from <= out->period_to;
	if (!out->has_period)
		opt_complain(r->values, OPT_PERIOD, r->diag,
			"two days such as 2026-01-01..2026-06-30");
}

/* ---- judgement ---- */

static void read_fail_on(struct reader *r)
{
	struct str text = opt_text(r->values, OPT_FAIL_ON);
	size_t found = kind_find(kind_severities, SEVERITY_N, text);

	r->out->never_fails = str_equal(text, STR("never"));
	r->out->fail_on = (enum severity)found;
	if (r->out->never_fails)
		r->out->fail_on = SEVERITY_MEDIUM;
	else if (found == SEVERITY_N)
		opt_complain(r->values, OPT_FAIL_ON, r->diag,
			"info, low, medium, high, critical or never");
}

static void read_judgement(struct reader *r)
{
	struct settings *out = r->out;
	struct str code = opt_text(r->values, OPT_FINDINGS_EXIT_CODE);

	read_fail_on(r);
	out->unknown_fails = opt_flag(r->values, OPT_FAIL_ON_UNKNOWN);
	out->exit_zero = opt_flag(r->values, OPT_EXIT_ZERO);
	out->strict = opt_flag(r->values, OPT_STRICT);
	out->profile_rules = opt_flag(r->values, OPT_PROFILE_RULES);
	out->closed_log = opt_flag(r->values, OPT_CLOSED_LOG);
	out->findings_exit = 1;
	if (!str_equal(code, STR("1")))
		out->findings_exit = (int)read_number(
			r, OPT_FINDINGS_EXIT_CODE, 10, 63);
}

/* ---- outputs ---- */

static bool when(struct reader *r, bool is_terminal)
{
	struct str text = opt_text(r->values, OPT_COLOR);

	if (str_equal(text, STR("always")))
		return true;
	return str_equal(text, STR("auto")) && is_terminal &&
	       !r->around->no_color && !r->around->dumb_terminal;
}

static void complain_format(
	struct reader *r, enum opt_number number, struct str name)
{
	struct str names = STR("");

	for (size_t i = 0; i < report_count; i++)
		names = arena_print(r->a, "%.*s%s%.*s", STR_ARG(names),
			i ? " " : "", STR_ARG(report_table[i]->name));
	diag_add(r->diag, DIAG_BAD_OPTION, r->values->at[number].loc,
		"there is no format '%.*s'; there are: %.*s", STR_ARG(name),
		STR_ARG(names));
}

static void add_format(struct reader *r, struct str text)
{
	size_t equals = str_find(text, '=');
	struct str name = str_slice(text, 0, equals);
	struct output output = {.report = report_find(name),
		.path = equals < text.len
				? str_slice(text, equals + 1, text.len)
				: STR("-")};

	if (!output.report)
		complain_format(r, OPT_FORMAT, name);
	else
		vec_push(r->a, &r->out->outputs, output);
}

/* --output PATH: the format from -f without a path, else from the ending. */
static void add_output(struct reader *r)
{
	struct str path = opt_text(r->values, OPT_OUTPUT);
	struct output output = {.report = report_of_path(path), .path = path};

	/* It has one form only, whatever the name. */
	if (r->values->verb == VERB_DUMP)
		output.report = &report_text;
	if (r->out->outputs.n == 1 &&
		str_equal(r->out->outputs.at[0].path, STR("-"))) {
		r->out->outputs.at[0].path = path;
		return;
	}
	if (!output.report)
		opt_complain(r->values, OPT_OUTPUT, r->diag,
			"a path that ends in .txt or .json, or --format");
	else
		vec_push(r->a, &r->out->outputs, output);
}

static void read_outputs(struct reader *r)
{
	const struct str_vec *formats = &r->values->at[OPT_FORMAT].texts;
	size_t on_stdout = 0;

	for (size_t i = 0; i < formats->n; i++)
		add_format(r, formats->at[i]);
	if (opt_given(r->values, OPT_OUTPUT))
		add_output(r);
	if (r->out->outputs.n == 0)
		add_format(r, STR("text"));
	for (size_t i = 0; i < r->out->outputs.n; i++)
		on_stdout += str_equal(r->out->outputs.at[i].path, STR("-"));
	if (on_stdout > 1)
		diag_add(r->diag, DIAG_BAD_OPTION,
			r->values->at[OPT_FORMAT].loc,
			"only one output can go to stdout; give the others a "
			"path, as in -f json=result.json");
}

/* "json=full": one level for one format, or for all where none is named. */
static bool read_level(struct reader *r, struct str text, struct str *format,
	enum privacy *privacy)
{
	size_t equals = str_find(text, '=');
	struct str level = text;

	*format = STR("");
	if (equals < text.len) {
		*format = str_slice(text, 0, equals);
		level = str_slice(text, equals + 1, text.len);
	}
	*privacy = str_equal(level, STR("full")) ? PRIVACY_FULL
						 : PRIVACY_MASKED;
	if (format->len && !report_find(*format))
		complain_format(r, OPT_PRIVACY, *format);
	else if (*privacy == PRIVACY_MASKED && !str_equal(level, STR("masked")))
		diag_add(r->diag, DIAG_BAD_OPTION,
			r->values->at[OPT_PRIVACY].loc,
			"--privacy: expected full or masked; found '%.*s'",
			STR_ARG(level));
	else
		return true;
	return false;
}

/* The levels for one format each, or those for all; false after a complaint. */
static bool read_levels(struct reader *r, bool of_one)
{
	const struct str_vec *texts = &r->values->at[OPT_PRIVACY].texts;
	struct settings *out = r->out;

	for (size_t i = 0; i < texts->n; i++) {
		struct str format;
		enum privacy privacy;

		if (!read_level(r, texts->at[i], &format, &privacy))
			return false;
		if (of_one != (format.len > 0))
			continue;
		if (!of_one || str_equal(format, STR("text")))
			out->text_privacy = privacy;
		if (!str_equal(format, STR("text")))
			out->other_privacy = privacy;
	}
	return true;
}

/* A level of one format wins over one of all, wherever it stands. */
static void read_privacy(struct reader *r)
{
	if (read_levels(r, false))
		read_levels(r, true);
}

static void read_presentation(struct reader *r)
{
	struct settings *out = r->out;
	struct str color = opt_text(r->values, OPT_COLOR);

	if (!str_equal(color, STR("auto")) &&
		!str_equal(color, STR("always")) &&
		!str_equal(color, STR("never")))
		opt_complain(
			r->values, OPT_COLOR, r->diag, "auto, always or never");
	out->color_out = when(r, r->around->stdout_is_terminal);
	out->color_err = when(r, r->around->stderr_is_terminal);
	out->stdout_is_terminal = r->around->stdout_is_terminal;
	out->ascii = opt_flag(r->values, OPT_ASCII);
	out->quiet = opt_times(r->values, OPT_QUIET);
	out->verbose = opt_flag(r->values, OPT_VERBOSE);
	out->width = r->around->width ? r->around->width : 80;
	if (opt_given(r->values, OPT_WIDTH))
		out->width = (unsigned)read_number(r, OPT_WIDTH, 1, 1000);
	if (out->width < 40)
		out->width = 40;
	out->max_findings = read_number(r, OPT_MAX_FINDINGS, 0, UINT32_MAX);
	out->max_examples = (uint32_t)read_number(
		r, OPT_MAX_EXAMPLES, 0, UINT32_MAX);
}

static void read_trace(struct reader *r)
{
	struct settings *out = r->out;
	bool both = opt_flag(r->values, OPT_BOTH);

	out->down = both || opt_flag(r->values, OPT_DOWN);
	out->up = both || opt_flag(r->values, OPT_UP) || !out->down;
	out->depth = (uint32_t)read_number(r, OPT_DEPTH, 0, UINT32_MAX);
	out->has_at = read_instant(r, OPT_AT, &out->at);
}

void settings_read(struct arena *a, const struct opt_values *values,
	const struct surroundings *around, struct settings *out,
	struct diag *diag)
{
	struct reader r = {a, values, around, out, diag};

	*out = (struct settings) {
		.stdin_name = opt_text(values, OPT_STDIN_NAME),
		.root = opt_text(values, OPT_ROOT),
		.rejects_path = opt_text(values, OPT_REJECTS),
		.allow_empty = opt_flag(values, OPT_ALLOW_EMPTY),
		.assume_tz = opt_text(values, OPT_ASSUME_TZ)};
	read_limits(&r);
	read_now(&r);
	out->has_as_of = read_instant(&r, OPT_AS_OF, &out->as_of);
	read_period(&r);
	read_judgement(&r);
	read_presentation(&r);
	read_privacy(&r);
	read_outputs(&r);
	read_trace(&r);
}

static bool is_full(
	const struct settings *settings, const struct output *output)
{
	bool is_text = output->report == &report_text;
	enum privacy privacy = is_text ? settings->text_privacy
				       : settings->other_privacy;

	if (privacy != PRIVACY_BY_PLACE)
		return privacy == PRIVACY_FULL;
	return is_text && str_equal(output->path, STR("-")) &&
	       settings->stdout_is_terminal;
}

struct report_options settings_report(
	const struct settings *settings, const struct output *output)
{
	bool to_stdout = str_equal(output->path, STR("-"));

	return (struct report_options) {
		.width = to_stdout ? settings->width : 80,
		.color = to_stdout && settings->color_out,
		.ascii = settings->ascii,
		.full_privacy = is_full(settings, output),
		.max_examples = settings->max_examples};
}
