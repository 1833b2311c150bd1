/* SPDX-License-Identifier: ISC */
/* conf: what is accepted and what is refused; values; written words. */
#include "base/conf.h"
#include "base/conf_value.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/output.h"
#include "check.h"

static struct arena *arena;
static char path[] = "/tmp/reat-conf-XXXXXX";
static int status;

static struct conf *
yaml(const char *bytes, size_t n)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		exit(2);
	status = STATUS_SYSTEM;
	return conf_read(arena, path, &status);
}

static struct conf *
json(const char *s)
{
	return conf_json(arena, text_of(s), "json");
}

/* Print the tree on one line: scalars, 'quoted ones', [lists], {maps}. */
static void
print(struct output *o, const struct conf *c)
{
	if (c == NULL) {
		output_string(o, "none");
		return;
	}
	if (c->kind == CONF_SCALAR) {
		output_string(o, c->quoted ? "'" : "");
		output_text(o, c->scalar);
		output_string(o, c->quoted ? "'" : "");
		return;
	}
	output_char(o, c->kind == CONF_LIST ? '[' : '{');
	for (size_t i = 0; i < c->n; i++) {
		if (i > 0)
			output_char(o, ' ');
		if (c->kind == CONF_MAP) {
			output_text(o, c->key[i]);
			output_char(o, ':');
		}
		print(o, c->child[i]);
	}
	output_char(o, c->kind == CONF_LIST ? ']' : '}');
}

static const char *
shown(const struct conf *c)
{
	static struct output o = {.fd = -1};

	o.n = 0;
	print(&o, c);
	output_char(&o, '\0');
	return o.buf;
}

static const struct {
	const char *name, *bytes;
	size_t n;
	const char *tree;
} yamls[] = {
#define CASE(name, bytes, tree) {name, bytes, sizeof(bytes) - 1, tree}
	CASE("map", "a: 1\nb: two words\n", "{a:1 b:two words}"),
	CASE("list", "- x\n- y\n", "[x y]"),
	CASE("flow", "{a: [1, 2], b: {c: d}}", "{a:[1 2] b:{c:d}}"),
	CASE("nested", "a:\n  - b: c\n    d: e\n  - f\n",
	    "{a:[{b:c d:e} f]}"),
	CASE("quotes", "a: 'x y'\nb: \"\\t\\u00e9\"\nc: ''\n",
	    "{a:'x y' b:'\t\xc3\xa9' c:''}"),
	CASE("a block", "a: |\n  x\n   y\nb: >\n  p\n  q\n",
	    "{a:'x\n y\n' b:'p q\n'}"),
	CASE("no value", "a:\nb: ~\n", "{a: b:~}"),
	CASE("comments", "# c\na: 1 # d\n# e\n", "{a:1}"),
	CASE("CRLF and BOM", "\xef\xbb\xbf" "a: 1\r\nb: 2\r\n", "{a:1 b:2}"),
	CASE("no last newline", "a: 1", "{a:1}"),
	CASE("a start marker", "---\na: 1\n...\n", "{a:1}"),
	CASE("a % inside a line", "a: 50%\nb: x %y\n", "{a:50% b:x %y}"),
	CASE("Unicode", "a: \xe6\x97\xa5\xe6\x9c\xac\n",
	    "{a:\xe6\x97\xa5\xe6\x9c\xac}"),
	CASE("a scalar", "word", "word"),
	CASE("patterns", "a: <VERB>*<ADV>*(?:x|y)+\n",
	    "{a:<VERB>*<ADV>*(?:x|y)+}"),
	/* faults */
	CASE("nothing", "", "none"),
	CASE("only a comment", "# c\n", "none"),
	CASE("a directive", "%YAML 1.2\n---\na: 1\n", "none"),
	CASE("% and 0xf5, on which libfyaml hangs", "%\xf5", "none"),
	CASE("% on a later line", "a: 1\n%TAG x\n", "none"),
	CASE("? a:<tab>|, on which libfyaml crashes", "? a:\t|", "none"),
	CASE("a tab", "a:\t1\n", "none"),
	CASE("a control character", "a: \x01\n", "none"),
	CASE("an escape", "a: \x1b[31m\n", "none"),
	CASE("DEL", "a: \x7f\n", "none"),
	CASE("C1", "a: \xc2\x9b" "31m\n", "none"),
	CASE("a lone CR", "a: 1\rb: 2\n", "none"),
	CASE("NUL", "a: \0\n", "none"),
	CASE("a NUL by escape", "a: \"\\0\"\n", "none"),
	CASE("invalid UTF-8", "a: \xff\n", "none"),
	CASE("an anchor", "a: &x 1\n", "none"),
	CASE("an alias", "a: &x [1]\nb: *x\n", "none"),
	CASE("an alias of nothing", "b: *x\n", "none"),
	CASE("a tag", "a: !!str 1\n", "none"),
	CASE("a tag on a map", "!x {a: 1}\n", "none"),
	CASE("an anchor on a list", "&x [a]\n", "none"),
	CASE("an anchor on a key", "&x a: 1\n", "none"),
	CASE("a second document", "a: 1\n---\nb: 2\n", "none"),
	CASE("duplicate keys", "a: 1\nb: 2\na: 3\n", "none"),
	CASE("duplicate keys, quoted", "a: 1\n'a': 3\n", "none"),
	CASE("duplicate keys below", "x: {a: 1, a: 2}\n", "none"),
	CASE("a list as a key", "? [a]\n: 1\n", "none"),
	CASE("a map as a key", "? {a: b}\n: 1\n", "none"),
	CASE("an open flow", "a: [1, 2\n", "none"),
	CASE("an open quote", "a: 'x\n", "none"),
	CASE("two quotes in a row, which libfyaml misreads",
	    "a: 'x''''y'\n", "none"),
	CASE("bad indentation", "a:\n    b: 1\n  c: 2\n", "none"),
	CASE("a billion laughs", "a: &a [x,x,x]\nb: &b [*a,*a,*a]\n"
	    "c: [*b,*b,*b]\n", "none"),
	CASE("a merge", "a: &a {x: 1}\nb: {<<: *a}\n", "none"),
};

static const struct {
	const char *bytes, *tree;
} jsons[] = {
	{"{\"a\":[1,2.5,-3e4],\"b\":{\"c\":\"d\"},\"e\":true,\"f\":null}",
	    "{a:[1 2.5 -3e4] b:{c:'d'} e:true f:null}"},
	{"{\n\t\"a\" : \"\\u00e9\\n\"\n}\n", "{a:'\xc3\xa9\n'}"},
	{"{}", "{}"}, {"[]", "[]"}, {"[[]]", "[[]]"},
	{"", "none"}, {"{", "none"}, {"{\"a\":1", "none"}, {"}", "none"},
	{"{\"a\":1,\"a\":2}", "none"}, {"{\"a\":1} {}", "none"},
	{"{\"a\":1}}", "none"}, {"[1,2", "none"}, {"{\"a\" 1}", "none"},
	{"{\"\\u0000\":1}", "none"}, {"\x01", "none"},
};

static void
test_tables(void)
{
	for (size_t i = 0; i < sizeof yamls / sizeof *yamls; i++) {
		const char *got = shown(yaml(yamls[i].bytes, yamls[i].n));

		CHECK(strcmp(got, yamls[i].tree) == 0 &&
		    status == (strcmp(got, "none") == 0 ? STATUS_DATA :
		    STATUS_OK), "YAML: %s", yamls[i].name);
		if (strcmp(got, yamls[i].tree) != 0)
			printf("# got %s\n", got);
	}
	for (size_t i = 0; i < sizeof jsons / sizeof *jsons; i++) {
		const char *got = shown(json(jsons[i].bytes));

		CHECK(strcmp(got, jsons[i].tree) == 0, "JSON %zu", i);
		if (strcmp(got, jsons[i].tree) != 0)
			printf("# got %s\n", got);
	}
}

/* n copies of piece, between head and tail. */
static char *
repeat(const char *head, const char *piece, size_t n, const char *tail)
{
	static struct output o = {.fd = -1};

	o.n = 0;
	output_string(&o, head);
	for (size_t i = 0; i < n; i++)
		output_string(&o, piece);
	output_string(&o, tail);
	output_char(&o, '\0');
	return o.buf;
}

static double
seconds(clock_t since)
{
	return (double)(clock() - since) / CLOCKS_PER_SEC;
}

static void
test_limits(void)
{
	struct output o = {.fd = -1};
	clock_t start = clock();
	char *s;

	s = repeat("", "[", 16, "");
	s = repeat(s, "]", 16, "");
	CHECK(yaml("[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", 32) != NULL,
	    "16 lists deep");
	CHECK(yaml("[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", 34) == NULL,
	    "but not 17");
	s = repeat("", "[", 60000, "");
	CHECK(yaml(s, strlen(s)) == NULL, "60,000 lists are refused");
	s = repeat("", "{", 60000, "");
	CHECK(yaml(s, strlen(s)) == NULL, "60,000 maps are refused");
	s = repeat("", "- ", 30000, "");
	CHECK(yaml(s, strlen(s)) == NULL, "30,000 lists by - are refused");
	s = repeat("", "? ", 30000, "");
	CHECK(yaml(s, strlen(s)) == NULL, "30,000 keys by ? are refused");
	s = repeat("[", "[],", 9000, "]");
	CHECK(yaml(s, strlen(s)) != NULL, "18,000 nodes");
	s = repeat("[", "1,", 19990, "]");
	CHECK(yaml(s, strlen(s)) != NULL, "19,990 words");
	s = repeat("[", "1,", 20001, "]");
	CHECK(yaml(s, strlen(s)) == NULL, "20,001 words are refused");
	s = repeat("a: \"", "x", 65000, "\"\n");
	CHECK(yaml(s, strlen(s)) != NULL, "a long word");
	s = repeat("a: \"", "x", 66000, "\"\n");
	CHECK(yaml(s, strlen(s)) == NULL, "above 64 KiB");
	s = repeat("", "a: 1\n", 13000, "");
	CHECK(yaml(s, strlen(s)) == NULL, "13,000 times the same key");
	for (int i = 0; i < 9000; i++)
		output_printf(&o, "%d: ", i), output_string(&o, "\n");
	CHECK(yaml(o.buf, o.n < 65000 ? o.n : 65000) != NULL, "9,000 keys");
	o.n = 0;
	for (int i = 0; i < 20000; i++)
		output_printf(&o, "\"%d\":1,", i);
	output_string(&o, "\"x\":1}");
	CHECK(conf_json(arena, (struct text){o.buf, o.n}, "json") == NULL,
	    "20,000 keys of JSON");
	s = repeat("{", " ", 2 << 20, "}");
	CHECK(json(s) == NULL, "2 MiB of JSON");
	CHECK(seconds(start) < 10, "all of it in %.2f s", seconds(start));
	output_done(&o, 0);
}

static void
test_values(void)
{
	static const char *const known[] = {"a", "n", "x", "yes", "list", NULL};
	static const char *const fewer[] = {"a", "n", "yes", "list", NULL};
	static const char *const truths[] = {"false", "true", NULL};
	static const char file[] = "a: word\nn: 12\nx: -1.5\nyes: true\n"
	    "list: [1]\n";
	struct conf *c = yaml(file, sizeof file - 1);
	struct text t;
	size_t n = 7;
	double x;
	bool b;

	CHECK(conf_text(c, "a", &t) && text_is(t, "word") &&
	    t.s[t.n] == '\0', "text");
	CHECK(conf_size(c, "n", 0, 12, &n) && n == 12, "size");
	CHECK(!conf_size(c, "n", 13, 20, &n) && !conf_size(c, "n", 0, 11, &n) &&
	    !conf_size(c, "x", 0, 99, &n) && !conf_size(c, "a", 0, 99, &n) &&
	    n == 12, "size out of range");
	CHECK(conf_real(c, "x", -2, 2, &x) && x == -1.5, "real");
	CHECK(!conf_real(c, "x", 0, 2, &x) && !conf_real(c, "a", -9, 9, &x),
	    "real out of range");
	CHECK(conf_bool(c, "yes", &b) && b && !conf_bool(c, "n", &b), "bool");
	CHECK(!conf_text(c, "list", &t) && !conf_text(c, "none", &t),
	    "a list, or nothing, is no text");
	CHECK(conf_known(c, known) && !conf_known(c, fewer), "known keys");
	CHECK(conf_get(c, "n")->at.line == 2 &&
	    strcmp(conf_get(c, "n")->at.file, path) == 0 &&
	    conf_get(c, "list")->child[0]->at.line == 5, "places");
	CHECK(conf_get(NULL, "a") == NULL &&
	    conf_get(conf_get(c, "a"), "a") == NULL, "no map");
	CHECK(conf_choice(c, "yes", truths, &n) && n == 1 &&
	    !conf_choice(c, "n", truths, &n) &&
	    !conf_choice(c, "list", truths, &n) &&
	    !conf_choice(c, "none", truths, &n) && n == 1, "choice");
	c = yaml("[a, b]", 6);
	CHECK(!conf_text(c, "a", &t) && !conf_known(c, known),
	    "a list where a map should be");
	CHECK(conf_read(arena, "/no/such/file", &status) == NULL &&
	    status == STATUS_SYSTEM, "a missing file");
	CHECK(conf_read(arena, "/", &status) == NULL &&
	    status == STATUS_SYSTEM, "a folder");
}

static void
test_written_words(void)
{
	static const char *const words[] = {"word", "", "it's", "''", "a''b",
	    "a: b", "- #", "\"", "\\", "''\"\\''", "caf\xc3\xa9", "null",
	    "[a, b]", "'"};
	enum { N = sizeof words / sizeof *words };
	struct output o = output_to(-1, "");
	struct text word[N];
	const struct conf *c;
	size_t wrong = 0;

	for (size_t i = 0; i < N; i++)
		word[i] = text_of(words[i]);
	conf_write_words(&o, word, N);
	c = yaml(o.buf, o.n);
	wrong += c == NULL || c->n != N;
	for (size_t i = 0; wrong == 0 && i < N; i++)
		wrong += !text_equal(c->child[i]->scalar, word[i]);
	CHECK(wrong == 0, "written words are read as they were");
	output_done(&o, STATUS_OK);
}

int
main(void)
{
	arena = mem_arena();
	err_mute(true);
	close(mkstemp(path));
	test_tables();
	test_limits();
	test_values();
	test_written_words();
	unlink(path);
	mem_free(arena);
	return check_done();
}
