#include "lineal/opt.h"

#include "base/near.h"
#include "base/number.h"

/* To add an option: its number in opt.h, its row here, its line in the manual
   page of each verb. */
const struct opt opt_table[] = {
	[OPT_DIRECTORY] = {STR_INIT("directory"), 'C', OPT_TEXT, VERB_RUN, true,
		"PATH", ".", "start in this folder"},
	[OPT_CONFIG] = {STR_INIT("config"), 'c', OPT_TEXT, VERB_RUN, true,
		"PATH", "search", "the project file"},
	[OPT_ISOLATED] = {STR_INIT("isolated"), 0, OPT_FLAG, VERB_RUN, true,
		NULL, NULL, "no project file, no LINEAL_* variables"},
	[OPT_COLOR] = {STR_INIT("color"), 0, OPT_TEXT, VERB_RUN, false, "WHEN",
		"auto", "auto, always or never"},
	[OPT_QUIET] = {STR_INIT("quiet"), 'q', OPT_COUNT, VERB_RUN, false, NULL,
		NULL, "print nothing if all is well; twice: nothing at all"},
	[OPT_VERBOSE] = {STR_INIT("verbose"), 'v', OPT_FLAG, VERB_RUN, false,
		NULL, NULL, "phases, events and memory, on stderr"},
	[OPT_ASCII] = {STR_INIT("ascii"), 0, OPT_FLAG, VERB_RUN, false, NULL,
		NULL, "7-bit output only"},
	[OPT_HELP] = {STR_INIT("help"), 'h', OPT_FLAG, VERB_ALL, true, NULL,
		NULL, "this help; -h is the short one"},
	[OPT_SOURCE] = {STR_INIT("source"), 0, OPT_LIST, VERB_RUN, false,
		"NAME=PATH", NULL, "read the file as that source"},
	[OPT_FILES_FROM] = {STR_INIT("files-from"), 0, OPT_TEXT, VERB_RUN,
		false, "PATH", NULL, "read input paths, one a line"},
	[OPT_STDIN_NAME] = {STR_INIT("stdin-name"), 0, OPT_TEXT, VERB_RUN,
		false, "NAME", "<stdin>", "name shown for standard input"},
	[OPT_ROOT] = {STR_INIT("root"), 0, OPT_TEXT, VERB_RUN, false, "PATH",
		NULL, "printed paths are relative to it"},
	[OPT_MAX_REJECTS] = {STR_INIT("max-rejects"), 0, OPT_TEXT, VERB_RUN,
		false, "N|P%", "0", "rejected rows allowed before status 3"},
	[OPT_REJECTS] = {STR_INIT("rejects"), 0, OPT_TEXT, VERB_RUN, false,
		"PATH", NULL, "write rejected rows to a CSV file"},
	[OPT_ALLOW_EMPTY] = {STR_INIT("allow-empty"), 0, OPT_FLAG, VERB_RUN,
		false, NULL, NULL, "status 4 becomes 0"},
	[OPT_ASSUME_TZ] = {STR_INIT("assume-tz"), 0, OPT_TEXT, VERB_RUN, false,
		"ZONE", NULL, "zone of times that have none"},
	[OPT_MAX_FIELD] = {STR_INIT("max-field"), 0, OPT_TEXT, VERB_RUN, false,
		"SIZE", "16M", "a longer field is a rejected row"},
	[OPT_MAX_ROW] = {STR_INIT("max-row"), 0, OPT_TEXT, VERB_RUN, false,
		"SIZE", "64M", "a longer row is rejected"},
	[OPT_MAX_INFLATE] = {STR_INIT("max-inflate"), 0, OPT_TEXT, VERB_RUN,
		false, "N", "1000",
		"largest ratio of unpacked to packed bytes"},
	[OPT_MAX_MEMORY] = {STR_INIT("max-memory"), 0, OPT_TEXT, VERB_RUN,
		false, "SIZE", "80%", "most memory that the run takes"},
	[OPT_JOBS] = {STR_INIT("jobs"), 'j', OPT_TEXT, VERB_RUN, false, "N",
		"CPUs", "threads; never changes a byte of output"},
	[OPT_RULES] = {STR_INIT("rules"), 'r', OPT_LIST, VERB_RUN, false,
		"PATH|PACK", "baseline", "rule file, folder or shipped pack"},
	[OPT_WAIVERS] = {STR_INIT("waivers"), 0, OPT_LIST, VERB_CHECK, false,
		"PATH", NULL, "exceptions with an end"},
	[OPT_ONLY] = {STR_INIT("only"), 0, OPT_LIST, VERB_RULES, false, "IDS",
		NULL, "only these rules (ids or globs, comma separated)"},
	[OPT_SKIP] = {STR_INIT("skip"), 0, OPT_LIST, VERB_RULES, false, "IDS",
		NULL, "all rules but these"},
	[OPT_FAIL_ON] = {STR_INIT("fail-on"), 0, OPT_TEXT, VERB_CHECK, false,
		"LEVEL", "medium",
		"lowest severity that gives status 1; never"},
	[OPT_FAIL_ON_UNKNOWN] = {STR_INIT("fail-on-unknown"), 0, OPT_FLAG,
		VERB_CHECK, false, NULL, NULL,
		"unknown verdicts count as violated"},
	[OPT_EXIT_ZERO] = {STR_INIT("exit-zero"), 0, OPT_FLAG, VERB_CHECK,
		false, NULL, NULL, "status 1 becomes 0, and nothing else"},
	[OPT_FINDINGS_EXIT_CODE] = {STR_INIT("findings-exit-code"), 0, OPT_TEXT,
		VERB_CHECK, false, "N", "1", "1 or 10 to 63 instead of 1"},
	[OPT_STRICT] = {STR_INIT("strict"), 0, OPT_FLAG, VERB_CHECK, false,
		NULL, NULL, "rules that match nothing are findings"},
	[OPT_PROFILE_RULES] = {STR_INIT("profile-rules"), 0, OPT_FLAG,
		VERB_CHECK, false, NULL, NULL,
		"what each rule and metric took, on stderr"},
	[OPT_AS_OF] = {STR_INIT("as-of"), 0, OPT_TEXT, VERB_RUN, false, "TIME",
		"newest event", "judge deadlines and ages at this moment"},
	[OPT_PERIOD] = {STR_INIT("period"), 0, OPT_TEXT, VERB_CHECK, false,
		"DAY..DAY", "whole log", "what the metrics count"},
	[OPT_CLOSED_LOG] = {STR_INIT("closed-log"), 0, OPT_FLAG, VERB_CHECK,
		false, NULL, NULL, "nothing lies outside the log"},
	[OPT_NOW] = {STR_INIT("now"), 0, OPT_TEXT, VERB_RUN, false, "TIME",
		"clock", "the date of the run"},
	[OPT_FORMAT] = {STR_INIT("format"), 'f', OPT_LIST, VERB_ANSWER, false,
		"NAME[=PATH]", "text", "text or json, to stdout or a file"},
	[OPT_OUTPUT] = {STR_INIT("output"), 'o', OPT_TEXT, VERB_RUN, false,
		"PATH", NULL, "one output; format from its ending"},
	[OPT_MAX_FINDINGS] = {STR_INIT("max-findings"), 0, OPT_TEXT, VERB_CHECK,
		false, "N", "10000", "findings kept per rule; 0: all"},
	[OPT_MAX_EXAMPLES] = {STR_INIT("max-examples"), 0, OPT_TEXT, VERB_CHECK,
		false, "N", "20", "findings per rule in text; 0: all"},
	[OPT_WIDTH] = {STR_INIT("width"), 0, OPT_TEXT, VERB_CHECK, false, "N",
		"80, or the terminal", "columns of text"},
	[OPT_PRIVACY] = {STR_INIT("privacy"), 0, OPT_LIST, VERB_RUN, false,
		"[FORMAT=]LEVEL", "masked; text on a terminal full",
		"full or masked personal values"},
	[OPT_UP] = {STR_INIT("up"), 0, OPT_FLAG, VERB_TRACE, true, NULL, NULL,
		"towards the causes (the default)"},
	[OPT_DOWN] = {STR_INIT("down"), 0, OPT_FLAG, VERB_TRACE, true, NULL,
		NULL, "towards the effects"},
	[OPT_BOTH] = {STR_INIT("both"), 0, OPT_FLAG, VERB_TRACE, true, NULL,
		NULL, "both directions"},
	[OPT_DEPTH] = {STR_INIT("depth"), 0, OPT_TEXT, VERB_TRACE, true, "N",
		"0", "at most so many steps; 0: all"},
	[OPT_AT] = {STR_INIT("at"), 0, OPT_TEXT, VERB_TRACE, true, "TIME", NULL,
		"as of this moment"},
};

const size_t opt_count = OPT_N;

static const struct loc nowhere = {0};

static bool takes_value(const struct opt *opt)
{
	return opt->type == OPT_TEXT || opt->type == OPT_LIST;
}

static void store(struct opt_values *values, size_t number, struct str text,
	enum opt_origin origin, struct loc loc)
{
	struct opt_value *value = &values->at[number];
	bool adds = opt_table[number].type == OPT_LIST ||
		    opt_table[number].type == OPT_COUNT;

	/* A stronger layer replaces a weaker one whole. */
	if (value->origin != origin || !adds)
		value->texts = (struct str_vec) {0};
	value->origin = origin;
	value->loc = loc;
	vec_push(values->a, &value->texts, text);
}

/* ---- command line ---- */

struct parser {
	struct opt_values *values;
	struct diag *diag;
	unsigned verb;
	int argc;
	char **argv;
	int at;
};

/* The verbs of an option, as in "check and dump". */
static struct str verbs_of(struct arena *a, const struct opt *opt)
{
	static const char *const names[] = {"check", "trace", "dump"};
	struct str text = STR("");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (opt->verbs >> i & 1)
			text = arena_print(a, "%.*s%s%s", STR_ARG(text),
				text.len ? " and " : "", names[i]);
	return text;
}

/* An option of other verbs, or one that nobody has. */
static struct diag_item *complain_no_option(
	struct parser *p, struct str name, size_t elsewhere)
{
	if (elsewhere == opt_count)
		return diag_add(p->diag, DIAG_BAD_OPTION, nowhere,
			"there is no option %.*s", STR_ARG(name));
	return diag_add(p->diag, DIAG_BAD_OPTION, nowhere,
		"%.*s is no option of this command, but of %.*s", STR_ARG(name),
		STR_ARG(verbs_of(p->values->a, &opt_table[elsewhere])));
}

static size_t find_name(struct str name, unsigned verb)
{
	for (size_t i = 0; i < opt_count; i++)
		if (str_equal(opt_table[i].name, name) &&
			(opt_table[i].verbs & verb))
			return i;
	return opt_count;
}

static size_t find_letter(char letter, unsigned verb)
{
	for (size_t i = 0; i < opt_count; i++)
		if (opt_table[i].letter == letter &&
			(opt_table[i].verbs & verb))
			return i;
	return opt_count;
}

static void complain_name(struct parser *p, struct str name)
{
	struct arena *a = p->values->a;
	size_t elsewhere = find_name(name, VERB_ALL);
	struct str_vec names = {0};
	struct diag_item *item;

	name = arena_print(a, "--%.*s", STR_ARG(name));
	item = complain_no_option(p, name, elsewhere);
	if (elsewhere < opt_count)
		return;
	for (size_t i = 0; i < opt_count; i++)
		if (opt_table[i].verbs & p->verb)
			vec_push(a, &names,
				arena_print(a, "--%.*s",
					STR_ARG(opt_table[i].name)));
	diag_help(
		p->diag, item, str_trim(near_hint(a, name, names.at, names.n)));
}

static void complain_letter(struct parser *p, char letter)
{
	complain_no_option(p, arena_print(p->values->a, "-%c", letter),
		find_letter(letter, VERB_ALL));
}

/* An empty value is as often as not a shell variable that was not set. */
static void take_value(struct parser *p, size_t number, struct str value)
{
	if (value.len)
		store(p->values, number, value, ORIGIN_COMMAND_LINE, nowhere);
	else
		diag_add(p->diag, DIAG_BAD_OPTION, nowhere,
			"--%.*s needs a value (%s)",
			STR_ARG(opt_table[number].name),
			opt_table[number].argument);
}

/* The value that follows as an argument of its own, if there is one. */
static void take_next(struct parser *p, size_t number)
{
	struct str value = STR("");

	if (p->at + 1 < p->argc)
		value = str_of(p->argv[++p->at]);
	take_value(p, number, value);
}

static void parse_long(struct parser *p, struct str text)
{
	size_t equals = str_find(text, '=');
	struct str name = str_slice(text, 0, equals);
	size_t number = find_name(name, p->verb);

	if (number == opt_count) {
		complain_name(p, name);
		return;
	}
	if (!takes_value(&opt_table[number])) {
		if (equals < text.len)
			diag_add(p->diag, DIAG_BAD_OPTION, nowhere,
				"--%.*s takes no value", STR_ARG(name));
		store(p->values, number, STR("true"), ORIGIN_COMMAND_LINE,
			nowhere);
	} else if (equals < text.len) {
		take_value(p, number, str_slice(text, equals + 1, text.len));
	} else {
		take_next(p, number);
	}
}

/* "-qv", "-j2", "-r rules": letters until one takes a value. */
static void parse_letters(struct parser *p, struct str letters)
{
	for (size_t i = 0; i < letters.len; i++) {
		size_t number = find_letter(letters.s[i], p->verb);

		if (number == opt_count) {
			complain_letter(p, letters.s[i]);
			return;
		}
		if (!takes_value(&opt_table[number])) {
			store(p->values, number,
				number == OPT_HELP ? STR("short") : STR("true"),
				ORIGIN_COMMAND_LINE, nowhere);
			continue;
		}
		if (i + 1 < letters.len)
			take_value(p, number,
				str_slice(letters, i + 1, letters.len));
		else
			take_next(p, number);
		return;
	}
}

void opt_parse(struct arena *a, int argc, char **argv, unsigned verb,
	struct opt_values *out, struct diag *diag)
{
	struct parser p = {.values = out,
		.diag = diag,
		.verb = verb,
		.argc = argc,
		.argv = argv};
	bool ended = false;

	*out = (struct opt_values) {.a = a,
		.verb = verb,
		.at = arena_array(a, struct opt_value, opt_count)};
	for (; p.at < argc; p.at++) {
		struct str text = str_of(argv[p.at]);

		if (!ended && str_equal(text, STR("--")))
			ended = true;
		else if (!ended && str_has_prefix(text, STR("--")))
			parse_long(&p, str_slice(text, 2, text.len));
		else if (!ended && text.len > 1 && text.s[0] == '-')
			parse_letters(&p, str_slice(text, 1, text.len));
		else
			vec_push(a, &out->arguments, text);
	}
}

/* ---- other layers ---- */

/* "LINEAL_MAX_REJECTS" and "max_rejects" against "max-rejects". */
static bool is_spelling(struct str text, struct str name)
{
	if (text.len != name.len)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = name.s[i] == '-' ? '_' : name.s[i];

		if (str_lower(text.s[i]) != c)
			return false;
	}
	return true;
}

static bool read_bool(struct str text, struct str *out)
{
	static const char *const yes[] = {"1", "true", "yes", "on"};
	static const char *const no[] = {"0", "false", "no", "off"};

	for (size_t i = 0; i < 4; i++) {
		if (str_equal(text, str_of(yes[i])))
			*out = STR("true");
		else if (str_equal(text, str_of(no[i])))
			*out = STR("false");
		else
			continue;
		return true;
	}
	return false;
}

bool opt_read_times(struct str text, unsigned *times)
{
	uint64_t n = str_equal(text, STR("true"));

	if (n == 0 && !str_equal(text, STR("false")) &&
		(!number_read_u64(text, &n) || n > 9))
		return false;
	*times = (unsigned)n;
	return true;
}

/* The value of a variable in the words of opt_value; false if it does not
   fit. */
static bool read_value(const struct opt *opt, struct str *text)
{
	unsigned times;

	if (takes_value(opt) || read_bool(*text, text))
		return true;
	return opt->type == OPT_COUNT && opt_read_times(*text, &times);
}

static void read_variable(struct opt_values *values, struct str name,
	struct str value, unsigned verb, struct diag *diag)
{
	size_t number = 0;

	while (number < opt_count &&
		(opt_table[number].only_here ||
			!is_spelling(name, opt_table[number].name)))
		number++;
	if (number == opt_count) {
		diag_add(diag, DIAG_UNKNOWN_VARIABLE, nowhere,
			"the variable LINEAL_%.*s is not known", STR_ARG(name));
		return;
	}
	if (!(opt_table[number].verbs & verb) ||
		values->at[number].origin == ORIGIN_COMMAND_LINE)
		return;
	if (takes_value(&opt_table[number]) && value.len == 0) {
		diag_add(diag, DIAG_BAD_OPTION, nowhere,
			"LINEAL_%.*s needs a value (%s); it is empty",
			STR_ARG(name), opt_table[number].argument);
		return;
	}
	if (!read_value(&opt_table[number], &value)) {
		diag_add(diag, DIAG_BAD_OPTION, nowhere,
			"LINEAL_%.*s: expected true or false%s; found '%.*s'",
			STR_ARG(name),
			opt_table[number].type == OPT_COUNT
				? ", or a number from 0 to 9"
				: "",
			STR_ARG(value));
		return;
	}
	store(values, number, value, ORIGIN_ENVIRONMENT, nowhere);
}

void opt_environment(struct opt_values *values, char **environment,
	unsigned verb, struct diag *diag)
{
	for (char **at = environment; *at; at++) {
		struct str text = str_of(*at);
		size_t equals = str_find(text, '=');
		struct str name;

		if (!str_has_prefix(text, STR("LINEAL_")))
			continue;
		name = str_slice(text, 7, equals - 7);
		read_variable(values, name,
			str_slice(text, equals + 1, text.len), verb, diag);
	}
}

void opt_from_file(struct opt_values *values, enum opt_number number,
	struct str text, struct loc loc)
{
	enum opt_origin origin = values->at[number].origin;

	if (origin == ORIGIN_DEFAULT || origin == ORIGIN_FILE)
		store(values, number, text, ORIGIN_FILE, loc);
}

enum opt_number opt_of_key(struct str key)
{
	size_t number = 0;

	while (number < opt_count &&
		(opt_table[number].only_here ||
			!is_spelling(key, opt_table[number].name)))
		number++;
	return (enum opt_number)number;
}

/* ---- values ---- */

bool opt_given(const struct opt_values *values, enum opt_number number)
{
	return values->at[number].texts.n > 0;
}

bool opt_flag(const struct opt_values *values, enum opt_number number)
{
	const struct str_vec *texts = &values->at[number].texts;

	return texts->n && !str_equal(texts->at[texts->n - 1], STR("false"));
}

unsigned opt_times(const struct opt_values *values, enum opt_number number)
{
	const struct str_vec *texts = &values->at[number].texts;
	unsigned sum = 0, times;

	for (size_t i = 0; i < texts->n; i++)
		if (opt_read_times(texts->at[i], &times))
			sum += times;
	return sum;
}

struct str opt_text(const struct opt_values *values, enum opt_number number)
{
	const struct str_vec *texts = &values->at[number].texts;

	if (texts->n)
		return texts->at[texts->n - 1];
	return opt_table[number].fallback ? str_of(opt_table[number].fallback)
					  : STR("");
}

/* "--max-rejects", or "LINEAL_MAX_REJECTS" where that is what was given. */
static struct str given_name(
	const struct opt_values *values, enum opt_number number)
{
	struct str name = opt_table[number].name;
	char *variable;

	if (values->at[number].origin != ORIGIN_ENVIRONMENT)
		return arena_print(values->a, "--%.*s", STR_ARG(name));
	variable = arena_alloc(values->a, name.len);
	for (size_t i = 0; i < name.len; i++)
		variable[i] = name.s[i] == '-' ? '_'
					       : (char)(name.s[i] - 'a' + 'A');
	return arena_print(values->a, "LINEAL_%.*s", (int)name.len, variable);
}

struct diag_item *opt_complain(const struct opt_values *values,
	enum opt_number number, struct diag *diag, const char *expected)
{
	return diag_add(diag, DIAG_BAD_OPTION, values->at[number].loc,
		"%.*s: expected %s; found '%.*s'",
		STR_ARG(given_name(values, number)), expected,
		STR_ARG(opt_text(values, number)));
}
