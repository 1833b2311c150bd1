/* SPDX-License-Identifier: ISC */
/* lines: which lines are read, where they are, what ends the loop. */
#include "stream/lines.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/output.h"
#include "check.h"

static char path[] = "/tmp/reat-lines-XXXXXX";

static void
put(const char *s)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fputs(s, f) < 0 || fclose(f) != 0)
		exit(2);
}

/*
 * Read the operands.  A line "bad" is reported, a line "twice" is read again.
 * story becomes a list of "line:text", with "?" for a line that is no text.
 */
static int
run(char *const operands[], bool keep_going, char story[200])
{
	struct lines *in = lines_open(operands, keep_going, NULL);
	struct record r;
	bool again = false;

	story[0] = '\0';
	while (lines_next(in, &r)) {
		size_t n = strlen(story);

		if (r.text.s == NULL)
			snprintf(story + n, 200 - n, "? ");
		else
			snprintf(story + n, 200 - n, "%zu:%.*s ", r.at.line,
			    TEXT_ARGS(r.text));
		again = !again && text_is(r.text, "twice");
		if (again)
			lines_again(in);
		if (text_is(r.text, "bad"))
			lines_bad(in);
	}
	return lines_close(in);
}

static const struct {
	const char *name, *bytes;
	bool missing;		/* an operand before the file */
	bool keep_going;
	int status;
	const char *story;
} table[] = {
	{"no lines", "", false, false, STATUS_OK, ""},
	{"lines", "a\n\nb", false, false, STATUS_OK, "1:a 2: 3:b "},
	{"a line again", "a\ntwice\nb\n", false, false, STATUS_OK,
	    "1:a 2:twice 2:twice 3:b "},
	{"a bad line ends the loop", "a\nbad\nb\n", false, false,
	    STATUS_DATA, "1:a 2:bad "},
	{"-k: it does not", "a\nbad\nb\n", false, true, STATUS_DATA,
	    "1:a 2:bad 3:b "},
	{"bad bytes end the loop", "a\n\xff\nb\n", false, false, STATUS_DATA,
	    "1:a ? "},
	{"-k: they do not", "a\n\xff\nb\n", false, true, STATUS_DATA,
	    "1:a ? 3:b "},
	{"a missing file ends the loop", "a\n", true, false, STATUS_SYSTEM, ""},
	{"-k: it does not", "a\n", true, true, STATUS_SYSTEM, "1:a "},
	{"-k: the worst status", "bad\n", true, true, STATUS_SYSTEM, "1:bad "},
};

/*
 * flush is flushed before the loop waits, and not while a line is there.  The
 * input ends when the child has read what was flushed, or ten seconds later.
 */
static void
test_flush(void)
{
	int in[2], out[2];
	struct output o;
	struct lines *l;
	struct record r;
	char c;

	if (pipe(in) != 0 || pipe(out) != 0 || dup2(in[0], STDIN_FILENO) < 0)
		exit(2);
	fflush(stdout);
	if (fork() == 0) {
		alarm(10);
		_exit(read(out[0], &c, 1) != 1);
	}
	o = output_to(out[1], "pipe");
	l = lines_open((char *[]){"-", NULL}, false, &o);
	output_string(&o, "# flushed\n");
	CHECK(write(in[1], "a\n", 2) == 2 && lines_next(l, &r) &&
	    text_is(r.text, "a") && o.n > 0, "a line is there");
	close(in[1]);
	CHECK(!lines_next(l, &r) && o.n == 0, "no line is there");
	CHECK(lines_status(l) == STATUS_OK && lines_close(l) == STATUS_OK,
	    "the status");
	free(o.buf);
}

int
main(void)
{
	char story[200];

	err_mute(true);
	close(mkstemp(path));
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char *operands[] = {table[i].missing ? "/no" : path, path,
		    NULL};
		int status;

		put(table[i].bytes);
		status = run(table[i].missing ? operands : operands + 1,
		    table[i].keep_going, story);
		CHECK(status == table[i].status &&
		    strcmp(story, table[i].story) == 0, "%s", table[i].name);
	}
	test_flush();
	unlink(path);
	return check_done();
}
