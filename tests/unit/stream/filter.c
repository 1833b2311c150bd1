/* SPDX-License-Identifier: ISC */
/* filter: batches, order, which blocks are dropped, what ends the run. */
#include "stream/filter.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "check.h"
#include "stream/block.h"

static char path[] = "/tmp/reat-filter-XXXXXX";
static char *const one[] = {path, NULL};

/* The story of a run: the size of each batch, and the ids written. */
static char story[1 << 16];
static char in_order[100];	/* r: a block read, d: one dropped */
static size_t in_order_n;
static const char *bad_in_read, *bad_in_work;

static void
add(const char *s, size_t n)
{
	size_t len = strlen(story);

	snprintf(story + len, sizeof story - len, "%.*s", (int)n, s);
}

static void
step(char letter)
{
	if (in_order_n < sizeof in_order - 1)
		in_order[in_order_n++] = letter;
	in_order[in_order_n] = '\0';
}

static bool
on_read(void *self, struct block *b)
{
	(void)self;
	step('r');
	b->data = MEM_NEW(b->arena, 1, int);
	return bad_in_read == NULL || !text_is(b->sent_id, bad_in_read);
}

static void
on_dropped(void *self)
{
	(void)self;
	step('d');
}

static void
on_work(void *self, struct block **b, size_t n)
{
	char s[30];

	(void)self;
	snprintf(s, sizeof s, "(%zu) ", n);
	add(s, strlen(s));
	for (size_t i = 0; i < n; i++) {
		*(int *)b[i]->data = 1;
		b[i]->bad = bad_in_work != NULL &&
		    text_is(b[i]->sent_id, bad_in_work);
	}
}

static bool
on_write(void *self, struct block *b, struct output *o)
{
	(void)self;
	(void)o;
	add(b->sent_id.s, b->sent_id.n);
	add(*(int *)b->data == 1 ? " " : "? ", 2);
	return true;
}

static int
run(size_t batch, bool keep_going, char *const operands[])
{
	struct filter f = {.keep_going = keep_going, .batch = batch,
	    .read = on_read, .work = on_work, .write = on_write,
	    .dropped = on_dropped};
	struct output o = {.fd = -1};
	int status;

	story[0] = in_order[0] = '\0';
	in_order_n = 0;
	status = filter_run(&f, operands, &o);
	free(o.buf);
	return status;
}

static void
put(const char *s)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fputs(s, f) < 0 || fclose(f) != 0)
		exit(2);
}

#define B(id) "# sent_id = " id "\n"

static void
test_batches(void)
{
	put(B("a") "\n" B("b") "\n" B("c") "\n" B("d") "\n" B("e"));
	CHECK(run(2, false, one) == 0 &&
	    strcmp(story, "(2) a b (2) c d (1) e ") == 0, "batches of 2");
	CHECK(run(1, false, one) == 0 &&
	    strcmp(story, "(1) a (1) b (1) c (1) d (1) e ") == 0, "of 1");
	CHECK(run(0, false, one) == 0 &&
	    strcmp(story, "(5) a b c d e ") == 0, "of any size");
	CHECK(run(2, false, (char *[]){path, path, NULL}) == 0 &&
	    strcmp(story, "(2) a b (2) c d (2) e a (2) b c (2) d e ") == 0,
	    "a batch continues in the next file");
	put("");
	CHECK(run(2, false, one) == 0 && story[0] == '\0', "nothing");
}

static void
test_bad(void)
{
	put(B("a") "\n" B("b") "x\n\n" B("c") "\n" B("d") "\n");
	CHECK(run(9, false, one) == 1 && strcmp(story, "(1) a ") == 0,
	    "a malformed block ends the run");
	CHECK(run(9, true, one) == 1 && strcmp(story, "(3) a c d ") == 0,
	    "or is dropped");
	CHECK(strcmp(in_order, "rdrr") == 0, "and counted in its place");
	put(B("a") "\n" B("b") "\xff\n\n" B("c") "\n" B("d") "\n");
	CHECK(run(9, false, one) == 1 && strcmp(story, "(1) a ") == 0,
	    "bad bytes end the run");
	CHECK(run(2, true, one) == 1 && strcmp(story, "(1) a (2) c d ") == 0,
	    "or are dropped");
	CHECK(strcmp(in_order, "rdrr") == 0, "and counted in their place");
	put(B("a") "\n" B("a") "\n" B("b") "\n" B("a") "\n");
	CHECK(run(9, false, one) == 1 && strcmp(story, "(1) a ") == 0,
	    "so does a sent_id twice in a row");
	CHECK(run(1, true, one) == 1 &&
	    strcmp(story, "(1) a (1) b (1) a ") == 0, "in any batch");
	put(B("a") "\n" B("b") "\n" B("c") "\n" B("d") "\n");
	bad_in_read = "b";
	CHECK(run(9, false, one) == 1 && strcmp(story, "(1) a ") == 0,
	    "a block that read refuses ends the run");
	CHECK(run(2, true, one) == 1 &&
	    strcmp(story, "(1) a (2) c d ") == 0, "or is dropped");
	bad_in_read = NULL;
	bad_in_work = "c";
	CHECK(run(9, false, one) == 1 && strcmp(story, "(4) a b ") == 0,
	    "a block that is bad in work ends the run after the good ones");
	CHECK(run(9, true, one) == 1 && strcmp(story, "(4) a b d ") == 0,
	    "or is dropped");
	bad_in_work = NULL;
	CHECK(run(9, false, (char *[]){path, "/no", path, NULL}) == 2 &&
	    strcmp(story, "(4) a b c d ") == 0, "a missing file ends the run");
	CHECK(run(9, true, (char *[]){path, "/no", path, NULL}) == 2 &&
	    strcmp(story, "(4) a b c d (4) a b c d ") == 0, "or not");
	put(B("a") "\n" "x\n\n");
	CHECK(run(9, true, (char *[]){"/no", path, NULL}) == 2,
	    "the status stays 2 if a block is bad later");
}

/* Words and bytes fill a batch too. */
static void
test_sizes(void)
{
	FILE *f = fopen(path, "w");

	for (int k = 0; f != NULL && k < 3; k++) {
		fprintf(f, "# sent_id = %d\n", k);
		for (int i = 1; i <= 3000; i++)
			fprintf(f, "%d\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", i);
		fputc('\n', f);
	}
	for (int k = 3; f != NULL && k < 6; k++)
		fprintf(f, "# sent_id = %d\n# x = %0*d\n\n", k, 10000000, 0);
	if (f == NULL || fclose(f) != 0)
		exit(2);
	CHECK(run(64, false, one) == 0 &&
	    strcmp(story, "(2) 0 1 (3) 2 3 4 (1) 5 ") == 0,
	    "a batch holds at most about 4,096 words, and 16 MiB");
	if (check_failures > 0)
		printf("# got %s\n", story);
}

int
main(void)
{
	err_mute(true);
	close(mkstemp(path));
	test_batches();
	test_bad();
	test_sizes();
	unlink(path);
	return check_done();
}
