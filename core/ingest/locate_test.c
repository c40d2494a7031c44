#include "ingest/locate.h"

#include "base/rng.h"
#include "sandbox_p.h"

/* The tree that every test looks at. */
static void enter(void)
{
	static const char *const folders[] = {"data", "data/old", "more"};
	static const char *const files[] = {"x.csv", "data/x.csv", "data/a.csv",
		"data/b.csv", "data/old/a.csv", "more/a.csv",
		"data/.hidden.csv"};

	tmp_enter();
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		cr_assert(mkdir(folders[i], 0755) == 0);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		sandbox_file(files[i], "x\n");
}

TestSuite(locate, .init = enter, .fini = tmp_leave);

/* Each file as "printed=open>source", then a blank. */
static const char *found(struct sandbox *s)
{
	struct located_list files;

	locate(&s->a, &s->request.gather, &files, &s->diag);
	sandbox_clear(s);
	for (size_t i = 0; i < files.n; i++) {
		const struct located *f = &files.at[i];
		const struct source_list *sources = &s->request.gather.sources;

		sandbox_add(s, "%.*s=%.*s>%.*s ", STR_ARG(f->printed),
			STR_ARG(f->open),
			STR_ARG(f->source == LOCATE_UNCLAIMED
					? STR("nobody")
					: sources->at[f->source].name));
	}
	return s->text.at;
}

static const char two_sources[] = "- {name: top, path: [data/*.csv, x.csv]}\n"
				  "- {name: old, path: 'data/old/**'}\n";

Test(locate, without_arguments_all_sources_are_expanded_and_sorted)
{
	struct sandbox s;

	sandbox_open(&s);
	sandbox_sources(&s, two_sources);
	cr_expect_str_eq(found(&s),
		"data/a.csv=data/a.csv>top data/b.csv=data/b.csv>top "
		"data/old/a.csv=data/old/a.csv>old data/x.csv=data/x.csv>top "
		"x.csv=x.csv>top ");
	cr_expect(s.diag.items.n == 0);
	sandbox_free(&s);
}

Test(locate, an_argument_goes_to_the_source_whose_paths_hold_it)
{
	struct sandbox s;

	sandbox_open(&s);
	sandbox_sources(&s, two_sources);
	sandbox_argument(&s, "", "./data/a.csv");
	sandbox_argument(&s, "", "more/../data/old/a.csv");
	sandbox_argument(&s, "", "more/a.csv");
	cr_expect_str_eq(found(&s),
		"data/a.csv=./data/a.csv>top "
		"more/../data/old/a.csv=more/../data/old/a.csv>old "
		"more/a.csv=more/a.csv>nobody ");
	cr_expect(s.diag.items.n == 0);
	sandbox_free(&s);
}

Test(locate, a_named_source_wins_over_its_paths)
{
	struct sandbox s;

	sandbox_open(&s);
	sandbox_sources(&s, two_sources);
	sandbox_argument(&s, "old", "data/a.csv");
	sandbox_argument(&s, "top", "more");
	cr_expect_str_eq(found(&s), "data/a.csv=data/a.csv>old "
				    "more/a.csv=more/a.csv>top ");
	sandbox_free(&s);
}

Test(locate, a_folder_means_all_files_below)
{
	struct sandbox s;

	sandbox_open(&s);
	sandbox_argument(&s, "", "data/");
	cr_expect_str_eq(found(&s),
		"data/a.csv=data/a.csv>nobody data/b.csv=data/b.csv>nobody "
		"data/old/a.csv=data/old/a.csv>nobody "
		"data/x.csv=data/x.csv>nobody ");
	sandbox_free(&s);
}

Test(locate, a_file_counts_once_however_often_it_is_named)
{
	struct sandbox s;

	sandbox_open(&s);
	sandbox_argument(&s, "", "data/old/a.csv");
	sandbox_argument(&s, "", "data/old");
	sandbox_argument(&s, "", "./data/old/a.csv");
	cr_expect_str_eq(found(&s), "data/old/a.csv=./data/old/a.csv>nobody ");
	sandbox_free(&s);
}

Test(locate, a_claim_counts_however_the_file_is_named_beside_it)
{
	struct sandbox s;

	sandbox_open(&s);
	sandbox_sources(&s, two_sources);
	sandbox_argument(&s, "", "more/a.csv");
	sandbox_argument(&s, "top", "./more/a.csv");
	cr_expect_str_eq(found(&s), "more/a.csv=./more/a.csv>top ");
	cr_expect(s.diag.items.n == 0);
	sandbox_free(&s);
}

Test(locate, paths_of_the_project_file_begin_at_its_folder)
{
	struct sandbox s;

	sandbox_open(&s);
	s.request.gather.folder = STR("data");
	sandbox_sources(&s, "- {name: top, path: '*.csv'}\n");
	cr_expect_str_eq(found(&s),
		"data/a.csv=data/a.csv>top data/b.csv=data/b.csv>top "
		"data/x.csv=data/x.csv>top ");
	sandbox_free(&s);
}

Test(locate, paths_are_printed_below_the_root)
{
	struct sandbox s;

	sandbox_open(&s);
	s.request.gather.root = STR("data");
	sandbox_argument(&s, "", "data/old/a.csv");
	sandbox_argument(&s, "", "./data/b.csv");
	sandbox_argument(&s, "", "more/a.csv");
	/* "data" is not a part of "datax". */
	cr_assert(mkdir("datax", 0755) == 0);
	sandbox_file("datax/c.csv", "x\n");
	sandbox_argument(&s, "", "datax/c.csv");
	cr_expect_str_eq(found(&s), "b.csv=./data/b.csv>nobody "
				    "datax/c.csv=datax/c.csv>nobody "
				    "more/a.csv=more/a.csv>nobody "
				    "old/a.csv=data/old/a.csv>nobody ");
	sandbox_free(&s);
}

Test(locate, two_files_that_print_alike_are_both_kept)
{
	struct sandbox s;

	sandbox_open(&s);
	s.request.gather.root = STR("data");
	sandbox_argument(&s, "", "x.csv");
	sandbox_argument(&s, "", "data/x.csv");
	cr_expect_str_eq(
		found(&s), "x.csv=data/x.csv>nobody x.csv=x.csv>nobody ");
	sandbox_free(&s);
}

Test(locate, standard_input_has_the_name_it_is_given)
{
	struct sandbox s;

	sandbox_open(&s);
	s.request.gather.folder = STR("data");
	s.request.gather.stdin_name = STR("pipe");
	sandbox_sources(&s, "- {name: top, path: '-'}\n");
	cr_expect_str_eq(found(&s), "pipe=->top ");
	sandbox_argument(&s, "", "-");
	cr_expect_str_eq(found(&s), "pipe=->top ");
	sandbox_free(&s);
}

Test(locate, a_source_without_a_file_is_said)
{
	struct sandbox s;

	sandbox_open(&s);
	sandbox_sources(&s, "- {name: a, path: [none.csv, 'no*.csv']}\n"
			    "- {name: b, path: gone.csv, optional: true}\n");
	cr_expect_str_eq(found(&s), "");
	cr_expect_str_eq(sandbox_said(&s),
		"lineal.yaml:1:20 cannot-read: source a: no file matches "
		"'none.csv' | paths are relative to the project file; "
		"`optional: true` allows none\n"
		"lineal.yaml:1:30 cannot-read: source a: no file matches "
		"'no*.csv' | paths are relative to the project file; "
		"`optional: true` allows none\n"
		"lineal.yaml:2:19 optional-missing: source b: no file matches "
		"'gone.csv'\n");
	sandbox_free(&s);
}

Test(locate, what_was_not_asked_for_is_not_missed)
{
	struct sandbox s;

	sandbox_open(&s);
	sandbox_sources(&s, "- {name: a, path: none.csv}\n"
			    "- {name: b, path: x.csv}\n");
	sandbox_argument(&s, "", "x.csv");
	cr_expect_str_eq(found(&s), "x.csv=x.csv>b ");
	cr_expect_str_eq(sandbox_said(&s), "");
	sandbox_free(&s);
}

Test(locate, what_cannot_be_listed_is_said)
{
	struct sandbox s;

	sandbox_open(&s);
	sandbox_sources(&s, "- {name: a, path: 'data/[b.csv'}\n");
	cr_expect_str_eq(found(&s), "");
	cr_expect_str_eq(sandbox_said(&s),
		"lineal.yaml:1:19 bad-glob: the pattern 'data/[b.csv' is "
		"not well formed at '[b.csv'\n");
	sandbox_free(&s);
}

Test(locate, a_folder_that_cannot_be_read_is_said)
{
	struct sandbox s;
	bool is_super = geteuid() == 0;

	cr_assert(chmod("more", 0) == 0 && chmod(".", 0755) == 0);
	/* The superuser reads everything. */
	cr_assert(!is_super || seteuid(65534) == 0);
	sandbox_open(&s);
	sandbox_sources(&s, "- {name: a, path: 'more/*.csv'}\n");
	sandbox_argument(&s, "", "more");
	cr_expect_str_eq(found(&s), "");
	cr_expect(diag_count(&s.diag, DIAG_CANNOT_READ) == 2);
	cr_assert(!is_super || seteuid(0) == 0);
	cr_assert(chmod("more", 0755) == 0);
	sandbox_free(&s);
}

Test(locate, a_file_belongs_to_one_source_only)
{
	struct sandbox s;

	sandbox_open(&s);
	sandbox_sources(&s, "- {name: a, path: data/a.csv}\n"
			    "- {name: b, path: 'data/[ab].csv'}\n");
	cr_expect_str_eq(found(&s), "data/a.csv=data/a.csv>a "
				    "data/b.csv=data/b.csv>b ");
	cr_expect_str_eq(sandbox_said(&s),
		"lineal.yaml:2:10 name-clash: file data/a.csv belongs to two "
		"sources, a and b\n");
	sandbox_free(&s);
	/* Also when the file is named. */
	sandbox_open(&s);
	sandbox_sources(&s, "- {name: a, path: data/a.csv}\n"
			    "- {name: b, path: 'data/[ab].csv'}\n");
	sandbox_argument(&s, "", "data/a.csv");
	cr_expect_str_eq(found(&s), "data/a.csv=data/a.csv>a ");
	cr_expect(diag_count(&s.diag, DIAG_NAME_CLASH) == 1);
	sandbox_free(&s);
}

/* Property: the order of arguments and of repeats changes nothing. */
Test(locate, the_order_of_arguments_does_not_matter)
{
	static const char *const paths[] = {"data", "x.csv", "more",
		"data/old/a.csv", "./data/b.csv", "more/a.csv"};
	struct rng rng = {5};

	for (int i = 0; i < 200; i++) {
		struct sandbox s, t;
		size_t picked[6], n = 1 + rng_below(&rng, 6);

		sandbox_open(&s);
		sandbox_open(&t);
		sandbox_sources(&s, two_sources);
		sandbox_sources(&t, two_sources);
		for (size_t j = 0; j < n; j++) {
			picked[j] = rng_below(&rng, 6);
			sandbox_argument(&s, "", paths[picked[j]]);
		}
		for (size_t j = n; j-- > 0;)
			sandbox_argument(&t, "", paths[picked[j]]);
		cr_assert_str_eq(found(&s), found(&t), "case %d", i);
		sandbox_free(&s);
		sandbox_free(&t);
	}
}
