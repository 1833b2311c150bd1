/* SPDX-License-Identifier: ISC */
/*
 * The chunks of a level.
 *
 * A block is cut into parts that no chunk may leave: the spans of `within`, or
 * the whole block.  Each token of a part is `width` bytes of flags (atoms.h),
 * and the programs of the level (chunk_rules.h) search these bytes:
 *
 *     pattern    <ADJ>*<NOUN>           width 2
 *     tokens     a  charming  but  slow  film
 *     bytes      0  2         4    6     8
 *     from = 0                     [--------)    the first match, 6 to 10
 *     from = 10                              no match: done
 *
 * match_part repeats these steps: find the first match of each program at or
 * after from; the leftmost of them is a chunk, on ties that of the first
 * program; set from to its end.  This gives the chunks of one program with all
 * rules as alternatives, however they are distributed.
 *
 * If the rule of a chunk has `holds`, this pattern is searched for in the bytes
 * of the chunk alone.  A chunk that lacks it joins its neighbour (add).
 *
 * next[i], the match of program i, is searched for again only if it begins
 * before from: with 100 rules most programs have no match, and are run once.
 *
 * Easy to get wrong: at from = 0 no program has been run, and next is zeroed,
 * which looks like a match.  A lookbehind sees the tokens before from, but not
 * those of another part, because the part is the subject.  from grows because
 * empty matches do not count (PATTERN_NOT_EMPTY).
 */
#include "annotate/chunker.h"

#include <stdint.h>

#include "annotate/atoms.h"
#include "annotate/chunk_rules.h"
#include "annotate/pattern.h"
#include "base/err.h"
#include "base/mem.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/misc.h"

struct chunker {
	struct chunk_rules *rules;
	const struct chunk_level **chosen;	/* [levels] */
	size_t levels;
};

struct chunker *
chunker_open(const char *path, int *status)
{
	struct chunk_rules *rules = chunk_rules_open(path, status);
	struct chunker *c;

	if (rules == NULL)
		return NULL;
	c = MEM_NEW(rules->arena, 1, struct chunker);
	c->rules = rules;
	c->chosen = MEM_NEW(rules->arena, rules->levels,
	    const struct chunk_level *);
	for (size_t i = 0; i < rules->levels; i++)
		c->chosen[c->levels++] = &rules->level[i];
	return c;
}

void
chunker_close(struct chunker *c)
{
	chunk_rules_close(c->rules);
}

static const struct chunk_level *
find_level(const struct chunker *c, struct text name)
{
	for (size_t i = 0; i < c->rules->levels; i++)
		if (text_equal(c->rules->level[i].name, name))
			return &c->rules->level[i];
	return NULL;
}

/* The names of all levels as a list for a message. */
static const char *
level_names(const struct chunker *c)
{
	size_t n = c->rules->levels;
	struct text *name = MEM_NEW(c->rules->arena, n, struct text);

	for (size_t i = 0; i < n; i++)
		name[i] = c->rules->level[i].name;
	return text_list(c->rules->arena, name, n, ", ");
}

void
chunker_choose(struct chunker *c, struct text names)
{
	c->levels = 0;
	while (names.s != NULL) {
		struct text name = text_cut(&names, ',');
		const struct chunk_level *l = find_level(c, name);

		if (l == NULL)
			die("option -l: no level \"%.*s\" in the rules, "
			    "expected some of %s", TEXT_ARGS(name),
			    level_names(c));
		for (size_t i = 0; i < c->levels; i++)
			if (c->chosen[i] == l)
				die("option -l: level \"%.*s\" occurs twice",
				    TEXT_ARGS(name));
		c->chosen[c->levels++] = l;
	}
}

bool
chunker_needs_tags(const struct chunker *c)
{
	for (size_t i = 0; i < c->levels; i++)
		if (atoms_need_tags(c->chosen[i]->atoms))
			return true;
	return false;
}

/*
 * Find the parts of a block: the spans of `within`; adjacent words outside them
 * are one part.
 */
static bool
find_parts(const struct chunker *c, const struct block *b,
    struct span **part, size_t *n)
{
	size_t kept = 0;

	*part = MEM_NEW(b->arena, b->T + 1, struct span);
	if (c->rules->within.s == NULL) {
		(*part)[0] = (struct span){0, b->T - 1, TEXT("_")};
		*n = b->T > 0;
		return true;
	}
	if (!conllu_spans(b, c->rules->within.s, *part, n))
		return false;
	for (size_t i = 0; i < *n; i++) {
		struct span *last = kept > 0 ? *part + kept - 1 : NULL;

		if (last != NULL && text_is(last->tag, "_") &&
		    text_is((*part)[i].tag, "_"))
			last->last = (*part)[i].last;
		else
			(*part)[kept++] = (*part)[i];
	}
	*n = kept;
	return true;
}

/* The next match of a program: bytes [start, end) of the flags. */
struct match {
	size_t start, end;	/* SIZE_MAX: no match */
	size_t rule;
};

/* Find the first match of a program at or after byte from. */
static bool
find(struct pattern *program, struct text flags, size_t from, struct match *m)
{
	const size_t *group;
	const char *mark;

	switch (pattern_match(program, flags, from, &group, &mark)) {
	case PATTERN_LIMIT:
		return false;
	case PATTERN_NONE:
		m->start = m->end = SIZE_MAX;
		return true;
	case PATTERN_MATCH:
		m->start = group[0];
		m->end = group[1];
		text_to_size(text_of(mark), &m->rule);
	}
	return true;
}

/* The chunks of a level. */
struct chunks {
	struct span *span;	/* [n] */
	size_t n;
	bool joins;	/* the last one lacks what its rule's chunks hold */
};

/* Find out if flags, of one chunk, lack what the rule's chunks hold. */
static bool
find_lack(const struct chunk_rule *r, struct text flags, bool *lacks)
{
	enum pattern_result found = PATTERN_MATCH;

	if (r->held != NULL)
		found = pattern_match(r->held, flags, 0, NULL, NULL);
	*lacks = found == PATTERN_NONE;
	return found != PATTERN_LIMIT;
}

/*
 * Add a chunk.  One that lacks something joins the chunk right before it, or
 * the first of a part the chunk right after it.
 */
static void
add(struct chunks *all, bool begins, struct span chunk, bool lacks)
{
	struct span *last = all->n > 0 ? &all->span[all->n - 1] : NULL;

	if (begins || last->last + 1 != chunk.first ||
	    (!lacks && !all->joins)) {
		all->span[all->n++] = chunk;
		all->joins = lacks;
		return;
	}
	last->last = chunk.last;
	if (!lacks)
		last->tag = chunk.tag;
	all->joins = all->joins && lacks;
}

/*
 * Find the chunks of a level in the flags of one part, whose first word is
 * `first`.  Returns false if a program takes too many steps.
 */
static bool
match_part(const struct chunk_level *l, struct arena *arena,
    struct text flags, size_t first, struct chunks *all)
{
	struct match *next = MEM_NEW(arena, l->programs, struct match);
	size_t width = atoms_width(l->atoms), from = 0;

	for (;;) {
		const struct match *m = &next[0];
		const struct chunk_rule *r;
		struct span chunk;
		bool lacks;

		for (size_t i = 0; i < l->programs; i++) {
			if ((from == 0 || next[i].start < from) &&
			    !find(l->program[i], flags, from, &next[i]))
				return false;
			if (next[i].start < m->start)
				m = &next[i];	/* on ties the first rule */
		}
		if (m->start == SIZE_MAX)
			return true;
		r = &l->rule[m->rule];
		chunk = (struct span){first + m->start / width,
		    first + m->end / width - 1, r->tag};
		if (!find_lack(r, (struct text){flags.s + m->start,
		    m->end - m->start}, &lacks))
			return false;
		add(all, from == 0, chunk, lacks);
		from = m->end;
	}
}

/* Find the chunks of a level in all parts. */
static bool
match_level(const struct chunk_level *l, const struct block *b,
    const struct span *part, size_t parts, struct chunks *all)
{
	size_t width = atoms_width(l->atoms);
	char *flags = MEM_NEW(b->arena, b->T * width, char);

	all->n = 0;
	for (size_t t = 0; t < b->T; t++)
		atoms_encode(l->atoms, b->arena, conllu_word(b, t),
		    flags + t * width);
	for (size_t i = 0; i < parts; i++) {
		size_t T = part[i].last - part[i].first + 1;
		struct text here = {flags + part[i].first * width, T * width};

		if (!match_part(l, b->arena, here, part[i].first, all))
			return bad(b->at, "level %.*s of %s:%zu takes more "
			    "than 10^6 steps here; its patterns must "
			    "backtrack less", TEXT_ARGS(l->name), l->at.file,
			    l->at.line);
	}
	return true;
}

bool
chunker_run(struct chunker *c, struct block *b)
{
	struct chunks all = {.span = MEM_NEW(b->arena, b->T, struct span)};
	struct span *part;
	size_t parts;

	if (!find_parts(c, b, &part, &parts))
		return false;
	for (size_t i = 0; i < c->rules->levels; i++)
		conllu_drop_misc(b, c->rules->level[i].name.s);
	for (size_t i = 0; i < c->levels; i++) {
		if (!match_level(c->chosen[i], b, part, parts, &all))
			return false;
		conllu_set_layer(b, c->chosen[i]->name.s, all.span,
		    all.n);
	}
	return true;
}
