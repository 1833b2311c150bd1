/* SPDX-License-Identifier: ISC */
/* reat-summary: a model as a whole: accuracy, strongest words, errors. */
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "draw/style.h"
#include "draw/summary_view.h"
#include "measure/summary.h"
#include "stream/score_read.h"

enum { MOST = 10, ROUNDS = 1000 };

static const struct format {
	struct option_name is;
	enum style_palettes palettes;
	bool (*write)(const struct style *, const struct summary *,
	    struct output *);
} formats[] = {
	{{"ansi", "text for a terminal (the default)"}, STYLE_TERMINAL,
	    summary_text},
	{{"html", "a page for a browser"}, STYLE_BOTH, summary_page},
	{{NULL, NULL}, STYLE_NONE, NULL},
};

/* Add all documents.  Returns the status. */
static int
read_scores(struct summing *s, bool keep_going, char *const operands[])
{
	struct score_reader *r = score_reader_open(operands,
	    (struct score_reading){.whole = true, .keep_going = keep_going});
	struct score_doc d;
	int status;

	while (score_next(r, &d))
		if (!d.bad && !summary_add(s, &d))
			score_reader_bad(r);
	status = score_reader_status(r);
	score_reader_close(r);
	return status;
}

int
main(int argc, char *argv[])
{
	struct options o = {"C:n:r:t:w:", "summarise a model: right and "
	    "wrong, strongest words, errors", "[file ...]",
	    .reads = "score", .writes = "summary",
	    .meanings = (const struct option_meaning[]){
	    {'k', "keep going after a bad document"},
	    {'n', "how many words and errors of a kind; default 10"},
	    {'r', "palette: a name (paper) or a path with a /"},
	    {'t', "format: ansi (the default) or html"}, {0}},
	    .names = (const struct option_meaning[]){
	    {'r', "palette"}, {0}}};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	const struct format *format = formats;
	const char *when = "auto", *palette = NULL;
	struct style style = {.width = 0};
	struct summing *s;
	struct arena *arena;
	size_t most = MOST;
	int status;

	err_name(argv[0]);	/* before there may be no memory */
	arena = mem_arena();
	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'C': when = optarg; break;
		case 'n': most = (size_t)option_number('n', 0, 1000); break;
		case 'r': palette = optarg; break;
		case 't':
			format = option_row(&o, c, formats, sizeof *formats);
			break;
		case 'w':
			style.width = (size_t)option_number('w',
			    TERMINAL_WIDTH_MIN, TERMINAL_WIDTH_MAX);
			break;
		}
	style_set(&style, &o, arena, when, palette, format->palettes);
	s = summary_new(most);
	status = read_scores(s, o.keep_going, argv + optind);
	if (!format->write(&style, summary_of(s, ROUNDS), &out))
		status = status_worse(status, STATUS_DATA);
	summary_free(s);
	mem_free(arena);
	return output_done(&out, status);
}
