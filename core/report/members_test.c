#include "report/members.h"

#include "base/vec.h"
#include "format/timestamp.h"
#include "model/table.h"

#include <criterion/criterion.h>
#include <math.h>

/* One object, written into memory. */
struct sheet {
	struct arena a;
	struct chars VEC(char) text;
	struct json_writer json;
};

static void append(void *ctx, struct str text)
{
	struct sheet *sheet = ctx;

	for (size_t i = 0; i < text.len; i++)
		vec_push(&sheet->a, &sheet->text, text.s[i]);
}

static struct json_writer *begin(struct sheet *sheet)
{
	*sheet = (struct sheet) {0};
	sheet->json = json_writer_init(append, sheet);
	json_inline(&sheet->json);
	json_begin_object(&sheet->json);
	return &sheet->json;
}

static void expect_end(struct sheet *sheet, const char *want)
{
	struct str have;

	json_end_object(&sheet->json);
	have = (struct str) {sheet->text.at, sheet->text.n};
	cr_expect(str_equal(have, str_of(want)), "want: %s\nhave: %.*s", want,
		STR_ARG(have));
	arena_free(&sheet->a);
}

Test(members, a_name_and_its_value_are_one_member)
{
	struct sheet sheet;
	struct json_writer *json = begin(&sheet);

	member_text(json, "text", STR("a\"<b"));
	member_count(json, "count", 12);
	member_double(json, "double", 0.1);
	member_bool(json, "yes", true);
	member_bool(json, "no", false);
	member_null(json, "nothing");
	expect_end(&sheet, "{\"text\": \"a\\\"\\u003cb\", \"count\": 12, "
			   "\"double\": 0.1, \"yes\": true, \"no\": false, "
			   "\"nothing\": null}");
}

Test(members, what_is_not_known_is_null)
{
	struct sheet sheet;
	struct json_writer *json = begin(&sheet);

	member_maybe(json, "a", true, 1.5);
	member_maybe(json, "b", false, 1.5);
	member_maybe(json, "c", true, NAN);
	member_maybe_text(json, "d", STR("x"));
	member_maybe_text(json, "e", STR(""));
	member_minutes(json, "f", true, 90 * NS_PER_SECOND);
	member_minutes(json, "g", false, 90 * NS_PER_SECOND);
	member_why(json, STR(""));
	expect_end(&sheet, "{\"a\": 1.5, \"b\": null, \"c\": null, "
			   "\"d\": \"x\", \"e\": null, \"f\": 1.5, "
			   "\"g\": null}");
}

Test(members, times_are_exact)
{
	struct sheet sheet;
	struct json_writer *json = begin(&sheet);

	member_time(json, "a", 0);
	member_time(json, "b", -1);
	member_time(json, "c", CELL_ABSENT);
	member_time(json, "d", CELL_UNREADABLE);
	expect_end(&sheet, "{\"a\": \"1970-01-01T00:00:00Z\", "
			   "\"b\": \"1969-12-31T23:59:59.999999999Z\", "
			   "\"c\": null, \"d\": null}");
}

Test(members, money_is_text_with_two_decimals)
{
	struct sheet sheet;
	struct json_writer *json = begin(&sheet);

	member_money(json, "a", (struct money) {1300000, STR("EUR")});
	member_money(json, "b", (struct money) {-5, STR("EUR")});
	member_money(json, "c", (struct money) {0, STR("")});
	member_money(json, "d", (struct money) {INT64_MIN, STR("")});
	expect_end(&sheet, "{\"a\": \"13000.00\", \"b\": \"-0.05\", "
			   "\"c\": \"0.00\", "
			   "\"d\": \"-92233720368547758.08\"}");
}

Test(members, a_share_without_cases_is_null_and_says_why)
{
	struct sheet sheet;
	struct json_writer *json = begin(&sheet);

	/* 9/12 and 2/3, to 12 digits. */
	member_share(json, "a", (struct share) {9, 12}, STR("unused"));
	member_share(json, "b", (struct share) {2, 3}, STR(""));
	member_share(json, "c", (struct share) {0, 0}, STR("no case"));
	member_share(json, "d", (struct share) {0, 0}, STR(""));
	expect_end(&sheet,
		"{\"a\": {\"value\": 0.75, \"numerator\": 9, "
		"\"denominator\": 12}, "
		"\"b\": {\"value\": 0.666666666667, \"numerator\": 2, "
		"\"denominator\": 3}, "
		"\"c\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"no case\"}, "
		"\"d\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0}}");
}

Test(members, lists_keep_their_order)
{
	static const struct str texts[] = {STR_INIT("b"), STR_INIT("a")};
	static const struct place places[] = {
		{STR_INIT("a.csv"), 3}, {STR_INIT("b.csv"), 0}};
	struct sheet sheet;
	struct json_writer *json = begin(&sheet);

	member_texts(json, "texts", texts, 2);
	member_texts(json, "none", NULL, 0);
	member_interval(json, "ci95", 0.703591, 3.605669);
	member_places(json, places, 2);
	expect_end(&sheet, "{\"texts\": [\"b\", \"a\"], \"none\": [], "
			   "\"ci95\": [0.703591, 3.605669], "
			   "\"places\": [{\"path\": \"a.csv\", \"line\": 3}, "
			   "{\"path\": \"b.csv\", \"line\": 0}]}");
}
