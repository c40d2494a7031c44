#include "rule/shape_read.h"

void shape_complain(
	struct rule_reader *reader, enum diag_code code, const char *sentence)
{
	const struct rule *rule = reader->rule;
	struct yaml_node node = {.loc = rule->loc, .span = rule->span};

	yaml_complain(reader->v->diag, code, &node, "%.*s: %s",
		STR_ARG(rule_called(reader->v->a, rule)), sentence);
}

static void check_times(struct rule_reader *reader, unsigned keys)
{
	const struct rule *rule = reader->rule;

	if (rule->limit != LIMIT_NONE && !(keys & SHAPE_WITHIN))
		shape_complain(reader, DIAG_KEY_NOT_FOR_SHAPE,
			"`within` says nothing here: nothing is due");
	else if (rule->limit == LIMIT_LOG && !(keys & SHAPE_THE_LOG))
		shape_complain(reader, DIAG_IMPOSSIBLE_WINDOW,
			"`within: the log` is for forward duties; leave it out "
			"to look back without limit");
	if (rule->has_warn_after && !(keys & SHAPE_WARN_AFTER))
		shape_complain(reader, DIAG_KEY_NOT_FOR_SHAPE,
			"`warn_after` goes with forward duties only");
	if (reader->starting_from && !(keys & SHAPE_STARTING_FROM))
		shape_complain(reader, DIAG_KEY_NOT_FOR_SHAPE,
			"`starting_from` goes with forward duties only");
}

bool shape_may_be_about_thing(const struct rule_reader *reader)
{
	return reader->rule->for_thing || reader->rule->for_each.events.n == 0;
}

/* The key of a thing joins by itself; if it is not known what the rule is
   about, that has been said. */
static bool lacks_same(const struct rule_reader *reader)
{
	return rule_lacks(reader, STR("same")) &&
	       (reader->same || !shape_may_be_about_thing(reader));
}

static void check_join(struct rule_reader *reader, unsigned keys)
{
	bool joins = (keys & SHAPE_SAME) || reader->has_unless_event;

	if (reader->has_unless_event && !(keys & SHAPE_UNLESS_EVENT))
		shape_complain(reader, DIAG_KEY_NOT_FOR_SHAPE,
			"`unless` takes tests of fields here, not an event");
	else if (joins && lacks_same(reader))
		shape_complain(reader, DIAG_MISSING_SAME,
			"`same` is missing: which key do the events share? "
			"(`same: nothing` joins all)");
	else if (!joins && reader->same)
		shape_complain(reader, DIAG_KEY_NOT_FOR_SHAPE,
			"`same` says nothing here: nothing is joined");
}

void shape_check_keys(struct rule_reader *reader, unsigned keys)
{
	check_times(reader, keys);
	check_join(reader, keys);
}
