/* SPDX-License-Identifier: ISC */
/* reat-tokenize: split text into sentences and tokens. */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "annotate/tokenizer.h"
#include "base/err.h"
#include "base/hidden.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/share.h"
#include "base/text.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "stream/lines.h"

enum column { ID, TEXT_COLUMN, LABEL, COLUMNS };

static const char *const column_names[] = {"id", "text", "label", NULL};

struct job {
	struct tokenizer *tokenizer;
	struct arena *arena;		/* of one line */
	struct output *out;
	size_t columns;			/* 0: the whole line is the text */
	size_t which[COLUMNS];		/* [columns] what column i contains */
	const char *column[COLUMNS];	/* [columns] their names */
	size_t number;			/* of the line in the whole stream */
	struct arena *ids;		/* of last_id */
	struct text last_id;
};

/* Parse -f, the names of the columns. */
static void
choose_columns(struct job *job, const struct options *o, const char *list)
{
	bool text = false;

	job->columns = tsv_columns(list, column_names, COLUMNS, job->which);
	for (size_t i = 0; i < job->columns; i++) {
		job->column[i] = column_names[job->which[i]];
		text |= job->which[i] == TEXT_COLUMN;
	}
	if (!text)
		option_usage(o, "option -f: \"%s\" has no column text", list);
}

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
 * Split a line into its fields.  Without a column id, the id is the number of
 * the line.  Returns false with a message if the line is bad.
 */
static bool
read_fields(struct job *job, const struct record *r,
    struct text field[COLUMNS])
{
	struct text cell[COLUMNS];

	if (job->columns == 0) {
		field[TEXT_COLUMN] = r->text;
	} else {
		if (!tsv_fields(r->text, r->at, job->columns, job->column,
		    cell))
			return false;
		for (size_t i = 0; i < job->columns; i++)
			field[job->which[i]] = cell[i];
	}
	if (field[ID].s == NULL)
		field[ID] = text_of(mem_printf(job->arena, "%zu",
		    job->number));
	if (!check_name(&field[ID], "id", r->at) ||
	    (field[LABEL].s != NULL &&
	    !check_name(&field[LABEL], "label", r->at)))
		return false;
	if (text_equal(field[ID], job->last_id))
		return bad(r->at, "id %.*s occurs twice in a row",
		    TEXT_ARGS(field[ID]));
	field[TEXT_COLUMN] = tokenizer_clean(job->arena, field[TEXT_COLUMN]);
	return true;
}

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

/* Write the block of a line.  Returns false with a message if it is bad. */
static bool
tokenize(struct job *job, const struct record *r)
{
	struct text field[COLUMNS] = {{NULL, 0}};
	const struct token *token;
	size_t n;

	mem_reset(job->arena);
	if (!read_fields(job, r, field) ||
	    !tokenizer_run(job->tokenizer, job->arena, field[TEXT_COLUMN],
	    r->at, &token, &n))
		return false;
	mem_reset(job->ids);
	job->last_id = text_copy(job->ids, field[ID]);
	write_comment(job->out, "sent_id", field[ID]);
	write_comment(job->out, "text", field[TEXT_COLUMN]);
	if (field[LABEL].s != NULL)
		write_comment(job->out, "label", field[LABEL]);
	for (size_t i = 0; i < n; i++)
		write_token(job->out, i + 1, &token[i]);
	output_char(job->out, '\n');
	return true;
}

/* Print the block of each line as it arrives; returns the status. */
static int
run(struct job *job, char *const operands[], bool keep_going)
{
	struct lines *in = lines_open(operands, keep_going, job->out);
	struct record r;

	while (lines_next(in, &r)) {
		job->number++;
		if (r.text.s != NULL && !tokenize(job, &r))
			lines_bad(in);
	}
	return lines_close(in);
}

int
main(int argc, char *argv[])
{
	struct options o = {"f:r:", "split text into sentences and tokens",
	    "[file ...]", .reads = "text", .writes = "tok",
	    .meanings = (const struct option_meaning[]){
	    {'f', "what the columns are: text, id, label, comma-joined"},
	    {'k', "keep going after a bad line"},
	    {'r', "rules: a name (tokenize, split) or a path with a /"},
	    {0}}};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	const char *rules = "tokenize";
	struct job job = {.out = &out};
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'f':
			choose_columns(&job, &o, optarg);
			break;
		case 'r':
			rules = optarg;
			break;
		}
	job.arena = mem_arena();
	job.ids = mem_arena();
	job.tokenizer = tokenizer_open(share_find(job.ids, SHARE_RULES,
	    rules), &status);
	if (job.tokenizer != NULL) {
		status = run(&job, argv + optind, o.keep_going);
		tokenizer_close(job.tokenizer);
	}
	mem_free(job.arena);
	mem_free(job.ids);
	return output_done(&out, status);
}
