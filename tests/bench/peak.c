/* SPDX-License-Identifier: ISC */
/*
 * peak COMMAND [ARG...]: run the command and print, on file descriptor 3, its
 * peak resident memory in KiB, its seconds and its seconds of CPU time.  Exits
 * with the command's status.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int
main(int argc, char *argv[])
{
	struct timespec start, end;
	struct rusage used;
	int status;
	pid_t child;

	if (argc < 2)
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &start);
	child = fork();
	if (child == 0) {
		execvp(argv[1], argv + 1);
		perror(argv[1]);
		_exit(2);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0 ||
	    getrusage(RUSAGE_CHILDREN, &used) != 0)
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &end);
	dprintf(3, "%ld %.1f %.3f\n", used.ru_maxrss,
	    (double)(end.tv_sec - start.tv_sec) +
	    (double)(end.tv_nsec - start.tv_nsec) * 1e-9,
	    (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
	    (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}
