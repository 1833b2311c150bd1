/* SPDX-License-Identifier: ISC */
/*
 * Three pipes, of which poll(2) says what is ready: a program that writes
 * before it has read all would wait for ever for a parent that does one after
 * the other.  The child leads a process group, so that kill reaches a pipeline
 * of its own, too.
 */
#include "base/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/mem.h"
#include "base/output.h"

enum { IN, OUT, ERR, STREAMS };

struct run {
	pid_t pid;
	struct pollfd end[STREAMS];	/* ours; fd -1 when it is closed */
	struct text input;	/* what is left of it */
	struct output made[STREAMS];
	size_t limit;
	struct timespec deadline;
};

static void
start(struct run *r, char *const argv[])
{
	int pipes[STREAMS][2];

	for (int i = 0; i < STREAMS; i++)
		fd_pipe(pipes[i]);
	r->pid = fork();
	if (r->pid < 0)
		die("cannot fork: %s", strerror(errno));
	if (r->pid == 0) {
		signal(SIGPIPE, SIG_DFL);
		setpgid(0, 0);
		for (int i = 0; i < STREAMS; i++)
			dup2(pipes[i][i != IN], i);
		execv(argv[0], argv);
		_exit(127);
	}
	setpgid(r->pid, r->pid);	/* whoever is first */
	for (int i = 0; i < STREAMS; i++) {
		int ours = pipes[i][i == IN];

		close(pipes[i][i != IN]);
		fd_never_block(ours);
		r->end[i] = (struct pollfd){ours, i == IN ? POLLOUT : POLLIN,
		    0};
		r->made[i] = output_to(-1, "child");
	}
}

static void
shut(struct run *r, int i)
{
	close(r->end[i].fd);
	r->end[i].fd = -1;
}

/* The milliseconds until the deadline, rounded up, or 0. */
static int
left(const struct run *r)
{
	struct timespec now;
	long long ms;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (long long)(r->deadline.tv_sec - now.tv_sec) * 1000 +
	    (r->deadline.tv_nsec - now.tv_nsec) / 1000000 + 1;
	return ms > 0 ? (int)ms : 0;
}

static void
give(struct run *r)
{
	ssize_t n = r->input.n == 0 ? 0 :
	    write(r->end[IN].fd, r->input.s, r->input.n);

	if (n > 0) {
		r->input.s += n;
		r->input.n -= (size_t)n;
	}
	if (r->input.n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		shut(r, IN);
}

/* Read what is there; false if it is more than the limit. */
static bool
take(struct run *r, int i)
{
	char bytes[1 << 14];
	ssize_t n = read(r->end[i].fd, bytes, sizeof bytes);

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		shut(r, i);
	if (n > 0)
		output_bytes(&r->made[i], bytes, (size_t)n);
	return r->made[i].n <= r->limit;
}

/* Write and read until the child closes its outputs, or a limit is reached. */
static void
talk(struct run *r, struct child *c)
{
	while (r->end[OUT].fd >= 0 || r->end[ERR].fd >= 0) {
		int ms = left(r);

		c->late = ms == 0;
		if (c->late)
			return;
		if (poll(r->end, STREAMS, ms) < 0 && errno != EINTR)
			die("cannot poll: %s", strerror(errno));
		if (r->end[IN].fd >= 0 && r->end[IN].revents != 0)
			give(r);
		for (int i = OUT; i <= ERR; i++)
			if (r->end[i].fd >= 0 && r->end[i].revents != 0 &&
			    !take(r, i)) {
				c->large = true;
				return;
			}
	}
}

static struct text
keep(struct arena *arena, struct output *made)
{
	struct text t = text_copy(arena, (struct text){made->n > 0 ?
	    made->buf : "", made->n});

	output_done(made, STATUS_OK);
	return t;
}

void
child_run(struct arena *arena, char *const argv[], struct text input,
    size_t limit, int seconds, struct child *c)
{
	struct run r = {.input = input, .limit = limit};
	int status = 0;

	*c = (struct child){.status = 0};
	signal(SIGPIPE, SIG_IGN);
	clock_gettime(CLOCK_MONOTONIC, &r.deadline);
	r.deadline.tv_sec += seconds;
	start(&r, argv);
	talk(&r, c);
	if (c->late || c->large)
		kill(-r.pid, SIGKILL);
	for (int i = 0; i < STREAMS; i++)
		if (r.end[i].fd >= 0)
			shut(&r, i);
	while (waitpid(r.pid, &status, 0) < 0 && errno == EINTR)
		;
	c->status = WIFEXITED(status) ? WEXITSTATUS(status) :
	    128 + WTERMSIG(status);
	c->out = keep(arena, &r.made[OUT]);
	c->err = keep(arena, &r.made[ERR]);
	output_done(&r.made[IN], STATUS_OK);
}
