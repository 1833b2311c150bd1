/* SPDX-License-Identifier: ISC */
#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

ssize_t
fd_read(int fd, void *p, size_t n)
{
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	ssize_t got;

	while ((got = read(fd, p, n)) < 0)
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			poll(&ready, 1, -1);
		else if (errno != EINTR)
			break;
	return got;
}

bool
fd_write(int fd, const char *p, size_t n)
{
	struct pollfd ready = {.fd = fd, .events = POLLOUT};

	while (n > 0) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			poll(&ready, 1, -1);
		else if (k < 0 && errno != EINTR)
			return false;
		p += k > 0 ? k : 0;
		n -= k > 0 ? (size_t)k : 0;
	}
	return true;
}

int
fd_above_std(int fd)
{
	int above = fd;

	if (fd >= 0 && fd <= STDERR_FILENO) {
		above = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
		close(fd);
	}
	return above;
}

void
fd_pipe(int end[2])
{
	if (pipe(end) != 0)
		die("cannot make a pipe: %s", strerror(errno));
	for (int i = 0; i < 2; i++) {
		end[i] = fd_above_std(end[i]);
		fcntl(end[i], F_SETFD, FD_CLOEXEC);
	}
}

void
fd_never_block(int fd)
{
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}
