/*
 * dump: one stage of the work, as text that is easy to read and to compare.
 */
#include "lineal/cmd.h"
#include "lineal/judge.h"
#include "lineal/output.h"
#include "lineal/rejects.h"

#include "base/near.h"
#include "format/escape.h"
#include "graph/derive.h"
#include "graph/graph_find.h"

#include <stdio.h>

struct dumper {
	struct run *run;
	struct sink *sink;
	struct report_options options;
	bool personal_ids; /* the word object_id is personal */
	struct arena a;
};

static struct str safe(struct dumper *d, struct str text)
{
	return escape_text(&d->a, text, d->options.ascii);
}

/* A value as the privacy of the output allows it to be shown. */
static struct str shown(struct dumper *d, struct str text, bool personal)
{
	struct key_value value = {.value = text, .personal = personal};

	if (personal && !d->options.full_privacy)
		return report_value(&value, &d->options);
	return safe(d, text);
}

static struct str place(struct dumper *d, row e)
{
	struct loc loc = facts_place(&d->run->facts, e);

	return arena_print(&d->a, "%.*s:%u",
		STR_ARG(safe(d, files_path(&d->run->files, loc.file))),
		loc.line);
}

static struct str time_text(struct dumper *d, int64_t ns)
{
	char buffer[40];

	if (!cell_is_value(ns))
		return STR("-");
	return arena_copy(&d->a, timestamp_print(ns, buffer));
}

/* ---- events ---- */

static void dump_syms(struct dumper *d, uint32_t column, bool personal, row e)
{
	const struct facts *facts = &d->run->facts;
	uint32_t n;
	const sym *syms = table_syms(&facts->events->cells, column, e, &n);

	for (uint32_t i = 0; i < n; i++)
		sink_print(d->sink, "%s%.*s", i ? ";" : "",
			STR_ARG(shown(d, symbols_show(facts->strings, syms[i]),
				personal)));
}

static void dump_cell(struct dumper *d, uint32_t column, row e)
{
	const struct facts *facts = &d->run->facts;
	const struct need *need = &facts->words->needs.at[column];
	const struct word *word = &facts->words->words.at[need->word];
	const struct column *cells = &facts->events->cells.columns[column];

	sink_print(d->sink, " %.*s=", STR_ARG(word->name));
	switch (need->form) {
	case COLUMN_SYM:
		dump_syms(d, column, word->personal, e);
		break;
	case COLUMN_TIME:
		sink_write(d->sink, shown(d, time_text(d, cells->values[e]),
					    word->personal));
		break;
	case COLUMN_NUMBER:
		sink_write(
			d->sink, shown(d,
					 arena_print(&d->a, "%lld",
						 (long long)cells->values[e]),
					 word->personal));
		break;
	case COLUMN_PRESENT:
		sink_write(d->sink, column_is_present(cells, e)
					    ? STR("present")
					    : STR("absent"));
		break;
	}
}

static bool is_absent(struct dumper *d, uint32_t column, row e)
{
	const struct column *cells =
		&d->run->facts.events->cells.columns[column];

	if (cells->form == COLUMN_SYM)
		return cells->syms[e] == 0;
	if (cells->form == COLUMN_PRESENT)
		return !column_is_present(cells, e);
	return cells->values[e] == CELL_ABSENT;
}

static void dump_refs(struct dumper *d, row e)
{
	static const char *const modes[] = {
		"reads", "writes", "replaces", "deletes"};
	const struct symbols *strings = d->run->facts.strings;
	uint32_t n;
	const struct ref *refs = event_refs(d->run->facts.events, e, &n);

	for (uint32_t i = 0; i < n; i++) {
		sink_print(d->sink, " %s=%.*s:%.*s", modes[refs[i].mode],
			STR_ARG(safe(d, symbols_show(strings, refs[i].type))),
			STR_ARG(shown(d, symbols_show(strings, refs[i].id),
				d->personal_ids)));
		if (refs[i].version)
			sink_print(d->sink, "@%.*s",
				STR_ARG(symbols_show(
					strings, refs[i].version)));
	}
}

/* A value says already that it is there. */
static bool is_told(struct dumper *d, uint32_t column, row e)
{
	const struct words *words = d->run->facts.words;
	const struct need *need = &words->needs.at[column];
	uint32_t other;

	if (need->form != COLUMN_PRESENT)
		return false;
	other = words_column(
		words, words->words.at[need->word].name, COLUMN_SYM);
	return other != WORD_NONE && !is_absent(d, other, e);
}

static void dump_events(struct dumper *d)
{
	const struct event_table *events = d->run->facts.events;

	for (row e = 0; e < events->n; e++) {
		sink_print(d->sink, "%u %.*s %.*s%s%s", e,
			STR_ARG(time_text(d, events->time[e])),
			STR_ARG(place(d, e)),
			events->marks[e] & EVENT_DERIVED ? " derived" : "",
			events->marks[e] & EVENT_MERGED ? " merged" : "");
		for (uint32_t c = 0; c < events->cells.n_columns; c++)
			if (!is_absent(d, c, e) && !is_told(d, c, e))
				dump_cell(d, c, e);
		dump_refs(d, e);
		sink_write(d->sink, STR("\n"));
		arena_free(&d->a);
	}
}

/* ---- rows ---- */

/* "format events, csv, comma, utf-8, gzip", or that there was nothing to find
   out about. */
static struct str found_out(struct dumper *d, const struct input_facts *in)
{
	bool packed = !str_equal(in->packing, STR("none"));

	if (in->dialect.len == 0)
		return STR("not read");
	return arena_print(&d->a, "format %.*s, %.*s, %.*s%s%.*s",
		STR_ARG(in->format), STR_ARG(in->dialect),
		STR_ARG(in->encoding), packed ? ", " : "",
		STR_ARG(packed ? in->packing : STR("")));
}

static void dump_rows(struct dumper *d)
{
	const struct run *run = d->run;

	for (size_t i = 0; i < run->loaded.inputs.n; i++) {
		const struct input_facts *in = &run->loaded.inputs.at[i];

		sink_print(d->sink,
			"%.*s: source %.*s, %.*s; %llu read = %llu accepted + "
			"%llu duplicate + %llu filtered + %llu rejected\n",
			STR_ARG(safe(d, in->path)),
			STR_ARG(run->loaded.source_facts[in->source].name),
			STR_ARG(found_out(d, in)),
			(unsigned long long)in->rows.read,
			(unsigned long long)in->rows.accepted,
			(unsigned long long)in->rows.duplicate,
			(unsigned long long)in->rows.filtered,
			(unsigned long long)in->rows.rejected);
	}
}

/* ---- graph ---- */

static struct str version_name(
	struct dumper *d, const struct graph *graph, node v)
{
	const struct symbols *strings = d->run->facts.strings;
	uint32_t record = graph->subject[v];

	return arena_print(&d->a, "%.*s:%.*s@%llu",
		STR_ARG(safe(
			d, symbols_show(strings, graph_type(graph, record)))),
		STR_ARG(shown(d, symbols_show(strings, graph_id(graph, record)),
			d->personal_ids)),
		(unsigned long long)graph->ordinal[v]);
}

static void dump_graph(struct dumper *d)
{
	static const char *const modes[EDGE_MODE_N] = {
		"used", "revised", "generated_by", "invalidated_by"};
	struct run *run = d->run;
	struct graph graph;

	if (!judge_derive(run))
		return;
	graph_build(&run->a, &run->effects, &graph);
	sink_print(d->sink, "# %u records, %u nodes\n",
		graph_records(&graph) - 1, graph.n_nodes - 1);
	for (node v = 1; v < graph.n_nodes; v++) {
		bool event = graph_is_event(&graph, v);
		struct str name = event ? place(d, graph.subject[v])
					: version_name(d, &graph, v);

		sink_print(d->sink, "%u %s %.*s%s\n", v,
			event ? "activity" : "entity", STR_ARG(name),
			!event && graph_is_shell(&graph, v) ? " shell" : "");
		for (uint32_t i = graph.up.start[v]; i < graph.up.start[v + 1];
			i++)
			sink_print(d->sink, "  %s %u\n",
				modes[graph.up.mode[i]], graph.up.to[i]);
		arena_free(&d->a);
	}
}

/* ---- rules and plan ---- */

static bool is_repeated_use(const struct rule *rule, size_t i)
{
	const struct use *use = &rule->uses.at[i];

	for (size_t j = 0; j < i; j++) {
		const struct use *old = &rule->uses.at[j];

		if (old->word == use->word && old->column == use->column &&
			str_equal(old->form.text, use->form.text))
			return true;
	}
	return false;
}

static void dump_rules(struct dumper *d)
{
	const struct rulebook *book = &d->run->book;

	for (size_t i = 0; i < book->rules.n; i++) {
		const struct rule *rule = &book->rules.at[i];

		sink_print(d->sink, "%.*s  %.*s  %.*s  %.*s\n  %.*s:%u",
			STR_ARG(rule->id), STR_ARG(rule->shape->name),
			STR_ARG(kind_severities[rule->severity]),
			STR_ARG(kind_rule_statuses[rule->status]),
			STR_ARG(safe(
				d, files_path(&d->run->files, rule->loc.file))),
			rule->loc.line);
		sink_print(d->sink, "  %.*s\n", STR_ARG(safe(d, rule->title)));
		for (size_t j = 0; j < rule->uses.n; j++) {
			const struct use *use = &rule->uses.at[j];

			if (is_repeated_use(rule, j))
				continue;
			if (use->word == WORD_NONE)
				sink_print(d->sink, "  event %.*s\n",
					STR_ARG(use->form.text));
			else
				sink_print(d->sink, "  %s %.*s%s%.*s\n",
					words_form_name(use->column),
					STR_ARG(book->words.words.at[use->word]
							.name),
					use->form.text.len ? " of " : "",
					STR_ARG(use->form.text));
		}
	}
}

static void print_deliverers(struct dumper *d, size_t need)
{
	const struct run *run = d->run;
	bool first = true;

	sink_write(d->sink, STR("; from"));
	for (size_t i = 0; i < run->loaded.sources.n; i++) {
		const struct source_facts *source =
			&run->loaded.source_facts[i];

		if (!source->delivers[need])
			continue;
		sink_print(d->sink, "%s %.*s", first ? "" : ",",
			STR_ARG(source->name));
		first = false;
	}
	if (first)
		sink_write(d->sink, STR(" nobody"));
}

/* What is not kept for itself. */
static void print_keeping(struct dumper *d, uint32_t need)
{
	const struct words *words = &d->run->book.words;
	uint32_t same = d->run->loaded.same_as[need];
	const struct need *other = &words->needs.at[same];

	if (same != need)
		sink_print(d->sink, "; kept in %.*s as %s",
			STR_ARG(words->words.at[other->word].name),
			words_form_name(other->form));
	if (d->run->loaded.idle[need])
		sink_write(d->sink,
			STR("; not kept, no source has any to compare them "
			    "with"));
}

/* The columns that the inputs must deliver, and for whom. */
static void dump_plan(struct dumper *d)
{
	const struct words *words = &d->run->book.words;

	for (uint32_t i = 0; i < words->needs.n; i++) {
		const struct need *need = &words->needs.at[i];
		const struct word *word = &words->words.at[need->word];

		sink_print(d->sink, "%.*s as %s, for", STR_ARG(word->name),
			words_form_name(need->form));
		for (size_t j = 0; j < need->users.n; j++)
			sink_print(d->sink, "%s %.*s", j ? "," : "",
				STR_ARG(need->users.at[j]));
		sink_write(d->sink, STR("; spelt"));
		for (size_t j = 0; j < word->spellings.n; j++)
			sink_print(d->sink, " %.*s",
				STR_ARG(safe(d, word->spellings.at[j])));
		print_deliverers(d, i);
		print_keeping(d, i);
		sink_write(d->sink, STR("\n"));
	}
}

static const struct {
	struct str name;
	void (*dump)(struct dumper *d);
	bool wants_lineage, wants_inputs;
} stages[] = {
	{STR_INIT("rows"), dump_rows, false, true},
	{STR_INIT("events"), dump_events, true, true},
	{STR_INIT("graph"), dump_graph, true, true},
	{STR_INIT("rules"), dump_rules, false, false},
	{STR_INIT("plan"), dump_plan, false, true},
};

#define N_STAGES (sizeof(stages) / sizeof(stages[0]))

static int complain_stage(struct run *run)
{
	const struct str_vec *given = &run->values.arguments;
	struct str names[N_STAGES], hint = STR("");

	for (size_t i = 0; i < N_STAGES; i++)
		names[i] = stages[i].name;
	fprintf(stderr,
		"lineal: dump needs the name of a stage: rows, events, graph, rules or plan");
	if (given->n) {
		hint = near_hint(&run->a, given->at[0], names, N_STAGES);
		fprintf(stderr, "; found '%.*s'",
			STR_ARG(escape_text(
				&run->a, given->at[0], run->settings.ascii)));
	}
	fprintf(stderr, "%s%.*s\n", hint.len ? ";" : "", STR_ARG(hint));
	run_free(run);
	return STATUS_USAGE;
}

static bool has_personal_ids(const struct words *words)
{
	uint32_t word = words_find(words, STR("object_id"));

	return word != WORD_NONE && words->words.at[word].personal;
}

struct job {
	struct run *run;
	size_t stage;
	struct output output;
};

static void write_stage(struct sink *sink, void *ctx)
{
	const struct job *job = ctx;
	struct dumper dumper = {.run = job->run,
		.sink = sink,
		.options = settings_report(&job->run->settings, &job->output),
		.personal_ids = has_personal_ids(&job->run->book.words)};

	stages[job->stage].dump(&dumper);
	arena_free(&dumper.a);
}

static int status_of(struct run *run, size_t stage, bool printed)
{
	enum status status = STATUS_CLEAN;

	if (stages[stage].wants_inputs && run->loaded.events.n == 0 &&
		!run->settings.allow_empty)
		status = STATUS_NOTHING;
	if (run_is_incomplete(run))
		status = status_worse(status, STATUS_INPUT);
	return printed ? status : STATUS_OUTPUT;
}

static int refuse(struct run *run)
{
	run_print_messages(run);
	run_free(run);
	return STATUS_USAGE;
}

int cmd_dump(const struct process *process)
{
	struct run run = {0};
	struct job job = {&run, 0, {&report_text, STR("-")}};
	size_t stage = 0;
	bool printed;
	int status;

	if (!run_prepare(&run, process, true))
		return refuse(&run);
	if (run.values.arguments.n == 0)
		return complain_stage(&run);
	while (stage < N_STAGES &&
		!str_equal(stages[stage].name, run.values.arguments.at[0]))
		stage++;
	if (stage == N_STAGES)
		return complain_stage(&run);
	if (stages[stage].wants_inputs &&
		!run_load(&run, 1, stages[stage].wants_lineage))
		return refuse(&run);
	job.stage = stage;
	if (opt_given(&run.values, OPT_OUTPUT))
		job.output.path = opt_text(&run.values, OPT_OUTPUT);
	printed = output_publish(job.output.path, write_stage, &job) &&
		  rejects_write(&run);
	if (run.settings.quiet < 2)
		run_print_messages(&run);
	status = status_of(&run, stage, printed);
	run_free(&run);
	return status;
}
