#include "scene_p.h"

#define WORDS                                     \
	"{keys: {k: [k]}, fields: {f: [f]},"      \
	" things: {t: {key: k, starts_with: a}}," \
	" events: {a: {type: a}, b: {type: b}, x: {type: x}}}"

#define REQUIRE   "for_each: a, require: {f: present}"
#define RECORDS   "for_each: t, require_records: [b], within: 1d"
#define REFERENCE "for_each: b, must_refer_to: t, by: k"
#define UNIQUE    "for_each: a, unique: f"
#define FOLLOWED  "for_each: a, same: k, must_be_followed_by: b, within: 1d"
#define PRECEDED  "for_each: a, same: k, must_be_preceded_by: b"
#define SEQUENCE  "for_each: t, sequence: f"

Test(shape_read, a_key_that_says_nothing_is_refused)
{
	static const struct scene_mistake rows[] = {
		{REQUIRE, "none"},
		{REQUIRE ", within: 1d", "key-not-for-shape"},
		{REQUIRE ", within: the log", "key-not-for-shape"},
		{REQUIRE ", warn_after: 1d", "key-not-for-shape"},
		{REQUIRE ", starting_from: ts", "key-not-for-shape"},
		{REQUIRE ", same: k", "key-not-for-shape"},
		{RECORDS ", warn_after: 1h, starting_from: ts", "none"},
		{REFERENCE ", within: 1d", "none"},
		{REFERENCE ", within: the log", "impossible-window"},
		{REFERENCE ", warn_after: 1d", "key-not-for-shape"},
		{REFERENCE ", starting_from: ts", "key-not-for-shape"},
		{REFERENCE ", same: k", "key-not-for-shape"},
		{UNIQUE ", within: 1d", "key-not-for-shape"},
		{UNIQUE ", same: k", "key-not-for-shape"},
		{FOLLOWED ", warn_after: 1h, starting_from: ts", "none"},
		{PRECEDED ", within: 1d", "none"},
		{PRECEDED ", within: the log", "impossible-window"},
		{PRECEDED ", warn_after: 1h", "key-not-for-shape"},
		{PRECEDED ", starting_from: ts", "key-not-for-shape"},
		{SEQUENCE ", within: 1d", "key-not-for-shape"},
		{SEQUENCE ", same: f", "none"},
	};

	SCENE_EXPECT_MISTAKES(WORDS, rows);
}

Test(shape_read, an_exception_by_an_event_needs_a_key)
{
	static const struct scene_mistake rows[] = {
		{REQUIRE ", unless: x", "missing-same"},
		{REQUIRE ", unless: x, same: k", "none"},
		{REQUIRE ", unless: x, same: nothing", "none"},
		{RECORDS ", unless: x", "none"},
		{REFERENCE ", unless: x", "missing-same"},
		{REFERENCE ", unless: x, same: k", "none"},
		{UNIQUE ", unless: x", "missing-same"},
		{UNIQUE ", unless: x, same: k", "none"},
		{FOLLOWED ", unless: x", "none"},
		{SEQUENCE ", unless: x", "key-not-for-shape"},
		{SEQUENCE ", unless: {f: 1}", "none"},
	};

	SCENE_EXPECT_MISTAKES(WORDS, rows);
}

Test(shape_read, events_and_things_are_told_apart)
{
	static const struct scene_mistake rows[] = {
		{"for_each: t, require: {f: present}", "wrong-type"},
		{"for_each: a, require_records: [b], within: 1d, same: k",
			"wrong-type"},
		{"for_each: t, must_refer_to: t, by: k", "wrong-type"},
		{"for_each: t, unique: f", "wrong-type"},
		{"for_each: t, must_be_followed_by: b, within: 1d",
			"wrong-type"},
		{"for_each: a, sequence: f, same: k", "wrong-type"},
	};

	SCENE_EXPECT_MISTAKES(WORDS, rows);
}

Test(shape_read, a_duty_has_a_due_time_and_a_join_has_a_key)
{
	static const struct scene_mistake rows[] = {
		{"for_each: a, must_be_followed_by: b, same: k",
			"missing-within"},
		{"for_each: t, require_records: [b]", "missing-within"},
		{"for_each: a, must_be_followed_by: b, within: 1d",
			"missing-same"},
		{"for_each: a, must_be_preceded_by: b", "missing-same"},
		{"for_each: a, must_be_preceded_by: b, same: nothing", "none"},
	};

	SCENE_EXPECT_MISTAKES(WORDS, rows);
}

Test(shape_read, nothing_required_is_a_mistake)
{
	static const struct scene_mistake rows[] = {
		{"for_each: a, require: {}", "empty-value"},
		{"for_each: a, require_any: []", "empty-value"},
		{"for_each: a, require_any: [{}]", "empty-value"},
		{"for_each: t, require_records: [], within: 1d", "empty-value"},
		{"for_each: a, unique: []", "empty-value"},
	};

	SCENE_EXPECT_MISTAKES(WORDS, rows);
}
