/* SPDX-License-Identifier: ISC */
/* reat-tree: turn the parse of a text into layers of phrases. */
#include <string.h>
#include <unistd.h>

#include "annotate/tree.h"
#include "annotate/tree_brackets.h"
#include "annotate/tree_heads.h"
#include "annotate/tree_layers.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "stream/block.h"
#include "stream/filter.h"
#include "stream/layer.h"
#include "stream/score.h"

enum { DEPTHS = 60 };	/* of 64 levels: word, sentence, phrase and clause */

struct parsing {
	struct tree_reader *trees;	/* NULL: heads of the stream itself */
	bool sentences;			/* a tree for each sentence */
	bool lost;			/* the trees are no longer in step */
	struct tree_choice choice;
	struct arena *scratch;
	struct place last;		/* where the last tree begins */
	int status;			/* of the trees */
	size_t texts, deep, split;
};

/* Compare the words of a tree, from word `before` on, with those of the block
 * from first on. */
static bool
same_words(struct parsing *p, const struct block *b, size_t first, size_t end,
    const struct tree *tree, size_t before)
{
	size_t n = tree->T - before;

	for (size_t t = 0; t < n && first + t < end; t++) {
		const struct tree_word *word = &tree->word[before + t];
		struct text form = conllu_word(b, first + t)[CONLLU_FORM];
		bool same = tree_same_word(p->scratch, word->form, form);

		mem_reset(p->scratch);
		if (!same)
			return bad(conllu_place(b, first + t), "word %zu is "
			    "\"%.*s\", but \"%.*s\" in the tree at %s:%zu; "
			    "texts and trees must be in the same order",
			    first + t + 1, TEXT_ARGS(form),
			    TEXT_ARGS(word->form), word->at.file,
			    word->at.line);
	}
	return n == end - first || bad(b->at, "%zu word%s, but %zu in the tree "
	    "at %s:%zu", end - first, text_plural(end - first), n,
	    p->last.file, p->last.line);
}

/* Read the tree of the words from first to end. */
static bool
take_tree(struct parsing *p, const struct block *b, size_t first, size_t end,
    struct tree *tree)
{
	size_t before = tree->T;
	struct place at;

	switch (tree_reader_next(p->trees, tree, &at)) {
	case TREE_READ:
		p->last = at;
		return same_words(p, b, first, end, tree, before);
	case TREE_BAD:
		return false;
	case TREE_FAILED:
		p->status = STATUS_SYSTEM;
		p->lost = true;
		return false;
	default:
		return p->last.file == NULL ? bad(b->at, "no tree for this "
		    "text: the file of option -B has no tree") : bad(b->at,
		    "no tree for this text: the last tree is at %s:%zu",
		    p->last.file, p->last.line);
	}
}

/* Read the trees of all sentences, also after a bad one. */
static bool
read_trees(struct parsing *p, const struct block *b, struct tree *tree)
{
	size_t whole[] = {0, b->T}, *first = whole, n = b->T > 0;
	bool good = true;

	if (p->sentences && !conllu_sentences(b, &first, &n)) {
		p->lost = p->trees != NULL;
		return false;
	}
	for (size_t i = 0; i < n && !p->lost; i++)
		if (!(p->trees == NULL ?
		    tree_add_heads(b, first[i], first[i + 1], tree) :
		    take_tree(p, b, first[i], first[i + 1], tree)))
			good = false;
	return good;
}

static bool
read_block(void *self, struct block *b)
{
	struct parsing *p = self;
	struct tree tree = {.arena = b->arena};

	if (p->status != STATUS_OK)
		return false;	/* its message was printed */
	if (p->lost)
		return bad(b->at, "the trees of this text are not known: in a "
		    "text before it the sentences are not known");
	if (!read_trees(p, b, &tree))
		return false;
	tree_write_layers(b, &tree, &p->choice, &p->deep);
	p->split += tree.split;
	p->texts++;
	return true;
}

/* A block that is no block has a tree: skip the tree. */
static void
skip_tree(void *self)
{
	struct parsing *p = self;
	struct tree tree = {.arena = p->scratch};
	struct place at;

	if (p->trees == NULL)
		return;
	p->lost = p->lost || p->sentences;	/* how many sentences? */
	if (!p->lost && tree_reader_next(p->trees, &tree, &at) == TREE_FAILED)
		p->status = STATUS_SYSTEM;
	mem_reset(p->scratch);
}

/* False with a message if there is a tree after the last text. */
static bool
check_rest(struct parsing *p)
{
	struct tree tree = {.arena = p->scratch};
	struct place at;

	switch (tree_reader_next(p->trees, &tree, &at)) {
	case TREE_READ:
		return bad(at, "a tree without a text: there are more trees "
		    "than texts");
	case TREE_FAILED:
		p->status = STATUS_SYSTEM;
		return true;
	default:
		return true;
	case TREE_BAD:
		return false;
	}
}

static void
print_notes(const struct parsing *p)
{
	const struct tree_choice *c = &p->choice;

	if (p->split > 0)
		note("%zu phrase%s left out, because other words are between "
		    "%s words", p->split, p->split == 1 ? " is" : "s are",
		    p->split == 1 ? "its" : "their");
	if (p->deep > 0)
		note("%zu phrase%s left out, because %s deeper than %zu levels;"
		    " see option -n", p->deep, p->deep == 1 ? " is" : "s are",
		    p->deep == 1 ? "it is" : "they are", c->depths);
	for (size_t k = 0; k < c->types && p->texts > 0; k++)
		if (!c->found[k])
			note("option -P: no phrase has the type %.*s",
			    TEXT_ARGS(c->type[k]));
}

/* Check that standard input is not read twice. */
static void
check_stdin(const struct options *o, const char *trees, char *const operands[])
{
	if (trees == NULL || strcmp(trees, "-") != 0)
		return;
	for (; *operands != NULL && strcmp(*operands, "-") != 0; operands++)
		if (operands[1] == NULL)
			return;
	option_usage(o, "trees and texts cannot both be the standard input");
}

int
main(int argc, char *argv[])
{
	struct options o = {"B:il:n:P:qSu",
	    "turn the parse of a text into layers of phrases", "[file ...]",
	    .reads = "tok", .writes = "tok",
	    .meanings = (const struct option_meaning[]){
	    {'B', "bracketed trees, one a document; without it, heads"},
	    {'l', "the layer (phrase), or the layers before their number "
		"(depth)"},
	    {'n', "how many layers, one a depth"},
	    {'q', "quiet: no notes"},
	    {'S', "a tree for each sentence"},
	    {'u', "nodes of one word alone are phrases too"}, {0}},
	    .arguments = (const struct option_meaning[]){
	    {'l', "NAME"}, {'S', NULL}, {0}},
	    .names = (const struct option_meaning[]){
	    {'l', "layer"}, {'n', "depths"}, {'S', "sentences"},
	    {'u', "words"}, {0}}};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	struct parsing p = {.choice = {.depths = DEPTHS}};
	struct filter filter = {.read = read_block, .dropped = skip_tree,
	    .self = &p};
	const char *trees = NULL, *types = NULL;
	struct arena *arena;
	bool quiet = false;
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'B': trees = optarg; break;
		case 'i': p.choice.innermost = true; break;
		case 'l': p.choice.name = optarg; break;
		case 'n':
			p.choice.depths = (size_t)option_number('n', 1,
			    CONLLU_LAYERS);
			p.choice.exactly = true;
			break;
		case 'P': types = optarg; break;
		case 'q': quiet = true; break;
		case 'S': p.sentences = true; break;
		case 'u': p.choice.leaves = true; break;
		}
	if (types != NULL && (p.choice.exactly || p.choice.leaves))
		option_usage(&o, "option -%c: it is for layers by depth, and "
		    "-P chooses by type", p.choice.exactly ? 'n' : 'u');
	if (types == NULL && p.choice.innermost)
		option_usage(&o, "option -i: it is for types, see -P");
	if (p.choice.name == NULL)
		p.choice.name = types == NULL ? "depth" : "phrase";
	if (!conllu_is_layer_name(text_of(p.choice.name)) ||
	    score_level(text_of(p.choice.name)) != SCORE_LAYER)
		die("option -l: \"%s\", expected the name of a layer, such as "
		    "phrase", p.choice.name);
	check_stdin(&o, trees, argv + optind);
	arena = mem_arena();
	if (types != NULL) {
		p.choice.type = tree_types(arena, types, &p.choice.types);
		p.choice.found = MEM_NEW(arena, p.choice.types, bool);
	}
	p.choice.whole_labels = trees == NULL;
	p.scratch = mem_arena();
	p.trees = trees == NULL ? NULL : tree_reader_open(trees);
	filter.keep_going = o.keep_going;
	status = filter_run(&filter, argv + optind, &out);
	if (p.trees != NULL && !p.lost && (status == STATUS_OK ||
	    (status == STATUS_DATA && o.keep_going)) && !check_rest(&p))
		status = status_worse(status, STATUS_DATA);
	if (!quiet)
		print_notes(&p);
	if (p.trees != NULL)
		tree_reader_close(p.trees);
	mem_free(p.scratch);
	mem_free(arena);
	return output_done(&out, status_worse(status, p.status));
}
