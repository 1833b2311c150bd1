/* SPDX-License-Identifier: ISC */
/*
 * Fuzz the programs reat-grad, reat-lime and reat-occlude, built with
 * sanitizers in $FUZZ_BIN, with a mutated stream or a mutated file of a model.
 *
 * They must exit with 0, 1 or 2, in time, after complete rows of numbers; and
 * with one document per batch they must write the same bytes.
 */
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "fuzz.h"

enum { ARGS = 12, PATH = 400, SECONDS = 10 };

static const char *const run_as[][ARGS] = {
	{"reat-grad", "-c", "all", "-e", "0.1"},
	{"reat-grad", "-a", "grad", "-y"},
	{"reat-grad", "-a", "gradxinput", "-c", "all"},
	{"reat-grad", "-a", "ignorm", "-n", "3"},
	{"reat-occlude", "-c", "all"},
	{"reat-occlude", "-a", "occlude", "-y"},
	{"reat-occlude", "-j", "tree", "-c", "all"},
	{"reat-grad", "-a", "skip", "-j", "tree"},
	{"reat-lime", "-n", "40"},
	{"reat-lime", "-a", "lime-words", "-n", "40"},
	{"reat-lime", "-n", "300,3", "-y", "-c", "all"},
};

enum { RUNS = sizeof run_as / sizeof *run_as };

/* A model and a stream; the input replaces one of these files. */
static const char *const file[] = {"tok", "model.yaml", "weights.safetensors",
    "vocab.txt"};
static const char *const from[2][4] = {
	{"tests/contract/tok", "tests/contract/model/model.yaml",
	    "tests/contract/model/weights.safetensors",
	    "tests/contract/model/vocab.txt"},
	{"tests/golden/engine/docs.tok",
	    "tests/golden/engine/bilstm-mean-2/model.yaml",
	    "tests/golden/engine/bilstm-mean-2/weights.safetensors",
	    "tests/golden/engine/bilstm-mean-2/vocab.txt"},
};

static char folder[PATH];

static const char *
path(const char *name)
{
	static char full[2 * PATH];

	snprintf(full, sizeof full, "%s/%s", folder, name);
	return full;
}

static void
write_file(const char *name, const void *data, size_t n)
{
	FILE *f = fopen(path(name), "w");

	if (f == NULL || fwrite(data, 1, n, f) != n || fclose(f) != 0)
		abort();
}

/* Read at most size - 1 bytes and add a NUL; returns the number of bytes. */
static size_t
read_file(const char *name, char *to, size_t size)
{
	FILE *f = fopen(name, "r");
	size_t n;

	if (f == NULL)
		abort();
	n = fread(to, 1, size - 1, f);
	to[n] = '\0';
	fclose(f);
	return n;
}

static bool
holds(const uint8_t *data, size_t n, const char *what)
{
	size_t k = strlen(what);

	for (size_t i = 0; i + k <= n; i++)
		if (memcmp(data + i, what, k) == 0)
			return true;
	return false;
}

/* Guess which of the files the input is. */
static size_t
which(const uint8_t *data, size_t n)
{
	if (n > 8 && data[8] == '{')
		return 2;
	return holds(data, n, "\t_\t") ? 0 : holds(data, n, ": ") ? 1 : 3;
}

/* Run the filter with standard output to the file out; returns its status. */
static int
filter(const char *const args[], bool single, const char *out)
{
	const char *argv[ARGS + 8], *bin = getenv("FUZZ_BIN");
	char program[2 * PATH], model[2 * PATH], tok[2 * PATH];
	struct rlimit most = {SECONDS, SECONDS};
	size_t n = 0;
	int status, to;
	pid_t child;

	snprintf(program, sizeof program, "%s/%s", bin ? bin : "build/asan",
	    args[0]);
	snprintf(model, sizeof model, "%s/", folder);
	snprintf(tok, sizeof tok, "%s", path("tok"));
	for (; args[n] != NULL; n++)
		argv[n] = args[n];
	argv[n++] = "-Hkm";
	argv[n++] = model;
	if (single)
		argv[n++] = "-b1";
	argv[n++] = tok;
	argv[n] = NULL;
	child = fork();
	if (child == 0) {
		setrlimit(RLIMIT_CPU, &most);
		to = open(path(out), O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(to, STDOUT_FILENO);
		to = open(path("err"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(to, STDERR_FILENO);
		execv(program, (char *const *)argv);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		abort();
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* True if all rows have 11 columns, and the last but one is a number. */
static bool
are_rows(char *s)
{
	for (char *end; *s != '\0'; s = end + 1) {
		size_t columns = 1;

		end = strchr(s, '\n');
		if (end == NULL)
			return false;
		for (; s < end; s++)
			if (*s == '\t' && ++columns == 10 &&
			    !isfinite(strtod(s + 1, NULL)))
				return false;
		if (columns != 11)
			return false;
	}
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static char buf[1 << 20], again[1 << 20];
	size_t role = which(data, n), base = n & 1, k = n;
	int status;

	if (folder[0] == '\0') {
		const char *dir = getenv("TMPDIR");

		snprintf(folder, sizeof folder, "%s/model-XXXXXX",
		    dir != NULL ? dir : "/tmp");
		if (mkdtemp(folder) == NULL)
			abort();
		setenv("ASAN_OPTIONS", "exitcode=99:detect_leaks=0", 1);
		setenv("UBSAN_OPTIONS", "exitcode=99", 1);
	}
	if (role > 0)
		base = holds(data, n, "lstm") || holds(data, n, "_reverse");
	for (size_t i = 0; i < n; i++)
		k = k * 31 + data[i];
	for (size_t i = 0; i < 4; i++)
		if (i == role)
			write_file(file[i], data, n);
		else
			write_file(file[i], buf, read_file(from[base][i], buf,
			    sizeof buf));
	status = filter(run_as[k % RUNS], false, "out");
	read_file(path("err"), buf, sizeof buf);
	fuzz_holds(status <= 2 && strstr(buf, "runtime error:") == NULL);
	read_file(path("out"), buf, sizeof buf);
	fuzz_holds(are_rows(buf));
	if (k / RUNS % 4 > 0)
		return 0;
	fuzz_holds(filter(run_as[k % RUNS], true, "again") == status);
	read_file(path("again"), again, sizeof again);
	fuzz_holds(strcmp(buf, again) == 0);
	return 0;
}
