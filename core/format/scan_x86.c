/* Only for x86-64; the rows of SCAN_WAYS() say so too. */
#if defined(__x86_64__)
#include "scan_p.h"

#include <immintrin.h>
#include <stdbool.h>

#define WITH_SSE2 __attribute__((target("popcnt")))
#define WITH_AVX2 __attribute__((target("avx2,bmi,popcnt")))

bool scan_has_sse2(void)
{
	return __builtin_cpu_supports("popcnt");
}

bool scan_has_avx2(void)
{
	return __builtin_cpu_supports("avx2") &&
	       __builtin_cpu_supports("bmi") &&
	       __builtin_cpu_supports("popcnt");
}

struct bytes_sse2 {
	__m128i part[4];
};

WITH_SSE2 static inline uint64_t equal_sse2(
	const struct bytes_sse2 *bytes, char c)
{
	__m128i wanted = _mm_set1_epi8(c);
	uint64_t bits = 0;

	for (int i = 3; i >= 0; i--) {
		__m128i same = _mm_cmpeq_epi8(bytes->part[i], wanted);

		bits = bits << 16 | (uint32_t)_mm_movemask_epi8(same);
	}
	return bits;
}

WITH_SSE2 void scan_fill_sse2(
	struct scan_window *window, struct str text, size_t len, char delimiter)
{
	char room[SCAN_BLOCK];
	struct bytes_sse2 bytes;

	for (size_t i = 0; i < scan_n_blocks(len); i++) {
		const char *s = scan_block(text, i * SCAN_BLOCK, room);

		for (size_t k = 0; k < SCAN_BLOCK; k += 16)
			bytes.part[k / 16] = _mm_loadu_si128(
				(const void *)(s + k));
		window->masks[i] = (struct scan_masks) {
			.quote = equal_sse2(&bytes, '"'),
			.delimiter = equal_sse2(&bytes, delimiter),
			.lf = equal_sse2(&bytes, '\n'),
			.cr = equal_sse2(&bytes, '\r'),
			.nul = equal_sse2(&bytes, '\0')};
	}
	scan_index(window, text, len);
}

struct bytes_avx2 {
	__m256i low, high;
};

WITH_AVX2 static inline uint64_t equal_avx2(
	const struct bytes_avx2 *bytes, char c)
{
	__m256i wanted = _mm256_set1_epi8(c);
	__m256i low = _mm256_cmpeq_epi8(bytes->low, wanted);
	__m256i high = _mm256_cmpeq_epi8(bytes->high, wanted);
	uint64_t high_bits = (uint32_t)_mm256_movemask_epi8(high);

	return high_bits << 32 | (uint32_t)_mm256_movemask_epi8(low);
}

WITH_AVX2 void scan_fill_avx2(
	struct scan_window *window, struct str text, size_t len, char delimiter)
{
	char room[SCAN_BLOCK];
	struct bytes_avx2 bytes;

	for (size_t i = 0; i < scan_n_blocks(len); i++) {
		const char *s = scan_block(text, i * SCAN_BLOCK, room);

		bytes.low = _mm256_loadu_si256((const void *)s);
		bytes.high = _mm256_loadu_si256((const void *)(s + 32));
		window->masks[i] = (struct scan_masks) {
			.quote = equal_avx2(&bytes, '"'),
			.delimiter = equal_avx2(&bytes, delimiter),
			.lf = equal_avx2(&bytes, '\n'),
			.cr = equal_avx2(&bytes, '\r'),
			.nul = equal_avx2(&bytes, '\0')};
	}
	scan_index(window, text, len);
}

#endif
