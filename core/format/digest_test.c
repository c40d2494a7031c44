#include "format/digest.h"

#include "base/arena.h"
#include "base/rng.h"

#include <string.h>

#include <criterion/criterion.h>

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define ID    "550e8400-e29b-41d4-a716-446655440000"

static const struct {
	struct str bytes;
	const char *hex;
} gold[] = {
	{STR_INIT(""),
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b"
		"7852b855"},
	{STR_INIT("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410"
			  "ff61f20015ad"},
	{STR_INIT(ID "|2026-05-03T00:00:00.000000+00:00|system|genesis|"
		     "audit.genesis|audit_log|null|" ZEROS),
		"a01155a670c0dcd860bcc382950561a3997f21e4bc9ad8defe691ab7796a27"
		"31"},
	{STR_INIT("genesis|2026-03-01T10:00:00Z|1|record.update|"
		  "{\"field\":\"Stage\",\"new\":\"Won\"}"),
		"7be3d393d1e1b721f8130d3f854eb0a7968cd52837e56884011f5ab08f24da"
		"18"},
	{STR_INIT("{\"field\":\"Stage\",\"new\":\"Won\"}"),
		"8a3dd604ad136b1e43862f352b3f33ccb9ea71bb0e7a8dcea64018bc8bbf6c"
		"cc"},
	{STR_INIT("t1|2026-03-01T10:00:00Z|user|u1|record.update|acc-1|"
		  "{\"field\":\"Stage\",\"new\":\"Won\"}|" ZEROS),
		"1e6d628e4b2575dd639c4dc2a14479d130ea183bac9e1f5480771fa7f0a3ba"
		"7a"},
};

Test(digest, sha256_gold)
{
	for (size_t i = 0; i < sizeof(gold) / sizeof(*gold); i++) {
		char hex[65];

		digest_sha256_of(gold[i].bytes, hex);
		cr_expect_str_eq(hex, gold[i].hex, "row %zu", i);
	}
}

/* The long example of FIPS 180-2, B.3. */
Test(digest, sha256_of_a_million_letters)
{
	struct arena a = {0};
	char *text = arena_array(&a, char, 1000000), hex[65];

	memset(text, 'a', 1000000);
	digest_sha256_of((struct str) {text, 1000000}, hex);
	cr_expect_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200"
			      "e046d39ccc7112cd0");
	arena_free(&a);
}

/* Property: how the bytes are cut makes no difference. */
Test(digest, pieces_give_the_digest_of_the_whole)
{
	struct str text = gold[2].bytes;
	struct rng rng = {1};

	for (int round = 0; round < 200; round++) {
		struct digest_sha256 digest;
		struct str rest = text;
		char hex[65];

		digest_sha256_init(&digest);
		while (rest.len > 0) {
			size_t len = rng_below(&rng, 80);

			digest_sha256_add(&digest, str_slice(rest, 0, len));
			rest = str_slice(rest, len, rest.len);
		}
		digest_sha256_add(&digest, (struct str) {0});
		digest_sha256_hex(&digest, hex);
		cr_assert_str_eq(hex, gold[2].hex);
	}
}

static int hex_value(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* The bytes that the 64 hex digits of `hex` stand for. */
static void unhex(const char *hex, char bytes[32])
{
	for (size_t i = 0; i < 32; i++)
		bytes[i] = (char)(hex_value(hex[2 * i]) * 16 +
				  hex_value(hex[2 * i + 1]));
}

/* A chain over rows of fields, each with its length before it. */
Test(digest, length_prefixed_fields_gold)
{
	static const struct {
		struct str fields[6];
		const char *hex;
	} rows[] = {
		{{STR_INIT("1"), STR_INIT("2026-03-01T10:00:00Z"),
			 STR_INIT("u1"), STR_INIT("update"), STR_INIT("acc-1"),
			 STR_INIT("a,b")},
			"d16762bd17d38e453c7d2477f0a33ec1793fad96b5ded520bb3e4f"
			"0261c313ee"},
		{{STR_INIT("2"), STR_INIT("2026-03-01T10:05:00Z"),
			 STR_INIT("u2"), STR_INIT("delete"), STR_INIT("acc-2"),
			 STR_INIT("")},
			"1a9d09667fc439531c8d5a2a7afe8f2c7567a714ce594118d5065c"
			"a70e186fd7"},
		{{STR_INIT("3"), STR_INIT("2026-03-01T10:06:00Z"),
			 STR_INIT("ü3"), STR_INIT("create"), STR_INIT("acc-3"),
			 STR_INIT("line1\nline2")},
			"babcc110e77a08ee961e2dd6f32f13f68cc1c0338ef0affd3a2f08"
			"39769a0a4a"},
		{{STR_INIT("4"), STR_INIT("2026-03-01T10:07:00Z"),
			 STR_INIT("u1"), STR_INIT("export"), STR_INIT("acc-1"),
			 STR_INIT("rows=10")},
			"f4749fe13d3f70753a865e0fb18334b5d6bbb2d124786b3a65e378"
			"fc6060052d"},
		{{STR_INIT("5"), STR_INIT("2026-03-01T10:09:00Z"),
			 STR_INIT("u1"), STR_INIT("logout"), STR_INIT(""),
			 STR_INIT("")},
			"0cf83874fcc12b3434b866e0c1089050dc17a197eb59da20b6f71a"
			"35cd38b0ad"},
	};
	char previous[32] = {0}, hex[65];

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct digest_sha256 digest;

		digest_sha256_init(&digest);
		digest_sha256_add(&digest, STR("LNGA1"));
		digest_sha256_add(&digest, (struct str) {previous, 32});
		for (size_t j = 0; j < 6; j++)
			digest_sha256_add_field(&digest, rows[i].fields[j]);
		digest_sha256_hex(&digest, hex);
		cr_expect_str_eq(hex, rows[i].hex, "row %zu", i);
		unhex(hex, previous);
	}
}

static bool same(struct digest128 left, struct digest128 right)
{
	return left.low == right.low && left.high == right.high;
}

/* Lists that run together without lengths, and absent beside empty fields. */
Test(digest, field_lists_that_differ_have_different_digests)
{
	static const struct str lists[][3] = {
		{STR_INIT("ab"), STR_INIT("c"), STR_INIT("")},
		{STR_INIT("a"), STR_INIT("bc"), STR_INIT("")},
		{STR_INIT("abc"), STR_INIT(""), STR_INIT("")},
		{STR_INIT(""), STR_INIT("abc"), STR_INIT("")},
		{STR_INIT("abc"), {NULL, 0}, STR_INIT("")},
		{STR_INIT("abc"), STR_INIT(""), {NULL, 0}},
		{{NULL, 0}, STR_INIT("abc"), STR_INIT("")},
		{STR_INIT("ABC"), STR_INIT(""), STR_INIT("")},
		{STR_INIT("abc\0"), STR_INIT(""), STR_INIT("")},
	};
	size_t n = sizeof(lists) / sizeof(*lists);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			cr_expect(
				same(digest_fields(lists[i], 3),
					digest_fields(lists[j], 3)) == (i == j),
				"%zu %zu", i, j);
	for (size_t i = 0; i < 3; i++)
		cr_expect(!same(digest_fields(lists[0], i),
				  digest_fields(lists[0], i + 1)),
			"%zu fields", i);
}

Test(digest, fields_are_compared_by_their_bytes)
{
	char left[] = "customer", right[] = "customer";
	struct str one[] = {{left, 8}, {left, 4}};
	struct str two[] = {{right, 8}, {right, 4}};

	cr_expect(same(digest_fields(one, 2), digest_fields(two, 2)));
	right[3] = 'T';
	cr_expect(!same(digest_fields(one, 2), digest_fields(two, 2)));
}
