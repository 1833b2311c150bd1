/* SPDX-License-Identifier: ISC */
/*
 * A round: the caller sets the work, raises round, and does part 0.  A thread
 * that sees a new round does its part and lowers left.  The caller returns when
 * left is zero.
 *
 *     round   0 . . 1 . . . . . . . 2
 *     left    0 . . 2 . . 1 . 0 . . 2        three threads
 *
 * Training has thousands of rounds a second, and to wake a thread takes some 50
 * microseconds.  So a thread that waits looks at round or left again and again
 * for half a millisecond before it sleeps.  Between two looks it offers the CPU
 * to others: the thread it waits for may need it.
 */
#include "base/crew.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

enum {
	LOOKS = 4000,		/* before a thread sleeps */
	GLANCES = 100,		/* in a look, before another may have the CPU */
};

struct member {
	struct crew *crew;
	size_t part;
	pthread_t thread;
};

struct crew {
	size_t n;
	struct member *member;	/* [n]; member 0 is the caller */
	void (*work)(void *, size_t, size_t);
	void *self;
	bool over;		/* crew_free has been called */

	/* both are changed with the mutex held, and read without it */
	atomic_size_t round, left;
	pthread_mutex_t mutex;
	pthread_cond_t begun, done;
};

/* Wait until *what is not is (or, if equal, until it is). */
static void
wait_for(struct crew *c, atomic_size_t *what, size_t is, bool equal,
    pthread_cond_t *changed)
{
	for (int i = 0; i < LOOKS; i++) {
		for (int k = 0; k < GLANCES; k++)
			if ((atomic_load_explicit(what,
			    memory_order_acquire) == is) == equal)
				return;
		sched_yield();
	}
	pthread_mutex_lock(&c->mutex);
	while ((atomic_load(what) == is) != equal)
		pthread_cond_wait(changed, &c->mutex);
	pthread_mutex_unlock(&c->mutex);
}

static void *
live(void *self)
{
	struct member *me = self;
	struct crew *c = me->crew;

	for (size_t round = 0; ; round++) {
		wait_for(c, &c->round, round, false, &c->begun);
		if (c->over)
			return NULL;
		c->work(c->self, me->part, c->n);
		pthread_mutex_lock(&c->mutex);
		if (atomic_fetch_sub(&c->left, 1) == 1)
			pthread_cond_signal(&c->done);
		pthread_mutex_unlock(&c->mutex);
	}
}

/* Begin a round. */
static void
begin(struct crew *c)
{
	pthread_mutex_lock(&c->mutex);
	atomic_store(&c->left, c->n - 1);
	atomic_fetch_add(&c->round, 1);
	pthread_cond_broadcast(&c->begun);
	pthread_mutex_unlock(&c->mutex);
}

struct crew *
crew_new(size_t n)
{
	struct crew *c;
	sigset_t all, before;

	if (n == 1)
		return NULL;
	c = mem_calloc(1, sizeof *c);
	c->n = n;
	c->member = mem_calloc(n, sizeof *c->member);
	pthread_mutex_init(&c->mutex, NULL);
	pthread_cond_init(&c->begun, NULL);
	pthread_cond_init(&c->done, NULL);
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	for (size_t i = 1; i < n; i++) {
		int error;

		c->member[i] = (struct member){.crew = c, .part = i};
		error = pthread_create(&c->member[i].thread, NULL, live,
		    &c->member[i]);
		if (error != 0)
			die("cannot start thread %zu of %zu: %s", i + 1, n,
			    strerror(error));
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return c;
}

void
crew_free(struct crew *c)
{
	if (c == NULL)
		return;
	c->over = true;
	begin(c);
	for (size_t i = 1; i < c->n; i++)
		pthread_join(c->member[i].thread, NULL);
	pthread_mutex_destroy(&c->mutex);
	pthread_cond_destroy(&c->begun);
	pthread_cond_destroy(&c->done);
	free(c->member);
	free(c);
}

size_t
crew_size(const struct crew *c)
{
	return c == NULL ? 1 : c->n;
}

void
crew_do(struct crew *c, void (*work)(void *, size_t, size_t), void *self)
{
	if (c == NULL) {
		work(self, 0, 1);
		return;
	}
	c->work = work;
	c->self = self;
	begin(c);
	work(self, 0, c->n);
	wait_for(c, &c->left, 0, true, &c->done);
}
