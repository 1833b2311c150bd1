/* SPDX-License-Identifier: ISC */
#include "explain/attack_search.h"

#include "base/mem.h"
#include "explain/source.h"
#include "rnn/trace.h"

/* Append the word t with `now` in its place. */
static size_t
append(const struct attack *x, size_t t, int32_t now, int32_t *id, size_t n)
{
	if (now != ATTACK_ERASED)
		id[n++] = now == ATTACK_KEPT ? x->text.id[t] :
		    now == ATTACK_UNKNOWN ? x->unk[t] :
		    x->word[t].of[now].id;
	return n;
}

static struct rnn_text
make(void *self, struct arena *arena, size_t i)
{
	const struct attack_search *s = self;
	const struct attack_variant *v = &s->v[i];
	int32_t *id = MEM_NEW(arena, s->T, int32_t);
	size_t n = 0;

	if (s->order != NULL) {
		for (size_t t = 0; t < s->T; t++)
			id[t] = s->x->text.id[t];
		for (size_t k = 0; k <= s->base + i; k++)
			append(s->x, s->order[k], s->swap[s->order[k]],
			    id + s->order[k], 0);
		return (struct rnn_text){s->T, id};
	}
	for (size_t t = 0; t < s->T; t++)
		n = append(s->x, t, t == v->t ? v->now : v->from[t], id, n);
	return (struct rnn_text){n, id};
}

bool
attack_has_target(const struct attack_search *s)
{
	return s->x->target < s->x->trace->C;
}

static float
value_of(const struct attack_search *s, const struct verdict *v,
    const float *probability)
{
	return attack_has_target(s) ? probability[s->x->target] : -v->stays;
}

bool
attack_succeeds(const struct attack_search *s, const struct verdict *v)
{
	return attack_has_target(s) ? v->predicted == s->x->target :
	    v->predicted != s->x->trace->predicted;
}

static void
take(void *self, size_t first, size_t some, const float *logit,
    const float *probability)
{
	struct attack_search *s = self;
	const struct trace *t = s->x->trace;

	for (size_t i = 0; i < some; i++) {
		struct attack_variant *v = &s->v[first + i];

		v->after = verdict_of(t, logit + i * t->rows,
		    probability + i * t->C);
		v->value = value_of(s, &v->after, probability + i * t->C);
		s->to.finite = s->to.finite && v->after.finite;
	}
	s->x->did(s->x->self, some);
}

/* True if the limits allow n more variants; if not, the search has ended. */
static bool
allow(struct attack_search *s, size_t n)
{
	if (n > ATTACK_QUERIES - s->to.queries)
		s->to.limit = ATTACK_BY_QUERIES;
	else if (s->to.queries + n > ATTACK_WORDS / s->T)
		s->to.limit = ATTACK_BY_WORDS;
	return s->to.limit == ATTACK_BY_NONE;
}

bool
attack_try(struct attack_search *s)
{
	if (!allow(s, s->n))
		return false;
	source_each(s->x->source, s->T, s->n,
	    &(struct source_user){make, take, s});
	s->to.queries += s->n;
	return s->to.finite;
}

bool
attack_list(struct attack_search *s, size_t n)
{
	s->n = 0;
	if (!allow(s, n))
		return false;
	s->v = MEM_NEW(s->arena, n, struct attack_variant);
	return true;
}

void
attack_add(struct attack_search *s, const int32_t *from, size_t t, int32_t now)
{
	s->v[s->n++] = (struct attack_variant){.from = from, .t = t,
	    .now = now};
}

void
attack_accept(struct attack_search *s, const struct attack_variant *v)
{
	s->to.after = v->after;
	s->value = v->value;
	s->to.success = attack_succeeds(s, &v->after);
}

size_t
attack_candidates(const struct attack_search *s)
{
	size_t n = 0;

	for (size_t t = 0; t < s->T; t++)
		n += s->x->word[t].n;
	return n;
}

struct attack_search
attack_begin(const struct attack *x)
{
	const struct trace *trace = x->trace;
	struct attack_search s = {.x = x, .T = x->text.T,
	    .arena = mem_arena()};

	s.to = (struct attacked){.finite = true, .queries = 1,
	    .change = MEM_NEW(x->arena, s.T, int32_t)};
	for (size_t t = 0; t < s.T; t++)
		s.to.change[t] = ATTACK_KEPT;
	s.to.after = verdict_of(trace, trace->logit, trace->probability);
	s.value = value_of(&s, &s.to.after, trace->probability);
	return s;
}

struct attacked
attack_end(struct attack_search *s)
{
	mem_free(s->arena);
	return s->to;
}
