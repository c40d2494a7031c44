#include "io/unpack.h"

#include "base/rng.h"

#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include <criterion/criterion.h>

#define NO_LIMIT UINT64_MAX

static const struct unpack_limits generous = {NO_LIMIT, NO_LIMIT};

static struct str gzip(struct arena *a, struct str text)
{
	size_t room = text.len + text.len / 100 + 200;
	char *to = arena_alloc(a, room);
	z_stream z = {0};

	cr_assert(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, 0) == Z_OK);
	z.next_in = (Bytef *)(uintptr_t)text.s;
	z.avail_in = (uInt)text.len;
	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)room;
	cr_assert(deflate(&z, Z_FINISH) == Z_STREAM_END);
	deflateEnd(&z);
	return (struct str) {to, z.total_out};
}

/* One frame, with a checksum, as the program zstd writes it. */
static struct str zstd(struct arena *a, struct str text)
{
	size_t room = ZSTD_compressBound(text.len), len;
	char *to = arena_alloc(a, room);
	ZSTD_CCtx *ctx = ZSTD_createCCtx();

	ZSTD_CCtx_setParameter(ctx, ZSTD_c_checksumFlag, 1);
	len = ZSTD_compress2(ctx, to, room, text.s, text.len);
	cr_assert(!ZSTD_isError(len));
	ZSTD_freeCCtx(ctx);
	return (struct str) {to, len};
}

static struct str pack(struct arena *a, enum packing packing, struct str text)
{
	return packing == PACKING_GZIP ? gzip(a, text) : zstd(a, text);
}

static struct str both(struct arena *a, struct str first, struct str second)
{
	char *to = arena_alloc(a, first.len + second.len);

	memcpy(to, first.s, first.len);
	memcpy(to + first.len, second.s, second.len);
	return (struct str) {to, first.len + second.len};
}

/* Text that packs to about a third. */
static struct str sample(struct arena *a, size_t len)
{
	struct rng rng = {len};
	char *to = arena_alloc(a, len);

	for (size_t i = 0; i < len; i++)
		to[i] = (char)('a' + rng_below(&rng, 4));
	return (struct str) {to, len};
}

static const enum packing kinds[] = {PACKING_GZIP, PACKING_ZSTD};

Test(unpack, magic_bytes_tell_the_kind)
{
	static const struct {
		struct str bytes;
		enum packing kind;
	} rows[] = {
		{STR_INIT(""), PACKING_NONE},
		{STR_INIT("\x1f"), PACKING_NONE},
		{STR_INIT("\x1f\x8b"), PACKING_GZIP},
		{STR_INIT("\x1f\x8b\x08\0"), PACKING_GZIP},
		{STR_INIT("\x1f\x9d\x90"), PACKING_NONE},
		{STR_INIT("\x28\xb5\x2f"), PACKING_NONE},
		{STR_INIT("\x28\xb5\x2f\xfd"), PACKING_ZSTD},
		{STR_INIT("\x50\x2a\x4d\x18"), PACKING_ZSTD},
		{STR_INIT("\x5f\x2a\x4d\x18"), PACKING_ZSTD},
		{STR_INIT("\x60\x2a\x4d\x18"), PACKING_NONE},
		{STR_INIT("PK\x03\x04"), PACKING_NONE},
		{STR_INIT("id,name\n"), PACKING_NONE},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(unpack_kind(rows[i].bytes) == rows[i].kind, "row %zu",
			i);
	cr_expect_str_eq(unpack_name(PACKING_NONE), "none");
	cr_expect_str_eq(unpack_name(PACKING_GZIP), "gzip");
	cr_expect_str_eq(unpack_name(PACKING_ZSTD), "zstd");
}

/* Property: unpack(pack(text)) is the text, for sizes about the steps of the
   output buffer, in one member or frame and in two. */
Test(unpack, round_trip)
{
	static const size_t sizes[] = {
		0, 1, 100, 65535, 65536, 65537, 131072, 700000};

	for (size_t i = 0; i < 2 * sizeof(sizes) / sizeof(*sizes); i++) {
		enum packing kind = kinds[i % 2];
		struct arena a = {0};
		struct err err = {0};
		struct str text = sample(&a, sizes[i / 2]), out = {0};
		struct str once = pack(&a, kind, text), twice;

		cr_expect(unpack_kind(once) == kind);
		cr_expect(
			unpack_bytes(&a, once, kind, &generous, 1, &out, &err),
			"row %zu: %s", i, err.text);
		cr_expect(str_equal(out, text), "row %zu", i);
		twice = both(&a, once, once);
		cr_expect(
			unpack_bytes(&a, twice, kind, &generous, 1, &out, &err),
			"row %zu: %s", i, err.text);
		cr_expect(str_equal(out, both(&a, text, text)), "row %zu", i);
		arena_free(&a);
	}
}

Test(unpack, knows_archives_that_it_does_not_read)
{
	static const struct {
		struct str bytes;
		const char *want;
	} rows[] = {
		{STR_INIT("PK\x03\x04\x14\x00"),
			"a zip archive or a workbook (.xlsx)"},
		{STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..."),
			"an old workbook (.xls)"},
		{STR_INIT("BZh91AY&SY"), "a bzip2 file"},
		{STR_INIT("\xfd"
			  "7zXZ\x00"),
			"an xz file"},
		{STR_INIT("7z\xbc\xaf\x27\x1c"), "a 7-zip archive"},
		{STR_INIT(""), NULL},
		{STR_INIT("PK,\x03\x04"), NULL},
		{STR_INIT("PK\x03"), NULL},
		{STR_INIT("BZh91AY&S"), NULL},
		{STR_INIT("id,name\n"), NULL},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *found = unpack_foreign(rows[i].bytes);

		cr_expect(found ? rows[i].want && !strcmp(found, rows[i].want)
				: !rows[i].want,
			"row %zu", i);
	}
}

/* POSIX.1-1988: the mark of a tar header stands at byte 257. */
Test(unpack, knows_a_tar_archive_by_its_header)
{
	char header[512] = "crm.csv";

	memcpy(header + 257, "ustar", 5);
	cr_expect_str_eq(unpack_foreign((struct str) {header, sizeof(header)}),
		"a tar archive");
	cr_expect_null(unpack_foreign((struct str) {header, 261}));
}

Test(unpack, plain_bytes_are_themselves)
{
	struct arena a = {0};
	struct err err = {0};
	struct str text = STR("id,name\n"), out;

	cr_expect(
		unpack_bytes(&a, text, PACKING_NONE, &generous, 1, &out, &err));
	cr_expect(out.s == text.s && out.len == text.len);
	arena_free(&a);
}

/* Property: no cut stream is taken, wherever it is cut. */
Test(unpack, a_cut_stream_is_an_error)
{
	for (size_t i = 0; i < 2; i++) {
		struct arena a = {0};
		struct str packed = pack(&a, kinds[i], sample(&a, 900));
		struct str two = both(&a, packed, packed);

		for (size_t len = 4; len < two.len; len++) {
			struct err err = {0};
			struct str out = STR("kept");

			if (len == packed.len)
				continue;
			cr_expect(!unpack_bytes(&a, str_slice(two, 0, len),
					  kinds[i], &generous, 1, &out, &err),
				"kind %zu, %zu bytes", i, len);
			cr_expect(str_equal(out, STR("kept")));
		}
		arena_free(&a);
	}
}

/* Expects the failure `text` at file 9. */
static void expect_failure(
	struct str bytes, const struct unpack_limits *limits, const char *text)
{
	struct arena a = {0};
	struct err err = {0};
	struct str out = STR("kept");

	cr_expect(!unpack_bytes(
		&a, bytes, unpack_kind(bytes), limits, 9, &out, &err));
	cr_expect_str_eq(err.text, text, "%s", err.text);
	cr_expect(err.kind == ERR_INPUT && err.loc.file == 9);
	cr_expect(str_equal(out, STR("kept")));
	arena_free(&a);
}

Test(unpack, a_cut_stream_tells_how_far_it_came)
{
	struct arena a = {0};
	struct str text = sample(&a, 100);
	struct str packed = both(&a, gzip(&a, text), gzip(&a, text));

	expect_failure(str_slice(packed, 0, packed.len - 1), &generous,
		"the gzip data is cut, after 200 unpacked bytes");
	packed = both(&a, zstd(&a, text), zstd(&a, text));
	expect_failure(str_slice(packed, 0, packed.len - 1), &generous,
		"the zstd data is cut, after 200 unpacked bytes");
	arena_free(&a);
}

Test(unpack, bytes_behind_the_last_member_are_an_error)
{
	struct arena a = {0};
	struct str text = sample(&a, 100);

	expect_failure(both(&a, gzip(&a, text), STR("x")), &generous,
		"the gzip data is followed by other bytes, after 100 unpacked "
		"bytes");
	expect_failure(both(&a, gzip(&a, text), STR("\0\0\0\0\0\0")), &generous,
		"the gzip data is followed by other bytes, after 100 unpacked "
		"bytes");
	expect_failure(both(&a, zstd(&a, text), STR("x")), &generous,
		"the zstd data is followed by other bytes, after 100 unpacked "
		"bytes");
	expect_failure(both(&a, zstd(&a, text), gzip(&a, text)), &generous,
		"the zstd data is followed by other bytes, after 100 unpacked "
		"bytes");
	arena_free(&a);
}

static struct str spoilt(struct arena *a, struct str packed, size_t from_end)
{
	char *copy = arena_alloc(a, packed.len);

	memcpy(copy, packed.s, packed.len);
	copy[packed.len - from_end] ^= 1;
	return (struct str) {copy, packed.len};
}

Test(unpack, a_wrong_checksum_or_length_is_an_error)
{
	struct arena a = {0};
	struct str text = sample(&a, 100);

	expect_failure(spoilt(&a, gzip(&a, text), 8), &generous,
		"the gzip data is damaged, after 100 unpacked bytes: "
		"incorrect data check");
	expect_failure(spoilt(&a, gzip(&a, text), 4), &generous,
		"the gzip data is damaged, after 100 unpacked bytes: "
		"incorrect length check");
	expect_failure(spoilt(&a, zstd(&a, text), 1), &generous,
		"the zstd data is damaged, after 0 unpacked bytes: "
		"Restored data doesn't match checksum");
	expect_failure(STR("\x1f\x8b\x07\0\0\0\0\0\0\0\0"), &generous,
		"the gzip data is damaged, after 0 unpacked bytes: unknown "
		"compression method");
	arena_free(&a);
}

Test(unpack, skippable_frames_hold_no_text)
{
	struct arena a = {0};
	struct err err = {0};
	struct str out, skip = STR("\x53\x2a\x4d\x18\x03\0\0\0abc");
	struct str packed = both(&a, skip, zstd(&a, STR("text")));

	packed = both(&a, packed, skip);
	cr_expect(unpack_kind(packed) == PACKING_ZSTD);
	cr_expect(unpack_bytes(
			  &a, packed, PACKING_ZSTD, &generous, 1, &out, &err),
		"%s", err.text);
	cr_expect(str_equal(out, STR("text")));
	expect_failure(str_slice(packed, 0, packed.len - 1), &generous,
		"the zstd data is cut, after 4 unpacked bytes");
	arena_free(&a);
}

Test(unpack, a_bomb_stops_at_the_ratio)
{
	static const struct unpack_limits limits = {100, NO_LIMIT};
	struct arena a = {0};
	char *zeros = arena_alloc(&a, 16 << 20);
	struct str bomb = {zeros, 16 << 20}, out;
	struct str tiny = {zeros, 1 << 20};
	struct err err = {0};

	for (size_t i = 0; i < 2; i++) {
		struct arena scratch = {0};
		struct str packed = pack(&scratch, kinds[i], bomb);

		cr_expect(!unpack_bytes(
			&scratch, packed, kinds[i], &limits, 1, &out, &err));
		cr_expect(strstr(err.text, "larger than --max-inflate times"));
		/* A small file of zeros is no bomb. */
		packed = pack(&scratch, kinds[i], tiny);
		cr_expect(tiny.len / packed.len > 100);
		cr_expect(unpack_bytes(&scratch, packed, kinds[i], &limits, 1,
				  &out, &err),
			"%s", err.text);
		cr_expect(out.len == tiny.len);
		arena_free(&scratch);
	}
	arena_free(&a);
}

Test(unpack, the_limits_are_the_last_sizes_that_pass)
{
	struct arena a = {0};
	struct str text = sample(&a, 5 << 18), out;
	struct err err = {0};

	for (size_t i = 0; i < 2; i++) {
		struct str packed = pack(&a, kinds[i], text);
		uint64_t ratio = text.len / packed.len + 1;
		struct unpack_limits fits = {ratio, text.len};
		struct unpack_limits small = {ratio, text.len - 1};
		struct unpack_limits dense = {ratio - 1, text.len};

		cr_expect(unpack_bytes(
				  &a, packed, kinds[i], &fits, 1, &out, &err),
			"%s", err.text);
		cr_expect(!unpack_bytes(
			&a, packed, kinds[i], &small, 1, &out, &err));
		cr_expect(strstr(err.text, "is larger than --max-memory allows"
					   ", after 1310720 unpacked bytes"));
		cr_expect(!unpack_bytes(
			&a, packed, kinds[i], &dense, 1, &out, &err));
		cr_expect(strstr(err.text, "--max-inflate"));
	}
	expect_failure(gzip(&a, STR("123")), &(struct unpack_limits) {1, 2},
		"the gzip data is larger than --max-memory allows, after 3 "
		"unpacked bytes: raise that option or split the file");
	arena_free(&a);
}
