#include "io/unpack.h"

#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

/* 15 bits of window, and 16 for "gzip only". */
#define GZIP_BITS (15 + 16)

/* zlib counts in 32 bits, so both sides are handed over in pieces. */
#define ZLIB_PIECE ((size_t)1 << 30)

/* Up to this size the ratio is not judged. */
#define RATIO_FROM   ((uint64_t)1 << 20)

#define OUTPUT_FIRST ((size_t)1 << 16)

/* The marks of packings that people take for text files. */
static const struct {
	size_t at;
	struct str mark;
	const char *name;
} foreign[] = {
	{0, STR_INIT("PK\x03\x04"), "a zip archive or a workbook (.xlsx)"},
	{0, STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
		"an old workbook (.xls)"},
	{257, STR_INIT("ustar"), "a tar archive"},
	{4, STR_INIT("1AY&SY"), "a bzip2 file"},
	{0,
		STR_INIT("\xfd"
			 "7zXZ"),
		"an xz file"},
	{0, STR_INIT("7z\xbc\xaf\x27\x1c"), "a 7-zip archive"},
};

struct output {
	struct arena *a;
	char *at;
	size_t used, cap;
	uint64_t most;
};

/* How a stream ended: `what` is NULL if well, `detail` may be NULL. */
struct outcome {
	const char *what, *detail;
};

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

enum packing unpack_kind(struct str bytes)
{
	const unsigned char *s = (const unsigned char *)bytes.s;

	if (bytes.len >= 2 && s[0] == 0x1f && s[1] == 0x8b)
		return PACKING_GZIP;
	if (str_has_prefix(bytes, STR("\x28\xb5\x2f\xfd")))
		return PACKING_ZSTD;
	/* A file may begin with a skippable frame. */
	if (bytes.len >= 4 && s[0] >> 4 == 5 &&
		str_equal(str_slice(bytes, 1, 3), STR("\x2a\x4d\x18")))
		return PACKING_ZSTD;
	return PACKING_NONE;
}

const char *unpack_name(enum packing packing)
{
	static const char *const names[] = {
		[PACKING_NONE] = "none",
		[PACKING_GZIP] = "gzip",
		[PACKING_ZSTD] = "zstd",
	};

	return names[packing];
}

const char *unpack_foreign(struct str bytes)
{
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
		struct str mark = foreign[i].mark;

		if (str_equal(str_slice(bytes, foreign[i].at, mark.len), mark))
			return foreign[i].name;
	}
	return NULL;
}

/* Makes room for one byte more at least, also for the first one beyond the
   limit, which proves that there is one; false when that is there. */
static bool make_room(struct output *out)
{
	uint64_t cap = out->cap ? (uint64_t)out->cap * 2 : OUTPUT_FIRST;

	if (out->used > out->most)
		return false;
	if (out->used < out->cap)
		return true;
	if (cap > out->most)
		cap = out->most + 1;
	out->at = arena_resize(out->a, out->at, out->cap, (size_t)cap);
	out->cap = (size_t)cap;
	return true;
}

static int inflate_piece(z_stream *z, struct str *rest, struct output *out)
{
	uInt in = (uInt)least(rest->len, ZLIB_PIECE);
	uInt room = (uInt)least(out->cap - out->used, ZLIB_PIECE);
	int status;

	z->next_in = (const Bytef *)rest->s;
	z->avail_in = in;
	z->next_out = (Bytef *)out->at + out->used;
	z->avail_out = room;
	status = inflate(z, Z_NO_FLUSH);
	*rest = str_slice(*rest, in - z->avail_in, rest->len);
	out->used += room - z->avail_out;
	return status;
}

static struct outcome inflate_members(
	z_stream *z, struct str rest, struct output *out)
{
	while (make_room(out)) {
		int status = inflate_piece(z, &rest, out);

		if (status == Z_OK)
			continue;
		/* No progress although there is room: no input is left. */
		if (status == Z_BUF_ERROR)
			return (struct outcome) {"is cut", NULL};
		if (status != Z_STREAM_END)
			return (struct outcome) {"is damaged", z->msg};
		if (rest.len == 0)
			break;
		if (unpack_kind(rest) != PACKING_GZIP)
			return (struct outcome) {
				"is followed by other bytes", NULL};
		inflateReset(z);
	}
	return (struct outcome) {NULL, NULL};
}

static struct outcome unpack_gzip(struct str bytes, struct output *out)
{
	z_stream z = {0};
	struct outcome outcome;

	if (inflateInit2(&z, GZIP_BITS) != Z_OK)
		return (struct outcome) {"cannot be unpacked", "out of memory"};
	outcome = inflate_members(&z, bytes, out);
	inflateEnd(&z);
	return outcome;
}

static struct outcome decompress_frames(
	ZSTD_DStream *stream, struct str bytes, struct output *out)
{
	ZSTD_inBuffer in = {bytes.s, bytes.len, 0};

	while (make_room(out)) {
		ZSTD_outBuffer to = {out->at, out->cap, out->used};
		size_t left = ZSTD_decompressStream(stream, &to, &in);

		out->used = to.pos;
		if (ZSTD_isError(left))
			return (struct outcome) {
				"is damaged", ZSTD_getErrorName(left)};
		/* Not at the end of a frame. */
		if (left > 0 && in.pos == in.size && to.pos < to.size)
			return (struct outcome) {"is cut", NULL};
		if (left > 0)
			continue;
		if (in.pos == in.size)
			break;
		if (unpack_kind(str_slice(bytes, in.pos, bytes.len)) !=
			PACKING_ZSTD)
			return (struct outcome) {
				"is followed by other bytes", NULL};
	}
	return (struct outcome) {NULL, NULL};
}

static struct outcome unpack_zstd(struct str bytes, struct output *out)
{
	ZSTD_DStream *stream = ZSTD_createDStream();
	struct outcome outcome;

	if (!stream)
		return (struct outcome) {"cannot be unpacked", "out of memory"};
	outcome = decompress_frames(stream, bytes, out);
	ZSTD_freeDStream(stream);
	return outcome;
}

/* The size beyond which the ratio is too large. */
static uint64_t most_by_ratio(size_t packed, uint64_t ratio)
{
	uint64_t most;

	if (__builtin_mul_overflow(packed, ratio, &most))
		return UINT64_MAX;
	return most < RATIO_FROM ? RATIO_FROM : most;
}

static struct outcome too_large(uint64_t by_ratio, uint64_t by_bytes)
{
	if (by_ratio < by_bytes)
		return (struct outcome) {"is larger than --max-inflate times "
					 "its packed size",
			"raise that option if you trust the file"};
	return (struct outcome) {"is larger than --max-memory allows",
		"raise that option or split the file"};
}

/* Reason: one parameter per fact of the call; none belongs to another. */
/* NOLINTNEXTLINE(readability-function-size) */
bool unpack_bytes(struct arena *a, struct str bytes, enum packing packing,
	const struct unpack_limits *limits, uint32_t number, struct str *out,
	struct err *err)
{
	uint64_t by_ratio = most_by_ratio(bytes.len, limits->ratio);
	/* Room for the proving byte, whatever the limit. */
	uint64_t by_bytes = least(limits->bytes, SIZE_MAX / 2);
	struct output to = {.a = a, .most = least(by_ratio, by_bytes)};
	struct outcome outcome;

	if (packing == PACKING_NONE) {
		*out = bytes;
		return true;
	}
	outcome = packing == PACKING_GZIP ? unpack_gzip(bytes, &to)
					  : unpack_zstd(bytes, &to);
	if (!outcome.what && to.used > to.most)
		outcome = too_large(by_ratio, by_bytes);
	if (outcome.what) {
		arena_release(a, to.at, to.cap);
		return err_set(err, ERR_INPUT, (struct loc) {.file = number},
			"the %s data %s, after %zu unpacked bytes%s%s",
			unpack_name(packing), outcome.what, to.used,
			outcome.detail ? ": " : "",
			outcome.detail ? outcome.detail : "");
	}
	*out = (struct str) {arena_resize(a, to.at, to.cap, to.used), to.used};
	return true;
}
