/* SPDX-License-Identifier: ISC */
#include "base/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"

const char server_path[] = "/cgi-bin/index.cgi";
const char server_host[] = "REAT_LIVE_HOST", server_lock[] = "REAT_LIVE_LOCK";

/* What is in the folder of the server; removed at the end. */
static struct {
	pid_t owner;
	const char *folder, *home, *bin, *link, *conf, *lock;
} place;

static void
clean(void)
{
	if (place.owner != getpid() || place.folder == NULL)
		return;
	unlink(place.link);
	unlink(place.conf);
	unlink(place.lock);
	rmdir(place.bin);
	rmdir(place.home);
	rmdir(place.folder);
}

static void
write_file(const char *path, const char *content)
{
	struct output o = output_create(path);

	output_string(&o, content);
	output_done(&o, STATUS_OK);
}

static void
make_place(struct arena *arena, const char *self)
{
	const char *tmp = getenv("TMPDIR");
	char *folder = mem_printf(arena, "%s/reat-live-XXXXXX",
	    tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp");
	char *real;

	if (mkdtemp(folder) == NULL ||
	    (real = realpath(folder, NULL)) == NULL)
		die("%s: cannot create: %s", folder, strerror(errno));
	place.folder = mem_printf(arena, "%s", real);
	free(real);
	place.home = mem_printf(arena, "%s/home", place.folder);
	place.bin = mem_printf(arena, "%s/cgi-bin", place.home);
	place.link = mem_printf(arena, "%s%s", place.home, server_path);
	place.conf = mem_printf(arena, "%s/conf", place.folder);
	place.lock = mem_printf(arena, "%s/lock", place.folder);
	place.owner = getpid();
	atexit(clean);
	if (mkdir(place.home, 0700) != 0 || mkdir(place.bin, 0700) != 0 ||
	    symlink(self, place.link) != 0)
		die("%s: cannot create: %s", place.link, strerror(errno));
	write_file(place.conf, "A:127.0.0.1\nD:*\n");
	write_file(place.lock, "");
}

static struct sockaddr_in
address(int port)
{
	struct sockaddr_in a = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port)};

	inet_pton(AF_INET, "127.0.0.1", &a.sin_addr);
	return a;
}

/* Call bind or connect for the port; 0 or -1 with errno. */
static int
with_socket(int port, int (*call)(int, const struct sockaddr *, socklen_t))
{
	struct sockaddr_in a = address(port);
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1, got, error;

	if (fd < 0)
		die("cannot make a socket: %s", strerror(errno));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	got = call(fd, (const struct sockaddr *)&a, sizeof a);
	error = errno;
	close(fd);
	errno = error;
	return got;
}

/* A signal that is waited for must not be ignored. */
static void
wake(int signal_number)
{
	(void)signal_number;
}

static pid_t
start_server(struct arena *arena, const char *host, const sigset_t *before)
{
	char *argv[] = {"busybox", "httpd", "-f", "-p",
	    mem_printf(arena, "%s", host), "-c",
	    mem_printf(arena, "%s", place.conf), "-h",
	    mem_printf(arena, "%s", place.home), NULL};
	pid_t pid = fork();

	if (pid < 0)
		die("cannot fork: %s", strerror(errno));
	if (pid == 0) {
		sigprocmask(SIG_SETMASK, before, NULL);
		execvp(argv[0], argv);
		_exit(127);
	}
	return pid;
}

/* The server has ended: say so. */
static _Noreturn void
ended(int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		die("busybox httpd cannot be run; install busybox");
	die("busybox httpd has ended, with the status %d", status);
}

/* Wait until it takes connections. */
static void
await(pid_t pid, int port)
{
	const struct timespec pause = {0, 20 * 1000 * 1000};
	int status;

	for (int i = 0; i < 250; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			ended(status);
		if (with_socket(port, connect) == 0)
			return;
		nanosleep(&pause, NULL);
	}
	kill(pid, SIGTERM);
	die("busybox httpd does not answer");
}

int
server_run(const char *program, int port)
{
	static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD};
	struct sigaction handler = {.sa_handler = wake};
	struct arena *arena = mem_arena();
	struct output o = output_to(STDOUT_FILENO, "stdout");
	const char *host = mem_printf(arena, "127.0.0.1:%d", port);
	sigset_t set, before;
	int got = 0, status = 0;
	pid_t pid;

	if (with_socket(port, bind) != 0)
		die("port %d: %s; give another port", port, strerror(errno));
	make_place(arena, program);
	setenv(server_host, host, 1);
	setenv(server_lock, place.lock, 1);
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		sigaddset(&set, ends[i]);
		sigaction(ends[i], &handler, NULL);
	}
	sigprocmask(SIG_BLOCK, &set, &before);
	pid = start_server(arena, host, &before);
	await(pid, port);
	output_printf(&o, "http://%s/\n", host);
	output_flush(&o);
	while (sigwait(&set, &got) != 0 || (got == SIGCHLD &&
	    waitpid(pid, &status, WNOHANG) != pid))
		;
	if (got == SIGCHLD)
		ended(status);
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	clean();
	/* die by the signal, so that a shell's loop ends too */
	signal(got, SIG_DFL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	raise(got);
	return STATUS_OK;
}
