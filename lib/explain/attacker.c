/* SPDX-License-Identifier: ISC */
#include "explain/attacker.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/continued.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/progress.h"
#include "explain/apply.h"
#include "explain/attack.h"
#include "explain/attack_write.h"
#include "explain/candidates.h"
#include "explain/neighbours.h"
#include "explain/same_tag.h"
#include "explain/source.h"
#include "explain/unknown.h"
#include "model/model.h"
#include "model/model_digest.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/filter.h"
#include "stream/synonyms.h"

struct attacker {
	const struct attacking *a;
	struct source *source;
	struct candidate_lists lists;
	struct dict *finished;		/* keys of texts with earlier results */
	size_t *of, of_cap;		/* [finished] texts still to pass over:
					 * two can have one key */
	size_t earlier;			/* results */
	struct unknown unknown;
	struct progress progress;
	size_t texts, queries;		/* done so far */
	size_t ended[ATTACK_LIMITS];	/* searches, by what ended them */
	struct attack_run run;		/* with any text */
};

/* ---- earlier results ---- */

/* What a text is known by: the number of its words, and its sent_id. */
static struct text
key_of(struct arena *arena, struct text number, struct text sent_id)
{
	struct output key = output_to(-1, NULL);
	struct text is;

	output_text(&key, number);
	output_char(&key, ' ');
	output_text(&key, sent_id);
	is = text_copy(arena, (struct text){key.buf, key.n});
	output_done(&key, 0);
	return is;
}

/* Take a record of the file; false with a message if it is none of ours. */
static bool
take_record(struct attacker *x, struct arena *arena, const struct record *r)
{
	const struct attack_format *f = x->a->format;
	struct text doc, run, line = r->text;
	const char *other;
	size_t n = dict_size(x->finished), i;

	if (f->header != NULL && text_equal(line, (struct text){f->header,
	    strlen(f->header) - 1}))
		return true;
	if (!f->read(arena, line, r->at, &doc, &run))
		return false;
	other = attack_run_cut(&run, &x->run);
	if (other != NULL)
		return bad(r->at, "a result of a run with %s; give another "
		    "file", other);
	i = (size_t)dict_add(x->finished, key_of(arena, run, doc));
	x->of = mem_grow(x->of, &x->of_cap, i + 1, sizeof *x->of);
	x->of[i] = i == n ? 1 : x->of[i] + 1;
	x->earlier++;
	return true;
}

/* Read the results of earlier runs, n bytes.  Returns the status. */
static int
read_finished(struct attacker *x, const char *path, size_t n)
{
	struct arena *arena = mem_arena();
	char *operands[] = {mem_copy(arena, path, strlen(path)), NULL};
	struct input *in = input_open(operands);
	struct record r;
	enum input_got got;
	enum input_unit unit = x->a->format == &attack_tok ? INPUT_BLOCKS :
	    INPUT_LINES;
	struct arena *one = mem_arena();
	int status = STATUS_OK;

	while (status == STATUS_OK && n > 0 &&
	    (got = input_next(in, unit, true, &r)) != INPUT_END) {
		mem_reset(one);
		if (got == INPUT_FAILED)
			status = STATUS_SYSTEM;
		else if (got == INPUT_BAD || !take_record(x, one, &r))
			status = STATUS_DATA;
		else	/* a record is followed by a newline */
			n = n > r.text.n + 1 ? n - r.text.n - 1 : 0;
	}
	input_close(in);
	mem_free(one);
	mem_free(arena);
	return status;
}

/* ---- the texts ---- */

/* True if the text is a variant, or has a result that is no other text's. */
static bool
is_finished(struct attacker *x, const struct block *b)
{
	struct text number;
	int32_t i;

	if (conllu_comment(b, "reat.source").s != NULL)
		return true;
	if (x->earlier == 0)
		return false;
	number = text_of(mem_printf(b->arena, "%08" PRIx32, attack_text(b)));
	i = dict_find(x->finished, key_of(b->arena, number, b->sent_id));
	if (i == DICT_NONE || x->of[i] == 0)
		return false;
	x->of[i]--;
	return true;
}

/* Mark a text that is not finished: it has data. */
static bool
read_block(void *self, struct block *b)
{
	struct attacker *x = self;
	struct rnn *rnn = source_rnn(x->source);

	if (is_finished(x, b))
		return true;
	b->data = x;
	return rnn == NULL || apply_read(rnn_model(rnn), b);
}

/* Run the texts that are not finished. */
static void
run_batch(void *self, struct block **b, size_t n)
{
	struct attacker *x = self;
	struct block **left = MEM_NEW(b[0]->arena, n, struct block *);
	struct trace *trace;
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (b[i]->data != NULL)
			left[m++] = b[i];
	if (m == 0)
		return;
	trace = source_texts(x->source, left, m, RNN_LOGITS);
	for (size_t i = 0; i < m; i++)
		left[i]->data = &trace[i];
	candidates_search(&x->lists, left, m);
	if (source_rnn(x->source) != NULL)
		unknown_count(&x->unknown, rnn_model(source_rnn(x->source)),
		    left, m);
}

/* The target class; C for any other.  False with a message if there is none. */
static bool
find_target(const struct attacker *x, const struct block *b,
    const struct trace *t, size_t *target)
{
	*target = t->C;
	if (x->a->class == NULL)
		return true;
	*target = text_index(t->label, t->C, text_of(x->a->class));
	return *target < t->C || bad(b->at, "option -c: the model has no "
	    "class \"%s\", expected %s", x->a->class, text_list(b->arena,
	    t->label, t->C, " or "));
}

static void
did(void *self, size_t variants)
{
	struct attacker *x = self;

	x->queries += variants;
	progress_show(&x->progress, "%zu texts, %zu queries, %.0f queries/s",
	    x->texts, x->queries, (double)x->queries /
	    progress_spent(&x->progress));
}

/* A text that is left as it is. */
static struct attacked
untouched(const struct block *b, const struct trace *t)
{
	struct attacked to = {.finite = true, .queries = 1,
	    .change = MEM_NEW(b->arena, b->T, int32_t),
	    .after = verdict_of(t, t->logit, t->probability)};

	for (size_t i = 0; i < b->T; i++)
		to.change[i] = ATTACK_KEPT;
	return to;
}

/* Attack a text. */
static void
attack(struct attacker *x, const struct block *b, size_t target,
    struct attack_done *d)
{
	struct attack it = {.arena = b->arena, .source = x->source,
	    .trace = d->trace, .text = source_words(x->source, b),
	    .target = target, .most = x->a->most, .beam = x->a->beam,
	    .did = did, .self = x};
	int32_t *unk = MEM_NEW(b->arena, b->T, int32_t);

	d->tried = true;
	d->word = candidates_of(&x->lists, x->source, b);
	for (size_t t = 0; t < b->T && x->a->method->saliency; t++)
		unk[t] = source_word_at(x->source, b->arena, TEXT("UNK"), t);
	it.word = d->word;
	it.unk = unk;
	d->to = attack_run(x->a->method, &it);
}

static bool
write_block(void *self, struct block *b, struct output *o)
{
	struct attacker *x = self;
	const struct trace *t = b->data;
	struct attack_done d = {.b = b, .trace = t,
	    .method = x->a->method->name, .run = x->run};
	size_t target;

	if (t == NULL)
		return true;	/* it is finished */
	d.run.part[RUN_TEXT] = attack_text(b);
	if (!apply_check(b, t) || !find_target(x, b, t, &target))
		return false;
	if (target == t->predicted || (target == t->C && b->label.s != NULL &&
	    !text_equal(b->label, t->label[t->predicted])))
		d.to = untouched(b, t);
	else
		attack(x, b, target, &d);
	if (!d.to.finite)
		return bad(b->at, "model %.*s gives a logit that is not finite "
		    "for a variant of this text", TEXT_ARGS(t->model));
	x->texts++;
	x->ended[d.to.limit]++;
	x->a->format->write(&d, o);
	if (x->a->path != NULL)
		output_flush(o);	/* a run that is killed has it */
	return true;
}

/* Say how many searches were ended by a limit. */
static void
note_limits(const struct attacker *x)
{
	static const struct {
		enum attack_limit by;
		int most;
		const char *what;
	} limit[] = {
		{ATTACK_BY_QUERIES, ATTACK_QUERIES, "queries"},
		{ATTACK_BY_WORDS, ATTACK_WORDS, "words of queries"},
	};

	for (size_t i = 0; i < sizeof limit / sizeof *limit; i++) {
		size_t n = x->ended[limit[i].by];

		if (n > 0 && !x->a->quiet)
			note("%zu search%s ended before more than %d %s of a "
			    "text; fewer synonyms (-r, -w; -K, -e with -G)%s "
			    "need fewer", n, n == 1 ? "" : "es", limit[i].most,
			    limit[i].what, !x->a->method->beam ? "" :
			    ", fewer words or a smaller beam (-n)");
	}
}

/* ---- the run ---- */

/* Open the file of results and read what is there; *begins if that is nothing.
 * Returns false, with the status, if that fails. */
static bool
continue_results(struct attacker *x, struct output *o, bool *begins,
    int *status)
{
	const struct attacking *a = x->a;

	size_t n;

	*o = continued_open(a->path);
	n = continued_whole(o, a->format->end);
	*status = n > 0 || continued_starts(o, a->format->start) ||
	    attack_write_other((struct place){a->path, 1}) ?
	    read_finished(x, a->path, n) : STATUS_DATA;
	if (*status != STATUS_OK)
		return false;
	continued_cut(o, n);
	*begins = n == 0;
	if (x->earlier > 0 && !a->quiet)
		note("%s has %zu result%s; these texts are not attacked again",
		    a->path, x->earlier, text_plural(x->earlier));
	return true;
}

static struct attack_run
run_of(const struct attacking *a, struct rnn *rnn)
{
	struct attack_run run = {.part = {
	    [RUN_OPTIONS] = (uint32_t)(a->options >> 32),
	    [RUN_SYNONYMS] = (uint32_t)synonyms_digest(a->synonyms)}};

	if (a->neighbours != NULL)
		run.part[RUN_VECTORS] =
		    (uint32_t)neighbours_digest(a->neighbours);
	if (rnn != NULL)
		run.part[RUN_MODEL] = (uint32_t)model_digest(rnn_model(rnn));
	return run;
}

int
attacker_run(const struct attacking *a, char *const operands[],
    struct output *out)
{
	struct attacker x = {.a = a};
	struct filter filter = {.keep_going = a->keep_going,
	    .read = read_block, .work = run_batch, .write = write_block,
	    .self = &x};
	struct output results = output_to(-1, NULL);
	struct output *o = a->path != NULL ? &results : out;
	bool begins = true;
	int status;

	x.source = source_open_replacing(&a->source, o, &status);
	if (x.source == NULL)
		return status;
	x.run = run_of(a, source_rnn(x.source));
	x.finished = dict_new();
	x.lists = (struct candidate_lists){a->synonyms, a->neighbours,
	    same_tag_new(), a->method->content};
	if (a->path == NULL || continue_results(&x, o, &begins,
	    &status)) {
		x.unknown = unknown_start(a->quiet);
		x.progress = progress_start(a->quiet, a->path == NULL);
		if (a->format->header != NULL && !a->headless && begins)
			output_string(o, a->format->header);
		status = filter_run(&filter, operands, o);
		err_wipe();
		note_limits(&x);
		if (source_rnn(x.source) != NULL)
			unknown_note(&x.unknown,
			    rnn_model(source_rnn(x.source)));
	}
	status = source_close(x.source, status);
	if (a->path != NULL)
		output_done(o, status);
	same_tag_free(x.lists.tags);
	dict_free(x.finished);
	free(x.of);
	return status;
}
