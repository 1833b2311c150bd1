/* SPDX-License-Identifier: ISC */
/* reat-select: choose texts by id, label, prediction, length or at random. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/utf8.h"
#include "math/random.h"
#include "measure/predictions.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/filter.h"
#include "stream/lines.h"
#include "stream/top.h"

enum { FOLDS_MOST = 1000000 };

struct selecting;

/* -a: what must be true of a text. */
struct property {
	struct option_name is;
	bool needs_class;	/* -c */
	bool needs_table;	/* the first operand */
	/* Sets *holds, or returns false with a message if the text is bad. */
	bool (*find)(const struct selecting *, const struct block *,
	    bool *holds);
};

/* -F: folds first to last of n. */
struct folds {
	size_t first, last, n;	/* n is 0: no -F */
};

struct selecting {
	const struct property *property;	/* NULL: no -a and no -c */
	const char *class;
	struct predictions *table;
	struct folds folds;
	size_t least, most;	/* -L: words */
	struct dict *ids;	/* -I, or NULL */
	bool *seen;		/* [ids] the id occurred */
	bool invert;
	struct top_amount amount;	/* -n; n is negative: no -n */
	size_t texts, chosen;
	uint64_t seed;
	struct random random;
};

/* ---- labels and predictions ---- */

static bool
has_label(const struct block *b)
{
	return b->label.s != NULL || bad(b->at, "no label, expected # label = "
	    "NAME");
}

static bool
find_label(const struct selecting *s, const struct block *b, bool *holds)
{
	if (!has_label(b))
		return false;
	*holds = text_is(b->label, s->class);
	return true;
}

/* Find the class that was predicted for a text. */
static bool
find_class(const struct selecting *s, const struct block *b,
    struct text *class)
{
	size_t i, number;

	if (!predictions_find(s->table, b->sent_id, &i) ||
	    !predictions_class(s->table, i, &number))
		return bad(b->at, "no prediction for %.*s in the table",
		    TEXT_ARGS(b->sent_id));
	*class = predictions_name(s->table, number);
	return true;
}

static bool
find_predicted(const struct selecting *s, const struct block *b, bool *holds)
{
	struct text class;

	if (!find_class(s, b, &class))
		return false;
	*holds = text_is(class, s->class);
	return true;
}

static bool
find_right(const struct selecting *s, const struct block *b, bool *holds)
{
	struct text class;

	if (!has_label(b) || !find_class(s, b, &class))
		return false;
	if (!predictions_have(s->table, b->label))
		return bad(conllu_comment_place(b, "label"), "label \"%.*s\" "
		    "is none of the classes of the table",
		    TEXT_ARGS(b->label));
	*holds = text_equal(class, b->label);
	return true;
}

static bool
find_wrong(const struct selecting *s, const struct block *b, bool *holds)
{
	bool good = find_right(s, b, holds);

	*holds = !*holds;
	return good;
}

static const struct property properties[] = {
	{{"label", "the label is that of -c (the default with -c)"},
	    .needs_class = true, .find = find_label},
	{{"predicted", "the predicted class is that of -c"},
	    .needs_class = true, .needs_table = true, .find = find_predicted},
	{{"right", "the predicted class is the label"}, .needs_table = true,
	    .find = find_right},
	{{"wrong", "the predicted class is not the label"},
	    .needs_table = true, .find = find_wrong},
	{.find = NULL},
};

/* ---- folds ---- */

/*
 * Parse -F: train, dev and test are the folds 1 to 8, 9 and 10 of 10.  Returns
 * false if it is no part.
 */
static bool
read_folds(const char *part, struct folds *f)
{
	static const struct {
		const char *name;
		struct folds folds;
	} known[] = {{"train", {1, 8, 10}}, {"dev", {9, 9, 10}},
	    {"test", {10, 10, 10}}};
	struct text of = text_of(part), range = text_cut(&of, '/');
	struct text last = range, first = text_cut(&last, '-');

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(part, known[i].name) == 0) {
			*f = known[i].folds;
			return true;
		}
	if (last.s == NULL)
		last = first;
	return of.s != NULL && text_to_size(first, &f->first) &&
	    text_to_size(last, &f->last) && text_to_size(of, &f->n) &&
	    f->first > 0 && f->first <= f->last && f->last <= f->n &&
	    f->n <= FOLDS_MOST;
}

/*
 * The fold of a text, from 1: it depends on the words in lower case and on the
 * seed, and not on ids, blanks or the order of texts.  So equal texts are in
 * the same fold.
 */
static size_t
fold_of(const struct selecting *s, const struct block *b)
{
	uint64_t hash = TEXT_HASH;
	struct random random;

	for (size_t t = 0; t < b->T; t++)
		hash = text_hash_step(text_hash_on(hash, utf8_lower(b->arena,
		    conllu_word(b, t)[CONLLU_FORM])), '\n');
	random = random_seeded(hash, s->seed);
	return random_below(&random, (uint32_t)s->folds.n) + 1;
}

/* ---- ids ---- */

/* Add the ids of a file: the first field of each line. */
static int
read_ids(struct selecting *s, char *path)
{
	struct lines *in = lines_open((char *[]){path, NULL}, false, NULL);
	struct record r;

	while (lines_next(in, &r)) {
		struct text rest = r.text, id;

		if (r.text.s == NULL)
			continue;
		id = text_trim(text_cut(&rest, '\t'));
		/* the header of a table of ours */
		if (id.n > 0 && !(r.at.line == 1 && rest.s != NULL &&
		    text_is(id, "doc")))
			dict_add(s->ids, id);
	}
	return lines_close(in);
}

/* Read -I, a list or a file.  Returns the status. */
static int
open_ids(struct selecting *s, char *list)
{
	struct text rest = text_of(list);
	int status = STATUS_OK;

	s->ids = dict_new();
	if (strchr(list, '/') != NULL)
		status = read_ids(s, list);
	else
		while (rest.s != NULL)
			dict_add(s->ids, text_cut(&rest, ','));
	s->seen = mem_calloc(dict_size(s->ids) + 1, sizeof *s->seen);
	return status;
}

/* Note the ids that no text has. */
static void
note_ids(const struct selecting *s)
{
	size_t n = dict_size(s->ids), missing = 0, first = 0;

	for (size_t i = n; i-- > 0; )
		if (!s->seen[i]) {
			missing++;
			first = i;
		}
	if (missing > 0)
		note("%zu of %zu id%s %s of no text; the first is %.*s",
		    missing, n, text_plural(n), missing == 1 ? "is" : "are",
		    TEXT_ARGS(dict_text(s->ids, (int32_t)first)));
}

static bool
has_id(const struct selecting *s, const struct block *b)
{
	int32_t i = dict_find(s->ids, b->sent_id);

	if (i != DICT_NONE)
		s->seen[i] = true;
	return i != DICT_NONE;
}

/* ---- the choice ---- */

/* Parse -L: "5-20", "5-", "-20" or "7". */
static bool
read_length(const char *range, struct selecting *s)
{
	struct text most = text_of(range), least = text_cut(&most, '-');

	if (most.s == NULL)
		most = least;
	return (least.n > 0 || most.n > 0) &&
	    (least.n == 0 || text_to_size(least, &s->least)) &&
	    (most.n == 0 || text_to_size(most, &s->most)) &&
	    s->least <= s->most;
}

/* True if the text is in the random share, or among the first N. */
static bool
in_amount(struct selecting *s)
{
	if (s->amount.n < 0.0)
		return true;
	if (!s->amount.percent)
		return (double)s->chosen < s->amount.n;
	return 100.0 * (double)random_unit(&s->random) < s->amount.n;
}

/* Sets b->data if the text is chosen. */
static bool
choose(void *self, struct block *b)
{
	struct selecting *s = self;
	bool holds = true;

	s->texts++;
	if (s->property != NULL && !s->property->find(s, b, &holds))
		return false;
	if (s->ids != NULL && !has_id(s, b))
		holds = false;
	holds = holds && b->T >= s->least && b->T <= s->most;
	if (s->folds.n > 0) {
		size_t fold = fold_of(s, b);

		holds = holds && fold >= s->folds.first &&
		    fold <= s->folds.last;
	}
	/* a text has its random number whatever the other options choose */
	if (s->amount.percent)
		holds = in_amount(s) && holds;
	if (holds == s->invert || (!s->amount.percent && !in_amount(s)))
		return true;
	s->chosen++;
	b->data = s;
	return true;
}

static bool
write_chosen(void *self, struct block *b, struct output *o)
{
	(void)self;
	if (b->data != NULL)
		conllu_write(b, o);
	return true;
}

/* Check -a and -c. */
static void
settle_property(struct selecting *s, const struct options *o)
{
	if (s->property == NULL && s->class != NULL)
		s->property = properties;
	if (s->property == NULL)
		return;
	if (s->property->needs_class && s->class == NULL)
		option_usage(o, "option -a: %s needs -c, a class",
		    s->property->is.name);
	if (!s->property->needs_class && s->class != NULL)
		option_usage(o, "option -c is not for -a %s",
		    s->property->is.name);
}

static int
run(struct selecting *s, const struct options *o, char *ids,
    char *operands[], struct output *out)
{
	struct filter filter = {.read = choose, .write = write_chosen,
	    .self = s, .keep_going = o->keep_going};
	int status = ids != NULL ? open_ids(s, ids) : STATUS_OK, got;

	if (status != STATUS_OK)
		return status;
	if (s->property != NULL && s->property->needs_table) {
		if (operands[0] == NULL)
			option_usage(o, "no operand, expected the table of "
			    "reat-predict");
		if (strcmp(operands[0], "-") == 0 && (operands[1] == NULL ||
		    strcmp(operands[1], "-") == 0))
			option_usage(o, "standard input cannot be both the "
			    "table and the texts");
		s->table = predictions_read(*operands++, o->keep_going,
		    &status);
		if (s->table == NULL)
			return status;
		if (s->class != NULL && !predictions_have(s->table,
		    text_of(s->class)))
			die("option -c: %s is none of the classes of the table",
			    s->class);
	}
	got = filter_run(&filter, operands, out);
	if (s->ids != NULL && got == STATUS_OK)
		note_ids(s);
	if (got == STATUS_OK && s->texts > 0 && s->chosen == 0 &&
	    s->amount.n != 0.0)
		note("of %zu texts none was chosen", s->texts);
	return status_worse(status, got);
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:c:F:I:L:n:s:v", "choose texts by id, label, "
	    "prediction, length or at random", "[predictions] [file ...]",
	    .reads = "tok", .writes = "tok",
	    .meanings = (const struct option_meaning[]){
	    {'a', "what -c is compared with; \"list\" lists them"},
	    {'c', "a class: the label of the texts"},
	    {'k', "keep going after a bad text"},
	    {'n', "the first N texts, or at random N% of them"},
	    {'s', "seed of -F and of -n N%; default 1"},
	    {'v', "the other texts"}, {0}}};
	struct selecting s = {.most = SIZE_MAX, .amount.n = -1.0, .seed = 1};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	char *ids = NULL;
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			s.property = option_row(&o, c, properties,
			    sizeof *properties);
			break;
		case 'c':
			s.class = optarg;
			break;
		case 'F':
			if (!read_folds(optarg, &s.folds))
				option_usage(&o, "option -F: \"%s\", expected "
				    "train, dev, test, or folds as 1/5 or "
				    "1-4/5, at most of %d", optarg,
				    FOLDS_MOST);
			break;
		case 'I':
			ids = optarg;
			break;
		case 'L':
			if (!read_length(optarg, &s))
				option_usage(&o, "option -L: \"%s\", expected "
				    "numbers of words: 5-20, 5-, -20 or 7",
				    optarg);
			break;
		case 'n':
			if (!top_amount(&s.amount, text_of(optarg)))
				option_usage(&o, "option -n: \"%s\", expected "
				    "a number or a percentage (12.5%%)",
				    optarg);
			break;
		case 's':
			s.seed = (uint64_t)option_number(c, 0, 1000000000);
			break;
		case 'v':
			s.invert = true;
			break;
		}
	settle_property(&s, &o);
	s.random = random_seeded(s.seed, 1);
	status = run(&s, &o, ids, argv + optind, &out);
	if (s.table != NULL)
		predictions_free(s.table);
	if (s.ids != NULL)
		dict_free(s.ids);
	free(s.seen);
	return output_done(&out, status);
}
