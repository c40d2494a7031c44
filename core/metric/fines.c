#include "metric/fines.h"

#include "format/rows.h"

enum column {
	COLUMN_REGIME,
	COLUMN_CLAUSE,
	COLUMN_SUBJECT,
	COLUMN_CURRENCY,
	COLUMN_FIXED,
	COLUMN_TURNOVER,
	COLUMN_RULE,
	COLUMN_PER,
	FINE_COLUMNS = 11
};

struct reader {
	struct arena *a;
	struct fine_rows *rows;
	uint32_t file;
	struct err *err;
	bool failed, past_header;
};

static void fail(struct reader *r, uint32_t line, const char *what)
{
	struct loc loc = {r->file, line, 0};

	if (!r->failed)
		err_set(r->err, ERR_USAGE, loc, "schedule of fines: %s", what);
	r->failed = true;
}

static void take(void *ctx, const struct record *record)
{
	struct reader *r = ctx;
	const struct str *f = record->fields;
	struct fine_row row = {0};

	if (!r->past_header) {
		r->past_header = true;
		return;
	}
	row.regime = arena_copy(r->a, f[COLUMN_REGIME]);
	row.clause = arena_copy(r->a, f[COLUMN_CLAUSE]);
	row.currency = arena_copy(r->a, f[COLUMN_CURRENCY]);
	row.cap.has_fixed = f[COLUMN_FIXED].len > 0;
	row.cap.has_share = f[COLUMN_TURNOVER].len > 0;
	row.cap.rule = str_equal(f[COLUMN_RULE], STR("lower")) ? ROI_CAP_LOWER
							       : ROI_CAP_HIGHER;
	row.cap.per_day = str_equal(f[COLUMN_PER], STR("day"));
	if ((row.cap.has_fixed &&
		    !number_read_i64(f[COLUMN_FIXED], &row.cap.fixed_minor)) ||
		(row.cap.has_share && !number_read_i64(f[COLUMN_TURNOVER],
					      &row.cap.turnover_bp)))
		fail(r, record->line, "an amount is not a whole number");
	vec_push(r->a, r->rows, row);
}

static void refuse(void *ctx, const struct reject *reject)
{
	fail(ctx, reject->loc.line, "a row does not have 11 columns");
}

bool fines_read(struct arena *a, struct str text, uint32_t number,
	struct fine_rows *out, struct err *err)
{
	struct reader reader = {a, out, number, err, false, false};
	struct record_sink sink = {&reader, take, refuse};
	struct rows_piece piece = {text, number, 1, 0, FINE_COLUMNS};
	struct rows_dialect dialect = {.delimiter = ','};
	struct record_limits limits = {1 << 16, 1 << 20};
	struct rows_stats stats = {0};

	rows_read(&piece, &dialect, &limits, &sink, &stats);
	return !reader.failed;
}

static bool is_clause(struct str have, struct str want)
{
	return str_equal(have, want) ||
	       (str_has_prefix(have, want) && have.s[want.len] == ' ');
}

const struct fine_row *fines_find(
	const struct fine_rows *rows, struct str class)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct fine_row *row = &rows->at[i];
		size_t n = row->regime.len;

		if (class.len > n + 1 && str_has_prefix(class, row->regime) &&
			class.s[n] == ' ' &&
			is_clause(row->clause,
				str_slice(class, n + 1, class.len)))
			return row;
	}
	return NULL;
}
