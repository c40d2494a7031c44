#include "format/yamltext.h"

#include "base/codepoint.h"

static bool is_bidi_control(uint32_t code)
{
	return code == 0x061C || code == 0x200E || code == 0x200F ||
	       (code >= 0x202A && code <= 0x202E) ||
	       (code >= 0x2066 && code <= 0x2069);
}

/* What is wrong with a character, or NULL. */
static const char *forbidden(uint32_t code, bool before_lf)
{
	if (code == '\t' || code == '\n' || (code == '\r' && before_lf))
		return NULL;
	if (code < 0x20 || (code >= 0x7F && code <= 0x9F))
		return "control character";
	if (is_bidi_control(code))
		return "bidirectional control character";
	if (code == 0x2028 || code == 0x2029)
		return "line separator";
	if (code == 0xFEFF)
		return "byte order mark";
	return NULL;
}

static void complain_not_utf8(
	struct diag *diag, struct loc loc, struct str rest)
{
	bool is_first = loc.line == 1 && loc.col == 1;
	struct diag_item *item = diag_add(diag, DIAG_NOT_UTF8, loc,
		"byte 0x%02X is not UTF-8", (unsigned char)rest.s[0]);

	if (is_first && (str_has_prefix(rest, STR("\xFF\xFE")) ||
				str_has_prefix(rest, STR("\xFE\xFF"))))
		diag_help(diag, item,
			STR("the file is UTF-16; save it as UTF-8"));
}

bool yamltext_check(struct str text, uint32_t number, struct diag *diag)
{
	struct loc loc = {number, 1, 1};
	bool fine = true;

	for (size_t at = 0; at < text.len;) {
		struct str rest = str_slice(text, at, text.len);
		uint32_t code;
		const char *what;

		if (!codepoint_next(text, &at, &code)) {
			complain_not_utf8(diag, loc, rest);
			return false;
		}
		what = forbidden(code, rest.len > 1 && rest.s[1] == '\n');
		if (what) {
			diag_add(diag, DIAG_YAML_SUBSET, loc,
				"%s U+%04X is not allowed", what, code);
			fine = false;
		}
		loc.line += code == '\n';
		loc.col = code == '\n' ? 1 : loc.col + 1;
	}
	return fine;
}
