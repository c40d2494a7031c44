/*
 * One input file on its way from the disk to records: opened, unpacked,
 * decoded, recognised, its header read. An input that cannot be read is marked
 * failed with a complaint, delivers no row, and makes the run untrustworthy.
 */
#ifndef INGEST_INPUT_H
#define INGEST_INPUT_H

#include "base/diag.h"
#include "base/intern.h"
#include "format/digest.h"
#include "format/logline.h"
#include "format/record.h"
#include "format/rows.h"
#include "format/sniff.h"
#include "ingest/source.h"
#include "io/file.h"
#include "io/unpack.h"
#include "model/inputs.h"

struct input_limits {
	struct record_limits record;
	struct unpack_limits unpack;
	uint64_t bytes; /* of an input that is read whole: a pipe */
};

struct input {
	struct input_facts facts; /* path, counts, digest: what reports show */
	struct file file;
	struct arena memory; /* unpacked and decoded bytes, header */
	struct str bytes;    /* of the file; when unpacked, what it holds */
	struct text text;
	enum packing packing;
	enum syntax syntax;
	char delimiter;
	size_t separator_line; /* bytes of a "sep=;" before the header, or 0 */
	struct str_vec
		header;  /* column names; JSON: those of the first records */
	struct str body; /* the records */
	uint32_t body_line;
	uint64_t body_byte;
	struct rows_stats csv; /* of all pieces */
	bool is_unpacked;
	struct digest_sha256 digest; /* of the first n_digested bytes */
	size_t n_digested;
	bool is_digested;
	bool failed;
};

/* The steps up to a text; each does nothing for an input that failed. A packed
   file is unpacked whole, and `checked` is the check of `bytes`. */
void input_open(struct input *input, const struct input_limits *limits,
	struct diag *diag);
void input_unpack(struct input *input, const struct input_limits *limits,
	struct diag *diag);
void input_decode(struct input *input, const struct text_checked *checked,
	struct diag *diag);

/*
 * Finds out what the text is and reads its column names, as the source says or
 * by sniffing. `pattern` is the source's compiled line pattern, or NULL.
 */
void input_read_header(struct input *input, const struct source *source,
	const struct logline *pattern, const struct input_limits *limits,
	struct diag *diag);

/* Gives the input other column names, which are copied. */
void input_set_header(struct input *input, const struct str *names, size_t n);

/* Says that a slice of the text will hardly be read again. */
void input_forget(const struct input *input, struct str text);

/* Gives the bytes back; facts stay. */
void input_close(struct input *input);

enum input_end {
	INPUT_DONE,
	INPUT_ODD,   /* a cut of CSV is doubtful: read the body as one piece */
	INPUT_BROKEN /* the rest was not read; the sink or diag has been told */
};

/* A part of the body that begins with a record. */
struct input_piece {
	struct str text;
	uint32_t line;
	uint64_t byte;
	bool is_whole; /* the whole body */
};

/* How the records of an input are read. */
struct input_reader {
	const struct source *source;
	const struct logline *pattern; /* or NULL */
	const struct record_limits *limits;
	struct intern *columns; /* JSON columns get their numbers here */
	struct diag *diag;
	struct rows_stats *csv; /* adds up what CSV has; or NULL */
};

/* Delivers the records of `piece` to `sink`. */
enum input_end input_read(const struct input *input,
	const struct input_reader *reader, const struct input_piece *piece,
	const struct record_sink *sink);

/* The record that begins at a byte of the text, and nothing behind it; CSV
   only. Its line is not known. */
struct input_piece input_record(
	const struct input *input, const struct source *source, uint64_t byte);

/* The whole body. */
struct input_piece input_whole(const struct input *input);

#endif
