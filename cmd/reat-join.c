/* SPDX-License-Identifier: ISC */
/*
 * reat-join: sentences of other programs to documents, and back.
 *
 * UDPipe, Stanza and others print a block a sentence.  A rule says which
 * sentence begins a document; all up to the next one are joined to a block.  A
 * bad sentence makes its document bad: without it the text would be another.
 */
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/utf8.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/filter.h"
#include "stream/lines.h"
#include "stream/sentence_join.h"
#include "stream/sentence_notes.h"
#include "stream/sentence_split.h"

/* What the comments of a block say about its place in a document. */
struct marks {
	struct place at;
	bool newdoc, newpar, joined;
	struct text newdoc_id, newpar_id, sent_id;
};

/* A text that is kept until the next one. */
struct kept {
	struct arena *arena;
	struct text text;
};

struct join {
	const struct rule *rule;
	const char *delimiters;	/* of -a sent_id */
	struct sentence_join *document;
	bool open;		/* a document is begun and good */
	bool dropped;		/* its sentences are passed over */
	size_t documents;
	size_t paragraphs;	/* of a document with # newdoc id */
	struct kept id, newdoc_id, part;
	struct place last;	/* of the block before */
	struct arena *arena;	/* of a block */
};

enum answer { WRONG, NO, YES };

/*
 * A rule: does a document begin with this sentence?  If so, *id is its name;
 * without s it is its number.  A rule answers WRONG after a message.
 */
struct rule {
	struct option_name name;
	enum answer (*begins)(struct join *, const struct marks *,
	    struct text *id);
	const char *needs;	/* of the first sentence */
};

static void
keep(struct kept *k, struct text t)
{
	mem_reset(k->arena);
	k->text = text_copy(k->arena, t);
}

/* ---- rules ---- */

static enum answer
newdoc(struct join *j, const struct marks *m, struct text *id)
{
	(void)j;
	*id = m->newdoc_id;
	return m->newdoc ? YES : NO;
}

static enum answer
newpar(struct join *j, const struct marks *m, struct text *id)
{
	if (m->newdoc) {
		keep(&j->newdoc_id, m->newdoc_id.s != NULL ? m->newdoc_id :
		    TEXT(""));
		j->paragraphs = 0;
	}
	if (!m->newdoc && !m->newpar)
		return NO;
	j->paragraphs++;
	*id = m->newpar_id;
	if (id->s == NULL && j->newdoc_id.text.n > 0) {
		const char *made = mem_printf(j->arena, "%s:%zu",
		    j->newdoc_id.text.s, j->paragraphs);

		*id = text_of(made);
	}
	return YES;
}

static enum answer
sent_id(struct join *j, const struct marks *m, struct text *id)
{
	struct text part = m->sent_id;

	if (part.s == NULL) {
		bad(m->at, "this sentence has no # sent_id, and -a sent_id "
		    "needs one in each; -a list lists other rules");
		return WRONG;
	}
	while (part.n > 0 && strchr(j->delimiters, part.s[part.n - 1]) == NULL)
		part.n--;
	if (part.n < 2) {
		bad(m->at, "sent_id %.*s has no document's name that ends at "
		    "one of %s; option -D sets another character",
		    TEXT_ARGS(m->sent_id), j->delimiters);
		return WRONG;
	}
	part.n--;
	*id = part;
	if (!m->newdoc && text_equal(part, j->part.text))
		return NO;
	keep(&j->part, part);
	return YES;
}

static enum answer
file(struct join *j, const struct marks *m, struct text *id)
{
	*id = text_of(m->at.file);
	return m->at.file != j->last.file || m->at.line <= j->last.line ? YES :
	    NO;
}

static const struct rule rules[] = {
	{{"newdoc", "a comment # newdoc"}, newdoc, "# newdoc"},
	{{"newpar", "a comment # newpar or # newdoc"}, newpar, "# newpar"},
	{{"sent_id", "another sent_id, without the number of the sentence"},
	    sent_id, ""},
	{{"file", "each file is a document"}, file, ""},
	{{NULL, NULL}, NULL, NULL}
};

/* ---- joining ---- */

/* Read the comments at the start of a record. */
static struct marks
read_marks(const struct record *r)
{
	struct marks m = {.at = r->at};
	struct text rest = r->text, key, value;

	while (rest.s != NULL && text_starts(rest, "#")) {
		struct text raw = text_cut(&rest, '\n');
		bool pair = conllu_comment_parts(raw, &key, &value);

		if (!pair)
			key = text_trim((struct text){raw.s + 1, raw.n - 1});
		if (!pair || value.n == 0)
			value.s = NULL;
		if (text_is(key, "newdoc") || text_is(key, "newdoc id")) {
			m.newdoc = true;
			m.newdoc_id = value;
		} else if (text_is(key, "newpar") ||
		    text_is(key, "newpar id")) {
			m.newpar = true;
			m.newpar_id = value;
		} else if (text_is(key, "sent_id")) {
			m.sent_id = value;
		} else if (text_is(key, SENTENCES_KEY)) {
			m.joined = true;
		}
	}
	return m;
}

/* Write the document, if it is good. */
static void
finish(struct join *j, struct output *o)
{
	if (j->open)
		sentence_join_write(j->document, o);
	j->open = false;
}

/* Note the name of a document, or return false with a message. */
static bool
name(struct join *j, struct text id, struct place at)
{
	size_t offset;

	if (id.n == 0 || memchr(id.s, '\t', id.n) != NULL ||
	    !utf8_valid(id, &offset) || utf8_has_control(id))
		return bad(at, "\"%.*s\" cannot be the id of a document: an "
		    "id is not empty, is UTF-8 and has no control character",
		    TEXT_ARGS(id));
	if (text_equal(id, j->id.text))
		return bad(at, "the document before this one has the id %.*s, "
		    "too; give each an id of its own", TEXT_ARGS(id));
	keep(&j->id, id);
	return true;
}

/* Copy a document that was joined before. */
static bool
pass(struct join *j, const struct record *r, struct output *o)
{
	struct block b;

	finish(j, o);
	j->dropped = true;	/* more sentences would not belong to it */
	if (!conllu_parse(j->arena, r->text, r->at, &b) ||
	    !name(j, b.sent_id, conllu_comment_place(&b, "sent_id")))
		return false;
	j->dropped = false;
	j->documents++;
	conllu_write(&b, o);
	return true;
}

/* Begin a document, after the last one is written. */
static bool
begin(struct join *j, struct text id, struct place at, struct output *o)
{
	finish(j, o);
	j->documents++;
	j->dropped = true;	/* if there is an error */
	if (id.s == NULL)
		id = text_of(mem_printf(j->arena, "%zu", j->documents));
	id = text_trim(id);
	if (!name(j, id, at))
		return false;
	sentence_join_begin(j->document, id);
	j->dropped = false;
	j->open = true;
	return true;
}

/* Take a block of the input. */
static bool
take(struct join *j, const struct record *r, struct output *o)
{
	struct marks m = read_marks(r);
	struct text id = {NULL, 0};
	struct block b;
	enum answer answer;

	if (m.joined)
		return pass(j, r, o);
	answer = j->rule->begins(j, &m, &id);
	if (answer == YES && !begin(j, id, m.at, o))
		return false;
	if (answer == NO && j->dropped)
		return true;
	if (answer == NO && !j->open)
		bad(m.at, "no document begins here: %s is missing; -a list "
		    "lists other rules", j->rule->needs);
	else if (answer != WRONG &&
	    conllu_parse_sentence(j->arena, r->text, r->at, &b) &&
	    sentence_join_add(j->document, &b))
		return true;
	j->open = false;
	j->dropped = true;
	return false;
}

static int
join_all(struct join *j, char *const operands[], bool keep_going,
    struct output *o)
{
	struct lines *in = lines_open_blocks(operands, keep_going, o);
	struct record r;

	j->document = sentence_join_new();
	j->arena = mem_arena();
	j->id.arena = mem_arena();
	j->newdoc_id.arena = mem_arena();
	j->part.arena = mem_arena();
	while (lines_next(in, &r)) {
		if (r.text.s == NULL) {
			j->open = false;
			j->dropped = true;
		} else if (!take(j, &r, o)) {
			lines_bad(in);
		}
		j->last = r.at;
		mem_reset(j->arena);
	}
	finish(j, o);
	sentence_join_free(j->document);
	mem_free(j->arena);
	mem_free(j->id.arena);
	mem_free(j->newdoc_id.arena);
	mem_free(j->part.arena);
	return lines_close(in);
}

/* ---- and back ---- */

struct split {
	size_t changed;		/* documents */
};

static bool
write_sentences(void *self, struct block *b, struct output *o)
{
	struct split *s = self;
	bool changed = false, good = sentence_split(b, o, &changed);

	s->changed += good && changed;
	return good;
}

static int
split_all(char *const operands[], bool keep_going, bool quiet,
    struct output *o)
{
	struct split s = {0};
	struct filter filter = {.keep_going = keep_going,
	    .write = write_sentences, .self = &s};
	int status = filter_run(&filter, operands, o);

	if (s.changed > 0 && !quiet)
		note("%zu document%s not the number of sentences that they "
		    "were joined from: theirs have new comments", s.changed,
		    s.changed == 1 ? " has" : "s have");
	return status;
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:D:qv", "join sentences to documents, and back",
	    "[file ...]", .reads = "sentences", .writes = "tok",
	    .meanings = (const struct option_meaning[]){
	    {'a', "what begins a document (newdoc); \"list\" lists the rules"},
	    {'D', "the character before the sentence's number in sent_id"},
	    {'v', "from documents back to sentences"}, {0}},
	    .arguments = (const struct option_meaning[]){
	    {'a', "RULE"}, {0}},
	    .names = (const struct option_meaning[]){
	    {'a', "begin"}, {'v', "split"}, {0}}};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	struct join j = {.rule = rules, .delimiters = "-_.:/#"};
	bool back = false, quiet = false, delimiter = false;
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			j.rule = option_row(&o, c, rules, sizeof *rules);
			break;
		case 'D':
			j.delimiters = optarg;
			delimiter = true;
			break;
		case 'q':
			quiet = true;
			break;
		case 'v':
			back = true;
			break;
		}
	if (delimiter && strlen(j.delimiters) != 1)
		option_usage(&o, "option -D: \"%s\", expected one character "
		    "of ASCII", j.delimiters);
	if (delimiter && j.rule->begins != sent_id)
		option_usage(&o, "option -D works only with -a sent_id");
	status = back ? split_all(argv + optind, o.keep_going, quiet, &out) :
	    join_all(&j, argv + optind, o.keep_going, &out);
	return output_done(&out, status);
}
