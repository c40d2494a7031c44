#include "format/jsonfields.h"

#include <criterion/criterion.h>
#include <string.h>

struct setup {
	struct arena a;
	struct intern columns;
	struct jsonfields f;
};

static void begin(struct setup *s)
{
	*s = (struct setup) {0};
	s->f.columns = &s->columns;
	s->f.field_limit = 1000000;
}

static void end(struct setup *s)
{
	jsonfields_free(&s->f);
	intern_free(&s->columns);
	arena_free(&s->a);
}

/* The fields of an object as "path=value;", null as "path-;" only if it is the
   first time that its column is there; a failure as "OFFSET code sentence". */
static const char *read(struct setup *s, struct str raw)
{
	struct str out = STR("");

	if (!jsonfields_read(&s->f, raw))
		return arena_print(&s->a, "%zu %s %s", s->f.fault,
			diag_name(s->f.code), s->f.text)
			.s;
	cr_expect_eq(s->f.fields.n + 1, intern_count(&s->columns));
	for (size_t i = 0; i < s->f.fields.n; i++) {
		struct str field = s->f.fields.at[i];

		if (field.s)
			out = arena_print(&s->a, "%.*s%.*s=%.*s;", STR_ARG(out),
				STR_ARG(intern_get(&s->columns, (sym)(i + 1))),
				STR_ARG(field));
	}
	return out.s;
}

Test(jsonfields, nested_members_have_dotted_paths)
{
	static const struct {
		const char *raw, *fields;
	} rows[] = {
		{"{\"a\": {\"b\": 1}, \"c\": [{\"d\": 2}]}", "a.b=1;c[0].d=2;"},
		{"{}", ""},
		{" {\"a\":1} ", "a=1;"},
		{"{\"a\":\"\",\"b\":null,\"c\":true,\"d\":false}",
			"a=;c=true;d=false;"},
		{"{\"a\":{},\"b\":[],\"c\":{\"d\":[]}}", ""},
		{"{\"a\":[1,[2,3],{\"b\":[4]},null,5]}",
			"a[0]=1;a[1][0]=2;a[1][1]=3;a[2].b[0]=4;a[4]=5;"},
		{"{\"a\":[0,1,2,3,4,5,6,7,8,9,10]}",
			"a[0]=0;a[1]=1;a[2]=2;a[3]=3;a[4]=4;a[5]=5;a[6]=6;"
			"a[7]=7;a[8]=8;a[9]=9;a[10]=10;"},
		{"{\"x\":{\"y\":{\"z\":1},\"w\":2},\"v\":3}",
			"x.y.z=1;x.w=2;v=3;"},
		/* The text of a number stays. */
		{"{\"a\":0.1,\"b\":1e23,\"c\":9223372036854775808,\"d\":1.0}",
			"a=0.1;b=1e23;c=9223372036854775808;d=1.0;"},
		{"{\"\\u0061\":\"\\u00e9\\n\",\"b\":\"x\\\\y\"}",
			"a=\xC3\xA9\n;b=x\\y;"},
		/* Names are kept, the empty one is written out. */
		{"{\"a.b\":1,\"c[0]\":2,\"\":3,\"d\":{\"\":4}}",
			"a.b=1;c[0]=2;\"\"=3;d.\"\"=4;"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct setup s;

		begin(&s);
		cr_expect_str_eq(read(&s, str_of(rows[i].raw)), rows[i].fields,
			"row %zu", i);
		end(&s);
	}
}

Test(jsonfields, columns_are_numbered_by_first_sight_and_grow)
{
	struct setup s;

	begin(&s);
	cr_expect_str_eq(read(&s, STR("{\"b\":1,\"a\":2}")), "b=1;a=2;");
	cr_expect_str_eq(read(&s, STR("{\"a\":3}")), "a=3;");
	cr_expect_str_eq(read(&s, STR("{\"c\":4,\"b\":5}")), "b=5;c=4;");
	cr_expect_str_eq(read(&s, STR("{}")), "");
	cr_expect_str_eq(read(&s, STR("{\"c\":null}")), "");
	cr_expect_eq(intern_find(&s.columns, STR("c")), 3);
	end(&s);
}

Test(jsonfields, a_null_makes_its_column)
{
	struct setup s;

	begin(&s);
	cr_expect_str_eq(read(&s, STR("{\"a\":null}")), "");
	cr_expect_eq(intern_find(&s.columns, STR("a")), 1);
	end(&s);
}

Test(jsonfields, a_table_with_other_columns_is_continued)
{
	struct setup s;

	begin(&s);
	intern_put(&s.columns, STR("z"));
	cr_expect_str_eq(read(&s, STR("{\"a\":1}")), "a=1;");
	intern_put(&s.columns, STR("y"));
	cr_expect_str_eq(
		read(&s, STR("{\"y\":1,\"a\":2,\"z\":3}")), "z=3;a=2;y=1;");
	end(&s);
}

Test(jsonfields, a_refused_object_leaves_nothing_behind)
{
	struct setup s;

	begin(&s);
	cr_expect_str_eq(read(&s, STR("{\"a\":1}")), "a=1;");
	cr_expect_str_eq(read(&s, STR("{\"b\":1,\"a\":2,}")),
		"13 bad-json expected a member name, found '}'");
	cr_expect_eq(intern_count(&s.columns), 2);
	cr_expect_str_eq(read(&s, STR("{\"c\":1}")), "c=1;");
	end(&s);
}

Test(jsonfields, faults_have_place_code_and_sentence)
{
	static const struct {
		struct str raw;
		const char *fault;
	} rows[] = {
		{STR_INIT("5"), "0 bad-json expected an object, found '5'"},
		{STR_INIT("[1]"), "0 bad-json expected an object, found '['"},
		{STR_INIT(""), "0 bad-json expected an object, found the end"},
		{STR_INIT("nul"), "0 bad-json expected an object, found 'nul'"},
		{STR_INIT("\"a"), "2 bad-json expected the closing quote of a "
				  "string, found the end"},
		{STR_INIT("{} x"), "3 bad-json expected the end, found 'x'"},
		{STR_INIT("{}{}"), "2 bad-json expected the end, found '{'"},
		{STR_INIT("{\"a\":1"),
			"6 bad-json expected ',' or '}', found the end"},
		{STR_INIT("{\"a\":0042}"), "6 bad-json expected no digit after "
					   "a leading zero, found '042'"},
		{STR_INIT("{\"a\":\"x\ty\"}"),
			"7 bad-json expected an escape for a control "
			"character, found byte 0x09"},
		{STR_INIT("{\"a\":\"\\uDC00\"}"),
			"6 bad-json expected a high surrogate before a low "
			"one, found '\\uDC00'"},
		{STR_INIT("{\"a\":\"x\\u0000\"}"),
			"5 nul-byte a NUL character in field 'a'"},
		{STR_INIT("{\"a\\u0000\":1}"),
			"1 nul-byte a NUL character in a member name"},
		{STR_INIT("{\"a\":1,\"a\":2}"),
			"7 duplicate-member member path 'a' is given twice"},
		{STR_INIT("{\"a\":1,\"\\u0061\":2}"),
			"7 duplicate-member member path 'a' is given twice"},
		{STR_INIT("{\"a\":[],\"a\":{}}"),
			"8 duplicate-member member path 'a' is given twice"},
		{STR_INIT("{\"a\":null,\"a\":null}"),
			"10 duplicate-member member path 'a' is given twice"},
		{STR_INIT("{\"x\":[{\"a\":1},{\"b\":1,\"b\":1}]}"),
			"21 duplicate-member member path 'x[1].b' is given "
			"twice"},
		/* Two ways to write one path. */
		{STR_INIT("{\"a.b\":1,\"a\":{\"b\":2}}"),
			"14 duplicate-member member path 'a.b' is given twice"},
		{STR_INIT("{\"a[0]\":1,\"a\":[2]}"),
			"15 duplicate-member member path 'a[0]' is given "
			"twice"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct setup s;

		begin(&s);
		cr_expect_str_eq(
			read(&s, rows[i].raw), rows[i].fault, "row %zu", i);
		end(&s);
	}
}

Test(jsonfields, a_name_may_stand_in_several_objects)
{
	struct setup s;

	begin(&s);
	for (size_t i = 0; i < 3; i++)
		cr_expect_str_eq(
			read(&s, STR("{\"a\":{\"a\":1},\"b\":{\"a\":2},"
				     "\"c\":[{\"a\":3},{\"a\":4}]}")),
			"a.a=1;b.a=2;c[0].a=3;c[1].a=4;", "round %zu", i);
	end(&s);
}

Test(jsonfields, the_room_for_escaped_texts_is_used_again)
{
	struct setup s;
	size_t room;

	begin(&s);
	cr_expect_str_eq(read(&s, STR("{\"a\":\"\\n\",\"\\t\":\"\\r\"}")),
		"a=\n;\t=\r;");
	room = s.f.unescaped.n;
	cr_expect_str_eq(read(&s, STR("{\"a\":\"\\n\",\"\\t\":\"\\r\"}")),
		"a=\n;\t=\r;");
	cr_expect_eq(s.f.unescaped.n, room);
	end(&s);
}

Test(jsonfields, other_orders_of_members_are_read_too)
{
	struct setup s;

	begin(&s);
	cr_expect_str_eq(
		read(&s, STR("{\"a\":1,\"b\":2,\"c\":3}")), "a=1;b=2;c=3;");
	cr_expect_str_eq(
		read(&s, STR("{\"c\":1,\"b\":2,\"a\":3}")), "a=3;b=2;c=1;");
	cr_expect_str_eq(
		read(&s, STR("{\"a\":1,\"c\":2,\"b\":3}")), "a=1;b=3;c=2;");
	end(&s);
}

Test(jsonfields, the_longest_field_is_the_limit)
{
	struct setup s;

	begin(&s);
	s.f.field_limit = 3;
	cr_expect_str_eq(
		read(&s, STR("{\"a\":\"xyz\",\"b\":123}")), "a=xyz;b=123;");
	cr_expect_str_eq(read(&s, STR("{\"a\":\"\\u0078yz\"}")), "a=xyz;",
		"the unescaped text counts");
	cr_expect_str_eq(read(&s, STR("{\"a\":1,\"b\":\"wxyz\"}")),
		"11 field-too-big field 'b' has 4 bytes; at most 3 are read");
	cr_expect_str_eq(read(&s, STR("{\"a\":{\"b\":1234}}")),
		"10 field-too-big field 'a.b' has 4 bytes; at most 3 are "
		"read");
	end(&s);
}

/* {"xxx...": value} with `n` letters. */
static struct str long_name(struct arena *a, size_t n, const char *value)
{
	char *name = arena_array(a, char, n);

	memset(name, 'x', n);
	return arena_print(a, "{\"%.*s\":%s}", (int)n, name, value);
}

Test(jsonfields, the_longest_path_is_1024_bytes)
{
	struct setup s;

	begin(&s);
	cr_expect(jsonfields_read(&s.f, long_name(&s.a, 1024, "1")));
	cr_expect_str_eq(read(&s, long_name(&s.a, 1025, "1")),
		"1 field-too-big the path of a member has more than 1024 "
		"bytes");
	cr_expect(jsonfields_read(&s.f, long_name(&s.a, 1021, "[1]")));
	cr_expect_not(jsonfields_read(&s.f, long_name(&s.a, 1022, "[1]")));
	cr_expect_not(jsonfields_read(&s.f, long_name(&s.a, 1022, "[[]]")));
	cr_expect_not(
		jsonfields_read(&s.f, long_name(&s.a, 1023, "{\"a\":1}")));
	end(&s);
}

/* [1,1,...] with `n` items under the name "a". */
static struct str long_array(struct arena *a, size_t n)
{
	char *items = arena_array(a, char, 2 * n);

	for (size_t i = 0; i < n; i++) {
		items[2 * i] = '1';
		items[2 * i + 1] = ',';
	}
	return arena_print(a, "{\"a\":[%.*s]}", (int)(2 * n - 1), items);
}

Test(jsonfields, no_more_than_65536_paths_are_learnt)
{
	struct setup s;

	begin(&s);
	/* The array itself is one. */
	cr_expect(jsonfields_read(&s.f, long_array(&s.a, JSON_PATHS - 1)));
	cr_expect_eq(s.f.fields.n, JSON_PATHS - 1);
	cr_expect_str_eq(read(&s, STR("{\"b\":1}")),
		"1 row-too-big 'b' is one more than the 65536 member paths "
		"that are read");
	cr_expect_str_eq(read(&s, STR("{\"a\":[7]}")), "a[0]=7;");
	end(&s);
}

Test(jsonfields, sentences_quote_at_most_64_bytes_of_a_path)
{
	struct setup s;
	/* 60 bytes, 20 characters. */
	const char *name = "\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC"
			   "\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC"
			   "\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC"
			   "\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC"
			   "\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC";
	struct str raw, want;

	begin(&s);
	raw = arena_print(
		&s.a, "{\"wxy%s\xC3\xA9\":1,\"wxy%s\xC3\xA9\":2}", name, name);
	want = arena_print(&s.a,
		"71 duplicate-member member path 'wxy%s' is given twice", name);
	cr_expect_str_eq(read(&s, raw), want.s);
	end(&s);
}
