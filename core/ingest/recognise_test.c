#include "ingest/recognise.h"

#include "sandbox_p.h"

static const struct {
	const char *keys;
	bool wanted;
} sources[] = {
	{"", true},
	{"tz: UTC\ndedupe: row\nnull_tokens: ['?']\n", true},
	{"format: generic\n", false},
	{"role: events\n", false},
	{"bind: {ts: at}\n", false},
	{"pattern: '(?<a>.)'\n", false},
	{"columns: [a]\n", false},
};

Test(recognise, a_source_that_says_nothing_about_its_rows_is_open)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		struct sandbox s;

		sandbox_open(&s);
		sandbox_sources(&s, arena_print(&s.a, "name: a\npath: a\n%s",
					    sources[i].keys)
					    .s);
		cr_expect(
			recognise_is_wanted(&s.request.gather.sources.at[0]) ==
				sources[i].wanted,
			"row %zu", i);
		sandbox_free(&s);
	}
}

/* Headers as in lineal-inputs(5), "Format index", for three of its rows. */
static void open_shelf(struct sandbox *s)
{
	sandbox_open(s);
	sandbox_profile(s, "version: 1\nprofile: events\n"
			   "needs: [ts, action, object_id]\n");
	sandbox_profile(s, "version: 1\nprofile: hubspot-audit\n"
			   "needs: [category, subCategory, action, "
			   "targetObjectId, occurredAt]\n");
	sandbox_profile(s, "version: 1\nprofile: outage-generic\n"
			   "needs: [system, started_at, ended_at]\n");
}

static const struct {
	const char *header, *found;
} headers[] = {
	{"ts|action|object_id", "events"},
	{"Object ID|x|TS|Action", "events"},
	{"ts|action", ""},
	{"category|subCategory|action|targetObjectId|occurredAt|id",
		"hubspot-audit"},
	{"system|kind|started_at|ended_at", "outage-generic"},
	{"a|b", ""},
	{"", ""},
};

static void fill_header(
	struct sandbox *s, struct input *input, const char *text)
{
	struct str rest = str_of(text);

	input->facts.file = files_add(&s->a, &s->files, STR("in.csv"), STR(""));
	while (rest.s)
		vec_push(&s->a, &input->header, str_cut(&rest, '|'));
}

Test(recognise, the_profile_whose_columns_are_there_is_found)
{
	for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++) {
		struct sandbox s;
		struct input input = {0};
		const struct profile *found;
		bool ambiguous = true;

		open_shelf(&s);
		fill_header(&s, &input, headers[i].header);
		found = recognise(&s.profiles, &input, &ambiguous, &s.diag);
		cr_expect(!ambiguous, "row %zu", i);
		cr_expect(str_equal(found ? found->name : STR(""),
				  str_of(headers[i].found)),
			"row %zu", i);
		cr_expect(s.diag.items.n == 0, "row %zu", i);
		sandbox_free(&s);
	}
}

Test(recognise, two_that_fit_are_an_error_that_names_them)
{
	struct sandbox s;
	struct input input = {0};
	bool ambiguous = false;

	open_shelf(&s);
	fill_header(
		&s, &input, "ts|action|object_id|system|started_at|ended_at");
	cr_expect(!recognise(&s.profiles, &input, &ambiguous, &s.diag));
	cr_expect(ambiguous);
	cr_expect_str_eq(sandbox_said(&s),
		"in.csv:1 ambiguous-format: the header fits several formats: "
		"events, outage-generic | write `format:` for this source in "
		"lineal.yaml\n");
	sandbox_free(&s);
}
