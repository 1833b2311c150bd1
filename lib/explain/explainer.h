/* SPDX-License-Identifier: ISC */
/*
 * explainer: options, loop and progress line of filters that explain models.
 *
 *     struct scoring s = {.x = explainer_defaults, ...};
 *
 *     s.x.score = score;
 *     s.x.self = &s;
 *     for (int c; (c = option_next(&o, argc, argv)) != -1; )
 *             switch (c) {
 *             case 'n': ...
 *             default: explainer_option(&s.x, c);
 *             }
 *     s.x.method = ...;
 *     status = explainer_run(&s.x, &o, argv + optind, &out);
 */
#ifndef EXPLAIN_EXPLAINER_H
#define EXPLAIN_EXPLAINER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/progress.h"
#include "explain/explanation.h"
#include "explain/source.h"
#include "explain/unknown.h"
#include "rnn/forward.h"

struct arena;
struct block;
struct filter;
struct options;
struct output;

struct explainer {
	const char *model;	/* -m, or NULL: the stream holds traces */
	struct source_choice from;	/* -x, -X, -p, -r, -W */
	struct explain_choice choice;	/* -c, -l, -y */
	size_t batch;		/* -b, or 0: the filter's default */
	bool headless;		/* -H */
	bool quiet;		/* -q */

	/*
	 * The method.  read decodes the trace of a block if there is no model;
	 * score sets the scores of an explanation that explainer_open has
	 * opened.  Both return false with a message if the block is bad.  begin
	 * is called when the model is open; what is not STATUS_OK ends the run.
	 * end is called before the model is closed.  Either may be NULL.
	 */
	const char *method;	/* its name in the rows */
	bool deletes;		/* exact for deletion in one layer of a cell
				 * that is linear in the state */
	enum rnn_want want;	/* from the model, for each trace */
	bool (*read)(void *self, struct block *, struct trace *);
	bool (*score)(void *self, struct explanation *);
	int (*begin)(void *self);
	void (*end)(void *self);
	void *self;

	/* while it runs */
	struct arena *arena;	/* of choice.level; NULL without -l */
	struct source *source;	/* NULL if the stream holds traces */
	struct rnn *rnn;	/* its model, or NULL */
	struct progress progress;
	struct unknown unknown;
	size_t texts, runs;	/* done so far */
};

/* What -h prints of option -l. */
#define EXPLAINER_LEVELS "levels, spans (3-7) and files of spans (./FILE), " \
	"comma-joined"

/* The model sst2-gru, the predicted class, no method. */
extern const struct explainer explainer_defaults;

/*
 * Take one of the options above, its argument in optarg.  Exits with 2 if the
 * argument is wrong, or if there is no such option: the filter's letters then
 * promise more than it reads.
 */
void explainer_option(struct explainer *, int letter);

/*
 * Read the files of spans, open the model, write the header, explain each
 * block, close the model.  Returns the exit status.  Exits with 2 if the model
 * has no such class (target_resolve).
 */
int explainer_run(struct explainer *, const struct options *,
    char *const operands[], struct output *);

/*
 * The same with another loop body than read and score: for a method that
 * computes many texts together.
 */
int explainer_run_filter(struct explainer *, const struct options *,
    struct filter *, char *const operands[], struct output *);

/*
 * Open the explanation of a block: apply_check, explain_open, and the words
 * that the model does not know.
 */
bool explainer_open(const struct explainer *, const struct block *,
    const struct trace *, struct explanation *);

/* For filter.read of another loop body: apply_read. */
bool explainer_read(const struct explainer *, struct block *);

/* Count the words of n blocks that the model does not know. */
void explainer_count(struct explainer *, struct block *const *, size_t n);

/* Add to texts and runs and show them; what is the name of the runs. */
void explainer_did(struct explainer *, size_t texts, size_t runs,
    const char *what);

#endif
