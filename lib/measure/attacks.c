/* SPDX-License-Identifier: ISC */
/*
 * attack: how often and at what price an attack changes the predicted class.
 *
 * Each text was attacked, or skipped because its prediction was wrong.  Points,
 * means over texts:
 *
 *     success   of the attacked: 1 if the class changed
 *     changed   of the successes: the share of words that were changed
 *     words     of the successes: their number
 *     queries   of the attacked: how many texts the model was asked for
 *     before    of those with a label: 1 if the prediction is right
 *     after     of those with a label: 1 if it is right and the attack failed
 */
#include "measure/attacks.h"

#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "base/tsv.h"
#include "explain/attack_write.h"
#include "measure/measure.h"
#include "measure/tally.h"
#include "stream/lines.h"

/* A row's numbers. */
struct row {
	const struct text *field;	/* [ROW_COLUMNS] */
	bool tried, success;
	size_t changed, words, queries;
};

static bool
read_row(const struct record *r, const struct text *field, struct row *row)
{
	struct text success = field[ROW_SUCCESS];

	*row = (struct row){.field = field,
	    .tried = !text_is(success, "skipped"),
	    .success = text_is(success, "yes")};
	if (row->tried && !row->success && !text_is(success, "no"))
		return bad(r->at, "success \"%.*s\", expected yes, no or "
		    "skipped", TEXT_ARGS(success));
	return (text_to_size(field[ROW_CHANGED], &row->changed) &&
	    text_to_size(field[ROW_WORDS], &row->words) &&
	    text_to_size(field[ROW_QUERIES], &row->queries) &&
	    row->changed <= row->words) || bad(r->at, "changed \"%.*s\", "
	    "words \"%.*s\", queries \"%.*s\": expected whole numbers, and no "
	    "more changed words than words", TEXT_ARGS(field[ROW_CHANGED]),
	    TEXT_ARGS(field[ROW_WORDS]), TEXT_ARGS(field[ROW_QUERIES]));
}

/* Add a row's values. */
static bool
add_row(struct measuring *m, const struct record *r, const struct row *row)
{
	const struct text *f = row->field;
	bool labelled = !text_is(f[ROW_LABEL], "_");
	bool right = labelled && text_equal(f[ROW_LABEL], f[ROW_CLASS]);
	double words = row->words > 0 ? (double)row->words : 1;
	const struct {
		const char *at;
		double weight, value;
	} values[] = {
		{"success", row->tried, row->success},
		{"changed", row->success, (double)row->changed / words},
		{"words", row->success, (double)row->changed},
		{"queries", row->tried, (double)row->queries},
		{"before", labelled, right},
		{"after", labelled, right && !row->success},
	};

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		enum tally_got got = tally_add(m->tally, f[ROW_MODEL],
		    f[ROW_METHOD], text_of(values[i].at), f[ROW_DOC],
		    (const double[]){
		    values[i].weight, values[i].weight > 0 ? values[i].value :
		    0});

		if (got == TALLY_AGAIN)
			return bad(r->at, "a second row of %.*s by %.*s",
			    TEXT_ARGS(f[ROW_DOC]), TEXT_ARGS(f[ROW_METHOD]));
		if (got == TALLY_FULL)
			return bad(r->at, "too many models and methods, the "
			    "limit is %d rows", TALLY_SERIES);
	}
	return true;
}

int
attacks_measure(struct measuring *m, char *const operands[])
{
	struct lines *in = lines_open(operands, m->keep_going, NULL);
	struct text header = {attack_tsv.header,
	    strlen(attack_tsv.header) - 1};
	bool any = false;
	struct record r;

	while (lines_next(in, &r)) {
		struct text field[ROW_COLUMNS];
		struct row row;

		if (r.text.s == NULL || text_equal(r.text, header)) {
			any = any || r.text.s != NULL;
			continue;
		}
		if (!any) {
			bad(r.at, "no header of an attack, expected the rows "
			    "of reat-swap -t tsv with an attack");
			lines_bad(in);
			break;
		}
		if (!tsv_fields(r.text, r.at, ROW_COLUMNS,
		    attack_row_names, NULL, field) ||
		    !read_row(&r, field, &row) || !add_row(m, &r, &row))
			lines_bad(in);
	}
	return lines_close(in);
}

const struct measure attack = {
	.name = "attack",
	.purpose = "how often swaps change the class, and at what price",
	.input = "rows of reat-swap's attacks",
	.reads = MEASURE_ATTACKS,
};
