/* SPDX-License-Identifier: ISC */
#include "explain/attack_write.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/tsv.h"
#include "explain/flip.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/revise.h"

/* A run is written as 8 hexadecimal digits a part, with - between. */
enum { PART = 8, RUN = RUN_PARTS * (PART + 1) - 1 };

static void
run_name(const struct attack_run *r, char to[RUN + 1])
{
	for (int i = 0; i < RUN_PARTS; i++)
		snprintf(to + i * (PART + 1), PART + 2, "%08" PRIx32 "%s",
		    r->part[i], i + 1 < RUN_PARTS ? "-" : "");
}

const char *
attack_run_cut(struct text *run, const struct attack_run *own)
{
	static const char *const what[RUN_TEXT] = {"other options",
	    "other synonyms (-r, -w)", "other vectors (-G)",
	    "other files of the model (-m)"};
	char name[RUN + 1];
	struct text is;

	run_name(own, name);
	is = text_of(name);
	for (int i = 0; i < RUN_TEXT; i++) {
		struct text part = text_cut(&is, '-');

		if (!text_equal(text_cut(run, '-'), part))
			return what[i];
	}
	return run->n == PART ? NULL : what[RUN_OPTIONS];
}

uint32_t
attack_text(const struct block *b)
{
	struct digest d;

	digest_begin(&d);
	digest_text(&d, b->label);
	for (size_t t = 0; t < b->T; t++) {
		const struct text *column = conllu_word(b, t);

		digest_text(&d, column[CONLLU_FORM]);
		digest_text(&d, column[CONLLU_UPOS]);
		digest_text(&d, column[CONLLU_XPOS]);
	}
	return (uint32_t)digest_value(&d);
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
	char run[RUN + 1];

	for (size_t i = 0; i < d->b->T; i++) {
		struct text form = new_form(d, i);

		if (form.s == NULL)
			continue;
		output_printf(&made, "%zu ", i + 1);
		flip_write(d->b, i, form, &made);
		comment(&v, "reat.swap", &made);
	}
	run_name(&d->run, run);
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
	char run[RUN + 1];

	run_name(&d->run, run);
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
	    d->b->T, d->to.queries, d->to.limit == ATTACK_BY_NONE);
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
