/* SPDX-License-Identifier: ISC */
/*
 * Two pipes; poll(2) says which of them is ready:
 *
 *     out   bytes that are kept  ->  the command's standard input
 *     in    the command's standard output  ->  bytes, cut into lines
 *
 * Each turn writes what the first pipe takes and reads what the second one has.
 * The time is counted from the last turn in which a byte went either way: a
 * command may be slow, but it is not silent while it still reads.
 *
 * A command that closes its input before it has read all is not an error here:
 * it may have answered, or will end its output.  SIGPIPE would end this
 * process, so it is ignored during each write(2), and only then: a filter whose
 * own reader is gone still ends by it.
 */
#include "base/coprocess.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/mem.h"
#include "base/output.h"

struct coprocess {
	pid_t pid;
	int to, from;		/* our ends of the pipes; -1: closed */
	int seconds;
	struct output out;	/* to be sent */
	size_t sent;		/* bytes of it */
	struct output in;	/* read */
	size_t taken;		/* bytes of it that were lines */
};

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};

enum { ENDING = sizeof ending / sizeof *ending };

/* The group to end with this process; 0: none. */
static volatile sig_atomic_t group;

static void
end_both(int signal_number)
{
	if (group != 0)
		kill(-(pid_t)group, SIGTERM);
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

/* A signal that is ignored, as under nohup, stays so. */
static void
watch_signals(void)
{
	struct sigaction now, mine = {.sa_handler = end_both};

	sigemptyset(&mine.sa_mask);
	for (int i = 0; i < ENDING; i++)
		if (sigaction(ending[i], NULL, &now) == 0 &&
		    now.sa_handler == SIG_DFL)
			sigaction(ending[i], &mine, NULL);
}

static void
run_shell(const char *command, int in, int out)
{
	signal(SIGPIPE, SIG_DFL);
	setpgid(0, 0);
	unsetenv("REAT_MARKS");	/* what it gets and gives has none */
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

struct coprocess *
coprocess_start(const char *command, int seconds)
{
	struct coprocess *c = mem_calloc(1, sizeof *c);
	int to[2], from[2];

	fd_pipe(to);
	fd_pipe(from);
	c->pid = fork();
	if (c->pid < 0)
		die("cannot fork: %s", strerror(errno));
	if (c->pid == 0)
		run_shell(command, to[0], from[1]);
	setpgid(c->pid, c->pid);	/* whoever is first */
	group = c->pid;
	watch_signals();
	close(to[0]);
	close(from[1]);
	c->to = to[1];
	c->from = from[0];
	fd_never_block(c->to);
	fd_never_block(c->from);
	c->seconds = seconds;
	c->out = output_to(-1, "command");
	c->in = output_to(-1, "command");
	return c;
}

void
coprocess_send(struct coprocess *c, struct text bytes)
{
	if (c->sent == c->out.n)
		c->sent = c->out.n = 0;
	output_bytes(&c->out, bytes.s, bytes.n);
}

static void
shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool
again(void)
{
	return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/* Write what the pipe takes; true if that is something. */
static bool
give(struct coprocess *c)
{
	struct sigaction before, ignore = {.sa_handler = SIG_IGN};
	ssize_t n;

	sigemptyset(&ignore.sa_mask);
	sigaction(SIGPIPE, &ignore, &before);
	n = write(c->to, c->out.buf + c->sent, c->out.n - c->sent);
	if (n < 0 && errno == EPIPE) {
		shut(&c->to);
		c->sent = c->out.n;	/* nobody will read it */
	} else if (n < 0 && !again()) {
		die("cannot write to a command: %s", strerror(errno));
	}
	sigaction(SIGPIPE, &before, NULL);
	if (n > 0)
		c->sent += (size_t)n;
	return n > 0;
}

/* Read what is there; true if that is something, also the end. */
static bool
take(struct coprocess *c)
{
	char bytes[1 << 14];
	ssize_t n = read(c->from, bytes, sizeof bytes);

	if (n < 0 && !again())
		die("cannot read from a command: %s", strerror(errno));
	if (n == 0)
		shut(&c->from);
	else if (n > 0)
		output_bytes(&c->in, bytes, (size_t)n);
	return n >= 0;
}

/* The time in milliseconds. */
static long long
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/*
 * Write and read once.  Returns false if nothing moved until the deadline,
 * which else begins anew.
 */
static bool
turn(struct coprocess *c, long long *deadline)
{
	struct pollfd end[] = {{c->from, POLLIN, 0},
	    {c->sent < c->out.n ? c->to : -1, POLLOUT, 0}};
	long long left = *deadline - now();
	bool moved = false;

	if (left < 0)
		return false;
	if (poll(end, 2, (int)left + 1) < 0) {
		if (errno != EINTR)
			die("cannot poll: %s", strerror(errno));
		return true;
	}
	if (end[1].revents != 0)
		moved = give(c);
	if (end[0].revents != 0)
		moved = take(c) || moved;
	if (moved)
		*deadline = now() + c->seconds * 1000LL;
	return true;
}

/* Cut the next line from what was read; *seen bytes have no newline. */
static bool
cut(struct coprocess *c, size_t *seen, struct text *line)
{
	size_t n = c->in.n - c->taken;
	/* where nothing was ever read there is no buffer */
	struct text rest = {n == 0 ? "" : c->in.buf + c->taken, n};
	const char *end = rest.n == *seen ? NULL :
	    memchr(rest.s + *seen, '\n', rest.n - *seen);

	*seen = rest.n;
	if (end == NULL && (c->from >= 0 || rest.n == 0))
		return false;
	*line = (struct text){rest.s, end == NULL ? rest.n :
	    (size_t)(end - rest.s)};
	c->taken += line->n + (end != NULL);
	if (line->n > 0 && line->s[line->n - 1] == '\r')
		line->n--;
	return true;
}

enum coprocess_got
coprocess_line(struct coprocess *c, bool wait, struct text *line)
{
	long long deadline = now() + (wait ? c->seconds * 1000LL : 0);
	size_t seen = 0;

	/* the lines of a read are moved away once */
	if (c->taken > 0 && (c->taken == c->in.n ||
	    c->taken > COPROCESS_LINE_MOST)) {
		memmove(c->in.buf, c->in.buf + c->taken, c->in.n - c->taken);
		c->in.n -= c->taken;
		c->taken = 0;
	}
	while (!cut(c, &seen, line)) {
		if (c->from < 0)
			return COPROCESS_ENDED;
		if (seen > COPROCESS_LINE_MOST)
			return COPROCESS_LONG;
		if (!wait) {
			if (!take(c))
				return COPROCESS_NONE;
		} else if (!turn(c, &deadline)) {
			return COPROCESS_LATE;
		}
	}
	return COPROCESS_LINE;
}

static void
pause_briefly(void)
{
	const struct timespec time = {0, 5 * 1000 * 1000};

	nanosleep(&time, NULL);
}

/* Wait for the process until the deadline; false if it still runs. */
static bool
reap(struct coprocess *c, long long deadline, int *status)
{
	pid_t got;

	while ((got = waitpid(c->pid, status, WNOHANG)) == 0 ||
	    (got < 0 && errno == EINTR)) {
		if (now() > deadline)
			return false;
		pause_briefly();
	}
	group = 0;
	return true;
}

static void
forget(struct coprocess *c)
{
	output_done(&c->in, STATUS_OK);
	output_done(&c->out, STATUS_OK);
	free(c);
}

void
coprocess_shut(struct coprocess *c)
{
	c->sent = c->out.n;
	shut(&c->to);
}

int
coprocess_end(struct coprocess *c, bool *late)
{
	int status = 0;

	shut(&c->from);
	*late = !reap(c, now() + c->seconds * 1000LL, &status);
	if (*late) {
		coprocess_kill(c);
		return 0;
	}
	forget(c);
	return WIFEXITED(status) ? WEXITSTATUS(status) :
	    128 + WTERMSIG(status);
}

void
coprocess_kill(struct coprocess *c)
{
	int status;

	shut(&c->to);
	shut(&c->from);
	kill(-c->pid, SIGTERM);
	if (!reap(c, now() + 1000, &status)) {
		kill(-c->pid, SIGKILL);
		while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
			;
		group = 0;
	}
	forget(c);
}
