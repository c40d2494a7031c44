#include "ingest/settle.h"

#include "base/sort.h"
#include "ingest/load.h"
#include "ingest/redigest.h"
#include "ingest/role.h"

#include <stdlib.h>

/* ---- copies ---- */

/* A row that may have copies. */
struct suspect {
	row event;
	uint32_t source;
	struct digest128 digest;
};

struct copies {
	struct arena a;
	struct loaded *out;
	const struct settle_request *request;
	struct diag *diag;
	struct input **input_of_file;
	struct suspects VEC(struct suspect) suspects;
};

static enum dedupe dedupe_of(const struct copies *copies, uint32_t source)
{
	return copies->request->gathered->sources.at[source].dedupe;
}

static sym id_of(const struct copies *copies, row e)
{
	const struct event_table *events = &copies->out->events;
	const struct column *ids = copies->request->ids;
	uint32_t number = (uint32_t)(ids - events->cells.columns);

	return ids->syms ? table_sym(&events->cells, number, e) : 0;
}

static void mark_copy(struct copies *copies, const struct suspect *r)
{
	struct event_table *events = &copies->out->events;
	struct input_facts *facts =
		&copies->input_of_file[events->file[r->event] - 1]->facts;

	facts->rows.accepted--;
	facts->rows.duplicate++;
	if (events->time[r->event] == CELL_ABSENT)
		facts->untimed--;
	if (dedupe_of(copies, r->source) > DEDUPE_NONE) {
		events->marks[r->event] |= EVENT_DROPPED;
		return;
	}
	events->marks[r->event] |= EVENT_MERGED;
	copies->out->merged++;
}

static void complain_conflict(struct copies *copies, const struct suspect *r)
{
	const struct event_table *events = &copies->out->events;
	struct loc loc = {events->file[r->event], events->line[r->event], 0};

	diag_add(copies->diag, DIAG_ID_CONFLICT, loc,
		"event id '%.*s' came before with other content; both rows "
		"are kept",
		STR_ARG(words_quoted(copies->out->id_is_personal,
			symbols_show(&copies->out->strings,
				id_of(copies, r->event)))));
}

static int compare_rows(const void *left, const void *right)
{
	const struct suspect *a = left, *b = right;

	if (a->source != b->source)
		return a->source < b->source ? -1 : 1;
	if (a->digest.low != b->digest.low)
		return a->digest.low < b->digest.low ? -1 : 1;
	if (a->digest.high != b->digest.high)
		return a->digest.high < b->digest.high ? -1 : 1;
	return a->event < b->event ? -1 : a->event > b->event;
}

static bool same_digest(const struct suspect *a, const struct suspect *b)
{
	return a->source == b->source && a->digest.low == b->digest.low &&
	       a->digest.high == b->digest.high;
}

static int compare_events(const void *left, const void *right)
{
	const struct suspect *a = left, *b = right;

	return a->event < b->event ? -1 : a->event > b->event;
}

/* Says which rows of one id are not the first of their source; `rows` stand in
   their order. */
static void complain_conflicts(
	struct copies *copies, const struct suspect *rows, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		size_t j = 0;

		while (rows[j].source != rows[i].source)
			j++;
		if (j < i)
			complain_conflict(copies, &rows[i]);
	}
}

/* Rows that share an id (or, under `dedupe: row`, perhaps a digest). */
static void settle_group(
	struct copies *copies, struct suspect *group, size_t n, bool by_id)
{
	size_t n_first = 0;

	if (n < 2)
		return;
	qsort(group, n, sizeof(*group), compare_rows);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && same_digest(&group[n_first - 1], &group[i]))
			mark_copy(copies, &group[i]);
		else
			group[n_first++] = group[i];
	}
	if (!by_id)
		return;
	qsort(group, n_first, sizeof(*group), compare_events);
	complain_conflicts(copies, group, n_first);
}

/* Visits the rows of equal key, in any order of keys. */
static void settle_sorted(struct copies *copies, const uint32_t *picked,
	size_t n, const int64_t *keys, bool by_id)
{
	struct arena scratch = {0};
	uint32_t *order = arena_array(&scratch, uint32_t, n);
	struct suspect *group = arena_array(&scratch, struct suspect, n);
	size_t start = 0;

	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t)i;
	sort_rows_by_i64(keys, order, n);
	for (size_t i = 1; i <= n; i++) {
		if (i < n && keys[order[i]] == keys[order[start]])
			continue;
		for (size_t j = start; j < i; j++)
			group[j - start] =
				copies->suspects.at[picked[order[j]]];
		settle_group(copies, group, i - start, by_id);
		start = i;
	}
	arena_free(&scratch);
}

/* True if a row takes part: under `dedupe: row` all do, by id those that have
   one and were not dropped as copies before. */
static bool is_picked(
	const struct copies *copies, const struct suspect *r, bool by_id)
{
	if (!by_id)
		return dedupe_of(copies, r->source) == DEDUPE_ROW;
	return id_of(copies, r->event) != 0 &&
	       !(copies->out->events.marks[r->event] & EVENT_DROPPED);
}

static void settle_kind(struct copies *copies, bool by_id)
{
	struct arena scratch = {0};
	const struct suspects *rows = &copies->suspects;
	uint32_t *picked = arena_array(&scratch, uint32_t, rows->n);
	int64_t *keys = arena_array(&scratch, int64_t, rows->n);
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++) {
		const struct suspect *r = &rows->at[i];

		if (!is_picked(copies, r, by_id))
			continue;
		keys[n] = by_id ? (int64_t)id_of(copies, r->event)
				: (int64_t)r->digest.low;
		picked[n++] = (uint32_t)i;
	}
	settle_sorted(copies, picked, n, keys, by_id);
	arena_free(&scratch);
}

static void index_inputs(struct copies *copies)
{
	const struct input_list *inputs = &copies->request->gathered->inputs;
	uint32_t most = 0;

	for (size_t i = 0; i < inputs->n; i++)
		if (inputs->at[i].facts.file > most)
			most = inputs->at[i].facts.file;
	copies->input_of_file = arena_array(&copies->a, struct input *, most);
	for (size_t i = 0; i < inputs->n; i++)
		copies->input_of_file[inputs->at[i].facts.file - 1] =
			&inputs->at[i];
}

/* How often each id is there, at most twice. */
enum seen { SEEN_NEVER, SEEN_ONCE, SEEN_AGAIN };

static void see(const struct copies *copies, uint8_t *seen, row e)
{
	uint8_t *times = &seen[id_of(copies, e)];

	if (*times < SEEN_AGAIN)
		++*times;
}

static uint8_t *see_all(struct copies *copies)
{
	const struct settle_request *request = copies->request;
	uint8_t *seen = arena_array(
		&copies->a, uint8_t, symbols_count(&copies->out->strings));

	for (size_t i = 0; i < request->n_parts; i++) {
		const struct settle_part *from = &request->parts[i];

		for (size_t j = 0; j < from->part->places.n; j++)
			see(copies, seen,
				from->base + from->part->places.at[j].event);
		for (size_t j = 0; j < from->part->digests.n; j++)
			see(copies, seen,
				from->base + from->part->digests.at[j].event);
	}
	/* No id at all. */
	seen[0] = SEEN_NEVER;
	return seen;
}

/* The rows of a part whose place is known: those with an id that others have
   too are read again. */
static void suspect_places(struct copies *copies,
	const struct settle_part *from, const uint8_t *seen)
{
	const struct part *part = from->part;
	uint32_t number = from->input->facts.source;
	struct redigest redigest;

	redigest_init(&redigest, from->input,
		&copies->request->gathered->sources.at[number]);
	for (size_t i = 0; i < part->places.n; i++) {
		const struct row_place *place = &part->places.at[i];
		struct suspect suspect = {
			from->base + place->event, number, {0}};

		if (seen[id_of(copies, suspect.event)] < SEEN_AGAIN)
			continue;
		suspect.digest = redigest_of(
			&redigest, part->first_byte + place->offset);
		vec_push(&copies->a, &copies->suspects, suspect);
	}
	redigest_free(&redigest);
	input_forget(from->input, from->input->body);
}

static void suspect_digests(struct copies *copies,
	const struct settle_part *from, const uint8_t *seen)
{
	uint32_t number = from->input->facts.source;
	bool all = dedupe_of(copies, number) == DEDUPE_ROW;

	for (size_t i = 0; i < from->part->digests.n; i++) {
		const struct row_digest *digest = &from->part->digests.at[i];
		struct suspect suspect = {
			from->base + digest->event, number, digest->digest};

		if (all || seen[id_of(copies, suspect.event)] == SEEN_AGAIN)
			vec_push(&copies->a, &copies->suspects, suspect);
	}
}

void settle_copies(struct loaded *out, const struct settle_request *request,
	struct diag *diag)
{
	struct copies copies = {.out = out, .request = request, .diag = diag};
	const uint8_t *seen = see_all(&copies);

	index_inputs(&copies);
	for (size_t i = 0; i < request->n_parts; i++) {
		suspect_places(&copies, &request->parts[i], seen);
		suspect_digests(&copies, &request->parts[i], seen);
	}
	settle_kind(&copies, false);
	settle_kind(&copies, true);
	arena_free(&copies.a);
}

/* ---- roles ---- */

static void drop_event(struct event_table *events, row e)
{
	if (e != ROW_NONE)
		events->marks[e] |= EVENT_DROPPED;
}

/* Rows of copies feed no role. */
static void drop_copies(const struct loaded *out, struct role_table *role)
{
	for (size_t i = 0; i < role->origins.n; i++) {
		row e = role_event(&role->origins.at[i]);

		if (e != ROW_NONE &&
			out->events.marks[e] & (EVENT_DROPPED | EVENT_MERGED))
			role->origins.at[i].dropped = true;
	}
}

/* Field of a role by name, or the number of fields. */
static uint32_t field_of(const struct role_form *form, struct str name)
{
	for (uint32_t i = 0; i < form->n_fields; i++)
		if (str_equal(form->fields[i].name, name))
			return i;
	return form->n_fields;
}

/* True if the first role row comes before the second in the order of events:
   by the time of its own event, untimed ones first, then by sequence. */
static bool comes_before(const struct loaded *out, const struct role_origin *a,
	const struct role_origin *b)
{
	int64_t left = a->own == ROW_NONE ? CELL_ABSENT
					  : out->events.time[a->own];
	int64_t right = b->own == ROW_NONE ? CELL_ABSENT
					   : out->events.time[b->own];

	return left < right;
}

/* `last` holds, per symbol, the role row that wins so far, plus one. Rows of
   one source stand together. */
static void keep_last(
	struct loaded *out, struct role_table *role, uint32_t i, uint32_t *last)
{
	struct role_origin *now = &role->origins.at[i];
	struct role_origin *before = *last ? &role->origins.at[*last - 1]
					   : NULL;

	if (before && before->source != now->source)
		before = NULL;
	if (before && comes_before(out, now, before)) {
		now->dropped = true;
		return;
	}
	if (before)
		before->dropped = true;
	*last = i + 1;
}

static void settle_last(struct loaded *out, struct role_table *role,
	const struct role_form *form, const struct gathered *gathered)
{
	struct arena scratch = {0};
	uint32_t *last = arena_array(
		&scratch, uint32_t, symbols_count(&out->strings));

	for (uint32_t i = 0; i < role->cells.n; i++) {
		const struct role_origin *origin = &role->origins.at[i];
		struct str name =
			gathered->sources.at[origin->source].last_per.name;
		uint32_t field = field_of(form, name);
		sym key;

		if (origin->dropped || field == form->n_fields ||
			form->fields[field].form != COLUMN_SYM)
			continue;
		key = table_sym(&role->cells, field, i);
		if (key)
			keep_last(out, role, i, &last[key]);
	}
	arena_free(&scratch);
}

/* Leaves the dropped rows out, and the events that were made of them. */
static void drop_rows(struct loaded *out, struct role_table *role)
{
	struct arena scratch = {0};
	uint32_t *order = arena_array(&scratch, uint32_t, role->cells.n);
	uint32_t n = 0;

	for (uint32_t i = 0; i < role->cells.n; i++) {
		struct role_origin origin = role->origins.at[i];

		if (origin.dropped) {
			drop_event(&out->events, origin.opened);
			drop_event(&out->events, origin.closed);
			continue;
		}
		role->origins.at[n] = origin;
		order[n++] = i;
	}
	table_permute(&role->cells, order, n);
	role->origins.n = n;
	arena_free(&scratch);
}

void settle_roles(struct loaded *out, const struct gathered *gathered)
{
	for (size_t i = 0; i < ROLE_N; i++) {
		const struct role_form *form = role_form_of((enum role)i);

		if (!form || out->roles[i].cells.n == 0)
			continue;
		drop_copies(out, &out->roles[i]);
		settle_last(out, &out->roles[i], form, gathered);
		drop_rows(out, &out->roles[i]);
	}
}

static void renumber(row *event, const row *moved)
{
	if (*event != ROW_NONE)
		*event = moved[*event];
}

void settle_moved(struct loaded *out, const row *moved)
{
	for (size_t i = 0; i < ROLE_N; i++)
		for (size_t j = 0; j < out->roles[i].origins.n; j++) {
			struct role_origin *origin =
				&out->roles[i].origins.at[j];

			renumber(&origin->own, moved);
			renumber(&origin->opened, moved);
			renumber(&origin->closed, moved);
		}
}
