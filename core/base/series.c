#include "base/series.h"

#include <string.h>

#define PAGE_BITS 8
#define PAGE_SIZE (1u << PAGE_BITS)
#define PAGE_MASK (PAGE_SIZE - 1)

/* A page may be made as long as each has so many numbers, a few apart. */
#define PAGE_NUMBERS_MIN UINT64_C(16)
#define PAGES_FREE       UINT64_C(16)
/* The directory may span so many pages for each one that exists. */
#define SPAN_PER_PAGE 16
#define SPAN_FREE     1024

static bool is_dense(const struct series *series)
{
	return series->n_numbers + PAGES_FREE * PAGE_NUMBERS_MIN >=
	       series->n_pages * PAGE_NUMBERS_MIN;
}

/* Makes the directory hold `page`; false if it would span too much. It gets
   room on the side where it grows, so that ids may also come backwards. */
static bool span(struct series *series, struct arena *a, uint64_t page)
{
	uint64_t first = series->cap ? series->first : page;
	uint64_t end = series->cap ? series->first + series->cap : page + 1;
	uint64_t most = SPAN_FREE + series->n_pages * SPAN_PER_PAGE;
	uint64_t spare = (end - first) / 2;
	sym **pages;

	if (page < first)
		first = page > spare ? page - spare : 0;
	if (page >= end)
		end = page + 1 + spare;
	if (end - first > most)
		return false;
	pages = arena_array(a, sym *, end - first);
	if (series->cap) {
		memcpy(pages + (series->first - first), series->pages,
			series->cap * sizeof(sym *));
		arena_release(a, series->pages, series->cap * sizeof(sym *));
	}
	series->pages = pages;
	series->first = first;
	series->cap = end - first;
	return true;
}

sym *series_find(const struct series *series, uint64_t number)
{
	/* Below the first page this is huge. */
	uint64_t page = (number >> PAGE_BITS) - series->first;

	if (page >= series->cap || !series->pages[page])
		return NULL;
	return &series->pages[page][number & PAGE_MASK];
}

static sym *add_page(struct series *series, struct arena *a, uint64_t number)
{
	uint64_t page = number >> PAGE_BITS;
	sym *places;

	if (!is_dense(series))
		return NULL;
	if (page - series->first >= series->cap && !span(series, a, page))
		return NULL;
	places = arena_array(a, sym, PAGE_SIZE);
	/* Written before it is read: fresh memory would have two faults. */
	memset(places, 0, PAGE_SIZE * sizeof(*places));
	series->pages[page - series->first] = places;
	series->n_pages++;
	return &places[number & PAGE_MASK];
}

sym *series_put(struct series *series, struct arena *a, uint64_t number)
{
	sym *place = series_find(series, number);

	if (!place)
		place = add_page(series, a, number);
	if (place && *place == 0)
		series->n_numbers++;
	return place;
}
