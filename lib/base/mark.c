/* SPDX-License-Identifier: ISC */
#include "base/mark.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char first[] = "# reat.mark = 1", last[] = "# reat.end = ";

enum { LONGEST = 160 };		/* bytes of a mark */

static struct mark_choice choice;
static bool broken;

static struct {
	bool begun;
	struct mark_sum sum;
} written;

void
mark_choose(struct mark_choice c)
{
	choice = c;
}

void
mark_broken(void)
{
	broken = true;
}

/* ---- sums ---- */

static void
begin(struct mark_sum *s)
{
	*s = (struct mark_sum){.last = 'x'};
	digest_begin(&s->digest);
}

static void
add(struct mark_sum *s, const char *p, size_t n)
{
	const char *end = p + n;

	if (n == 0)
		return;
	digest_add(&s->digest, p, n);
	for (const char *at = p; (at = memchr(at, '\n', (size_t)(end - at))) !=
	    NULL; at++) {
		s->lines++;
		s->blocks += (at > p ? at[-1] : s->last) == '\n';
	}
	s->last = end[-1];
}

/* The last mark, without its newline. */
static struct text
format(const struct mark_sum *s, char to[LONGEST])
{
	int n = snprintf(to, LONGEST, "%slines=%" PRIu64 " blocks=%" PRIu64
	    " bytes=%" PRIu64 " xxh64=%016" PRIx64, last, s->lines, s->blocks,
	    s->digest.n, digest_value(&s->digest));

	return (struct text){to, (size_t)n};
}

/* ---- input ---- */

/* A mark is wrong or missing, as the message says. */
static enum mark_got
spoilt(enum mark_got got, struct place at, const char *what)
{
	broken = true;
	bad(at, "%s", what);
	return got;
}

static enum mark_got
take_first(struct mark_reader *m, struct place at)
{
	bool early = m->state == MARK_INSIDE;

	m->state = MARK_INSIDE;
	m->seen = true;
	m->lost = false;
	begin(&m->sum);
	return !early ? MARK_TAKEN : spoilt(MARK_BAD, at, "a stream begins "
	    "here, but the one before it has no end mark: it ended early");
}

static enum mark_got
take_last(struct mark_reader *m, struct text line, struct place at)
{
	enum mark_state before = m->state;
	char room[LONGEST];
	struct text mine = format(&m->sum, room);

	m->state = MARK_START;
	if (before != MARK_INSIDE)
		return spoilt(MARK_BAD, at, "an end mark of a stream whose "
		    "first line, \"# reat.mark = 1\", is not there");
	if (m->lost || text_equal(line, mine))
		return MARK_TAKEN;
	broken = true;
	bad(at, "the stream before this mark was changed or is not whole: it "
	    "has %.*s", (int)(mine.n - strlen(last)), mine.s + strlen(last));
	return MARK_BAD;
}

enum mark_got
mark_look(struct mark_reader *m, struct text line, struct place at)
{
	enum mark_state before = m->state;

	if (choice.ignore)
		return MARK_NONE;
	if (line.n > 0 && line.s[0] == '#' && text_is(line, first))
		return take_first(m, at);
	if (line.n > 0 && line.s[0] == '#' && text_starts(line, last))
		return take_last(m, line, at);
	if (before != MARK_START)
		return MARK_NONE;
	m->state = MARK_PLAIN;
	return !choice.demand ? MARK_NONE : spoilt(MARK_MISSING, at, "no line "
	    "\"# reat.mark = 1\", which -U demands; if the stream is whole, "
	    "reat-mark adds it");
}

void
mark_took(struct mark_reader *m, const char *p, size_t n)
{
	if (m->state == MARK_INSIDE)
		add(&m->sum, p, n);
}

bool
mark_ends(struct mark_reader *m, struct place at)
{
	if (m->state == MARK_INSIDE)
		return spoilt(MARK_BAD, at, "the stream ends without its end "
		    "mark: it ended early") == MARK_NONE;
	return choice.ignore || !choice.demand || m->seen ||
	    m->state == MARK_PLAIN || spoilt(MARK_BAD, at, "empty, expected "
	    "the marks that -U demands") == MARK_NONE;
}

/* ---- standard output ---- */

/* The first mark with its newline, if it was not written; begins the sum. */
static size_t
first_mark(char *to, size_t size)
{
	if (written.begun)
		return 0;
	written.begun = true;
	begin(&written.sum);
	return (size_t)snprintf(to, size, "%s\n", first);
}

struct text
mark_before(const char *p, size_t n)
{
	static char mark[LONGEST];
	struct text t = {mark, 0};

	if (choice.write) {
		t.n = first_mark(mark, sizeof mark);
		add(&written.sum, p, n);
	}
	return t;
}

struct text
mark_after(int status)
{
	static char marks[2 * LONGEST];
	struct text t = {marks, 0};

	if (!choice.write || broken || (status != STATUS_OK &&
	    (status != STATUS_DATA || !choice.keep_going)))
		return t;
	t.n = first_mark(marks, sizeof marks);
	t.n += format(&written.sum, marks + t.n).n;
	marks[t.n++] = '\n';
	return t;
}
