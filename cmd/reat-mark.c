/* SPDX-License-Identifier: ISC */
/*
 * reat-mark: add the marks of base/mark.h to a stream, or check and remove
 * them.
 *
 * Blocks end with an empty line.  If the last one has none, it gets one, so
 * that the end mark is no line of it.
 */
#include <unistd.h>

#include "base/mark.h"
#include "base/option.h"
#include "base/output.h"
#include "stream/lines.h"

/* Copy all lines; returns the status. */
static int
copy(char *const operands[], bool keep_going, struct output *o)
{
	struct lines *in = lines_open(operands, keep_going, o);
	bool blocks = false, empty = true;
	struct record r;

	while (lines_next(in, &r)) {
		if (r.text.s == NULL)
			continue;
		output_text(o, r.text);
		output_char(o, '\n');
		empty = r.text.n == 0;
		blocks = blocks || empty || text_starts(r.text, "# sent_id");
	}
	if (blocks && !empty)
		output_char(o, '\n');
	return lines_close(in);
}

int
main(int argc, char *argv[])
{
	struct options o = {"v", "mark where a stream begins and ends",
	    "[file ...]", .reads = "streams", .writes = "streams",
	    .meanings = (const struct option_meaning[]){
	    {'v', "check the marks and remove them"}, {0}},
	    .names = (const struct option_meaning[]){{'v', "check"}, {0}}};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	bool check = false;

	while (option_next(&o, argc, argv) != -1)
		check = true;
	mark_choose((struct mark_choice){.demand = check, .write = !check,
	    .keep_going = o.keep_going});
	return output_done(&out, copy(argv + optind, o.keep_going, &out));
}
