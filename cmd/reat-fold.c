/* SPDX-License-Identifier: ISC */
/*
 * reat-fold: a document a line, and back.
 *
 *     sent_id TAB the block, with \n for a newline, \t for a tab, \\ for \
 *
 * So the line has one tab, and its last field is the document, whatever other
 * programs put before it.
 */
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mark.h"
#include "base/option.h"
#include "base/output.h"
#include "stream/block.h"
#include "stream/filter.h"
#include "stream/lines.h"

/* Bytes that a document cannot have in a line, and what stands for them. */
static const char folded[] = "\n\t\\", letters[] = "nt\\";

/* ---- fold ---- */

static bool
write_folded(void *self, struct block *b, struct output *o)
{
	struct output block = output_to(-1, NULL);

	(void)self;
	conllu_write(b, &block);
	output_text(o, b->sent_id);
	output_char(o, '\t');
	/* without the empty line and the newline before it */
	for (size_t i = 0; i + 2 < block.n; i++) {
		const char *at = memchr(folded, block.buf[i], 3);

		if (at != NULL)
			output_char(o, '\\');
		output_char(o, at == NULL ? block.buf[i] :
		    letters[at - folded]);
	}
	output_char(o, '\n');
	output_done(&block, STATUS_OK);
	return true;
}

/* ---- unfold ---- */

/* The last field of a line: the document. */
static struct text
last_field(struct text line)
{
	size_t at = line.n;

	while (at > 0 && line.s[at - 1] != '\t')
		at--;
	return (struct text){line.s + at, line.n - at};
}

/* Write the document, or return false with a message. */
static bool
unfold(const struct record *r, struct output *o)
{
	struct text t = last_field(r->text);
	size_t newlines = 1;	/* an empty line ends a document */

	if (t.n == 0)
		return bad(r->at, "no document, expected the output of "
		    "reat-fold");
	for (size_t i = 0; i < t.n; i++) {
		const char *at = i + 1 < t.n && t.s[i] == '\\' ?
		    memchr(letters, t.s[i + 1], 3) : NULL;

		if (t.s[i] == '\\' && at == NULL)
			return bad(r->at, "byte %zu of the document is \\ "
			    "without n, t or \\ after it, expected the output "
			    "of reat-fold", i + 1);
		newlines = at == letters ? newlines + 1 : 0;
		if (newlines == 2)
			return bad(r->at, "the document has an empty line, "
			    "expected one document a line");
		i += at != NULL;
	}
	for (size_t i = 0; i < t.n; i++) {
		bool escaped = t.s[i] == '\\';

		i += escaped;
		output_char(o, escaped ? folded[(const char *)memchr(letters,
		    t.s[i], 3) - letters] : t.s[i]);
	}
	output_string(o, newlines == 1 ? "\n" : "\n\n");
	return true;
}

static int
unfold_all(char *const operands[], bool keep_going, struct output *o)
{
	struct lines *in = lines_open(operands, keep_going, o);
	struct record r;

	while (lines_next(in, &r))
		if (r.text.s != NULL && !unfold(&r, o))
			lines_bad(in);
	return lines_close(in);
}

int
main(int argc, char *argv[])
{
	struct options o = {"v", "write a document as one line, and back",
	    "[file ...]", .reads = "tok", .writes = "lines",
	    .meanings = (const struct option_meaning[]){
	    {'v', "from lines back to documents"}, {0}},
	    .names = (const struct option_meaning[]){{'v', "unfold"}, {0}}};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	struct filter filter = {.write = write_folded};
	bool back = false;
	int status;

	while (option_next(&o, argc, argv) != -1)
		back = true;
	if (back)	/* lines have no marks: they may be sorted */
		mark_choose((struct mark_choice){.ignore = true,
		    .write = o.marks, .keep_going = o.keep_going});
	filter.keep_going = o.keep_going;
	status = back ? unfold_all(argv + optind, o.keep_going, &out) :
	    filter_run(&filter, argv + optind, &out);
	return output_done(&out, status);
}
