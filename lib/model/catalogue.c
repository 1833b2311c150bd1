/* SPDX-License-Identifier: ISC */
#include "model/catalogue.h"

#include <unistd.h>

#include "base/err.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/share.h"
#include "base/text.h"
#include "base/tsv.h"
#include "model/model.h"
#include "model/open.h"

enum { FILE_LIMIT = 1 << 20 };	/* bytes of log.tsv and README.md */

/* The columns of log.tsv. */
static const char *const columns[] = {"epoch", "loss", "accuracy"};
enum { ACCURACY = 2, COLUMNS = 3 };

/* Read a file of the folder; *whole stays without s if it has none. */
static bool
read_file(struct arena *arena, const char *folder, const char *name,
    const char **path, struct text *whole, int *status)
{
	*path = mem_printf(arena, "%s/%s", folder, name);
	return access(*path, F_OK) != 0 || (input_regular(*path, status) &&
	    input_whole(arena, *path, FILE_LIMIT, whole, status));
}

/* Find the largest accuracy of a log. */
static bool
best_of(struct text log, const char *path, struct text *best)
{
	struct text field[COLUMNS], rest = log;
	double most = 0.0, v;

	for (struct place at = {path, 1}; rest.s != NULL && rest.n > 0;
	    at.line++) {
		if (!tsv_fields(text_cut(&rest, '\n'), at, COLUMNS, columns,
		    NULL, field))
			return false;
		if (at.line == 1)
			continue;
		if (!text_to_double(field[ACCURACY], &v))
			return bad(at, "accuracy \"%.*s\", expected a number",
			    TEXT_ARGS(field[ACCURACY]));
		if (best->s == NULL || v > most) {
			most = v;
			*best = field[ACCURACY];
		}
	}
	return true;
}

/* The first line of a README, "# NAME: TITLE", without all before the title. */
static struct text
title_of(struct text readme, const char *name)
{
	struct text rest = readme, line = text_cut(&rest, '\n'), after, head;

	while (line.n > 0 && line.s[0] == '#') {
		line.s++;
		line.n--;
	}
	after = line = text_trim(line);
	head = text_trim(text_cut(&after, ':'));
	return after.s != NULL && text_is(head, name) ? text_trim(after) :
	    line;
}

/* The rest of the first line "Task: ...", without a full stop at its end. */
static struct text
task_of(struct text readme)
{
	static const char key[] = "Task: ";

	while (readme.s != NULL) {
		struct text line = text_cut(&readme, '\n');

		if (!text_starts(line, key))
			continue;
		line.s += sizeof key - 1;
		line.n -= sizeof key - 1;
		line = text_trim(line);
		line.n -= text_ends(line, ".");
		return line;
	}
	return (struct text){NULL, 0};
}

static void
write_field(struct output *o, struct text value)
{
	output_char(o, '\t');
	tsv_write(o, value.n == 0 ? TEXT("_") : value);
}

static void
write_row(struct output *o, const struct model *m,
    const struct share_found *found, struct text accuracy, struct text readme)
{
	tsv_write(o, text_of(found->name));
	for (size_t c = 0; c < m->C; c++) {
		output_char(o, c == 0 ? '\t' : '|');
		tsv_write(o, m->label[c]);
	}
	write_field(o, accuracy);
	write_field(o, task_of(readme));
	write_field(o, title_of(readme, found->name));
	write_field(o, text_of(found->path));
	output_char(o, '\n');
}

static int
list_one(struct arena *arena, const struct share_found *found,
    struct output *o)
{
	struct text log = {0}, readme = {0}, best = {0};
	const char *path;
	int status;
	struct model *m = model_open(found->path, &status);

	if (m == NULL)
		return status;
	if (!read_file(arena, found->path, "README.md", &path, &readme,
	    &status) || !read_file(arena, found->path, "log.tsv", &path, &log,
	    &status)) {
		model_close(m);
		return status;
	}
	if (!best_of(log, path, &best)) {
		best = (struct text){0};
		status = STATUS_DATA;
	}
	write_row(o, m, found, best, readme);
	model_close(m);
	return status;
}

int
catalogue_write(struct output *o)
{
	struct arena *arena = mem_arena();
	struct share_found *found;
	size_t n = share_all(arena, SHARE_MODEL, &found);
	int status = STATUS_OK;

	output_string(o, "model\tlabels\taccuracy\ttask\ttitle\tfolder\n");
	for (size_t i = 0; i < n; i++)
		if (access(mem_printf(arena, "%s/model.yaml", found[i].path),
		    F_OK) == 0)
			status = status_worse(status, list_one(arena,
			    &found[i], o));
	mem_free(arena);
	return status;
}
