/* SPDX-License-Identifier: ISC */
/* option: letters, numbers, usage and help; each case runs in a process. */
#include "base/option.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static char out[8192], err[8192];

/* Read all of fd into buf, and close it. */
static void
drain(int fd, char *buf, size_t size)
{
	size_t n = 0;
	ssize_t k;

	while ((k = read(fd, buf + n, size - 1 - n)) > 0)
		n += (size_t)k;
	buf[n] = '\0';
	close(fd);
}

static const struct option_name rows[] = {
	{"html", "a page"}, {"latex", "a table"}, {"tsv", "rows"}, {0},
};

static void
program(int argc, char *argv[])
{
	struct options o = {"a:db:M:s:", "does things", "[file ...]",
	    .reads = "tok", .writes = "score",
	    .meanings = (const struct option_meaning[]){
	    {'s', "where it begins"}, {0}},
	    .arguments = (const struct option_meaning[]){{'s', "PLACE"},
	    {0}},
	    .names = (const struct option_meaning[]){{'s', "start"}, {0}}};

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			printf("a=%s ", ((const struct option_name *)
			    option_row(&o, c, rows, sizeof *rows))->name);
			break;
		case 'd':
			printf("d ");
			break;
		case 'b':
			printf("b=%ld ", option_number('b', 1, 100));
			break;
		case 's':
			printf("s=%ld ", option_number('s', LONG_MIN,
			    LONG_MAX));
			break;
		case 'M':
			printf("M=%g ", option_real('M', 0, 10));
		}
	printf("k=%d:", o.keep_going);
	for (int i = optind; i < argc; i++)
		printf(" %s", argv[i]);
	fflush(stdout);
}

/* Run the program with the arguments in line, which blanks separate. */
static int
run(const char *line)
{
	int o[2], e[2], status;
	pid_t child;

	fflush(stdout);
	if (pipe(o) != 0 || pipe(e) != 0 || (child = fork()) < 0)
		exit(2);
	if (child == 0) {
		char copy[200], *argv[20];
		int argc = 0;

		snprintf(copy, sizeof copy, "/bin/prog %s", line);
		for (char *p = copy; p != NULL && *p != '\0'; ) {
			argv[argc++] = p;
			p = strchr(p, ' ');
			if (p != NULL)
				*p++ = '\0';
		}
		argv[argc] = NULL;
		dup2(o[1], STDOUT_FILENO);
		dup2(e[1], STDERR_FILENO);
		close(o[0]);
		close(e[0]);
		program(argc, argv);
		_exit(0);
	}
	close(o[1]);
	close(e[1]);
	drain(o[0], out, sizeof out);
	drain(e[0], err, sizeof err);
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static const struct { const char *line, *out; } good[] = {
	{"", "k=0:"}, {"-d x y", "d k=0: x y"}, {"-k", "k=1:"},
	{"-kd -b 7 f", "d b=7 k=1: f"}, {"-b7", "b=7 k=0:"},
	{"-b +7", "b=7 k=0:"}, {"-b 007", "b=7 k=0:"},
	{"-b 1 -b 100", "b=1 b=100 k=0:"}, {"f -d", "d k=0: f"},
	{"f -b 7 g -k", "b=7 k=1: f g"}, {"f -- -d", "k=0: f -d"},
	{"-- -d", "k=0: -d"}, {"-", "k=0: -"}, {"-d - -k", "d k=1: -"},
	{"--decimal --batch 7 f --keep-going", "d b=7 k=1: f"},
	{"--batch=7 --ba=8", "b=7 b=8 k=0:"}, {"--start -3", "s=-3 k=0:"},
	{"-- --decimal", "k=0: --decimal"}, {"--max=1", "M=1 k=0:"},
	{"-a tsv --method html", "a=tsv a=html k=0:"},
	{"-s 9223372036854775807", "s=9223372036854775807 k=0:"},
	{"-s -9223372036854775807", "s=-9223372036854775807 k=0:"},
	{"-s 9007199254740993", "s=9007199254740993 k=0:"},
	{"-M 0.5 -M 1e1 -M 0", "M=0.5 M=10 M=0 k=0:"},
};

static const struct { const char *line, *err; } faults[] = {
	{"-0", "prog: unknown option -0\nusage: prog [-dhkUV] [-a NAME] "},
	{"-d0 f", "prog: unknown option -0\n"}, {"-:", "unknown option -:\n"},
	{"--frob", "prog: unknown option --frob\nusage: prog "},
	{"--batsh=7", "unknown option --batsh; the nearest is --batch\n"},
	{"f --seed 3", "unknown option --seed\n"},
	{"--de\x1b", "unknown option --de\\x1b\n"},
	{"--m", "option --m is ambiguous: --method or --max\nusage: prog "},
	{"--m=3", "option --m is ambiguous: --method or --max\n"},
	{"--help=3", "option --help takes no argument\n"},
	{"--dec=", "option --decimal takes no argument\n"},
	{"--batch", "option -b needs an argument\n"},
	{"--batch=", "option -b: \"\", expected a whole number"},
	{"-Z zst", "option -Z: \"zst\", expected gzip, xz or zstd; the nearest "
	    "is zstd\nusage: "}, {"-Z", "option -Z needs an argument\n"},
	{"-a pdf", "option -a: \"pdf\", expected html, latex or tsv\nusage: "},
	{"-a htlm", "expected html, latex or tsv; the nearest is html\n"},
	{"-a laetx", "; the nearest is latex\n"}, {"-a tv", " is tsv\n"},
	{"-\x1b", "option -\\x1b\n"},
	{"-b", "prog: option -b needs an argument\nusage: prog "},
	{"-b 0", "option -b: \"0\", expected a whole number from 1 to 100\n"},
	{"-b 101", "from 1 to 100\n"}, {"-b -1", "\"-1\""}, {"-b x", "\"x\""},
	{"-b 1x", "\"1x\""}, {"-b 1.5", "\"1.5\""}, {"-b 1e1", "\"1e1\""},
	{"-b 0x1", "\"0x1\""}, {"-b --1", "\"--1\""}, {"-b +", "\"+\""},
	{"-b 18446744073709551617", "from 1 to 100\n"},
	{"-s 9223372036854775808", "expected a whole number"},
	{"-M nan", "expected a number from 0 to 10\n"}, {"-M inf", "\"inf\""},
	{"-M 10.1", "\"10.1\""}, {"-M -1", "\"-1\""}, {"-M 1,5", "\"1,5\""},
};

static const char help[] = "prog: does things\n"
    "reads tok, writes score\n"
    "usage: prog [-dhkUV] [-a NAME] [-b N] [-M MAX] [-s PLACE] [-Z PROGRAM] "
    "[file ...]\n"
    "  -a, --method NAME       method or measure; \"list\" lists them\n"
    "  -b, --batch N           documents a batch\n"
    "  -d, --decimal           print vectors as decimals\n"
    "  -h, --help              print this help\n"
    "  -k, --keep-going        keep going after a bad block\n"
    "  -M, --max MAX           the score of full colour\n"
    "  -s, --start PLACE       where it begins\n"
    "  -U, --uncut             input and output have marks of their ends\n"
    "  -V, --version           print the version\n"
    "  -Z, --compress PROGRAM  compress the output: gzip, xz or zstd\n";

int
main(void)
{
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int status = run(good[i].line);

		CHECK(status == 0 && strcmp(out, good[i].out) == 0 &&
		    err[0] == '\0', "prog %s", good[i].line);
		if (strcmp(out, good[i].out) != 0)
			printf("# got %s\n", out);
	}
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		int status = run(faults[i].line);

		CHECK(status == 2 && strstr(err, faults[i].err) != NULL &&
		    strncmp(err, "prog: ", 6) == 0, "fault %zu", i);
		if (strstr(err, faults[i].err) == NULL)
			printf("# got %s\n", err);
	}
	CHECK(run("-h") == 0 && err[0] == '\0' &&
	    strncmp(out, help, sizeof help - 1) == 0, "-h");
	CHECK(run("f --help") == 0 && strncmp(out, help, sizeof help - 1) == 0,
	    "--help");
	CHECK(run("-a list f") == 0 && strcmp(out, "html         a page\n"
	    "latex        a table\ntsv          rows\n") == 0, "-a list");
	CHECK(run("-V -Z") == 0 && strncmp(out, "prog (REAT) ", 12) == 0 &&
	    strchr(out, '\n') == out + strlen(out) - 1, "-V");
	setenv("POSIXLY_CORRECT", "", 1);
	CHECK(run("-d f -k --batch=7") == 0 &&
	    strcmp(out, "d k=0: f -k --batch=7") == 0, "POSIXLY_CORRECT");
	return check_done();
}
