/* SPDX-License-Identifier: ISC */
/* input: a stream gives the same records in pieces of any size. */
#include "base/input.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "check.h"

static char dir[] = "/tmp/reat-input-XXXXXX";

/* Start a child that writes n bytes at p to a pipe, step bytes at a time. */
static pid_t
feed(const char *p, size_t n, size_t step, long nap)
{
	int fd[2];
	pid_t child;

	fflush(stdout);
	if (pipe(fd) != 0 || (child = fork()) < 0)
		exit(2);
	if (child == 0) {
		struct timespec t = {0, nap};

		close(fd[0]);
		for (size_t i = 0; i < n; i += step) {
			size_t k = n - i < step ? n - i : step;

			if (write(fd[1], p + i, k) < 0)
				_exit(1);
			if (nap > 0)
				nanosleep(&t, NULL);
		}
		_exit(0);
	}
	close(fd[1]);
	dup2(fd[0], STDIN_FILENO);
	close(fd[0]);
	return child;
}

/*
 * Read all operands.  Returns the results as text: line<bytes> for a record, !
 * for INPUT_BAD and ? for INPUT_FAILED.
 */
static char *
results(char *const operands[], enum input_unit unit)
{
	static char out[1 << 16];
	struct input *in = input_open(operands);
	enum input_got got = INPUT_RECORD;
	struct record r;
	size_t n = 0;

	while (got != INPUT_END) {
		got = input_next(in, unit, true, &r);
		if (got == INPUT_RECORD)
			n += (size_t)snprintf(out + n, sizeof out - n,
			    "%zu<%.*s>", r.at.line, (int)r.text.n, r.text.s);
		else if (got != INPUT_END)
			n += (size_t)snprintf(out + n, sizeof out - n, "%s",
			    got == INPUT_BAD ? "!" :
			    got == INPUT_FAILED ? "?" : "idle");
	}
	out[n] = '\0';
	input_close(in);
	return out;
}

static char *const none[] = {NULL};

static const struct {
	const char *name, *bytes;
	size_t n;
	enum input_unit unit;
	const char *expected;
} cases[] = {
#define CASE(name, bytes, unit, expected) \
	{name, bytes, sizeof(bytes) - 1, INPUT_##unit, expected}
	CASE("nothing", "", LINES, ""),
	CASE("nothing", "", BLOCKS, ""),
	CASE("lines", "a\nbc\n\nd\n", LINES, "1<a>2<bc>3<>4<d>"),
	CASE("no last newline", "a\nb", LINES, "1<a>2<b>"),
	CASE("one newline", "\n", LINES, "1<>"),
	CASE("CRLF", "a\r\nb\r\n\r\nc", LINES, "1<a>2<b>3<>4<c>"),
	CASE("CR and the end", "a\r\nb\r", LINES, "1<a>2<b>"),
	CASE("other CRs", "a\rb\r\r\n\rc\n", LINES, "1<a\rb\r>2<\rc>"),
	CASE("BOM", "\xef\xbb\xbf" "a\nb\n", LINES, "1<a>2<b>"),
	CASE("BOM alone", "\xef\xbb\xbf", LINES, ""),
	CASE("BOM, newline", "\xef\xbb\xbf\n", LINES, "1<>"),
	CASE("half a BOM", "\xef\xbb", LINES, "!"),
	CASE("not a BOM", "\xef\xbb\x8a\n", LINES, "1<\xef\xbb\x8a>"),
	CASE("two BOMs", "\xef\xbb\xbf\xef\xbb\xbf" "a", LINES,
	    "1<\xef\xbb\xbf" "a>"),
	CASE("begins like zstd", "(\nb\n", LINES, "1<(>2<b>"),
	CASE("begins like gzip", "\x1f" "ab\n", LINES, "1<\x1f" "ab>"),
	CASE("half of xz", "a\n\xfd" "7zX", LINES, "1<a>!"),
	CASE("half of xz alone", "\xfd" "7zX", LINES, "!"),
	CASE("BOM later", "a\n\xef\xbb\xbf" "b\n", LINES,
	    "1<a>2<\xef\xbb\xbf" "b>"),
	CASE("NUL", "a\nb\0c\nd\n", LINES, "1<a>!3<d>"),
	CASE("invalid", "a\n\xff\nd\n", LINES, "1<a>!3<d>"),
	CASE("cut sequence", "a\xe2\x82\nd\n", LINES, "!2<d>"),
	CASE("one block", "a\nb\n\n", BLOCKS, "1<a\nb\n>"),
	CASE("no blank line", "a\nb\n", BLOCKS, "1<a\nb\n>"),
	CASE("no newline", "a\nb", BLOCKS, "1<a\nb>"),
	CASE("two blocks", "a\n\nb\nc\n\n", BLOCKS, "1<a\n>3<b\nc\n>"),
	CASE("blank lines", "\n\na\n\n\n\nb\n\n\n", BLOCKS, "3<a\n>7<b\n>"),
	CASE("only blank lines", "\n\n\r\n\n", BLOCKS, ""),
	CASE("blocks, CRLF", "\r\na\r\nb\r\n\r\n\r\nc\r\n\r\n", BLOCKS,
	    "2<a\nb\n>6<c\n>"),
	CASE("CR at the end", "a\n\r", BLOCKS, "1<a\n>"),
	CASE("only CR", "\r", BLOCKS, ""),
	CASE("CR CR", "a\n\r\r\nb\n", BLOCKS, "1<a\n\r\nb\n>"),
	CASE("blank is no blank line", "a\n \nb\n\n", BLOCKS, "1<a\n \nb\n>"),
	CASE("block, BOM", "\xef\xbb\xbf\n\na\n\nb\n", BLOCKS,
	    "3<a\n>5<b\n>"),
	CASE("bad block", "a\n\nb\n\xff\n\nc\n\n", BLOCKS, "1<a\n>!6<c\n>"),
	CASE("NUL in a block", "a\n\nb\n\0\n\nc\n\n", BLOCKS,
	    "1<a\n>!6<c\n>"),
#undef CASE
};

enum { CASES = sizeof cases / sizeof *cases };

static void
test_pieces(void)
{
	static const size_t steps[] = {1, 2, 3, 5, 4096};

	for (size_t i = 0; i < CASES; i++)
		for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
			pid_t child = feed(cases[i].bytes, cases[i].n, steps[k],
			    k < 2 ? 20000 : 0);
			const char *got = results(none, cases[i].unit);

			waitpid(child, NULL, 0);
			CHECK(strcmp(got, cases[i].expected) == 0,
			    "%s, %zu bytes at a time", cases[i].name, steps[k]);
			if (strcmp(got, cases[i].expected) != 0)
				printf("# got %s\n", got);
		}
}

static char *
file_of(const char *name, const char *bytes, size_t n)
{
	static char path[8][100];
	static int turn;
	char *p = path[turn++ & 7];
	FILE *f;

	snprintf(p, sizeof path[0], "%s/%s", dir, name);
	f = fopen(p, "w");
	if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		exit(2);
	return p;
}

static void
test_operands(void)
{
	char *a = file_of("a", "\xef\xbb\xbf" "a\n\nb", 7);
	char *b = file_of("b", "\xef\xbb\xbf" "c\n", 5);
	char *e = file_of("e", "", 0);
	char *const three[] = {a, e, b, NULL};
	char *const missing[] = {a, "/no/such/file", b, NULL};
	char *const folder[] = {a, "/", b, NULL};
	char *const dash[] = {a, "-", b, "-", NULL};
	pid_t child;

	CHECK(strcmp(results(three, INPUT_BLOCKS), "1<a\n>3<b>1<c\n>") == 0,
	    "an operand's end ends a block; each may have a BOM");
	CHECK(strcmp(results(missing, INPUT_LINES), "1<a>2<>3<b>?1<c>") == 0,
	    "a missing operand fails and the next is read");
	CHECK(strcmp(results(folder, INPUT_LINES), "1<a>2<>3<b>?1<c>") == 0,
	    "a folder fails and the next is read");
	child = feed("x\n", 2, 2, 0);
	CHECK(strcmp(results(dash, INPUT_LINES), "1<a>2<>3<b>1<x>1<c>") == 0,
	    "- is standard input, and empty the second time");
	waitpid(child, NULL, 0);
	close(STDIN_FILENO);
	CHECK(strcmp(results(none, INPUT_LINES), "?") == 0,
	    "a closed standard input fails");
}

/* INPUT_IDLE only if no whole block has arrived; each whole block at once. */
static void
test_idle(void)
{
	static const char bytes[] = "a\n\nb\n\nc";
	struct input *in;
	struct record r;
	enum input_got got;
	int fd[2];
	size_t idle = 0;

	if (pipe(fd) != 0)
		exit(2);
	dup2(fd[0], STDIN_FILENO);
	close(fd[0]);
	in = input_open(none);
	CHECK(input_next(in, INPUT_BLOCKS, false, &r) == INPUT_IDLE,
	    "nothing there: idle");
	if (write(fd[1], bytes, 2) != 2)
		exit(2);
	CHECK(input_next(in, INPUT_BLOCKS, false, &r) == INPUT_IDLE &&
	    input_next(in, INPUT_BLOCKS, false, &r) == INPUT_IDLE,
	    "half a block there: idle, again and again");
	if (write(fd[1], bytes + 2, 5) != 5)
		exit(2);
	CHECK(input_next(in, INPUT_BLOCKS, false, &r) == INPUT_RECORD &&
	    r.at.line == 1, "a block there: it comes without waiting");
	CHECK(input_next(in, INPUT_BLOCKS, false, &r) == INPUT_RECORD &&
	    r.at.line == 3, "and the second one");
	CHECK(input_next(in, INPUT_BLOCKS, false, &r) == INPUT_IDLE,
	    "the third is not complete: idle");
	close(fd[1]);
	while ((got = input_next(in, INPUT_BLOCKS, false, &r)) == INPUT_IDLE)
		idle++;
	CHECK(got == INPUT_RECORD && r.at.line == 5 && r.text.n == 1 &&
	    idle == 0, "the end completes it");
	CHECK(input_next(in, INPUT_BLOCKS, false, &r) == INPUT_END &&
	    input_next(in, INPUT_BLOCKS, true, &r) == INPUT_END,
	    "then the end, for good");
	input_close(in);
}

/* Make a file of before, count bytes 'x', and after. */
static char *
giant(const char *name, const char *before, size_t count, const char *after)
{
	char *p = file_of(name, before, strlen(before));
	FILE *f = fopen(p, "a");
	static char many[1 << 16];

	memset(many, 'x', sizeof many);
	for (; count > 0 && f != NULL; ) {
		size_t n = count < sizeof many ? count : sizeof many;

		count -= fwrite(many, 1, n, f);
	}
	if (f == NULL || fputs(after, f) < 0 || fclose(f) != 0)
		exit(2);
	return p;
}

/* The same with line:length for a record; removes the file. */
static const char *
lengths(char *path, enum input_unit unit)
{
	static char out[1000];
	char *const operands[] = {path, NULL};
	struct input *in = input_open(operands);
	struct record r;
	enum input_got got;
	size_t n = 0;

	while ((got = input_next(in, unit, true, &r)) != INPUT_END)
		n += (size_t)(got == INPUT_RECORD ?
		    snprintf(out + n, sizeof out - n, "%zu:%zu ", r.at.line,
		    r.text.n) : snprintf(out + n, sizeof out - n, "! "));
	out[n] = '\0';
	input_close(in);
	unlink(path);
	return out;
}

static void
test_giants(void)
{
	const size_t m = INPUT_LIMIT;

	CHECK(strcmp(lengths(giant("g", "a\n", m, "\nb\n"), INPUT_LINES),
	    "1:1 2:67108864 3:1 ") == 0, "a line of 64 MiB is read");
	CHECK(strcmp(lengths(giant("g", "a\n", m + 1, "\nb\n"), INPUT_LINES),
	    "1:1 ! 3:1 ") == 0, "a line of a byte more is not");
	CHECK(strcmp(lengths(giant("g", "a\n", m + 70000, "\nb"),
	    INPUT_LINES), "1:1 ! 3:1 ") == 0, "a longer line is not");
	CHECK(strcmp(lengths(giant("g", "", 3 * m, ""), INPUT_LINES),
	    "! ") == 0, "a longer line without a newline is not");
	CHECK(strcmp(lengths(giant("g", "a\n\nb\n", m - 3, "\n\nc\n\nd"),
	    INPUT_BLOCKS), "1:2 3:67108864 6:2 8:1 ") == 0,
	    "a block of 64 MiB is read");
	CHECK(strcmp(lengths(giant("g", "a\n\nb\n", m - 2, "\n\nc\n\nd"),
	    INPUT_BLOCKS), "1:2 ! 6:2 8:1 ") == 0,
	    "a block of a byte more is not");
	CHECK(strcmp(lengths(giant("g", "a\n\nb\n", m + 70000,
	    "\ny\nz\r\n\r\nc\n\nd"), INPUT_BLOCKS), "1:2 ! 8:2 10:1 ") == 0,
	    "a longer block is not, and its lines are counted");
}

/* The CR and LF of the blank line after a giant block arrive in two reads. */
static void
test_giant_split(void)
{
	int fd[2];
	pid_t child;
	struct record r;
	struct input *in;
	enum input_got got;
	static char many[1 << 16];

	fflush(stdout);
	if (pipe(fd) != 0 || (child = fork()) < 0)
		exit(2);
	if (child == 0) {
		static const char *const pieces[] = {"\r\n", "\r", "\n", "b",
		    "\r", "\n", "\r", "\n", "c\n"};
		struct timespec t = {0, 20000000};

		memset(many, 'x', sizeof many);
		for (int i = 0; i <= INPUT_LIMIT >> 16; i++)
			if (write(fd[1], many, sizeof many) < 0)
				_exit(1);
		for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
			nanosleep(&t, NULL);
			if (write(fd[1], pieces[i], strlen(pieces[i])) < 0)
				_exit(1);
		}
		_exit(0);
	}
	close(fd[1]);
	dup2(fd[0], STDIN_FILENO);
	close(fd[0]);
	in = input_open(none);
	CHECK(input_next(in, INPUT_BLOCKS, true, &r) == INPUT_BAD,
	    "a giant is told of");
	got = input_next(in, INPUT_BLOCKS, false, &r);
	while (got == INPUT_IDLE)
		got = input_next(in, INPUT_BLOCKS, false, &r);
	CHECK(got == INPUT_RECORD && r.at.line == 3 && r.text.n == 2,
	    "the block behind it is found, CR and LF apart");
	CHECK(input_next(in, INPUT_BLOCKS, true, &r) == INPUT_RECORD &&
	    r.at.line == 5 && input_next(in, INPUT_BLOCKS, true, &r) ==
	    INPUT_END, "and the next");
	input_close(in);
	waitpid(child, NULL, 0);
}

static void
test_whole(void)
{
	struct arena *arena = mem_arena();
	struct text t;
	int status;

	CHECK(input_whole(arena, file_of("w", "\xef\xbb\xbf" "a\r\nb\r\n", 9),
	    100, &t, &status) && text_is(t, "a\nb\n"), "a whole file");
	CHECK(input_whole(arena, file_of("w", "", 0), 100, &t, &status) &&
	    t.n == 0 && t.s[0] == '\0', "an empty one");
	CHECK(input_whole(arena, file_of("w", "12345", 5), 5, &t, &status) &&
	    !input_whole(arena, file_of("w", "123456", 6), 5, &t, &status) &&
	    status == STATUS_DATA, "the limit");
	CHECK(!input_whole(arena, file_of("w", "a\0b", 3), 5, &t, &status) &&
	    status == STATUS_DATA, "NUL");
	CHECK(!input_whole(arena, file_of("w", "a\xff", 2), 5, &t, &status) &&
	    status == STATUS_DATA, "invalid UTF-8");
	CHECK(!input_whole(arena, "/no/such/file", 5, &t, &status) &&
	    status == STATUS_SYSTEM, "a missing file");
	CHECK(!input_whole(arena, "/", 5, &t, &status) &&
	    status == STATUS_SYSTEM, "a folder");
	mem_free(arena);
}

int
main(void)
{
	char command[100];

	if (mkdtemp(dir) == NULL)
		return 2;
	signal(SIGPIPE, SIG_IGN);
	err_mute(true);
	test_pieces();
	test_idle();
	test_giants();
	test_giant_split();
	test_whole();
	test_operands();
	snprintf(command, sizeof command, "rm -r %s", dir);
	return system(command) != 0 ? 2 : check_done();
}
