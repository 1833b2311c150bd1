/* SPDX-License-Identifier: ISC */
#include "annotate/tree_brackets.h"

#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/mem.h"

struct tree_reader {
	struct input *in;
	char *operand[2];
	struct record line;	/* the last one */
	struct text rest;	/* what is left of it, in the arena of `own` */
	struct arena *own;
	bool ended, skip;	/* skip: up to the line that begins a tree */

	/* the tree that is being read */
	struct tree *to;
	struct place at;
	size_t first_node, first_word;
	size_t *open;		/* [depth] the open nodes, outermost first */
	size_t depth, open_cap;
	bool unnamed;		/* the last "(" may still get its label */
};

struct tree_reader *
tree_reader_open(const char *path)
{
	struct tree_reader *r = mem_calloc(1, sizeof *r);

	r->operand[0] = mem_calloc(strlen(path) + 1, 1);
	memcpy(r->operand[0], path, strlen(path));
	r->in = input_open(r->operand);
	r->own = mem_arena();
	return r;
}

void
tree_reader_close(struct tree_reader *r)
{
	input_close(r->in);
	mem_free(r->own);
	free(r->operand[0]);
	free(r->open);
	free(r);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void
skip_blanks(struct text *a)
{
	while (a->n > 0 && is_blank(a->s[0])) {
		a->s++;
		a->n--;
	}
}

/* Cut a label or a word: the bytes before a blank or a bracket. */
static struct text
cut_token(struct text *a)
{
	struct text token = {a->s, 0};

	while (token.n < a->n && !is_blank(a->s[token.n]) &&
	    a->s[token.n] != '(' && a->s[token.n] != ')')
		token.n++;
	a->s += token.n;
	a->n -= token.n;
	return token;
}

/* Cut one bracket. */
static struct text
cut_bracket(struct text *a)
{
	struct text bracket = {a->s, 1};

	a->s++;
	a->n--;
	return bracket;
}

/* The part of a label before its functions. */
static struct text
type_of(struct text label)
{
	size_t n = 1;

	while (n < label.n && strchr("-=|", label.s[n]) == NULL)
		n++;
	if (label.n > 0 && label.s[0] != '-')
		label.n = n;
	return label;
}

static struct tree_node *
innermost(const struct tree_reader *r)
{
	return &r->to->node[r->open[r->depth - 1]];
}

static bool
open_node(struct tree_reader *r, struct place here)
{
	struct tree_node *node;

	if (r->to->n - r->first_node >= TREE_NODES)
		return bad(here, "too many nodes in one tree, the limit is %d",
		    TREE_NODES);
	r->open = mem_grow(r->open, &r->open_cap, r->depth + 1,
	    sizeof *r->open);
	r->open[r->depth++] = r->to->n;
	node = tree_add_node(r->to);
	node->first = r->to->T;
	node->label = node->type = TEXT("");
	node->leaf = true;	/* until there is another node inside */
	r->unnamed = true;
	return true;
}

/* A node without a word is removed: the nodes inside it were. */
static void
close_node(struct tree_reader *r)
{
	struct tree_node *node = innermost(r);

	node->last = r->to->T - 1;
	node->leaf = node->leaf && node->last == node->first;
	if (r->to->T == node->first)
		r->to->n--;
	else if (r->depth > 1)
		r->to->node[r->open[r->depth - 2]].leaf = false;
	r->depth--;
	r->unnamed = false;
}

/* A label or a word. */
static void
take_token(struct tree_reader *r, struct text token, struct place here)
{
	struct tree_node *node = innermost(r);
	struct tree_word *word;

	token = text_copy(r->to->arena, token);
	if (r->unnamed) {
		node->label = token;
		node->type = type_of(token);
		r->unnamed = false;
	} else if (!text_is(node->label, "-NONE-")) {
		word = tree_add_word(r->to);
		word->form = token;
		word->at = here;
	}
}

/*
 * True if the bracket that follows is a word: in (-LRB- () and (-RRB- )), and
 * not where a label is expected.
 */
static bool
is_word_bracket(const struct tree_reader *r)
{
	const struct tree_node *node = innermost(r);

	return !r->unnamed && node->first == r->to->T && text_is(node->label,
	    r->rest.s[0] == '(' ? "-LRB-" : "-RRB-");
}

/* True for the node that treebanks and parsers put around a whole tree. */
static bool
is_wrapper(const struct tree_node *node)
{
	static const char *const names[] = {"", "ROOT", "TOP", "S1", "VROOT",
	    NULL};

	return !node->leaf && names[text_find(node->label, names)] != NULL;
}

/* Remove the nodes around the whole tree that are none of the grammar's. */
static void
unwrap(struct tree_reader *r)
{
	struct tree *t = r->to;
	struct tree_node *first = t->node + r->first_node;
	size_t n = t->n - r->first_node, k = 0;

	while (k < n && is_wrapper(&first[k]) && first[k].first ==
	    r->first_word && first[k].last == t->T - 1)
		k++;
	memmove(first, first + k, (n - k) * sizeof *first);
	t->n -= k;
}

/* Take what is in the rest of the line, up to the end of the tree. */
static bool
take_line(struct tree_reader *r)
{
	struct place here = r->line.at;

	for (;;) {
		struct text *rest = &r->rest;

		skip_blanks(rest);
		if (rest->n == 0)
			return true;
		if (rest->s[0] != '(' && rest->s[0] != ')') {
			take_token(r, cut_token(rest), here);
		} else if (r->depth > 0 && is_word_bracket(r)) {
			take_token(r, cut_bracket(rest), here);
		} else if (cut_bracket(rest).s[0] == '(') {
			if (!open_node(r, here))
				return false;
		} else {
			close_node(r);
			if (r->depth == 0)
				return true;
		}
	}
}

/* Read a line into rest.  Returns TREE_READ if there is one. */
static enum tree_got
read_line(struct tree_reader *r)
{
	enum input_got got = input_next(r->in, INPUT_LINES, true, &r->line);

	r->rest = (struct text){NULL, 0};
	switch (got) {
	case INPUT_RECORD:
		mem_reset(r->own);
		r->rest = text_copy(r->own, r->line.text);
		return TREE_READ;
	case INPUT_BAD:
		return TREE_BAD;
	case INPUT_FAILED:
		return TREE_FAILED;
	default:
		r->ended = true;
		return TREE_END;
	}
}

/* Go to the line, or the place in it, where the next tree begins. */
static enum tree_got
find_start(struct tree_reader *r)
{
	for (;;) {
		enum tree_got got;

		skip_blanks(&r->rest);
		if (r->rest.n > 0)
			return TREE_READ;
		if (r->ended)
			return TREE_END;
		do {
			got = read_line(r);
		} while (r->skip && got == TREE_READ && (r->rest.n == 0 ||
		    r->rest.s[0] != '('));
		r->skip = false;
		if (got != TREE_READ)
			return got;
	}
}

/* Read the lines of a tree that has begun, up to its last bracket. */
static bool
read_tree(struct tree_reader *r, enum tree_got *got)
{
	while (take_line(r)) {
		if (r->depth == 0)
			return true;
		*got = read_line(r);
		if (*got == TREE_BAD || *got == TREE_FAILED) {
			r->skip = true;
			return false;
		}
		if (r->rest.n > 0 && is_blank(r->rest.s[0]))
			continue;
		r->skip = r->rest.n == 0 || r->rest.s[0] != '(';
		if (r->skip)
			r->rest = (struct text){NULL, 0};
		*got = TREE_BAD;
		return bad(r->at, "this tree lacks %zu \")\"; a line that "
		    "continues a tree begins with a blank", r->depth);
	}
	r->rest = (struct text){NULL, 0};
	r->skip = true;
	*got = TREE_BAD;
	return false;
}

/* What follows the tree in its line must be another tree. */
static bool
check_end(struct tree_reader *r)
{
	struct text token;

	skip_blanks(&r->rest);
	if (r->rest.n == 0 || r->rest.s[0] == '(')
		return true;
	token = r->rest.s[0] == ')' ? cut_bracket(&r->rest) :
	    cut_token(&r->rest);
	r->rest = (struct text){NULL, 0};
	return bad(r->line.at, "\"%.*s\" after the last bracket of the tree",
	    TEXT_ARGS(token));
}

enum tree_got
tree_reader_next(struct tree_reader *r, struct tree *to, struct place *at)
{
	enum tree_got got = find_start(r);

	*at = r->at = r->line.at;
	if (got != TREE_READ)
		return got;
	r->to = to;
	r->first_node = to->n;
	r->first_word = to->T;
	r->depth = 0;
	if (r->rest.s[0] != '(') {
		struct text token = r->rest.s[0] == ')' ?
		    cut_bracket(&r->rest) : cut_token(&r->rest);

		r->rest = (struct text){NULL, 0};
		bad(r->at, "\"%.*s\", expected a tree, which begins with (",
		    TEXT_ARGS(token));
		return TREE_BAD;
	}
	if (read_tree(r, &got) && (check_end(r) || (got = TREE_BAD, false))) {
		unwrap(r);
		return TREE_READ;
	}
	to->n = r->first_node;
	to->T = r->first_word;
	return got;
}
