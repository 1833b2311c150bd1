/* SPDX-License-Identifier: ISC */
/* reat-eval: how good explanations are. */
#include <string.h>
#include <unistd.h>

#include "dict.h"
#include "err.h"
#include "level.h"
#include "lexicon.h"
#include "measure.h"
#include "mem.h"
#include "option.h"
#include "output.h"
#include "predictions.h"
#include "score_read.h"
#include "tally.h"
#include "truth.h"

enum { ROUNDS = 2000, MOST_ROUNDS = 1000000 };

struct evaluation {
	const struct measure *measure;
	struct measuring m;
	const char *lexicons;
	size_t rounds;
	uint64_t seed;
};

/* Measure a document: its rows of one model and method after the other's. */
static bool
take_document(struct evaluation *e, const struct score_doc *d)
{
	struct score_doc part = *d;
	bool good = !d->bad;

	for (size_t i = 0; i < d->n; i += part.n) {
		part.row = d->row + i;
		part.n = 1;
		while (i + part.n < d->n && text_equal(part.row[0].model,
		    part.row[part.n].model) && text_equal(part.row[0].method,
		    part.row[part.n].method))
			part.n++;
		good = e->measure->take(&e->m, &part) && good;
		if (!good && !e->m.keep_going)
			break;
	}
	return good;
}

static int
measure_scores(struct evaluation *e, char *operands[])
{
	struct score_reader *r;
	struct score_doc d;
	int status = STATUS_OK;

	if (e->measure->reads == MEASURE_TRUTH) {
		e->m.truth = truth_read(*operands++, e->measure->level ?
		    e->m.level : NULL, &status);
		if (e->m.truth == NULL)
			return status;
	}
	r = score_reader_open(operands, true);
	while ((status == STATUS_OK || e->m.keep_going) &&
	    score_next(r, &d))
		if (!take_document(e, &d))
			status = STATUS_DATA;
	if (score_reader_status(r) > status)
		status = score_reader_status(r);
	score_reader_close(r);
	if (e->m.truth != NULL)
		truth_free(e->m.truth);
	return status;
}

/* METHOD=FILE or METHOD@AT=FILE */
static struct remainder
parse_remainder(const struct options *o, const char *operand)
{
	struct text file = text_of(operand), at, method;
	struct remainder r = {.at = TEXT("_")};

	at = text_cut(&file, '=');
	method = text_cut(&at, '@');
	if (file.s == NULL || method.n == 0 || file.n == 0 ||
	    (at.s != NULL && (at.n == 0 || text_is(at, "aopc"))))
		option_usage(o, "\"%s\", expected METHOD=FILE or "
		    "METHOD@SHARE=FILE", operand);
	r.method = method;
	if (at.s != NULL)
		r.at = at;
	r.path = file.s;
	return r;
}

static int
measure_predictions(struct evaluation *e, const struct options *o,
    struct arena *arena, char *operands[], size_t n)
{
	struct remainder *left = MEM_NEW(arena, n, struct remainder);
	struct predictions *whole;
	int status = STATUS_OK;
	size_t tables = 0;

	for (size_t i = 1; i < n; i++)
		left[i - 1] = parse_remainder(o, operands[i]);
	whole = predictions_read(operands[0], &status);
	while (status == STATUS_OK && tables < n - 1) {
		left[tables].table = predictions_read(left[tables].path,
		    &status);
		tables += status == STATUS_OK;
	}
	if (status == STATUS_OK && !e->measure->predictions(&e->m, whole, left,
	    n - 1))
		status = STATUS_DATA;
	while (tables > 0)
		predictions_free(left[--tables].table);
	if (whole != NULL)
		predictions_free(whole);
	return status;
}

/* -r: the two files. */
static int
read_lexicons(struct evaluation *e, const struct options *o,
    struct arena *arena)
{
	struct text negative = text_of(e->lexicons), positive;
	int status;

	positive = text_cut(&negative, ',');
	if (negative.s == NULL)
		option_usage(o, "option -r: \"%s\", expected two files, "
		    "positive,negative", e->lexicons);
	e->m.positive = lexicon_read(text_copy(arena, positive).s, &status);
	if (e->m.positive == NULL)
		return status;
	e->m.negative = lexicon_read(text_copy(arena, negative).s, &status);
	return e->m.negative == NULL ? status : STATUS_OK;
}

static int
list_measures(struct output *o)
{
	for (const struct measure *m = measures; m->name != NULL; m++)
		output_printf(o, "%-17s %s; reads %s\n", m->name, m->help,
		    m->reads_help);
	return output_done(o, STATUS_OK);
}

/* What does not go with the measure. */
static void
check(const struct evaluation *e, const struct options *o, int operands)
{
	const struct measure *m = e->measure;

	if (m == NULL)
		option_usage(o, "no measure, expected -a; -a list lists them");
	if (m->class == NULL && e->m.class != NULL)
		option_usage(o, "option -c: %s takes no class", m->name);
	if (!m->level && e->m.level != NULL)
		option_usage(o, "option -l: %s takes no level", m->name);
	if (!m->level && e->m.unchunked)
		option_usage(o, "option -u: %s has no chunks", m->name);
	if (m->lexicons != (e->lexicons != NULL))
		option_usage(o, "option -r: %s %s lexicons", m->name,
		    m->lexicons ? "needs two" : "takes no");
	if (operands < (m->reads == MEASURE_PREDICTIONS ? 2 :
	    m->reads == MEASURE_TRUTH))
		option_usage(o, "too few files; %s reads %s", m->name,
		    m->reads_help);
}

static int
run(struct evaluation *e, const struct options *o, char *operands[], int n,
    struct output *out)
{
	struct arena *arena = mem_arena();
	int status = STATUS_OK;

	if (e->lexicons != NULL)
		status = read_lexicons(e, o, arena);
	e->m.tally = tally_new();
	if (status == STATUS_OK)
		status = e->measure->reads == MEASURE_PREDICTIONS ?
		    measure_predictions(e, o, arena, operands, (size_t)n) :
		    measure_scores(e, operands);
	/* the average of a part would pass for that of the whole */
	if (status == STATUS_OK || e->m.keep_going)
		tally_write(e->m.tally, e->measure->name, e->rounds, e->seed,
		    out);
	tally_free(e->m.tally);
	if (e->m.positive != NULL)
		dict_free(e->m.positive);
	if (e->m.negative != NULL)
		dict_free(e->m.negative);
	mem_free(arena);
	return status;
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:c:Hl:n:r:s:u", "measure explanations",
	    "[first] [file ...]", .reads = "streams", .writes = "TSV",
	    .meanings = (const struct option_meaning[]){
	    {'a', "the measure; \"list\" lists them with what they read"},
	    {'c', "predicted, or a class as it stands; -a has the default"},
	    {'k', "keep going after a bad text"},
	    {'l', "the level of the spans; the default is word"},
	    {'n', "rounds of the bootstrap and of the test; default 2000"},
	    {'r', "two lexicons: positive,negative"}, {0}},
	    .arguments = (const struct option_meaning[]){{'l', "LEVEL"},
	    {'r', "FILES"}, {0}}};
	struct evaluation e = {.rounds = ROUNDS, .seed = 1};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	bool header = true;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			if (strcmp(optarg, "list") == 0)
				return list_measures(&out);
			e.measure = measure_find(optarg);
			if (e.measure == NULL)
				option_usage(&o, "option -a: no measure "
				    "\"%s\"; -a list lists them", optarg);
			break;
		case 'c': e.m.class = optarg; break;
		case 'H': header = false; break;
		case 'l':
			level_check(optarg);
			if (strchr(optarg, ',') != NULL)
				option_usage(&o, "option -l: \"%s\", expected "
				    "one level", optarg);
			e.m.level = optarg;
			break;
		case 'n':
			e.rounds = (size_t)option_number('n', 1, MOST_ROUNDS);
			break;
		case 'r': e.lexicons = optarg; break;
		case 's':
			e.seed = (uint64_t)option_number('s', 0, 1000000000);
			break;
		case 'u': e.m.unchunked = true; break;
		}
	check(&e, &o, argc - optind);
	e.m.keep_going = o.keep_going;
	if (e.m.class == NULL)
		e.m.class = e.measure->class;
	if (e.m.level == NULL)
		e.m.level = "word";
	if (header)
		tally_write_header(&out);
	return output_done(&out, run(&e, &o, argv + optind, argc - optind,
	    &out));
}
