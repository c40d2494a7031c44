#include "lineal/run.h"

#include "base/jobs.h"
#include "lineal/memory.h"
#include "lineal/message.h"
#include "lineal/summary.h"
#include "lineal/targets.h"
#include "lineal/verdict.h"
#include "lineal/version.h"
#include "rule/duties.h"
#include "rule/fingerprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

void run_note(const struct run *run, const char *phase)
{
	if (!run->settings.verbose)
		return;
	fprintf(stderr, "lineal: %s after %.3f s; %u events; %llu MiB peak\n",
		phase, (double)(clock_now() - run->started) / 1e9,
		run->loaded.events.n, (unsigned long long)memory_peak() >> 20);
}

/* The memory of the whole run, and what it kept, under --verbose. */
static void note_memory(const struct run *run)
{
	const struct event_table *events = &run->loaded.events;
	unsigned long long peak = memory_peak();

	if (!run->settings.verbose)
		return;
	fprintf(stderr, "lineal: %.3f s, %llu MiB of memory at the peak",
		(double)(clock_now() - run->started) / 1e9, peak >> 20);
	if (events->n)
		fprintf(stderr,
			"; bytes kept per event: %.1f in columns, %.1f in "
			"texts",
			(double)event_bytes(events) / events->n,
			(double)symbols_bytes(&run->loaded.strings) /
				events->n);
	fputs("\n", stderr);
}

static unsigned terminal_width(void)
{
	struct winsize size;

	if (isatty(STDOUT_FILENO) &&
		ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		return size.ws_col;
	return 0;
}

static struct surroundings look_around(void)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	return (struct surroundings) {
		.stdout_is_terminal = isatty(STDOUT_FILENO) == 1,
		.stderr_is_terminal = isatty(STDERR_FILENO) == 1,
		.no_color = no_color && *no_color,
		.dumb_terminal = !term || strcmp(term, "dumb") == 0,
		.width = terminal_width(),
		.source_date_epoch = getenv("SOURCE_DATE_EPOCH"),
		.clock = clock_now(),
		.memory = memory_of_machine(),
		.cpus = jobs_default()};
}

/* ---- preparing ---- */

/* The column or field that a `regulatory` map names need not be a word of the
   vocabulary. */
static void add_words(struct run *run, const struct yaml_node *map)
{
	for (uint32_t i = 0; i < map->n; i++) {
		struct word word = {.name = map->members[i].key,
			.loc = map->members[i].key_loc};

		if (words_find(&run->book.words, word.name) != WORD_NONE)
			continue;
		vec_push(&run->a, &word.spellings, word.name);
		words_add(&run->book.words, &word);
	}
}

static void read_incident_test(struct run *run, const struct yaml_node *map)
{
	struct test_reader tests = vocabulary_test_reader(
		&run->book.vocabulary);
	struct incident_test test = {.node = map};

	if (!map)
		return;
	add_words(run, map);
	where_read(&tests, map, &test.where);
	where_need(
		&test.where, &run->book.words, STR("regulatory_incident_rate"));
	vec_push(&run->a, &run->incident_tests, test);
}

/* Roles that sources may feed: those declared, or all where formats are still
   to be found out. */
static unsigned possible_roles(const struct run *run)
{
	unsigned roles = 0;

	for (size_t i = 0; i < run->project.sources.n; i++) {
		const struct source *source = &run->project.sources.at[i];

		if (source->roles == 0)
			return ~0u;
		roles |= source->roles;
	}
	return run->project.sources.n ? roles : ~0u;
}

bool run_has_obligation(const struct run *run)
{
	for (size_t i = 0; i < run->book.rules.n; i++)
		if (duties_is_obligation(&run->book.rules.at[i]))
			return true;
	return false;
}

static void find_needs(struct run *run, bool lineage)
{
	unsigned roles = possible_roles(run);
	struct words *words = &run->book.words;

	for (size_t i = 0; i < run->project.sources.n; i++) {
		read_incident_test(run, run->project.sources.at[i].regulatory);
		read_incident_test(run, run->project.sources.at[i].reportable);
	}
	for (size_t i = 0; i < run->book.profiles.n; i++) {
		const struct source *defaults =
			&run->book.profiles.at[i].defaults;

		read_incident_test(run, defaults->regulatory);
		read_incident_test(run, defaults->reportable);
	}
	metric_need_all(words, roles, &run->project.params);
	fingerprint_need(words);
	waiver_need(&run->book.waivers, words);
	if (lineage)
		claims_need(&run->book.vocabulary);
	if (lineage || run_has_obligation(run))
		words_need_field(words, "src_system", COLUMN_SYM,
			STR("downtime_impact"));
}

static bool is_clean(const struct run *run)
{
	return diag_count_level(&run->diag, DIAG_USAGE) ==
	       diag_count(&run->diag, DIAG_WAIVER_EXPIRED);
}

/* Fields are personal by the columns that the sources bind. */
static void class_bound(struct words *words, const struct source_list *sources)
{
	for (size_t i = 0; i < sources->n; i++) {
		const struct binding_vec *bind = &sources->at[i].bind;

		for (size_t j = 0; j < bind->n; j++)
			words_class_bound(
				words, bind->at[j].field, bind->at[j].column);
	}
}

static void check_assumed_zone(struct run *run)
{
	struct str name = run->settings.assume_tz;

	if (name.len && !zones_find(&run->zones, name))
		opt_complain(&run->values, OPT_ASSUME_TZ, &run->diag,
			"an IANA zone name or an offset");
}

bool run_prepare(struct run *run, const struct process *process, bool lineage)
{
	struct surroundings around = look_around();

	run->started = around.clock;
	run->zones.a = &run->a;
	library_init(&run->library, &run->a, &run->files, &run->diag);
	opt_parse(&run->a, process->argc, process->argv, process->verb,
		&run->values, &run->diag);
	if (!opt_flag(&run->values, OPT_ISOLATED))
		opt_environment(&run->values, process->environment,
			process->verb, &run->diag);
	if (opt_given(&run->values, OPT_DIRECTORY) &&
		chdir(arena_copy(&run->a, opt_text(&run->values, OPT_DIRECTORY))
				.s) != 0)
		opt_complain(&run->values, OPT_DIRECTORY, &run->diag,
			"a folder that can be entered");
	project_read(&run->library, &run->zones, &run->values, getenv("HOME"),
		getenv("XDG_CONFIG_HOME"), &run->project);
	settings_read(
		&run->a, &run->values, &around, &run->settings, &run->diag);
	memory_return();
	memory_limit(run->settings.max_memory);
	check_assumed_zone(run);
	if (!is_clean(run))
		return false;
	run->services = (struct rulebook_services) {&run->library, &run->zones};
	rulebook_read(&run->services, &run->project, &run->values, &run->book);
	rulebook_select(&run->book, &run->values, &run->diag);
	waiver_check(&run->book.waivers, &run->book.rules,
		run->settings.now / NS_PER_DAY, &run->diag);
	if (!is_clean(run))
		return false;
	find_needs(run, lineage || run_has_obligation(run));
	words_class(&run->book.words);
	class_bound(&run->book.words, &run->project.sources);
	targets_check(run);
	return is_clean(run);
}

/* ---- loading ---- */

static struct gather_request gather_request(struct run *run, size_t first)
{
	const struct settings *s = &run->settings;
	struct gather_request request = {.sources = run->project.sources,
		.profiles = &run->book.profiles,
		.folder = run->project.folder,
		.root = s->root.len ? s->root : run->project.folder,
		.stdin_name = s->stdin_name,
		.limits = {.record = {s->max_field, s->max_row},
			.unpack = {s->max_inflate, s->max_memory},
			.bytes = s->max_memory},
		.files = &run->files,
		.jobs = s->jobs};

	summary_inputs(run, first, &request.paths);
	if (s->assume_tz.len) {
		request.assumed_zone = zones_find(&run->zones, s->assume_tz);
		request.assumed_zone_name = s->assume_tz;
	}
	return request;
}

static void fill_horizon(struct run *run, struct source_facts *source)
{
	struct facts *facts = &run->facts;
	const struct calendar *calendar = vocabulary_calendar(
		&run->book.vocabulary, STR(""));
	int64_t end;

	for (size_t i = 0; i < run->book.vocabulary.covers.n; i++) {
		const struct declared_covers *covers =
			&run->book.vocabulary.covers.at[i];

		if (!str_equal(covers->source, source->name))
			continue;
		if (source->has_covers &&
			(source->covers_from != covers->from ||
				source->covers_to != covers->to))
			diag_add(&run->diag, DIAG_NAME_CLASH, covers->loc,
				"source %.*s covers other days in the project "
				"file",
				STR_ARG(source->name));
		source->has_covers = true;
		source->covers_from = covers->from;
		source->covers_to = covers->to;
	}
	source->start = facts->first;
	source->end = facts->as_of;
	source->declared = source->has_covers;
	if (!source->has_covers)
		return;
	source->start = calendar_day_end(calendar, source->covers_from - 1) + 1;
	end = calendar_day_end(calendar, source->covers_to);
	if (end < source->end)
		source->end = end;
}

static void fill_period(struct run *run)
{
	const struct settings *s = &run->settings;
	struct facts *facts = &run->facts;
	const struct calendar *calendar = vocabulary_calendar(
		&run->book.vocabulary, STR(""));

	facts->period_from = facts->first;
	facts->period_to = facts->as_of + 1;
	if (!s->has_period)
		return;
	facts->period_from = calendar_day_end(calendar, s->period_from - 1) + 1;
	facts->period_to = calendar_day_end(calendar, s->period_to) + 1;
}

static void fill_facts(struct run *run)
{
	struct loaded *loaded = &run->loaded;
	const struct event_table *events = &loaded->events;
	struct facts *facts = &run->facts;

	*facts = (struct facts) {.words = &run->book.words,
		.strings = &loaded->strings,
		.events = events,
		.roles = loaded->roles,
		.sources = loaded->source_facts,
		.n_sources = loaded->sources.n,
		.source_of_file = loaded->source_of_file,
		.files = &run->files,
		.closed_log = run->settings.closed_log};
	/* Without any time the run's own date stands in. */
	facts->first = facts->as_of = run->settings.now;
	if (events->n_timed) {
		facts->first = events->time[0];
		facts->as_of = events->time[events->n_timed - 1];
	}
	if (run->settings.has_as_of)
		facts->as_of = run->settings.as_of;
	for (size_t i = 0; i < loaded->sources.n; i++)
		fill_horizon(run, &loaded->source_facts[i]);
	fill_period(run);
}

bool run_load(struct run *run, size_t first, bool lineage)
{
	struct load_request request = {.gather = gather_request(run, first),
		.words = &run->book.words,
		.id_column = words_column(
			&run->book.words, STR("event_id"), COLUMN_SYM),
		.has_refs = lineage || run_has_obligation(run),
		.keep_rejects = run->settings.rejects_path.len > 0,
		.oldest = run->book.vocabulary.plausible_from,
		.newest = run->settings.now + 24 * NS_PER_HOUR,
		.as_of = run->settings.has_as_of ? run->settings.as_of
						 : INT64_MAX,
		.jobs = run->settings.jobs};

	run_note(run, "prepared");
	load(&request, &run->loaded, &run->diag);
	/* Formats that were found out bind more. */
	class_bound(&run->book.words, &run->loaded.sources);
	fill_facts(run);
	targets_check(run);
	run_note(run, "loaded");
	return is_clean(run);
}

/* ---- telling ---- */

bool run_is_incomplete(const struct run *run)
{
	return diag_count_level(&run->diag, DIAG_INPUT) ||
	       verdict_too_many_rejects(run);
}

static void print_messages(struct run *run)
{
	struct sink sink;
	struct err err;
	struct message_options options = {.color = run->settings.color_err,
		.ascii = run->settings.ascii,
		.width = run->settings.width ? run->settings.width : 80,
		.notes = run->settings.quiet == 0,
		.all = run->settings.verbose};

	if (!sink_open(&sink, "/dev/stderr", &err))
		return;
	message_print(&sink, &run->diag, &run->files, &options);
	/* Where stderr itself fails there is nobody left to tell. */
	if (!sink_publish(&sink, &err))
		return;
}

void run_print_messages(struct run *run)
{
	print_messages(run);
	note_memory(run);
}

void run_free(struct run *run)
{
	for (size_t i = 0; run->outcome_arenas && i < run->book.rules.n; i++)
		arena_free(&run->outcome_arenas[i]);
	arena_free(&run->metric_arena);
	load_free(&run->loaded);
	diag_free(&run->diag);
	arena_free(&run->a);
}
