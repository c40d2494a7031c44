#include "base/serial.h"

#include "base/rng.h"

#include <string.h>

#include <criterion/criterion.h>

/* The definition, byte by byte. */
static bool slow_read(struct str text, size_t *digits, uint64_t *number)
{
	size_t n = 0;

	while (n < text.len && str_is_digit(text.s[text.len - 1 - n]))
		n++;
	if (n < SERIAL_DIGITS_MIN || n > SERIAL_DIGITS_MAX ||
		text.len - n > SERIAL_PREFIX_MAX)
		return false;
	*digits = n;
	*number = 0;
	for (size_t i = text.len - n; i < text.len; i++)
		*number = *number * 10 + (uint64_t)(text.s[i] - '0');
	return true;
}

static void expect_same(struct str text)
{
	struct serial serial;
	char buffer[SERIAL_TEXT_MAX];
	size_t digits;
	uint64_t number;
	bool want = slow_read(text, &digits, &number);

	cr_assert(serial_read(text, &serial) == want, "'%.*s'", STR_ARG(text));
	if (!want)
		return;
	cr_assert(serial.number == number, "'%.*s'", STR_ARG(text));
	cr_assert(str_equal(serial_print(&serial, buffer), text), "'%.*s'",
		STR_ARG(text));
}

Test(serial, forms)
{
	static const char *const texts[] = {"", "123", "1234", "E-1234",
		"E07-000000123", "99999999999999", "999999999999999",
		"E-12345 ", "1234567", "12345678", "123456789",
		"prefix-of-15-by0001", "prefix-of-16-byt0001", "2026-01-02",
		"x12345678901234", "/1234", ":12345678",
		"\xff"
		"99999999"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		expect_same(str_of(texts[i]));
}

/* Property: what is read is what the definition says, and prints as it was. */
Test(serial, agrees_with_the_definition)
{
	static const char bytes[] = "0123456789019/:-E\xff\x80";
	struct rng rng = {1};

	for (int i = 0; i < 200000; i++) {
		char buffer[40];
		size_t len = rng_below(&rng, 34);

		for (size_t j = 0; j < len; j++)
			buffer[j] = bytes[rng_below(&rng,
				rng_below(&rng, 3) ? 10 : sizeof(bytes) - 1)];
		expect_same((struct str) {buffer, len});
	}
}

Test(serial, forms_tell_prefix_and_width)
{
	struct serial one, two;

	cr_assert(serial_read(STR("E-00012"), &one));
	cr_assert(serial_read(STR("E-000012"), &two));
	cr_expect(one.number == two.number);
	cr_expect(memcmp(&one.form, &two.form, sizeof(one.form)) != 0);
	cr_assert(serial_read(STR("E-99999"), &two));
	cr_expect(memcmp(&one.form, &two.form, sizeof(one.form)) == 0);
}
