#include "report/grid.h"
#include "report/print.h"
#include "report/section.h"

#define GAPS_MAX   20
#define RANGES_MAX 5

static struct str points(struct arena *a, const struct gap_group *gap)
{
	double share = gap->of ? (double)gap->lost / (double)gap->of : 0;

	return print_number(a, 100 * share, 3);
}

/* The parts of the group that are known, with blanks between them. */
static struct str where(struct page *page, const struct gap_group *gap)
{
	const struct str parts[] = {report_stream(gap, page->options),
		gap->object_type, gap->action, gap->quarter};
	struct str text = {0};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].len)
			text = arena_print(&page->a, "%.*s%s%.*s",
				STR_ARG(text), text.len ? " " : "",
				STR_ARG(page_safe(page, parts[i])));
	return text.len ? text : STR("(not named)");
}

/* ---- transactions ---- */

static struct str group_text(struct page *page, const struct gap_group *gap)
{
	if (gap->n_places == 0)
		return where(page, gap);
	return arena_print(&page->a, "%.*s, %.*s", STR_ARG(where(page, gap)),
		STR_ARG(page_place(page, &gap->places[0])));
}

static void write_groups(struct page *page, const struct completeness *c)
{
	static const struct grid_column columns[] = {{"points", GRID_RIGHT},
		{"missing", GRID_COUNT}, {"unverifiable", GRID_COUNT},
		{"partial", GRID_COUNT}, {"late", GRID_COUNT},
		{"where, and the first place", GRID_LEFT}};
	struct grid grid = {.page = page, .columns = columns, .n = 6};
	struct arena *a = &page->a;

	for (size_t i = 0; i < c->n_gaps && i < GAPS_MAX; i++) {
		const struct gap_group *gap = &c->gaps[i];
		struct str cells[] = {points(a, gap),
			print_count(a, gap->missing),
			print_count(a, gap->unverifiable),
			print_count(a, gap->partial), print_count(a, gap->late),
			group_text(page, gap)};

		grid_row(&grid, cells);
	}
	grid_print(&grid, 2);
}

/* ---- counters ---- */

static struct str range(struct arena *a, const int64_t *ends)
{
	if (ends[0] == ends[1])
		return arena_print(a, "%lld", (long long)ends[0]);
	return arena_print(
		a, "%lld to %lld", (long long)ends[0], (long long)ends[1]);
}

/* The stream with its first row, and the numbers that it lacks. */
static struct str stream_text(struct page *page, const struct gap_group *gap)
{
	struct arena *a = &page->a;
	struct str text = group_text(page, gap);

	for (size_t i = 0; i < gap->n_ranges && i < RANGES_MAX; i++)
		text = arena_print(a, "%.*s%s %.*s", STR_ARG(text),
			i ? "," : ": lacks",
			STR_ARG(range(a, &gap->ranges[2 * i])));
	if (gap->n_ranges > RANGES_MAX)
		text = arena_print(a, "%.*s, and more", STR_ARG(text));
	return text;
}

static void write_streams(struct page *page, const struct completeness *c)
{
	static const struct grid_column columns[] = {{"points", GRID_RIGHT},
		{"missing", GRID_RIGHT},
		{"stream, its first row, and the numbers it lacks", GRID_LEFT}};
	struct grid grid = {.page = page, .columns = columns, .n = 3};
	struct arena *a = &page->a;

	for (size_t i = 0; i < c->n_gaps && i < GAPS_MAX; i++) {
		const struct gap_group *gap = &c->gaps[i];
		struct str cells[] = {points(a, gap),
			print_count(a, gap->missing), stream_text(page, gap)};

		grid_row(&grid, cells);
	}
	grid_print(&grid, 2);
}

void section_gaps(struct page *page, const struct result *result)
{
	const struct completeness *c = &result->metrics.completeness;

	if (c->n_gaps == 0)
		return;
	page_heading(page, "Gaps in the audit trail, widest first");
	if (str_equal(c->variant, STR("counter")))
		write_streams(page, c);
	else
		write_groups(page, c);
	if (c->gaps_total <= GAPS_MAX)
		return;
	page_begin(page, 2, 2);
	page_print(page, "and %.*s more in the JSON result",
		STR_ARG(print_count(&page->a, c->gaps_total - GAPS_MAX)));
	page_end(page);
}
