/* SPDX-License-Identifier: ISC */
/* reat-eval: how good explanations, and models, are. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "measure/attacks.h"
#include "measure/lexicon.h"
#include "measure/measure.h"
#include "measure/originals.h"
#include "measure/outcomes.h"
#include "measure/pairs.h"
#include "measure/predictions.h"
#include "measure/remainders.h"
#include "measure/tally.h"
#include "measure/truth.h"
#include "measure/variants_table.h"
#include "stream/level.h"
#include "stream/score_read.h"

enum { ROUNDS = 2000, MOST_ROUNDS = 1000000 };

#define TWICE_STDIN "two files cannot both be the standard input"

struct evaluation {
	const struct measure *measure;
	struct measuring m;
	const char *lexicons;
	size_t rounds;
	uint64_t seed;
	bool headless;
};

/* Measure a document, one model and method at a time. */
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

/* A text of the first stream or table. */
struct first_text {
	struct text doc;
	struct place at;
	bool bad;
};

static struct first_text
first_text(const struct measuring *m, size_t i)
{
	const struct predictions *t;
	const struct score_doc *d;
	size_t row, predicted;

	if (m->truth != NULL) {
		d = truth_doc(m->truth, i);
		return (struct first_text){d->doc, d->at, d->bad};
	}
	t = variants_predictions(m->variants);
	row = variants_text(m->variants, i);
	return (struct first_text){predictions_doc(t, row),
	    predictions_place(t, row), !predictions_class(t, row, &predicted)};
}

/*
 * Returns false if a text of the first stream has no scores by one of the
 * methods; texts that failed were reported before.
 */
static bool
check_texts(const struct evaluation *e, const struct dict *failed)
{
	size_t texts = e->m.truth != NULL ? truth_size(e->m.truth) :
	    variants_texts(e->m.variants);
	struct text model, method;
	bool good = true;

	if (tally_is_empty(e->m.tally) && dict_size(failed) == 0 && texts > 0)
		return bad(first_text(&e->m, 0).at, "no scores after this "
		    "stream; scores of a method for its texts are needed");
	for (size_t i = 0; i < texts && (good || e->m.keep_going); i++) {
		struct first_text d = first_text(&e->m, i);

		if (d.bad || dict_find(failed, d.doc) != DICT_NONE ||
		    tally_has(e->m.tally, d.doc, &model, &method))
			continue;
		good = bad(d.at, "no scores for %.*s from model %.*s, method "
		    "%.*s; every text of the first stream needs them",
		    TEXT_ARGS(d.doc), TEXT_ARGS(model), TEXT_ARGS(method));
	}
	return good;
}

/* Read the truth or the table, if there is one.  Returns the status, and true
 * in *go_on. */
static int
read_first(struct evaluation *e, char **operands[], bool *go_on)
{
	int status = STATUS_OK;

	*go_on = true;
	if (e->measure->reads == MEASURE_TRUTH) {
		e->m.truth = truth_read(*(*operands)++, e->measure->level ?
		    e->m.level : NULL, e->m.keep_going, &status);
		*go_on = e->m.truth != NULL;
	} else if (e->measure->reads == MEASURE_VARIANTS) {
		e->m.variants = variants_read(*(*operands)++,
		    e->m.keep_going, &status);
		*go_on = e->m.variants != NULL;
	}
	return status;
}

static int
run_scores(struct evaluation *e, char *operands[])
{
	struct dict *failed;
	struct score_reader *r;
	struct score_doc d;
	bool go_on;
	int status = read_first(e, &operands, &go_on);

	if (!go_on)
		return status;
	failed = dict_new();
	r = score_reader_open(operands, (struct score_reading){.whole = true,
	    .every_word = true, .keep_going = e->m.keep_going});
	while (score_next(r, &d))
		if (!take_document(e, &d)) {
			dict_add(failed, d.doc);
			score_reader_bad(r);
		}
	status = status_worse(status, score_reader_status(r));
	score_reader_close(r);
	if (e->measure->finish != NULL && (status == STATUS_OK ||
	    e->m.keep_going) && !e->measure->finish(&e->m))
		status = status_worse(status, STATUS_DATA);
	if (e->measure->reads != MEASURE_SCORES && (status == STATUS_OK ||
	    e->m.keep_going) && !check_texts(e, failed) && status == STATUS_OK)
		status = STATUS_DATA;
	dict_free(failed);
	if (e->m.truth != NULL)
		truth_free(e->m.truth);
	if (e->m.variants != NULL)
		variants_table_free(e->m.variants);
	return status;
}

/* The name and the path of an operand. */
struct named {
	struct text name;
	const char *path;
};

/* NAME=FILE; if bare, also FILE, whose name is then itself. */
static struct named
parse_operand(const struct options *o, char *operand, bool bare)
{
	struct text file = text_of(operand), name = text_cut(&file, '=');

	if (bare && (file.s == NULL || memchr(name.s, '/', name.n) != NULL))
		return (struct named){strcmp(operand, "-") == 0 ? TEXT("_") :
		    text_of(operand), operand};
	if (file.s == NULL || name.n == 0 || file.n == 0)
		option_usage(o, "\"%s\", expected %s", operand, bare ?
		    "FILE or MODEL=FILE" : "METHOD=FILE");
	return (struct named){name, file.s};
}

/* All operands; exits with the usage if two have one name or one input. */
static const struct named *
parse_operands(const struct options *o, struct arena *arena, char *operands[],
    size_t n, bool bare)
{
	struct named *all = MEM_NEW(arena, n, struct named);
	size_t inputs = 0;

	for (size_t k = 0; k < n; k++) {
		all[k] = parse_operand(o, operands[k], bare);
		inputs += strcmp(all[k].path, "-") == 0;
		for (size_t i = 0; i < k; i++)
			if (text_equal(all[i].name, all[k].name))
				option_usage(o, "%.*s occurs twice",
				    TEXT_ARGS(all[k].name));
	}
	if (inputs > 1)
		option_usage(o, TWICE_STDIN);
	return all;
}

static int
run_remainders(struct evaluation *e, const struct options *o,
    struct arena *arena, char *operands[], size_t n)
{
	const struct named *named = parse_operands(o, arena, operands, n,
	    false);
	struct remainder *of = MEM_NEW(arena, n, struct remainder);
	struct remainders r = {.of = of, .n = n, .alone = e->measure->alone};
	int status = STATUS_OK;
	size_t tables = 0;
	bool good = true;

	while (good && tables < n) {
		const char *path = named[tables].path;
		int its;

		of[tables] = (struct remainder){named[tables].name, path,
		    variants_read(path, e->m.keep_going, &its)};
		good = of[tables].table != NULL;
		tables += good;
		status = status_worse(status, its);
	}
	if (good && !e->measure->remainders(&e->m, &r))
		status = STATUS_DATA;
	while (tables > 0)
		variants_table_free(of[--tables].table);
	free(r.point);
	return status;
}

static int
run_outcomes(struct evaluation *e, const struct options *o,
    struct arena *arena, char *operands[], size_t n)
{
	static char dash[] = "-", *input[] = {dash, NULL};
	const struct named *named;
	struct outcome_table *table = MEM_NEW(arena, n + 1,
	    struct outcome_table);
	struct statistic *own = MEM_NEW(arena, 1, struct statistic);
	int status = STATUS_OK;
	size_t tables = 0, C;
	const struct text *class;
	bool good = true;

	if (n == 0) {
		operands = input;
		n = 1;
	}
	named = parse_operands(o, arena, operands, n, true);
	while (tables < n && good) {
		const char *path = named[tables].path;
		int its;

		table[tables] = (struct outcome_table){named[tables].name,
		    path, predictions_read(path, e->m.keep_going, &its)};
		good = table[tables].table != NULL;
		tables += good;
		status = status_worse(status, its);
	}
	class = outcomes_classes(arena, table, tables, &C);
	if (e->measure->statistic_of != NULL) {
		*own = e->measure->statistic_of(C);
		tally_free(e->m.tally);
		e->m.tally = tally_new(own);
	}
	if (good && !outcomes_measure(&e->m, e->measure, table, n, class, C))
		status = status_worse(status, STATUS_DATA);
	while (tables > 0)
		predictions_free(table[--tables].table);
	return status;
}

/* Read the two files of -r.  Returns the exit status. */
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
	for (size_t i = 0; measures[i] != NULL; i++)
		output_printf(o, "%-17s %s; reads %s\n", measures[i]->name,
		    measures[i]->purpose, measures[i]->input);
	return output_done(o, STATUS_OK);
}

/* Exit with the usage if options or operands do not fit the measure. */
static void
check(const struct evaluation *e, const struct options *o, char *operand[],
    int operands)
{
	const struct measure *m = e->measure;
	int inputs = 0;		/* operands that are the standard input */
	int least;		/* operands that it needs */

	if (m == NULL)
		option_usage(o, "option -a is missing; -a list lists the "
		    "measures");
	least = m->reads == MEASURE_REMAINDERS ? (m->least > 0 ?
	    (int)m->least : 1) : m->reads == MEASURE_TRUTH ||
	    m->reads == MEASURE_VARIANTS;
	if (m->class == NULL && e->m.class != NULL)
		option_usage(o, "option -c: %s takes no class", m->name);
	if (!m->level && m->layer == NULL && e->m.level != NULL)
		option_usage(o, "option -l: %s takes no level", m->name);
	if (m->layer != NULL && e->m.level != NULL &&
	    score_level(text_of(e->m.level)) != SCORE_LAYER)
		option_usage(o, "option -l: \"%s\", expected the layer of "
		    "rationales", e->m.level);
	if (!m->level && e->m.unchunked)
		option_usage(o, "option -u: %s has no chunks", m->name);
	if (m->lexicons != (e->lexicons != NULL))
		option_usage(o, "option -r: %s %s lexicons", m->name,
		    m->lexicons ? "needs two" : "takes no");
	if (operands < least)
		option_usage(o, "too few files; %s reads %s", m->name,
		    m->input);
	/* without an operand after the first the scores are, too */
	if ((m->reads == MEASURE_TRUTH || m->reads == MEASURE_VARIANTS) &&
	    operands == 1)
		inputs = 1;
	for (int i = 0; i < operands; i++)
		inputs += strcmp(operand[i], "-") == 0;
	if (inputs > 1)
		option_usage(o, TWICE_STDIN);
}

static int
run(struct evaluation *e, const struct options *o, char *operands[], int n,
    struct output *out)
{
	struct arena *arena = mem_arena();
	int status = STATUS_OK;

	if (e->lexicons != NULL)
		status = read_lexicons(e, o, arena);
	e->m.tally = tally_new(e->measure->statistic != NULL ?
	    e->measure->statistic : &statistic_mean);
	e->m.pairs = pairs_new();
	e->m.originals = originals_new();
	if (status != STATUS_OK)
		;
	else if (e->measure->reads == MEASURE_REMAINDERS)
		status = run_remainders(e, o, arena, operands, (size_t)n);
	else if (e->measure->reads == MEASURE_OUTCOMES)
		status = run_outcomes(e, o, arena, operands, (size_t)n);
	else if (e->measure->reads == MEASURE_ATTACKS)
		status = attacks_measure(&e->m, operands);
	else
		status = run_scores(e, operands);
	/* an average over some texts would look like one over all */
	if (status == STATUS_OK || (status == STATUS_DATA && e->m.keep_going)) {
		if (!e->headless)
			tally_write_header(out);
		tally_write(e->m.tally, e->measure->name,
		    !e->measure->unpaired, e->rounds, e->seed, out);
	}
	tally_free(e->m.tally);
	pairs_free(e->m.pairs);
	originals_free(e->m.originals);
	if (e->m.positive != NULL)
		dict_free(e->m.positive);
	if (e->m.negative != NULL)
		dict_free(e->m.negative);
	mem_free(arena);
	return status;
}

static const struct measure *
find_measure(const struct options *o, const char *name)
{
	const struct measure *m = measure_find(name);
	const char *names[64] = {NULL};

	if (m != NULL)
		return m;
	for (size_t i = 0; measures[i] != NULL && i < 63; i++)
		names[i] = measures[i]->name;
	option_unknown(o, "option -a:", name, names);
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:c:Hl:n:r:s:u", "measure how good explanations "
	    "and models are", "[first] [file ...]", .reads = "streams",
	    .writes = "TSV",
	    .meanings = (const struct option_meaning[]){
	    {'a', "the measure; \"list\" lists them and their input"},
	    {'c', "predicted or the name of a class"},
	    {'k', "keep going after a bad text"},
	    {'l', "the level of the spans, or the layer of rationales"},
	    {'n', "rounds of the bootstrap and of the test; default 2000"},
	    {'r', "two lexicons: positive,negative"}, {0}},
	    .arguments = (const struct option_meaning[]){{'l', "LEVEL"},
	    {'r', "FILES"}, {0}},
	    .names = (const struct option_meaning[]){
	    {'a', "measure"}, {'n', "rounds"}, {'r', "lexicons"}, {0}}};
	struct evaluation e = {.rounds = ROUNDS, .seed = 1};
	struct output out = output_to(STDOUT_FILENO, "stdout");

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			if (strcmp(optarg, "list") == 0)
				return list_measures(&out);
			e.measure = find_measure(&o, optarg);
			break;
		case 'c': e.m.class = optarg; break;
		case 'H': e.headless = true; break;
		case 'l': e.m.level = level_one(&o, optarg); break;
		case 'n':
			e.rounds = (size_t)option_number('n', 1, MOST_ROUNDS);
			break;
		case 'r': e.lexicons = optarg; break;
		case 's':
			e.seed = (uint64_t)option_number('s', 0, 1000000000);
			break;
		case 'u': e.m.unchunked = true; break;
		}
	check(&e, &o, argv + optind, argc - optind);
	e.m.keep_going = o.keep_going;
	if (e.m.class == NULL)
		e.m.class = e.measure->class;
	if (e.m.level == NULL)
		e.m.level = e.measure->layer != NULL ? e.measure->layer :
		    "word";
	return output_done(&out, run(&e, &o, argv + optind, argc - optind,
	    &out));
}
