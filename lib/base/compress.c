/* SPDX-License-Identifier: ISC */
#include "base/compress.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"

extern char **environ;

/* gzip -n: the same bytes at any time */
const struct compress_format compress_formats[] = {
	{"gzip", ".gz", {"\x1f\x8b", 2}, "-nc", "-dc"},
	{"xz", ".xz", {"\xfd" "7zXZ", 6}, "-c", "-dc"},
	{"zstd", ".zst", {"\x28\xb5\x2f\xfd", 4}, "-qc", "-dqc"},
	{NULL, NULL, {NULL, 0}, NULL, NULL},
};

const struct compress_format *
compress_find(struct text head, bool *more)
{
	*more = false;
	for (const struct compress_format *f = compress_formats;
	    f->name != NULL; f++) {
		size_t n = head.n < f->magic.n ? head.n : f->magic.n;

		if (n > 0 && memcmp(head.s, f->magic.s, n) != 0)
			continue;
		*more = n < f->magic.n;
		return *more ? NULL : f;
	}
	return NULL;
}

bool
compress_refused(struct place at, const void *p, size_t n)
{
	bool more;
	const struct compress_format *f = compress_find((struct text){p, n},
	    &more);

	return f != NULL && !bad(at, "compressed by %s; here it is "
	    "not decompressed, so do it first: %s -d", f->name, f->name);
}

struct text
compress_stem(struct text name)
{
	for (const struct compress_format *f = compress_formats;
	    f->name != NULL; f++)
		if (text_ends(name, f->ending))
			name.n -= strlen(f->ending);
	return name;
}

/* posix_spawnp with three streams; returns its errno. */
static int
spawn(pid_t *pid, char *const argv[], const int stream[3])
{
	posix_spawn_file_actions_t streams;
	posix_spawnattr_t attributes;
	sigset_t pipes;
	int failed = posix_spawn_file_actions_init(&streams);

	if (failed != 0)
		return failed;
	for (int i = 0; i < 3 && failed == 0; i++)
		if (stream[i] != i)
			failed = posix_spawn_file_actions_adddup2(&streams,
			    stream[i], i);
	/* it may not inherit that SIGPIPE is ignored */
	sigemptyset(&pipes);
	sigaddset(&pipes, SIGPIPE);
	if (failed == 0 && (failed = posix_spawnattr_init(&attributes)) == 0) {
		posix_spawnattr_setsigdefault(&attributes, &pipes);
		posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
		failed = posix_spawnp(pid, argv[0], &streams, &attributes,
		    argv, environ);
		posix_spawnattr_destroy(&attributes);
	}
	posix_spawn_file_actions_destroy(&streams);
	return failed;
}

int
compress_start(struct compress_run *r, const struct compress_format *f,
    const char *options, int in, int out)
{
	char *argv[] = {(char *)f->name, (char *)options, NULL};
	int err[2], failed;

	fd_pipe(err);
	fd_never_block(err[0]);
	fd_never_block(err[1]);
	*r = (struct compress_run){.format = f, .err = err[0]};
	failed = spawn(&r->pid, argv, (const int[]){in, out, err[1]});
	close(err[1]);
	if (failed != 0)
		close(err[0]);
	return failed;
}

int
compress_wait(struct compress_run *r, char said[COMPRESS_SAID])
{
	struct text rest, line = {NULL, 0};
	int status = 0;
	ssize_t n;

	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		;
	n = read(r->err, said, COMPRESS_SAID - 1);
	close(r->err);
	rest = (struct text){said, n > 0 ? (size_t)n : 0};
	while (rest.n > 0 && line.n == 0)	/* gzip begins with a newline */
		line = text_cut(&rest, '\n');
	if (line.n == 0)
		line = TEXT("nothing");
	memmove(said, line.s, line.n);
	said[line.n] = '\0';
	return WIFEXITED(status) ? WEXITSTATUS(status) :
	    128 + WTERMSIG(status);
}
