/* SPDX-License-Identifier: ISC */
/*
 * explainer: what the filters have in common that explain a model's scores.
 *
 * Their options, the model that they run again and again, and the line that
 * tells how far they have come.  A filter's state begins as
 *
 *     struct scoring s = {.x = explainer_defaults, ...};
 *
 *     for (int c; (c = option_next(&o, argc, argv)) != -1; )
 *             switch (c) {
 *             case 'n': ...
 *             default: explainer_option(&s.x, c);
 *             }
 *     status = explainer_run(&s.x, &o, &filter, argv + optind, &out);
 */
#ifndef EXPLAIN_EXPLAINER_H
#define EXPLAIN_EXPLAINER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/progress.h"
#include "explain/explanation.h"

struct arena;
struct filter;
struct options;
struct output;
struct rnn;
struct variants;

struct explainer {
	const char *model;	/* -m, or NULL: the stream holds traces */
	struct explain_choice choice;	/* -c, -l, -y */
	size_t batch;		/* -b, or 0: the filter's default */
	bool headless;		/* -H */
	bool quiet;		/* -q */
	struct arena *arena;	/* of choice.level; NULL without -l */

	/* Called, if they are not NULL, with the filter's self: when the model
	 * is open, and before it is closed. */
	void (*begin)(void *self), (*end)(void *self);

	/* while it runs */
	struct rnn *rnn;	/* NULL if there is no model */
	struct variants *variants;	/* the same */
	struct progress progress;
	size_t texts, runs;	/* as progress has them */
};

/* The model sst2-gru, the predicted class. */
extern const struct explainer explainer_defaults;

/* One of the letters above, its argument in optarg; exits with 2 if that is
 * wrong. */
void explainer_option(struct explainer *, int letter);

/*
 * Open the model, write the header, run the filter, close; returns the exit
 * status.  Exits with 2 if the model has no such class (target_check).
 */
int explainer_run(struct explainer *, const struct options *, struct filter *,
    char *const operands[], struct output *);

/* So much more is done: the line says texts and runs, which are called what. */
void explainer_did(struct explainer *, size_t texts, size_t runs,
    const char *what);

#endif
