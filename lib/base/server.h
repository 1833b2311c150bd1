/* SPDX-License-Identifier: ISC */
/*
 * server: a web server for one program, busybox httpd on 127.0.0.1.
 *
 * It serves a temporary folder that nobody else can read, in which
 * cgi-bin/index.cgi is a link to the program: the server runs it for each
 * request, as CGI.  The folder is removed at the end.
 */
#ifndef BASE_SERVER_H
#define BASE_SERVER_H

/* The path of the program in an address. */
extern const char server_path[];

/*
 * The names of two variables in the program's environment: the server's host
 * and port, "127.0.0.1:8017", and the path of an empty file to lock.
 */
extern const char server_host[], server_lock[];

/*
 * Start the server, print its address on standard output, and wait until a
 * SIGINT, SIGTERM or SIGHUP ends both.  Exits with 2 if the port is taken, or
 * the server cannot be started or ends by itself.
 */
int server_run(const char *program, int port);

#endif
