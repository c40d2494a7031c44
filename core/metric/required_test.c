#include "metric/required.h"

#include "metric/trail.h"
#include "scene_p.h"

#include <criterion/criterion.h>

static const struct sides_wanted all;

#define ALWAYS \
	(TRAIL_TS | TRAIL_ACTOR | TRAIL_ACTION | TRAIL_OBJECT | TRAIL_OUTCOME)
#define UPDATE    (TRAIL_OLD | TRAIL_NEW)
#define FIRST_OWN ((uint32_t)TRAIL_NEW << 1)

/* The fields of a scene whose audit log holds one event. */
static struct required find(
	struct scene *s, const struct metric_params *params, const char *line)
{
	struct sides sides;

	scene_open(s, params);
	scene_event(s, scene_source(s, "audit", ROLE_AUDIT_LOG), line);
	scene_close(s);
	sides = sides_build(&s->a, &s->facts, &all);
	return required_find(&s->a, &s->facts, &s->params, &sides.log);
}

Test(required, each_field_is_seen_where_it_is_not_empty)
{
	static const struct {
		const char *line;
		uint32_t present;
	} rows[] = {
		{"ts=2026-03-01T10:00:00Z", TRAIL_TS},
		{"ts=2026-03-01", TRAIL_TS},
		{"actor_id=u", TRAIL_ACTOR},
		{"action=create", TRAIL_ACTION},
		{"object_id=1", TRAIL_OBJECT},
		{"outcome=ok", TRAIL_OUTCOME},
		{"old=1", TRAIL_OLD},
		{"new=1", TRAIL_NEW},
		{"object_type=t; request_id=r", 0},
		{"ts=2026-03-01; actor_id=u; action=create; object_id=1; "
		 "outcome=ok; old=1; new=2",
			ALWAYS | UPDATE},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		struct required r = find(&s, NULL, rows[i].line);

		cr_expect(r.present[0] == rows[i].present, "row %zu: %x", i,
			r.present[0]);
		cr_expect(r.always == ALWAYS && r.update == UPDATE);
		scene_free(&s);
	}
}

Test(required, parameters_replace_the_default_fields)
{
	static struct str names[] = {STR_INIT("actor_id"), STR_INIT("purpose"),
		STR_INIT("new"), STR_INIT("ip"), STR_INIT("ts")};
	struct metric_params params = params_defaults();
	struct scene s;
	struct required r;

	params.required = (struct str_vec) {names, 5, 5};
	r = find(&s, &params, "action=create; ip=10.0.0.1; new=1");
	cr_expect(r.always ==
			  (TRAIL_ACTOR | FIRST_OWN | FIRST_OWN << 1 | TRAIL_TS),
		"%x", r.always);
	cr_expect(r.update == TRAIL_NEW);
	cr_expect((r.present[0] & (r.always | r.update)) ==
		  (FIRST_OWN << 1 | TRAIL_NEW));
	scene_free(&s);
}

Test(required, asks_for_the_presence_of_its_fields_only)
{
	static struct str names[] = {STR_INIT("purpose")};
	struct metric_params params = params_defaults();
	struct arena a = {0};
	struct words words;

	params.required = (struct str_vec) {names, 1, 1};
	words_init(&words, &a);
	required_need(&words, &params);
	cr_expect(words.needs.n == 7);
	cr_expect(words_column(&words, STR("purpose"), COLUMN_PRESENT) !=
		  WORD_NONE);
	cr_expect(words_column(&words, STR("outcome"), COLUMN_PRESENT) !=
		  WORD_NONE);
	cr_expect(words_column(&words, STR("ts"), COLUMN_PRESENT) == WORD_NONE);
	arena_free(&a);
}
