#include "format/logline.h"
#include "format/text.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A long line may take as many steps as the limit at each of its bytes. */
#define TEXT_MAX 200

/* What one read delivered, as a digest (FNV-1a). */
struct sum {
	struct str text;
	uint64_t digest, records;
	uint32_t line;
};

static void mix(struct sum *sum, uint64_t value)
{
	sum->digest = (sum->digest ^ value) * 0x100000001b3u;
}

static void take(void *ctx, const struct record *record)
{
	struct sum *sum = ctx;

	assert(record->line > sum->line);
	assert(record->raw.s == sum->text.s + record->byte);
	for (uint32_t i = 0; i < record->n; i++) {
		struct str field = record->fields[i];

		if (!field.s) {
			mix(sum, SIZE_MAX);
			continue;
		}
		assert(field.s >= record->raw.s);
		assert(field.s + field.len <= record->raw.s + record->raw.len);
		mix(sum, (uint64_t)(field.s - record->raw.s));
		mix(sum, field.len);
	}
	sum->line = record->line;
	sum->records++;
}

static void refuse(void *ctx, const struct reject *reject)
{
	struct sum *sum = ctx;

	assert(reject->loc.line > sum->line && reject->text.len > 0);
	mix(sum, reject->code);
	mix(sum, reject->byte);
	for (size_t i = 0; i < reject->text.len; i++)
		mix(sum, (unsigned char)reject->text.s[i]);
	sum->line = reject->loc.line;
	sum->records++;
}

static uint64_t read_text(const struct logline *pattern, struct str text)
{
	struct record_limits limits = {50, 100};
	struct logline_piece piece = {text, 1, 1, 0};
	struct sum sum = {.text = text};
	struct record_sink sink = {&sum, take, refuse};
	struct logline_stats stats;

	logline_read(pattern, &piece, &limits, &sink, &stats);
	assert(stats.records == sum.records);
	return sum.digest;
}

/* The first line is the pattern, the others are the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size}, pattern;
	struct logline *compiled;
	struct err err = {0};
	size_t bad, offset;
	uint64_t digest;

	if (size == 0)
		return 0;
	pattern = str_cut(&text, '\n');
	if (!logline_compile(&compiled, pattern, &offset, &err)) {
		assert(err.kind == ERR_USAGE && offset <= pattern.len);
		return 0;
	}
	if (text.len <= TEXT_MAX && text_is_utf8(text, &bad)) {
		digest = read_text(compiled, text);
		logline_interpret_only(compiled);
		assert(read_text(compiled, text) == digest);
	}
	logline_free(compiled);
	return 0;
}
