/* SPDX-License-Identifier: ISC */
#include "stream/revise_heads.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/block.h"
#include "stream/id_shift.h"

struct text
revision_id(struct revision *r, struct text id)
{
	char mark = memchr(id.s, '-', id.n) != NULL ? '-' : '.';
	struct text rest = id, head = text_cut(&rest, mark);
	size_t a, b, T = r->b->T;

	if (!text_to_size(head, &a) || a > T ||
	    (mark == '-' && (!text_to_size(rest, &b) || b > T || b == 0)))
		return id;
	if (a > 0 && r->id[a - 1] == 0)
		return (struct text){NULL, 0};
	output_size(&r->made, a > 0 ? r->id[a - 1] : 0);
	if (mark == '-') {
		output_char(&r->made, '-');
		output_size(&r->made, r->id[b - 1]);
	} else if (rest.s != NULL) {
		output_char(&r->made, '.');
		output_text(&r->made, rest);
	}
	return revision_take(r);
}

/*
 * Where the ways up end.  Words count from 1.  The end of a word that is
 * removed is the next word above it that is kept; or T + ROOT, if the root
 * above it is removed, too; or NOWHERE.
 */
struct ways {
	struct revision *r;
	size_t T;
	size_t *head;		/* [T + 1] of a word, 0 of a root */
	size_t *end;		/* [T + 1] 0: not known yet */
	size_t *heir;		/* [T + 1] the root in the place of this one */
	bool *is_heir;		/* [T + 1] */
};

#define NOWHERE SIZE_MAX

static bool
is_removed(const struct ways *w, size_t word)
{
	return w->r->id[word - 1] == 0;
}

/* Find the end of a word that is removed, and of those above it. */
static size_t
find_end(struct ways *w, size_t word)
{
	size_t at = word, end = 0;

	while (end == 0) {
		size_t head = w->head[at];

		if (w->end[at] != 0) {
			end = w->end[at];	/* NOWHERE in a circle */
		} else if (head == NOWHERE || head == 0) {
			end = head == 0 ? w->T + at : NOWHERE;
		} else if (!is_removed(w, head)) {
			end = head;
		} else {
			w->end[at] = NOWHERE;
			at = head;
		}
	}
	w->end[at] = end;
	/* the others on the way were marked NOWHERE */
	for (; word != at; word = w->head[word])
		w->end[word] = end;
	return end;
}

static void
read_heads(struct ways *w)
{
	struct arena *arena = w->r->b->arena;
	size_t head;

	w->T = w->r->b->T;
	w->head = MEM_NEW(arena, w->T + 1, size_t);
	w->end = MEM_NEW(arena, w->T + 1, size_t);
	w->heir = MEM_NEW(arena, w->T + 1, size_t);
	w->is_heir = MEM_NEW(arena, w->T + 1, bool);
	for (size_t t = 0; t < w->T; t++)
		w->head[t + 1] = text_to_size(conllu_word(w->r->b,
		    t)[CONLLU_HEAD], &head) && head <= w->T ? head : NOWHERE;
}

/*
 * The new head of word, which had the head old, that is removed: a word as
 * before the revision, 0 for a root, or NOWHERE.
 */
static size_t
new_head(struct ways *w, size_t word, size_t old)
{
	size_t end = find_end(w, old);

	if (end == NOWHERE || end == word)
		return NOWHERE;
	if (end <= w->T)
		return end;
	end = w->heir[end - w->T];
	return end == word ? 0 : end == 0 ? NOWHERE : end;
}

/* Change HEAD and DEPREL of a word that is kept. */
static void
set_head(struct ways *w, size_t word)
{
	struct text *column = conllu_word(w->r->b, word - 1);
	size_t head = w->head[word], end;

	if (head == NOWHERE || head == 0)
		return;
	if (is_removed(w, head)) {
		end = find_end(w, head);
		if (end != NOWHERE && end > w->T && w->heir[end - w->T] == 0)
			w->heir[end - w->T] = word;
		head = new_head(w, word, head);
		column[CONLLU_DEPREL] = head == NOWHERE ? TEXT("_") :
		    head == 0 ? TEXT("root") : TEXT("dep");
		w->is_heir[word] = head == 0;
	}
	if (head == NOWHERE)
		column[CONLLU_HEAD] = TEXT("_");
	else if (head == 0)
		column[CONLLU_HEAD] = TEXT("0");
	else
		column[CONLLU_HEAD] = text_of(mem_printf(w->r->b->arena, "%zu",
		    w->r->id[head - 1]));
}

/* ---- DEPS ---- */

/* A head in DEPS. */
struct dep {
	struct text head, role;	/* the new head; role without s: none */
	size_t word, k;		/* to sort: 5.1 is 5 and 1 */
	bool made;		/* in the place of a head that is removed */
	size_t order;
};

static int
compare(const void *pa, const void *pb)
{
	const struct dep *a = pa, *b = pb;

	if (a->word != b->word)
		return a->word < b->word ? -1 : 1;
	if (a->k != b->k)
		return a->k < b->k ? -1 : 1;
	if (a->made != b->made)
		return a->made ? 1 : -1;
	return a->order < b->order ? -1 : 1;
}

/* Make one in the place of a head that is removed; false if there is none. */
static bool
make_dep(struct ways *w, size_t word, size_t old, struct dep *d)
{
	size_t head = new_head(w, word, old);

	if (head == NOWHERE)
		return false;
	d->made = true;
	d->role = head == 0 ? TEXT("root") : TEXT("dep");
	d->head = head == 0 ? TEXT("0") : text_of(mem_printf(w->r->b->arena,
	    "%zu", w->r->id[head - 1]));
	return true;
}

/* Read DEPS of a line; *changed if a head is removed.  Returns how many. */
static size_t
read_deps(struct ways *w, size_t word, struct text deps, struct dep *dep,
    bool *changed)
{
	size_t n = 0, old;

	for (struct text rest = deps; rest.s != NULL; ) {
		struct dep *d = &dep[n];

		*d = (struct dep){.order = n, .role = text_cut(&rest, '|')};
		d->head = text_cut(&d->role, ':');
		old = 0;
		if (!id_empty(d->head, &old, &d->k))
			text_to_size(d->head, &old);
		if (old > 0 && old <= w->T && is_removed(w, old)) {
			*changed = true;
			d->k = 0;
			if (!make_dep(w, word, old, d))
				continue;
		} else {
			d->head = revision_id(w->r, d->head);
		}
		if (!id_empty(d->head, &d->word, &d->k))
			text_to_size(d->head, &d->word);
		n++;
	}
	return n;
}

/* Write them, each head that was made once and not beside another relation. */
static struct text
write_deps(struct ways *w, struct dep *dep, size_t n)
{
	struct output *o = &w->r->made;

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && dep[i].made &&
		    text_equal(dep[i].head, dep[i - 1].head))
			continue;
		if (i > 0)
			output_char(o, '|');
		output_text(o, dep[i].head);
		if (dep[i].role.s == NULL)
			continue;
		output_char(o, ':');
		output_text(o, dep[i].role);
	}
	return revision_take(w->r);
}

/* Change DEPS of a line; word is 0 for an empty node. */
static void
set_deps(struct ways *w, size_t word, struct text *column)
{
	struct text deps = column[CONLLU_DEPS];
	bool changed = false, root = false;
	struct dep *dep;
	size_t n = 2;

	if (text_is(deps, "_"))
		return;
	for (size_t i = 0; i < deps.n; i++)
		n += deps.s[i] == '|';
	dep = MEM_NEW(w->r->b->arena, n, struct dep);
	n = read_deps(w, word, deps, dep, &changed);
	for (size_t i = 0; i < n; i++)
		root = root || text_is(dep[i].head, "0");
	if (w->is_heir[word] && !root) {
		dep[n++] = (struct dep){TEXT("0"), TEXT("root"), .made = true};
		changed = true;
	}
	if (n == 0 && !text_is(column[CONLLU_HEAD], "_"))
		dep[n++] = (struct dep){column[CONLLU_HEAD],
		    column[CONLLU_DEPREL], .made = true};
	if (changed)
		qsort(dep, n, sizeof *dep, compare);
	deps = write_deps(w, dep, n);
	/* no head is left, or one of no bytes, as behind the | of "2:det|" */
	column[CONLLU_DEPS] = deps.n == 0 ? TEXT("_") : deps;
}

void
revise_heads(struct revision *r)
{
	struct ways w = {.r = r};
	const struct block *b = r->b;
	size_t t = 0;

	read_heads(&w);
	for (size_t word = 1; word <= w.T; word++)
		if (!is_removed(&w, word))
			set_head(&w, word);
	for (size_t i = 0; i < b->lines; i++) {
		bool is_word = t < b->T && b->word[t] == i;

		t += is_word;
		if (b->line[i].column != NULL &&
		    (!is_word || !is_removed(&w, t)))
			set_deps(&w, is_word ? t : 0, b->line[i].column);
	}
}
