/* SPDX-License-Identifier: ISC */
/* score_find: which document each text finds, and when a run ends. */
#include "stream/score_find.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/output.h"
#include "check.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/filter.h"

static char scores[] = "/tmp/reat-scores-XXXXXX";
static char texts[] = "/tmp/reat-texts-XXXXXX";

/* The names of the texts with scores, each followed by its first score. */
static char found[1 << 12];
static struct score_finder *finder;

static bool
on_read(void *self, struct block *b)
{
	size_t n = strlen(found);
	struct score_doc d;

	(void)self;
	if (!score_find(finder, b->sent_id, conllu_comment_place(b,
	    "sent_id"), &d))
		return false;
	CHECK(text_equal(d.doc, b->sent_id), "the document of %.*s",
	    TEXT_ARGS(b->sent_id));
	snprintf(found + n, sizeof found - n, "%.*s%g ", TEXT_ARGS(d.doc),
	    (double)d.row[0].score);
	return true;
}

static FILE *
create(const char *path)
{
	FILE *f = fopen(path, "w");

	if (f == NULL)
		exit(2);
	return f;
}

/*
 * Write a document of one word for each letter of docs, the k-th with score k,
 * and an empty text for each letter of ids.  A capital is a document without
 * its logit row, named by the small letter.
 */
static void
put(const char *docs, const char *ids)
{
	FILE *f = create(scores);

	for (int k = 0; docs[k] != '\0'; k++) {
		int id = docs[k] | 32;

		fprintf(f, "%c\tpos\tword\t1\t1\tm\treat\t_\t0.5\t%d\tw\n", id,
		    k + 1);
		if (docs[k] == id)
			fprintf(f, "%c\tpos\tlogit\t_\t_\tm\treat\t_\t0.5\t1\t"
			    "_\n", id);
	}
	fclose(f);
	f = create(texts);
	for (int k = 0; ids[k] != '\0'; k++)
		fprintf(f, "# sent_id = %c\n\n", ids[k]);
	fclose(f);
}

/* Run over these streams, and compare the status and what was found. */
static void
expect(const char *docs, const char *ids, bool keep_going, int status,
    const char *want)
{
	struct filter f = {.keep_going = keep_going, .read = on_read};
	struct output o = {.fd = -1};
	int got;

	put(docs, ids);
	found[0] = '\0';
	got = score_find_run(&finder, &f, (char *[]){scores, texts, NULL}, &o);
	free(o.buf);
	CHECK(got == status && strcmp(found, want) == 0,
	    "scores %s, texts %s%s: %d, %s", docs, ids, keep_going ? ", -k" :
	    "", status, want);
	if (got != status || strcmp(found, want) != 0)
		printf("# got %d, %s\n", got, found);
}

static void
test_order(void)
{
	for (int k = 0; k < 2; k++) {
		expect("abc", "abc", k, 0, "a1 b2 c3 ");
		expect("abcde", "bd", k, 0, "b2 d4 ");
		expect("abab", "abab", k, 0, "a1 b2 a3 b4 ");
		expect("", "", k, 0, "");
		expect("ab", "", k, 0, "");
	}
	expect("abc", "cab", false, 1, "c3 ");
	expect("abc", "cab", true, 0, "c3 a1 b2 ");
	expect("ab", "aa", true, 1, "a1 ");
}

static void
test_missing(void)
{
	expect("abd", "abcd", false, 1, "a1 b2 ");
	expect("abd", "abcd", true, 1, "a1 b2 d3 ");
	expect("ab", "xyab", true, 1, "a1 b2 ");
	expect("", "ab", true, 1, "");
}

static void
test_again(void)
{
	/* a whole file follows another */
	expect("abcabc", "abc", false, 1, "a1 b2 c3 ");
	expect("abcab", "abc", false, 1, "a1 b2 c3 ");
	expect("abcbc", "bc", false, 1, "b2 c3 ");
	expect("aba", "ab", false, 1, "a1 b2 ");
	expect("abac", "ac", false, 1, "a1 ");
	/* in memory every name is known */
	expect("abcbd", "abcd", true, 1, "a1 b2 c3 d5 ");
	expect("abcab", "xabc", true, 1, "a1 b2 c3 ");
	expect("bcbca", "a", true, 1, "a5 ");
}

static void
test_bad(void)
{
	expect("aBc", "abc", false, 1, "a1 ");
	expect("aBc", "ac", false, 1, "a1 ");
	expect("acB", "ac", false, 1, "a1 c2 ");
	expect("aBc", "abc", true, 1, "a1 c3 ");
	expect("aBc", "cba", true, 1, "c3 a1 ");
	unlink(scores);
	for (int k = 0; k < 2; k++) {
		struct filter f = {.keep_going = k, .read = on_read};
		struct output o = {.fd = -1};

		found[0] = '\0';
		CHECK(score_find_run(&finder, &f, (char *[]){scores, texts,
		    NULL}, &o) == 2 && found[0] == '\0', "no score file");
		free(o.buf);
	}
}

int
main(void)
{
	err_mute(true);
	close(mkstemp(scores));
	close(mkstemp(texts));
	test_order();
	test_missing();
	test_again();
	test_bad();
	unlink(texts);
	return check_done();
}
