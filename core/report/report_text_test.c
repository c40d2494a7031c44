/* The whole text report: its order, its widths, and hostile texts. */
#include "report/report.h"

#include "base/codepoint.h"
#include "base/rng.h"
#include "capture_p.h"
#include "format/text.h"
#include "victim_p.h"

#include <locale.h>

/* As main() does: libsmartcols measures what its locale can print. */
static void use_utf8(void)
{
	cr_assert(setlocale(LC_CTYPE, "C.UTF-8"));
}

TestSuite(report_text, .init = use_utf8);

static struct str text_of(struct capture *c, const struct result *result,
	const struct report_options *options)
{
	capture_begin(c, options->width);
	report_text.write(&c->sink, result, options);
	return capture_end(c);
}

static size_t find(struct str text, const char *part)
{
	return str_find_text(text, str_of(part));
}

Test(report_text, sections_stand_in_the_order_of_their_weight)
{
	static const char *const order[] = {"FAIL  6 findings",
		"\n  completeness  75.00%", "\n\nInputs\n", "\n\nMetrics\n",
		"\n\nRules\n", "\n\nFindings, most severe first\n",
		"\n\nGaps in the audit trail", "\n\nOpen incidents",
		"\n\nNot checked\n", "\n\nNotes\n"};
	struct result result = sample_result();
	struct report_options options = {.width = 80, .max_examples = 20};
	struct capture c;
	struct str text = text_of(&c, &result, &options);
	size_t last = 0;

	cr_expect(find(text, order[0]) == 0);
	for (size_t i = 1; i < sizeof(order) / sizeof(order[0]); i++) {
		size_t at = find(text, order[i]);

		cr_expect(at < text.len && at > last, "row %zu", i);
		last = at;
	}
	capture_free(&c);
}

Test(report_text, an_empty_result_has_a_report)
{
	struct result result = {.as_of = CELL_ABSENT,
		.period_from = CELL_ABSENT,
		.period_to = CELL_ABSENT,
		.word = WORD_EMPTY,
		.exit = 4};
	struct report_options options = {.width = 80};
	struct capture c;
	struct str text = text_of(&c, &result, &options);

	cr_expect(find(text, "EMPTY  nothing was checked") == 0);
	cr_expect(find(text, "\nMetrics\n") < text.len);
	cr_expect(find(text, "\nFindings") == text.len);
	capture_free(&c);
}

/* All words of a text, each between blanks. */
static struct str words_of(struct arena *a, struct str text)
{
	char *to = arena_alloc(a, text.len + 2);
	size_t used = 0;

	to[used++] = ' ';
	for (size_t i = 0; i < text.len; i++) {
		char c = text.s[i] == '\n' ? ' ' : text.s[i];

		if (c != ' ' || to[used - 1] != ' ')
			to[used++] = c;
	}
	to[used++] = ' ';
	return (struct str) {to, used};
}

/* Property: at every width from 40 to 200 no line is wider but one of a single
   word, none ends in a blank or has a tab, and no word is cut. */
Test(report_text, every_width_keeps_words_whole)
{
	static const char *const words[] = {" request_answered ",
		" audit_trail_completeness ", " logs/audit.csv:1042 ",
		" 2026-04-01T23:59:59.999Z ", " exports/orders.csv ",
		" AUDIT-TRAIL-COMPLETENESS ", " Kaplan-Meier ",
		" decision_trace_completeness "};
	struct result result = sample_result();

	for (unsigned width = 40; width <= 200; width++) {
		struct report_options options = {
			.width = width, .max_examples = 20};
		struct capture c;
		struct str text = text_of(&c, &result, &options), rest = text;
		struct str all = words_of(&c.a, text);

		while (rest.len) {
			struct str line = str_cut(&rest, '\n');
			struct str word = str_trim(line);

			cr_expect(text_width(line) <= width ||
					  str_find(word, ' ') == word.len,
				"width %u: %.*s", width, STR_ARG(line));
			cr_expect(!str_has_suffix(line, STR(" ")), "width %u",
				width);
		}
		cr_expect(str_find(text, '\t') == text.len);
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			cr_expect(find(all, words[i]) < all.len, "width %u: %s",
				width, words[i]);
		capture_free(&c);
	}
}

Test(report_text, colour_is_the_only_use_of_escapes)
{
	struct result result = sample_result();
	struct report_options plain = {.width = 80, .max_examples = 20};
	struct report_options color = plain;
	struct capture c, d;
	struct str left, right;
	size_t k = 0;

	color.color = true;
	left = text_of(&c, &result, &plain);
	right = text_of(&d, &result, &color);
	cr_expect(str_find(left, '\033') == left.len);
	cr_expect(str_find(right, '\033') < right.len);
	/* Without its escapes the coloured text is the plain one. */
	for (size_t i = 0; i < right.len; i++) {
		if (right.s[i] == '\033') {
			i += str_find(str_slice(right, i, 8), 'm');
			continue;
		}
		cr_assert(k < left.len && left.s[k] == right.s[i]);
		k++;
	}
	cr_expect(k == left.len);
	capture_free(&c);
	capture_free(&d);
}

/* Bytes of all kinds, most of them no part of a character. */
static struct str hostile(struct arena *a, struct rng *rng)
{
	size_t n = rng_below(rng, 40);
	char *bytes = arena_alloc(a, n);

	for (size_t i = 0; i < n; i++)
		bytes[i] = rng_chance(rng, 300000) ? ':'
			   : rng_chance(rng, 200000)
				   ? ' '
				   : (char)rng_below(rng, 256);
	return (struct str) {bytes, n};
}

/* What could steer a terminal or a build service. */
static void expect_harmless(struct str text, int round)
{
	size_t bad, at = 0;

	cr_assert(text_is_utf8(text, &bad), "round %d, byte %zu", round, bad);
	while (at < text.len) {
		uint32_t point;

		codepoint_next(text, &at, &point);
		cr_assert(point == '\n' || (point >= 0x20 && point < 0x7f) ||
				  point >= 0xa0,
			"round %d: %x", round, point);
		cr_assert(point < 0x2028 || point > 0x202e);
		cr_assert(point < 0x2066 || point > 0x2069);
	}
	cr_assert(str_find_text(text, STR("##")) == text.len);
	while (text.len) {
		struct str line = str_cut(&text, '\n');

		cr_assert(!str_has_prefix(str_trim(line), STR("::")),
			"round %d: %.*s", round, STR_ARG(line));
		/* Only a verdict or a heading stands at the margin. */
		cr_assert(line.len == 0 || line.s[0] == ' ' ||
				  (line.s[0] >= 'A' && line.s[0] <= 'Z'),
			"round %d: %.*s", round, STR_ARG(line));
	}
}

/* Property: every byte string in every text field gives a harmless report. */
Test(report_text, hostile_texts_are_harmless)
{
	struct rng rng = {29};

	for (int round = 0; round < 150; round++) {
		struct arena a = {0};
		struct victim v;
		struct report_options options = {
			.width = 40 + (unsigned)rng_below(&rng, 161),
			.ascii = rng_chance(&rng, 300000),
			.full_privacy = true,
			.max_examples = 20};
		struct capture c;

		victim_init(&v);
		for (size_t i = 0; i < v.n_fields; i++)
			*v.fields[i] = hostile(&a, &rng);
		expect_harmless(text_of(&c, &v.result, &options), round);
		capture_free(&c);
		arena_free(&a);
	}
}
