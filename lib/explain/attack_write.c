/* SPDX-License-Identifier: ISC */
#include "explain/attack_write.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/tsv.h"
#include "explain/flip.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/revise.h"

void
attack_run_name(uint64_t run, char to[ATTACK_RUN + 1])
{
	snprintf(to, ATTACK_RUN + 1, "%016" PRIx64, run);
}

bool
attack_write_other(struct place at)
{
	return bad(at, "no result of an attack in this format; option -o needs "
	    "a file of such results, or a new one");
}

/* The new form of word t: empty if it is erased, without s if it is kept. */
static struct text
new_form(const struct attack_done *d, size_t t)
{
	int32_t now = d->to.change[t];

	return now == ATTACK_KEPT ? (struct text){NULL, 0} :
	    now == ATTACK_ERASED ? TEXT("") : d->word[t].of[now].form;
}

/* The changed text. */
static struct block
changed(const struct attack_done *d)
{
	const struct block *b = d->b;
	struct text *form = MEM_NEW(b->arena, b->T, struct text);
	bool *keep = MEM_NEW(b->arena, b->T, bool);

	for (size_t t = 0; t < b->T; t++) {
		form[t] = new_form(d, t);
		keep[t] = form[t].s == NULL || form[t].n > 0;
		if (!keep[t])
			form[t].s = NULL;
	}
	return revise_variant(b->arena, b, 1, keep, form);
}

/* ---- tok ---- */

/* Add a comment; made is emptied. */
static void
comment(struct block *v, const char *key, struct output *made)
{
	conllu_add_comment(v, key, (struct text){made->buf, made->n});
	made->n = 0;
}

static void
comment_class(struct block *v, const char *key, struct text class,
    float probability, struct output *made)
{
	output_text(made, class);
	output_char(made, ' ');
	output_float(made, probability);
	comment(v, key, made);
}

static const char *
success_of(const struct attack_done *d)
{
	return !d->tried ? "skipped" : d->to.success ? "yes" : "no";
}

static void
write_tok(const struct attack_done *d, struct output *o)
{
	const struct trace *t = d->trace;
	struct output made = output_to(-1, NULL);
	struct block v = changed(d);
	char run[ATTACK_RUN + 1];

	for (size_t i = 0; i < d->b->T; i++) {
		struct text form = new_form(d, i);

		if (form.s == NULL)
			continue;
		output_printf(&made, "%zu ", i + 1);
		flip_write(d->b, i, form, &made);
		comment(&v, "reat.swap", &made);
	}
	attack_run_name(d->run, run);
	output_printf(&made, "%s %s ", run, d->method);
	output_text(&made, t->model);
	comment(&v, "reat.attack", &made);
	comment_class(&v, "reat.before", t->label[t->predicted],
	    t->probability[t->predicted], &made);
	comment_class(&v, "reat.after", t->label[d->to.after.predicted],
	    d->to.after.probability, &made);
	output_printf(&made, "%zu of %zu", d->to.n, d->b->T);
	comment(&v, "reat.changed", &made);
	output_size(&made, d->to.queries);
	comment(&v, "reat.queries", &made);
	output_string(&made, success_of(d));
	comment(&v, "reat.success", &made);
	output_done(&made, 0);
	conllu_write(&v, o);
}

static bool
read_tok(struct arena *arena, struct text record, struct place at,
    struct text *doc, struct text *run)
{
	struct block b;

	if (!conllu_parse(arena, record, at, &b))
		return false;
	*doc = conllu_comment(&b, "reat.source");
	*run = conllu_comment(&b, "reat.attack");
	if (doc->s == NULL || run->s == NULL)
		return attack_write_other(at);
	*run = text_cut(run, ' ');
	return true;
}

const struct attack_format attack_tok = {
	.end = "\n\n",
	.start = "# ",
	.write = write_tok,
	.read = read_tok,
};

/* ---- rows ---- */

static void
cell_class(struct text class, float probability, struct output *o)
{
	output_char(o, '\t');
	tsv_write(o, class);
	output_char(o, '\t');
	output_float(o, probability);
}

/* The swaps, with blanks between: 2:bad=fine 5:not= */
static void
cell_swaps(const struct attack_done *d, struct output *o)
{
	struct output made = output_to(-1, NULL);

	for (size_t t = 0; t < d->b->T; t++) {
		struct text form = new_form(d, t);

		if (form.s == NULL)
			continue;
		output_printf(&made, "%s%zu:", made.n > 0 ? " " : "", t + 1);
		flip_write(d->b, t, form, &made);
	}
	output_char(o, '\t');
	tsv_write(o, made.n > 0 ? (struct text){made.buf, made.n} : TEXT("_"));
	output_done(&made, 0);
}

static void
write_row(const struct attack_done *d, struct output *o)
{
	const struct trace *t = d->trace;
	struct block v = changed(d);
	struct text text = conllu_comment(&v, "text");
	char run[ATTACK_RUN + 1];

	attack_run_name(d->run, run);
	tsv_write(o, d->b->sent_id);
	output_char(o, '\t');
	tsv_write(o, d->b->label.s != NULL ? d->b->label : TEXT("_"));
	cell_class(t->label[t->predicted], t->probability[t->predicted], o);
	output_char(o, '\t');
	tsv_write(o, t->model);
	output_printf(o, "\t%s\t%s", d->method, run);
	cell_class(t->label[d->to.after.predicted], d->to.after.probability,
	    o);
	output_printf(o, "\t%s\t%zu\t%zu\t%zu\t%d", success_of(d), d->to.n,
	    d->b->T, d->to.queries, d->to.complete);
	cell_swaps(d, o);
	output_char(o, '\t');
	tsv_write(o, text.s == NULL ? TEXT("_") : text);
	output_char(o, '\n');
}

#define HEADER "doc\tlabel\tclass\tprob\tmodel\tmethod\trun\tafter\t" \
	"p_after\tsuccess\tchanged\twords\tqueries\tcomplete\tswaps\ttext\n"

const char *const attack_row_names[ROW_COLUMNS] = {"doc", "label",
    "class", "prob", "model", "method", "run", "after", "p_after", "success",
    "changed", "words", "queries", "complete", "swaps", "text"};

static bool
read_row(struct arena *arena, struct text record, struct place at,
    struct text *doc, struct text *run)
{
	struct text rest = record;
	size_t columns = 0;

	(void)arena;
	for (; rest.s != NULL; columns++) {
		struct text cell = text_cut(&rest, '\t');

		if (columns == ROW_DOC)
			*doc = cell;
		if (columns == ROW_RUN)
			*run = cell;
	}
	return columns == ROW_COLUMNS || attack_write_other(at);
}

const struct attack_format attack_tsv = {
	.end = "\n",
	.start = HEADER,
	.header = HEADER,
	.write = write_row,
	.read = read_row,
};
