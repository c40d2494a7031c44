#include "lineal/rejects.h"

#include "lineal/output.h"

/* A CSV field, quoted where it must be (RFC 4180). */
static void write_field(struct sink *sink, struct str text)
{
	bool plain = true;

	for (size_t i = 0; i < text.len; i++)
		plain &= text.s[i] != ',' && text.s[i] != '"' &&
			 text.s[i] != '\n' && text.s[i] != '\r';
	if (plain) {
		sink_write(sink, text);
		return;
	}
	sink_write(sink, STR("\""));
	for (size_t i = 0; i < text.len; i++) {
		if (text.s[i] == '"')
			sink_write(sink, STR("\""));
		sink_write(sink, str_slice(text, i, 1));
	}
	sink_write(sink, STR("\""));
}

static void write_rejects(struct sink *sink, void *ctx)
{
	const struct run *run = ctx;

	sink_write(sink, STR("file,line,column,byte,kind,raw\r\n"));
	for (size_t i = 0; i < run->loaded.rejects.n; i++) {
		const struct kept_reject *r = &run->loaded.rejects.at[i];

		write_field(sink, files_path(&run->files, r->loc.file));
		sink_print(sink, ",%u,%u,%llu,%s,", r->loc.line, r->loc.col,
			(unsigned long long)r->byte, diag_name(r->code));
		write_field(sink, r->raw);
		sink_write(sink, STR("\r\n"));
	}
}

bool rejects_write(struct run *run)
{
	struct str path = run->settings.rejects_path;

	return path.len == 0 || output_publish(path, write_rejects, run);
}
