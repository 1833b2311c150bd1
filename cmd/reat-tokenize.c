/* SPDX-License-Identifier: ISC */
/* reat-tokenize: split text into sentences and tokens. */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "annotate/tokenizer.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/hidden.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/text.h"
#include "base/utf8.h"
#include "stream/label_counts.h"
#include "stream/table.h"

enum column { TEXT_COLUMN, ID, LABEL };

static const char *const column_names[] = {"text", "id", "label", NULL};

/* Ids that are remembered, to find those that occur twice. */
enum { IDS_MOST = 1 << 20, ID_BYTES_MOST = 16 << 20 };

struct job {
	struct tokenizer *tokenizer;
	struct arena *arena;		/* of one row */
	struct output *out;
	struct arena *ids;		/* of last_id */
	struct text last_id;

	/* of all rows */
	size_t texts, words;
	struct label_counts *labels;
	struct dict *id;
	size_t id_bytes;
	struct place again;		/* of the first id that occurs again */
	size_t agains;
	struct place unspaced;		/* of the first long token without
					 * blanks between its words */
	size_t unspaceds;
};

/* A token with so many characters in a row is not one word. */
enum { UNSPACED_LEAST = 9 };

/* A part of a text that a blank line ends; most texts have one. */
struct paragraph {
	struct text text;
	struct token *token;		/* [n]; ranges in the whole text */
	size_t n;
};

/* Trim an id or a label; false with a message if it cannot be one. */
static bool
check_name(struct text *name, const char *column, struct place at)
{
	*name = text_trim(*name);
	if (name->n == 0)
		return bad(at, "the %s is empty", column);
	for (size_t i = 0; i < name->n; ) {
		uint32_t c;

		i += utf8_decode((struct text){name->s + i, name->n - i}, &c);
		if (hidden_control(c))
			return bad(at, "a control character in the %s", column);
	}
	return true;
}

/*
 * Check the id and the label of a row.  Without a column id, the id is the
 * number of the row.  Returns false with a message if one is bad.
 */
static bool
check_row(struct job *job, struct table_row *r)
{
	if (r->cell[ID].s == NULL)
		r->cell[ID] = text_of(mem_printf(job->arena, "%zu",
		    r->number));
	if (!check_name(&r->cell[ID], "id", r->at) ||
	    (r->cell[LABEL].s != NULL &&
	    !check_name(&r->cell[LABEL], "label", r->at)))
		return false;
	if (text_equal(r->cell[ID], job->last_id))
		return bad(r->at, "id %.*s occurs twice in a row",
		    TEXT_ARGS(r->cell[ID]));
	return true;
}

/* ---- paragraphs ---- */

/* Cut the next paragraph from *rest; false if there is none. */
static bool
cut_paragraph(struct text *rest, struct text *paragraph)
{
	*paragraph = (struct text){NULL, 0};
	while (rest->s != NULL) {
		struct text line = text_cut(rest, '\n');

		if (text_trim(line).n > 0) {
			if (paragraph->s == NULL)
				paragraph->s = line.s;
			paragraph->n = (size_t)(line.s + line.n -
			    paragraph->s);
		} else if (paragraph->s != NULL) {
			break;
		}
	}
	return paragraph->s != NULL;
}

/* The paragraphs of a text, clean; a text without newlines is one. */
static struct paragraph *
cut_paragraphs(struct arena *arena, struct text text, size_t *n)
{
	struct text rest = text, part;
	struct paragraph *p;
	size_t most = 1;

	for (size_t i = 0; i < text.n; i++)
		most += text.s[i] == '\n';
	p = MEM_NEW(arena, most, struct paragraph);
	for (*n = 0; cut_paragraph(&rest, &part); ) {
		p[*n].text = tokenizer_clean(arena, part);
		*n += p[*n].text.n > 0;
	}
	return p;
}

/* The paragraphs with a blank between them: the text of "# text". */
static struct text
join(struct arena *arena, const struct paragraph *p, size_t n)
{
	struct text whole = {"", 0};
	size_t size = 0;
	char *to;

	if (n <= 1)
		return n == 0 ? whole : p[0].text;
	for (size_t i = 0; i < n; i++)
		size += p[i].text.n + 1;
	to = mem_alloc(arena, size, 1);
	for (size_t i = 0; i < n; i++) {
		memcpy(to + whole.n, p[i].text.s, p[i].text.n);
		whole.n += p[i].text.n;
		if (i + 1 < n)
			to[whole.n++] = ' ';
	}
	whole.s = to;
	return whole;
}

/* Find the tokens of all paragraphs.  Returns false with a message if bad. */
static bool
find_tokens(struct job *job, struct paragraph *p, size_t n, struct place at)
{
	const struct token *token;
	size_t before = 0;

	for (size_t i = 0; i < n; i++) {
		if (!tokenizer_run(job->tokenizer, job->arena, p[i].text, at,
		    &token, &p[i].n))
			return false;
		p[i].token = MEM_NEW(job->arena, p[i].n, struct token);
		for (size_t k = 0; k < p[i].n; k++) {
			p[i].token[k] = token[k];
			p[i].token[k].first += before;
			p[i].token[k].end += before;
		}
		if (i + 1 < n)
			before += utf8_count(p[i].text) + 1;
	}
	return true;
}

/* ---- blocks ---- */

static void
write_comment(struct output *o, const char *key, struct text value)
{
	output_string(o, "# ");
	output_string(o, key);
	output_string(o, value.n > 0 ? " = " : " =");
	output_text(o, value);
	output_char(o, '\n');
}

static void
write_token(struct output *o, size_t id, const struct token *t)
{
	output_size(o, id);
	output_char(o, '\t');
	output_text(o, t->form);
	output_string(o, "\t_\t_\t_\t_\t_\t_\t_\tTokenRange=");
	output_size(o, t->first);
	output_char(o, ':');
	output_size(o, t->end);
	output_string(o, t->opens ? "|sentence=B-S\n" : "|sentence=I-S\n");
}

/* Count a row, and remember its id. */
static void
count(struct job *job, const struct table_row *r, bool has_id)
{
	job->texts++;
	mem_reset(job->ids);
	job->last_id = text_copy(job->ids, r->cell[ID]);
	if (r->cell[LABEL].s != NULL)
		label_counts_add(job->labels, r->cell[LABEL], r->at);
	if (!has_id)
		return;
	if (dict_find(job->id, r->cell[ID]) != DICT_NONE) {
		if (job->agains++ == 0)
			job->again = r->at;
	} else if (dict_size(job->id) < IDS_MOST &&
	    job->id_bytes + r->cell[ID].n <= ID_BYTES_MOST) {
		dict_add(job->id, r->cell[ID]);
		job->id_bytes += r->cell[ID].n;
	}
}

/*
 * Is the token so long a run of characters of Chinese, Japanese, Thai, Lao,
 * Khmer or Burmese that it has several words?
 */
static bool
is_unspaced(struct text form)
{
	size_t run = 0;

	if (form.n < 3 * UNSPACED_LEAST)
		return false;
	for (size_t i = 0; i < form.n && run < UNSPACED_LEAST; ) {
		uint32_t c;

		i += utf8_decode((struct text){form.s + i, form.n - i}, &c);
		run = (c >= 0xe00 && c <= 0xeff) ||
		    (c >= 0x1000 && c <= 0x109f) ||
		    (c >= 0x1780 && c <= 0x17ff) ||
		    (c >= 0x3001 && c <= 0x30ff) ||
		    (c >= 0x3400 && c <= 0x9fff) ||
		    (c >= 0xff01 && c <= 0xffef) ? run + 1 : 0;
	}
	return run >= UNSPACED_LEAST;
}

/* Count the tokens of a paragraph that are more than one word. */
static void
count_unspaced(struct job *job, const struct paragraph *p, struct place at)
{
	for (size_t k = 0; k < p->n; k++)
		if (is_unspaced(p->token[k].form) && job->unspaceds++ == 0)
			job->unspaced = at;
}

/* Write the block of a row.  Returns false with a message if it is bad. */
static bool
tokenize(struct job *job, struct table_row *r)
{
	bool has_id = r->cell[ID].s != NULL;
	struct paragraph *p;
	size_t n, id = 0;

	mem_reset(job->arena);
	if (!check_row(job, r))
		return false;
	p = cut_paragraphs(job->arena, r->cell[TEXT_COLUMN], &n);
	if (!find_tokens(job, p, n, r->at))
		return false;
	count(job, r, has_id);
	write_comment(job->out, "sent_id", r->cell[ID]);
	write_comment(job->out, "text", join(job->arena, p, n));
	if (r->cell[LABEL].s != NULL)
		write_comment(job->out, "label", r->cell[LABEL]);
	for (size_t i = 0; i < n; i++)
		count_unspaced(job, &p[i], r->at);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < p[i].n; k++)
			write_token(job->out, ++id, &p[i].token[k]);
	job->words += id;
	output_char(job->out, '\n');
	return true;
}

/* ---- notes ---- */

/* Note that the first row was taken for a header, and has a known label. */
static void
note_header(const struct job *job, const struct table *t)
{
	struct place at;
	struct text label = table_doubtful(t, LABEL, &at);
	size_t n = label.s == NULL ? 0 : label_counts_of(job->labels, label);

	if (n > 1)
		note("%s:%zu: read as a header, but its \"%.*s\" is the label "
		    "of %zu texts; without a header: option -H", at.file,
		    at.line, TEXT_ARGS(label), n);
}

/* Print what the user should know of all rows; on a terminal how many. */
static void
print_notes(const struct job *job, const struct table *t)
{
	struct output labels = output_to(-1, "labels");

	note_header(job, t);
	label_counts_notes(job->labels);
	if (job->agains > 0)
		note("%s:%zu: this id occurred before, as %zu id%s did; with "
		    "scores or predictions, ids must differ", job->again.file,
		    job->again.line, job->agains, text_plural(job->agains));
	if (job->unspaceds > 0)
		note("%s:%zu: a token of several words, the first of %zu; in "
		    "Chinese, Japanese and Thai, the token rules "
		    "quotes,characters,tokenize make each character a token",
		    job->unspaced.file, job->unspaced.line, job->unspaceds);
	if (job->texts > 1 && isatty(STDERR_FILENO)) {
		label_counts_write(job->labels, &labels);
		note("%zu texts, %zu word%s%s%.*s", job->texts, job->words,
		    text_plural(job->words), labels.n > 0 ? ", labels: " : "",
		    (int)labels.n, labels.n > 0 ? labels.buf : "");
	}
	output_done(&labels, STATUS_OK);
}

/* Print the block of each row as it arrives; returns the status. */
static int
run(struct job *job, const struct options *o, struct table_how how,
    char *const operands[])
{
	struct table *t = table_open(o, how, operands, job->out);
	struct table_row r;

	while (table_next(t, &r))
		if (!tokenize(job, &r))
			table_bad(t);
	if (!how.quiet)
		print_notes(job, t);
	return table_close(t);
}

int
main(int argc, char *argv[])
{
	struct options o = {"D:f:Hqr:", "split text into sentences and tokens",
	    "[file ...]", .reads = "text", .writes = "tok",
	    .meanings = (const struct option_meaning[]){
	    {'f', "columns: text,id,label in their order, or text=NAME,..."},
	    {'H', "a table has no header line"},
	    {'k', "keep going after a bad line or row"},
	    {'q', "quiet: no notes"},
	    {'r', "rules: names and paths with a /, comma-joined; the default "
		"is " TOKENIZER_RULES},
	    {0}}};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	struct table_how how = {.role = column_names};
	const char *rules = TOKENIZER_RULES;
	struct job job = {.out = &out};
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'D':
			how.delimiter = table_delimiter(&o, optarg);
			break;
		case 'f':
			how.columns = optarg;
			break;
		case 'H':
			how.headless = true;
			break;
		case 'q':
			how.quiet = true;
			break;
		case 'r':
			rules = optarg;
			break;
		}
	how.keep_going = o.keep_going;
	job.arena = mem_arena();
	job.ids = mem_arena();
	job.labels = label_counts_new();
	job.id = dict_new();
	job.tokenizer = tokenizer_open(rules, &status);
	if (job.tokenizer != NULL) {
		status = run(&job, &o, how, argv + optind);
		tokenizer_close(job.tokenizer);
	}
	dict_free(job.id);
	label_counts_free(job.labels);
	mem_free(job.arena);
	mem_free(job.ids);
	return output_done(&out, status);
}
