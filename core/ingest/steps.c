#include "ingest/steps.h"

#include "base/number.h"

/* True if the cell is one column, read as it stands. */
static bool is_plain(const struct wanted *wanted)
{
	const struct cell *cell = &wanted->cells[0];

	return cell->kind == CELL_COLUMNS && cell->n_columns == 1 &&
	       !cell->binding && !wanted->split;
}

bool steps_is_plain(const struct wanted *wanted, uint32_t *field)
{
	if (wanted->n != 1 || !is_plain(wanted))
		return false;
	*field = wanted->cells[0].columns[0];
	return true;
}

static bool is_constant(const struct cell *cell)
{
	return cell->kind == CELL_CONSTANT && cell->constant.len > 0;
}

/* True if the value is a field, else a constant, else nothing. */
static bool is_field(const struct wanted *wanted)
{
	return is_plain(wanted) &&
	       (wanted->n == 1 ||
		       (wanted->n == 2 && is_constant(&wanted->cells[1])));
}

static enum step_kind kind_of(const struct wanted *wanted)
{
	bool fixed = is_constant(&wanted->cells[0]) &&
		     (wanted->n == 1 || !wanted->is_key);

	switch (wanted->form) {
	case COLUMN_SYM:
		return fixed              ? STEP_CONSTANT
		       : is_field(wanted) ? STEP_TEXT
					  : STEP_SPECIAL;
	case COLUMN_PRESENT:
		if (!fixed && !is_field(wanted))
			return STEP_SPECIAL;
		return fixed || wanted->n == 2 ? STEP_ALWAYS : STEP_PRESENT;
	case COLUMN_NUMBER:
		return is_plain(wanted) && wanted->n == 1 ? STEP_NUMBER
							  : STEP_SPECIAL;
	default:
		return STEP_SPECIAL;
	}
}

struct step steps_of(const struct wanted *wanted, uint32_t column)
{
	struct step step = {
		.kind = kind_of(wanted), .column = column, .wanted = wanted};
	const struct cell *cells = wanted->cells;

	if (cells[0].kind == CELL_COLUMNS)
		step.field = cells[0].columns[0];
	if (is_constant(&cells[0]))
		step.constant = cells[0].constant;
	else if (wanted->n > 1 && is_constant(&cells[1]))
		step.constant = cells[1].constant;
	return step;
}

/* Put when it is first used, so that numbers are those of first sight. */
static sym constant_of(struct step *step, struct value_reader *reader)
{
	if (step->constant_sym == 0)
		step->constant_sym = symbols_put(
			&reader->part->strings, step->constant);
	return step->constant_sym;
}

static void run_text(struct step *step, struct value_reader *reader, sym *cell)
{
	*cell = values_sym(reader, step->field);
	if (*cell == 0 && step->constant.len)
		*cell = constant_of(step, reader);
}

static void run_number(const struct step *step, struct value_reader *reader,
	struct table *table, uint32_t at)
{
	struct str text = values_field(reader, step->field);
	int64_t value;

	if (text.len == 0)
		return;
	if (number_read_i64(text, &value) && cell_is_value(value))
		table->columns[step->column].values[at] = value;
	else
		values_fill(reader, step->wanted, table, step->column, at);
}

static void run_step(struct step *step, struct value_reader *reader,
	struct table *table, uint32_t at)
{
	struct column *column = &table->columns[step->column];

	switch (step->kind) {
	case STEP_TEXT:
		run_text(step, reader, &column->syms[at]);
		break;
	case STEP_PRESENT:
		column->present[at] = values_has(reader, step->field);
		break;
	case STEP_ALWAYS:
		column->present[at] = true;
		break;
	case STEP_CONSTANT:
		column->syms[at] = constant_of(step, reader);
		break;
	case STEP_NUMBER:
		run_number(step, reader, table, at);
		break;
	case STEP_SPECIAL:
		values_fill(reader, step->wanted, table, step->column, at);
		break;
	}
}

void steps_run(struct steps *steps, struct value_reader *reader,
	struct table *table, uint32_t at)
{
	for (uint32_t i = 0; i < steps->n; i++)
		run_step(&steps->at[i], reader, table, at);
}
