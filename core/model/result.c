#include "model/result.h"

const struct str result_outcomes[OUTCOME_N] = {
	[OUTCOME_PASSED] = STR_INIT("passed"),
	[OUTCOME_FAILED] = STR_INIT("failed"),
	[OUTCOME_PASSED_MOSTLY] = STR_INIT("passed (mostly)"),
	[OUTCOME_NEVER_MATCHED] = STR_INIT("never matched"),
	[OUTCOME_NOT_EVALUABLE] = STR_INIT("not evaluable"),
	[OUTCOME_DRAFT] = STR_INIT("draft"),
	[OUTCOME_DEPRECATED] = STR_INIT("deprecated"),
};

const struct str result_words[VERDICT_WORD_N] = {
	[WORD_PASS] = STR_INIT("PASS"),
	[WORD_FAIL] = STR_INIT("FAIL"),
	[WORD_INCOMPLETE] = STR_INIT("INCOMPLETE"),
	[WORD_EMPTY] = STR_INIT("EMPTY"),
	[WORD_ERROR] = STR_INIT("ERROR"),
};

struct row_counts result_rows(const struct result *result)
{
	struct row_counts sum = {0};

	for (size_t i = 0; i < result->n_inputs; i++) {
		const struct row_counts *rows = &result->inputs[i].rows;

		sum.read += rows->read;
		sum.accepted += rows->accepted;
		sum.duplicate += rows->duplicate;
		sum.filtered += rows->filtered;
		sum.rejected += rows->rejected;
	}
	return sum;
}
