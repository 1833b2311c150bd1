/* SPDX-License-Identifier: ISC */
/*
 * A question is a text on a line, or a tok block.  A variant's block is the
 * text's, revised (revise.h); the sent_id of the k-th variant of x is x~k.
 *
 * An answer is a row, and rows come in the order of the questions.  The column
 * doc is compared with the sent_id if the classifier reads blocks.
 *
 * ln (1 - p) is the logarithm of the other classes' sum, which is exact where
 * p is nearly 1.  If the probabilities do not add up to 1, as where classes do
 * not exclude each other, it is that of 1 - p.
 */
#include "explain/outside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/coprocess.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "explain/source_choice.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/layer.h"
#include "stream/level.h"
#include "stream/lines.h"
#include "stream/revise.h"

enum { SHOWN = 60 };	/* bytes of the command in a message */

#define NEXT SIZE_MAX		/* the word after the last one that is kept */

/* The classes of "print". */
static struct text nobody[] = {{"_", 1}, {"__", 2}};

struct outside {
	struct source_choice choice;
	struct output *out;		/* to flush, or to print to */
	struct coprocess *process;	/* NULL: not started */
	struct lines *lines;		/* of the file of rows, or NULL */
	char *operands[2];
	struct probabilities table;
	struct arena *arena;		/* of the table, and of at.file */
	struct place at;		/* of the last line of the answers */

	/* the text that was begun */
	const struct block *of;
	size_t variants;
	struct new_word {
		struct text form;
		size_t t;		/* of the word that it replaces, or
					 * NEXT */
	} *word;			/* [words] */
	size_t words, word_cap;
	struct arena *variant;		/* of a variant's block */

	/* what was asked and is not answered */
	size_t asked, answered;
	struct text *doc;		/* [asked] sent_ids */
	size_t docs;			/* room of doc */
	struct arena *asking;		/* of doc */
	struct output made;		/* a question */
};

struct outside *
outside_open(const struct source_choice *choice, struct output *out)
{
	struct outside *o = mem_calloc(1, sizeof *o);
	const char *what = choice->what;

	*o = (struct outside){.choice = *choice, .out = out,
	    .made = output_to(-1, "question")};
	if (choice->seconds == 0)
		o->choice.seconds = SOURCE_SECONDS;
	o->arena = mem_arena();
	o->asking = mem_arena();
	o->variant = mem_arena();
	if (choice->kind == SOURCE_PRINT)
		o->table = (struct probabilities){.C = 2, .label = nobody};
	else
		o->at.file = strlen(what) <= SHOWN ? what :
		    mem_printf(o->arena, "%.*s...", SHOWN - 3, what);
	if (choice->kind == SOURCE_READ) {
		o->operands[0] = mem_printf(o->arena, "%s", what);
		o->lines = lines_open(o->operands, false, NULL);
	}
	return o;
}

struct text
outside_name(const struct outside *o)
{
	return text_of(o->choice.name != NULL ? o->choice.name :
	    o->choice.what);
}

/* The answers are wrong, and a message was printed. */
static _Noreturn void
stop(struct outside *o, int status)
{
	if (o->process != NULL)
		coprocess_kill(o->process);
	exit(status);
}

/* ---- questions ---- */

/* Write the block as it is, with # text. */
static void
write_block(struct outside *o, struct block *b)
{
	struct span all = {0, b->T - 1, TEXT("_")};

	if (conllu_comment(b, "text").s == NULL)
		conllu_add_comment(b, "text", b->T > 0 ?
		    level_text(b, &all) : TEXT(""));
	conllu_write(b, &o->made);
}

/* Write the text of a block as a line. */
static void
write_line(struct outside *o, struct block *b)
{
	struct text text = conllu_comment(b, "text");
	struct span all = {0, b->T - 1, TEXT("_")};

	if (text.s != NULL)
		output_text(&o->made, text);
	else if (b->T > 0)
		output_text(&o->made, level_text(b, &all));
	output_char(&o->made, '\n');
}

/* Send a block, or print it, and remember whose row will come. */
static void
ask(struct outside *o, struct block *b)
{
	enum source_kind kind = o->choice.kind;

	o->doc = mem_widen(o->asking, o->doc, o->asked, &o->docs,
	    sizeof *o->doc);
	o->doc[o->asked++] = text_copy(o->asking, b->sent_id);
	if (kind == SOURCE_READ)
		return;
	o->made.n = 0;
	(kind == SOURCE_LINES ? write_line : write_block)(o, b);
	if (kind == SOURCE_PRINT) {
		output_bytes(o->out, o->made.buf, o->made.n);
		return;
	}
	if (o->process == NULL)
		o->process = coprocess_start(o->choice.what,
		    o->choice.seconds);
	coprocess_send(o->process, (struct text){o->made.buf, o->made.n});
}

void
outside_ask(struct outside *o, const struct block *b)
{
	struct block copy;

	mem_reset(o->variant);
	conllu_copy(o->variant, b, &copy);
	ask(o, &copy);
}

void
outside_begin(struct outside *o, const struct block *b)
{
	o->of = b;
	o->variants = 0;
	o->words = 0;
}

int32_t
outside_word_at(struct outside *o, struct text form, size_t t)
{
	o->word = mem_grow(o->word, &o->word_cap, o->words + 1,
	    sizeof *o->word);
	o->word[o->words] = (struct new_word){form, t};
	return (int32_t)(o->of->T + o->words++);
}

int32_t
outside_word(struct outside *o, struct text form)
{
	return outside_word_at(o, form, NEXT);
}

/* The block of a variant, in its arena. */
static struct block
make_variant(struct outside *o, const struct rnn_text *words)
{
	struct arena *arena = o->variant;
	const struct block *b = o->of;
	bool *keep = MEM_NEW(arena, b->T, bool);
	struct text *form = MEM_NEW(arena, b->T, struct text);
	size_t next = 0;

	for (size_t i = 0; i < words->T; i++) {
		size_t id = (size_t)words->id[i], t = id;

		if (id >= b->T) {
			struct new_word *new = &o->word[id - b->T];

			t = new->t == NEXT ? next : new->t;
			form[t] = new->form;
		}
		keep[t] = true;
		next = t + 1;
	}
	return revise_variant(arena, b, ++o->variants, keep, form);
}

void
outside_ask_variant(struct outside *o, const struct rnn_text *words)
{
	struct block v;

	mem_reset(o->variant);
	v = make_variant(o, words);
	ask(o, &v);
}

/* ---- answers ---- */

static const char *
rows(size_t n)
{
	return n == 1 ? "row" : "rows";
}

static _Noreturn void
missing(struct outside *o, const char *why, const char *hint)
{
	size_t due = o->asked - o->answered;

	note("%s: %s, and %zu %s %s missing%s", o->at.file, why, due,
	    rows(due), due == 1 ? "is" : "are", hint);
	stop(o, STATUS_SYSTEM);
}

/* The command has ended, or is silent, before its answers are complete. */
static _Noreturn void
no_answer(struct outside *o, enum coprocess_got got)
{
	bool late = got == COPROCESS_LATE;
	int status = 0;

	if (!late) {
		coprocess_shut(o->process);
		status = coprocess_end(o->process, &late);
		o->process = NULL;
		missing(o, mem_printf(o->arena, "ended with status %d",
		    status), "");
	}
	missing(o, mem_printf(o->arena, "no answer for %d s",
	    o->choice.seconds),
	    "; it must flush each row, and option -W gives it more time");
}

/* The next line of the file of rows. */
static struct text
read_line(struct outside *o)
{
	struct record r;

	if (!lines_next(o->lines, &r)) {
		if (lines_status(o->lines) == STATUS_OK)
			missing(o, "the file ends", "; it needs the rows of "
			    "all texts that -p prints with the same options");
		stop(o, lines_status(o->lines));
	}
	if (r.text.s == NULL)
		stop(o, STATUS_DATA);
	o->at = r.at;
	return r.text;
}

/* The next line of the answers, for which it is waited. */
static struct text
next_line(struct outside *o)
{
	struct text line;
	enum coprocess_got got;

	if (o->lines != NULL)
		return read_line(o);
	if (o->out != NULL)
		output_flush(o->out);
	got = coprocess_line(o->process, true, &line);
	o->at.line++;
	if (got == COPROCESS_LINE)
		return line;
	if (got != COPROCESS_LONG)
		no_answer(o, got);
	bad(o->at, "a line of more than %d bytes", COPROCESS_LINE_MOST);
	stop(o, STATUS_DATA);
}

const struct probabilities *
outside_header(struct outside *o)
{
	if (o->table.C == 0 && !probabilities_header(&o->table, o->arena,
	    next_line(o), o->at))
		stop(o, STATUS_DATA);
	return &o->table;
}

/* Check that the row is that of the question. */
static bool
check_doc(const struct outside *o, struct text doc)
{
	struct text asked = o->doc[o->answered];

	if (o->choice.kind == SOURCE_LINES || doc.s == NULL)
		return true;
	return text_equal(doc, asked) || bad(o->at, "the row of %.*s, "
	    "expected that of %.*s", TEXT_ARGS(doc), TEXT_ARGS(asked));
}

/* The sum of all probabilities but that of one class; C is none. */
static double
sum_others(size_t C, const float *probability, size_t class)
{
	double sum = 0;

	for (size_t c = 0; c < C; c++)
		sum += c == class ? 0 : (double)probability[c];
	return sum;
}

static void
set_logits(size_t C, const float *probability, float *logit)
{
	double sum = sum_others(C, probability, C);
	bool exclusive = fabs(sum - 1) < 1e-3;

	for (size_t c = 0; c < C; c++) {
		double p = (double)probability[c], others = 1 - p;

		/* at most two classes have a half: the cost remains linear */
		if (exclusive)
			others = p < 0.5 ? sum - p :
			    sum_others(C, probability, c);
		logit[c] = (float)log(p);
		logit[C + c] = (float)log(others);
	}
}

/* What the command writes must be asked for. */
static void
check_silent(struct outside *o)
{
	struct text line;

	if (coprocess_line(o->process, false, &line) != COPROCESS_LINE)
		return;
	o->at.line++;
	if (probabilities_again(&o->table, line))
		return;
	bad(o->at, "a row more than texts: \"%.*s\"", TEXT_ARGS(line));
	stop(o, STATUS_DATA);
}

/* The next row that is due. */
static void
take_row(struct outside *o, float *logit, float *probability)
{
	struct text line, doc;

	if (o->choice.kind == SOURCE_PRINT) {
		probability[0] = probability[1] = .5f;
	} else {
		do
			line = next_line(o);
		while (probabilities_again(&o->table, line));
		if (!probabilities_row(&o->table, line, o->at, probability,
		    &doc) || !check_doc(o, doc))
			stop(o, STATUS_DATA);
	}
	set_logits(o->table.C, probability, logit);
}

void
outside_answers(struct outside *o, float *logit, float *probability)
{
	size_t C = outside_header(o)->C;

	for (; o->answered < o->asked; o->answered++) {
		take_row(o, logit, probability);
		logit += 2 * C;
		probability += C;
	}
	if (o->process != NULL)
		check_silent(o);
	o->asked = o->answered = o->docs = 0;
	o->doc = NULL;
	mem_reset(o->asking);
}

/* ---- the end ---- */

/* Read the last lines, which must not be rows. */
static enum coprocess_got
drain(struct outside *o)
{
	enum coprocess_got got;
	struct text line;

	while ((got = coprocess_line(o->process, true, &line)) ==
	    COPROCESS_LINE) {
		o->at.line++;
		if (!probabilities_again(&o->table, line))
			break;
	}
	return got;
}

/* End the command; its status. */
static int
end_process(struct outside *o)
{
	enum coprocess_got got;
	bool late = true;
	int status = 0;

	coprocess_shut(o->process);
	got = drain(o);
	if (got == COPROCESS_ENDED)
		status = coprocess_end(o->process, &late);
	else
		coprocess_kill(o->process);
	if (got == COPROCESS_LINE || got == COPROCESS_LONG) {
		bad(o->at, "a line after the last row");
		return STATUS_DATA;
	}
	if (late)
		note("%s: has not ended %d s after its input", o->at.file,
		    o->choice.seconds);
	else if (status != 0)
		note("%s: ended with status %d after its last row",
		    o->at.file, status);
	return late || status != 0 ? STATUS_SYSTEM : STATUS_OK;
}

/* Check that no row is left in the file; its status. */
static int
end_lines(struct outside *o)
{
	struct record r;

	while (lines_next(o->lines, &r))
		if (r.text.s == NULL)
			return STATUS_DATA;
		else if (!probabilities_again(&o->table, r.text)) {
			bad(r.at, "a row after that of the last text");
			return STATUS_DATA;
		}
	return lines_status(o->lines);
}

int
outside_close(struct outside *o, int status)
{
	if (o->process != NULL && status != STATUS_OK)
		coprocess_kill(o->process);
	else if (o->process != NULL)
		status = end_process(o);
	if (o->lines != NULL) {
		if (status == STATUS_OK)
			status = end_lines(o);
		lines_close(o->lines);
	}
	output_done(&o->made, STATUS_OK);
	mem_free(o->arena);
	mem_free(o->asking);
	mem_free(o->variant);
	free(o->word);
	free(o);
	return status;
}
