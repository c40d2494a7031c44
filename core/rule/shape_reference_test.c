#include "scene_p.h"

#define WORDS                                                               \
	"{keys: {k: [k], r: {columns: [r], split: \",\"}},"                 \
	" fields: {risk: [risk]},"                                          \
	" things: {born: {key: k, starts_with: birth}, seen: {key: k},"     \
	" listed: {key: k, listed_in: register},"                           \
	" whole: {key: k, listed_in: register, complete: true}},"           \
	" events: {birth: {type: [birth, both]}, a: {type: [a, both, ax]}," \
	" x: {type: [x, ax]}}}"

Test(shape_reference, the_finding_is_about_the_value_that_refers)
{
	static const struct scene_row rows[] = {
		{"for_each: a, must_refer_to: born, by: r, same: k, unless: x",
			"closed | +0h birth k=1 | +1h a k=1 r=2",
			"1 violated: missing @2 2"},
	};

	SCENE_EXPECT(WORDS, rows);
}
