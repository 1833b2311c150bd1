/* SPDX-License-Identifier: ISC */
#include "base/unpack.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"

struct unpack {
	struct compress_run run;
	pid_t feeder;		/* 0: there is none */
};

/*
 * The feeder: write head and the rest of the file to the pipe.  Its exit status
 * is the errno of a call that failed; SIGPIPE ends it if the program wants no
 * more.  It keeps no output of this process open, whose reader would wait.
 */
static _Noreturn void
feed(int from, int to, struct text head)
{
	char buf[1 << 16];
	ssize_t n;

	signal(SIGPIPE, SIG_DFL);
	close(STDOUT_FILENO);
	if (!fd_write(to, head.s, head.n))
		_exit(errno);
	while ((n = fd_read(from, buf, sizeof buf)) > 0)
		if (!fd_write(to, buf, (size_t)n))
			_exit(errno);
	_exit(n < 0 ? errno : 0);
}

/*
 * Set *in to what the program reads: the file, back at its start, or a pipe
 * from a feeder.
 */
static void
open_way(struct unpack *u, int fd, struct text head, int *in)
{
	int end[2];

	*in = fd;
	if (lseek(fd, -(off_t)head.n, SEEK_CUR) >= 0)
		return;
	fd_pipe(end);
	u->feeder = fork();
	if (u->feeder < 0)
		die("cannot fork: %s", strerror(errno));
	if (u->feeder == 0) {
		close(end[0]);
		feed(fd, end[1], head);
	}
	close(end[1]);
	*in = end[0];
}

/* End the feeder; returns the errno of a call that failed, or 0. */
static int
end_feeder(struct unpack *u)
{
	int status = 0;

	if (u->feeder == 0)
		return 0;
	kill(u->feeder, SIGKILL);	/* it may wait for bytes */
	while (waitpid(u->feeder, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

struct unpack *
unpack_start(const struct compress_format *f, const char *file, int *fd,
    struct text head)
{
	struct unpack *u = mem_calloc(1, sizeof *u);
	int in, out[2], failed;

	open_way(u, *fd, head, &in);
	fd_pipe(out);
	failed = compress_start(&u->run, f, f->unpack, in, out[1]);
	close(out[1]);
	if (in != *fd)
		close(in);
	if (failed != 0) {
		close(out[0]);
		end_feeder(u);
		free(u);
		bad((struct place){file, 0}, "compressed by %s, which cannot "
		    "be run: %s; install %s, or decompress the file first",
		    f->name, strerror(failed), f->name);
		return NULL;
	}
	if (*fd != STDIN_FILENO)
		close(*fd);
	*fd = out[0];
	return u;
}

int
unpack_end(struct unpack *u, struct place at)
{
	const char *program = u->run.format->name;
	char said[COMPRESS_SAID];
	int status = compress_wait(&u->run, said), failed = end_feeder(u);

	free(u);
	if (failed != 0) {
		bad(at, "cannot read: %s", strerror(failed));
		return STATUS_SYSTEM;
	}
	if (status == 0)
		return STATUS_OK;
	if (status > 126) {	/* 127: posix_spawnp on some systems */
		bad(at, status == 127 ? "cannot run %s" :
		    "%s was ended by signal %d", program, status - 128);
		return STATUS_SYSTEM;
	}
	bad(at, "%s stopped with exit status %d: %s", program, status, said);
	return STATUS_DATA;
}

void
unpack_stop(struct unpack *u)
{
	char said[COMPRESS_SAID];

	kill(u->run.pid, SIGTERM);
	compress_wait(&u->run, said);
	end_feeder(u);
	free(u);
}
