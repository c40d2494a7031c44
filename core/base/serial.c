#include "base/serial.h"

#include <endian.h>
#include <string.h>

/* The last byte of a form: prefix length and digits, four bits each. */
static struct serial_form form_of(struct str text, size_t digits)
{
	struct serial_form form;
	unsigned char bytes[16] = {0};
	size_t prefix = text.len - digits;

	memcpy(bytes, text.s, prefix);
	bytes[15] = (unsigned char)(prefix << 4 | digits);
	memcpy(form.words, bytes, sizeof(bytes));
	return form;
}

/* Eight bytes as one number, the first byte lowest. */
static uint64_t load(const char *s)
{
	uint64_t word;

	memcpy(&word, s, sizeof(word));
	return le64toh(word);
}

/* How many of the last of eight bytes are digits. */
static size_t count_digits(uint64_t word)
{
	uint64_t differ = word ^ 0x3030303030303030;
	uint64_t low = differ & 0x7f7f7f7f7f7f7f7f;
	uint64_t others = (differ | (low + 0x7676767676767676)) &
			  0x8080808080808080;

	return others ? (size_t)__builtin_clzll(others) / 8 : 8;
}

/* The number of eight digits: pairs, then fours, then all. */
static uint64_t number_of(uint64_t word)
{
	word -= 0x3030303030303030;
	word = (word * 10 + (word >> 8)) & 0x00ff00ff00ff00ff;
	word = (word * 100 + (word >> 16)) & 0x0000ffff0000ffff;
	return (word * 10000 + (word >> 32)) & 0xffffffff;
}

/* The same for the last `n` < 8 of them. */
static uint64_t last_number_of(uint64_t word, size_t n)
{
	uint64_t zeros = 0x3030303030303030;

	if (n == 0)
		return 0;
	return number_of(
		(word >> (64 - 8 * n) << (64 - 8 * n)) | zeros >> (8 * n));
}

static size_t trailing_digits(struct str text)
{
	size_t n = 0;

	while (n < text.len && n <= SERIAL_DIGITS_MAX &&
		str_is_digit(text.s[text.len - 1 - n]))
		n++;
	return n;
}

static uint64_t read_number(struct str text, size_t digits)
{
	uint64_t number = 0;

	for (size_t i = text.len - digits; i < text.len; i++)
		number = number * 10 + (uint64_t)(text.s[i] - '0');
	return number;
}

/*
 * The digits and their number: of the last eight bytes at once, of more one by
 * one.
 */
static size_t read_digits(struct str text, uint64_t *number)
{
	uint64_t last;
	size_t digits;

	if (text.len < 8) {
		digits = trailing_digits(text);
		*number = read_number(text, digits);
		return digits;
	}
	last = load(text.s + text.len - 8);
	digits = count_digits(last);
	if (digits < 8) {
		*number = last_number_of(last, digits);
		return digits;
	}
	digits = 8 + trailing_digits(str_slice(text, 0, text.len - 8));
	if (digits > SERIAL_DIGITS_MAX)
		return digits;
	*number = number_of(last) +
		  100000000 * read_number(str_slice(text, 0, text.len - 8),
				      digits - 8);
	return digits;
}

bool serial_read(struct str text, struct serial *out)
{
	uint64_t number = 0;
	size_t digits;

	if (text.len < SERIAL_DIGITS_MIN || text.len > SERIAL_TEXT_MAX)
		return false;
	digits = read_digits(text, &number);
	if (digits < SERIAL_DIGITS_MIN || digits > SERIAL_DIGITS_MAX ||
		text.len - digits > SERIAL_PREFIX_MAX)
		return false;
	*out = (struct serial) {form_of(text, digits), number};
	return true;
}

struct str serial_print(
	const struct serial *serial, char buffer[SERIAL_TEXT_MAX])
{
	unsigned char bytes[16];
	uint64_t number = serial->number;
	size_t prefix, len;

	memcpy(bytes, serial->form.words, sizeof(bytes));
	prefix = bytes[15] >> 4;
	len = prefix + (bytes[15] & 15);
	memcpy(buffer, bytes, prefix);
	for (size_t i = len; i-- > prefix; number /= 10)
		buffer[i] = (char)('0' + number % 10);
	return (struct str) {buffer, len};
}
