/* SPDX-License-Identifier: ISC */
#include "base/conf.h"

#include <errno.h>
#include <libfyaml.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>

#include "base/dict.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/utf8.h"

enum {
	YAML_LIMIT = 64 << 10,	/* bytes */
	JSON_LIMIT = 1 << 20,
	DEPTH_LIMIT = 16,
	EVENT_LIMIT = 20000,
};

struct reader {
	struct arena *arena;
	struct fy_parser *parser;
	const char *file;
	size_t events;
};

/*
 * libfyaml 0.7.12 does not check all of its allocations.  When one fails, it
 * returns an error as for a wrong file, or a scalar without a text, or it
 * follows a NULL pointer.  A failed malloc sets errno to ENOMEM, so errno is 0
 * before each call of libfyaml and looked at after it; SIGSEGV is caught and
 * means "out of memory" if errno is ENOMEM.  Any other crash stays one.
 */
static struct sigaction crash_action;	/* what it was before */
static sigjmp_buf crashed;
static const char no_memory[] = "out of memory (in libfyaml)";

static void
catch_crash(int number)
{
	if (errno == ENOMEM)
		siglongjmp(crashed, 1);
	sigaction(number, &crash_action, NULL);	/* then it crashes again */
}

/* Exit if the call of libfyaml before this found no memory. */
static void
check_memory(void)
{
	if (errno == ENOMEM)
		die(no_memory);
}

/* Check the bytes before libfyaml sees them (conf.h). */
static bool
check_bytes(struct text t, const char *file, bool json)
{
	struct place at = {file, 1};
	bool line_start = true;

	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.s[i];

		if (c == '%' && line_start && !json)
			return bad(at, "a line begins with %%: directives are "
			    "not allowed");
		if (c == '\t' && !json)
			return bad(at, "a tab; use blanks");
		if (c < 0x20 && c != '\n' && !(json && c == '\t'))
			return bad(at, "control character \\x%02x", c);
		if (c == 0x7f || (c == 0xc2 && i + 1 < t.n &&
		    (unsigned char)t.s[i + 1] < 0xa0))
			return bad(at, "a control character");
		line_start = c == '\n';
		at.line += line_start;
	}
	return true;
}

static struct conf *read_node(struct reader *, struct fy_event *, int depth);

/* Returns the next event, for the caller to free, or NULL with a message. */
static struct fy_event *
next_event(struct reader *r, size_t line)
{
	struct place at = {r->file, line};
	struct fy_event *e;

	if (++r->events > EVENT_LIMIT) {
		bad(at, "too many nodes, the limit is %d", EVENT_LIMIT);
		return NULL;
	}
	errno = 0;
	e = fy_parser_parse(r->parser);
	check_memory();
	if (e == NULL) {
		bad(at, "syntax error here or in the next lines");
		return NULL;
	}
	return e;
}

static size_t
event_line(struct fy_event *e)
{
	const struct fy_mark *m = fy_event_start_mark(e);

	return m == NULL || m->line < 0 ? 0 : (size_t)m->line + 1;
}

/*
 * libfyaml 0.7.12 reads 'a''''b' as a''': after two quotes in a row the text is
 * wrong.  True if the scalar could be such a one.
 */
static bool
misread(struct fy_token *token, const char *s, size_t n)
{
	if (fy_token_scalar_style(token) != FYSS_SINGLE_QUOTED)
		return false;
	for (size_t i = 1; i < n; i++)
		if (s[i - 1] == '\'' && s[i] == '\'')
			return true;
	return false;
}

static struct conf *
read_scalar(struct reader *r, struct fy_event *e, struct conf *c)
{
	struct fy_token *token = e->scalar.value;
	const char *s;
	size_t n = 0;

	if (e->scalar.anchor != NULL || e->scalar.tag != NULL) {
		bad(c->at, "anchors and tags are not allowed");
		return NULL;
	}
	errno = 0;
	s = token == NULL ? NULL : fy_token_get_text(token, &n);
	check_memory();
	if (s != NULL && memchr(s, '\0', n) != NULL) {
		bad(c->at, "a NUL in a value");
		return NULL;
	}
	if (s != NULL && misread(token, s, n)) {
		bad(c->at, "two quotes in a row in '...'; write \"...\"");
		return NULL;
	}
	for (struct text rest = {s, n}; rest.s != NULL; )
		if (utf8_has_control(text_cut(&rest, '\n'))) {
			bad(c->at, "a control character in a value");
			return NULL;
		}
	c->kind = CONF_SCALAR;
	c->scalar = text_copy(r->arena, (struct text){s == NULL ? "" : s,
	    s == NULL ? 0 : n});
	c->quoted = token != NULL &&
	    fy_token_scalar_style(token) != FYSS_PLAIN;
	return c;
}

static void
append(struct reader *r, struct conf *c, size_t *cap, struct text key,
    struct conf *child)
{
	if (c->n == *cap) {
		size_t grown = *cap == 0 ? 8 : 2 * *cap;
		struct text *keys = MEM_NEW(r->arena, grown, struct text);
		struct conf **children = MEM_NEW(r->arena, grown,
		    struct conf *);

		if (c->n > 0) {
			memcpy(children, c->child, c->n * sizeof *children);
			memcpy(keys, c->key, c->n * sizeof *keys);
		}
		c->child = children;
		c->key = keys;
		*cap = grown;
	}
	c->key[c->n] = key;
	c->child[c->n++] = child;
}

/* Check that no key of a map occurs twice; a hostile file may have 10,000. */
static bool
check_duplicates(const struct conf *c)
{
	struct dict *seen = dict_new();
	bool good = true;

	for (size_t i = 0; i < c->n && good; i++)
		good = dict_add(seen, c->key[i]) == (int32_t)i ||
		    bad(c->child[i]->at, "key \"%.*s\" occurs twice",
		    TEXT_ARGS(c->key[i]));
	dict_free(seen);
	return good;
}

static struct conf *
read_children(struct reader *r, struct conf *c, int depth)
{
	enum fy_event_type end = c->kind == CONF_MAP ? FYET_MAPPING_END :
	    FYET_SEQUENCE_END;
	size_t cap = 0;

	for (;;) {
		struct fy_event *e = next_event(r, c->at.line);
		struct conf *key = NULL, *child;

		if (e == NULL)
			return NULL;
		if (e->type == end) {
			fy_parser_event_free(r->parser, e);
			if (c->kind == CONF_MAP && !check_duplicates(c))
				return NULL;
			return c;
		}
		child = read_node(r, e, depth);
		if (child != NULL && c->kind == CONF_MAP) {
			key = child;
			if (key->kind != CONF_SCALAR) {
				bad(key->at, "the key is a list or a map, "
				    "expected a word");
				return NULL;
			}
			e = next_event(r, key->at.line);
			child = e == NULL ? NULL : read_node(r, e, depth);
		}
		if (child == NULL)
			return NULL;
		append(r, c, &cap, key == NULL ? (struct text){NULL, 0} :
		    key->scalar, child);
	}
}

/* Read the node that begins with event e, which is freed. */
static struct conf *
read_node(struct reader *r, struct fy_event *e, int depth)
{
	struct conf *c = MEM_NEW(r->arena, 1, struct conf);
	bool decorated;

	c->at = (struct place){r->file, event_line(e)};
	switch (e->type) {
	case FYET_SCALAR:
		c = read_scalar(r, e, c);
		fy_parser_event_free(r->parser, e);
		return c;
	case FYET_MAPPING_START:
		c->kind = CONF_MAP;
		decorated = e->mapping_start.anchor != NULL ||
		    e->mapping_start.tag != NULL;
		break;
	case FYET_SEQUENCE_START:
		c->kind = CONF_LIST;
		decorated = e->sequence_start.anchor != NULL ||
		    e->sequence_start.tag != NULL;
		break;
	default:
		fy_parser_event_free(r->parser, e);
		bad(c->at, "an alias or the end, expected a value");
		return NULL;
	}
	fy_parser_event_free(r->parser, e);
	if (decorated) {
		bad(c->at, "anchors and tags are not allowed");
		return NULL;
	}
	if (depth >= DEPTH_LIMIT) {
		bad(c->at, "nested too deep, the limit is %d", DEPTH_LIMIT);
		return NULL;
	}
	return read_children(r, c, depth + 1);
}

/* Returns false with a message if the next event is not of this type. */
static bool
expect(struct reader *r, enum fy_event_type type, const char *what)
{
	struct fy_event *e = next_event(r, 1);
	bool same;
	size_t line;

	if (e == NULL)
		return false;
	same = e->type == type;
	line = event_line(e);
	fy_parser_event_free(r->parser, e);
	return same || bad((struct place){r->file, line}, "expected %s", what);
}

static struct conf *
read_document(struct reader *r)
{
	struct fy_event *e;
	struct conf *c;

	if (!expect(r, FYET_STREAM_START, "a document") ||
	    !expect(r, FYET_DOCUMENT_START, "a document, found none"))
		return NULL;
	e = next_event(r, 1);
	c = e == NULL ? NULL : read_node(r, e, 0);
	if (c == NULL || !expect(r, FYET_DOCUMENT_END, "one document") ||
	    !expect(r, FYET_STREAM_END, "one document, found another"))
		return NULL;
	return c;
}

/* Read the text with a new parser. */
static struct conf *
parse(struct reader *r, struct text t, bool json)
{
	struct fy_parse_cfg cfg = {.flags = FYPCF_QUIET |
	    FYPCF_DEFAULT_VERSION_1_2 |
	    (json ? FYPCF_JSON_FORCE : FYPCF_JSON_NONE)};
	struct fy_diag_cfg quiet = {0};
	struct conf *c = NULL;
	int refused;

	errno = 0;
	cfg.diag = fy_diag_create(&quiet);
	check_memory();
	fy_diag_set_collect_errors(cfg.diag, true);
	r->parser = fy_parser_create(&cfg);
	check_memory();
	if (r->parser == NULL)
		die("libfyaml: cannot create a parser");
	refused = fy_parser_set_string(r->parser, t.s, t.n);
	check_memory();
	if (refused == 0)
		c = read_document(r);
	else
		bad((struct place){r->file, 0}, "libfyaml refused the text");
	fy_parser_destroy(r->parser);
	fy_diag_destroy(cfg.diag);
	return c;
}

static struct conf *
read_bytes(struct arena *arena, struct text t, const char *file, bool json)
{
	struct reader r = {.arena = arena, .file = file};
	struct sigaction action = {.sa_handler = catch_crash};
	struct conf *c;

	if (!check_bytes(t, file, json))
		return NULL;
	if (sigsetjmp(crashed, 1) != 0)
		die(no_memory);
	sigemptyset(&action.sa_mask);
	sigaction(SIGSEGV, &action, &crash_action);
	c = parse(&r, t, json);
	sigaction(SIGSEGV, &crash_action, NULL);
	return c;
}

struct conf *
conf_read(struct arena *arena, const char *path, int *status)
{
	struct conf *c;
	struct text t;

	if (!input_whole(arena, path, YAML_LIMIT, &t, status))
		return NULL;
	c = read_bytes(arena, t, mem_copy(arena, path, strlen(path)), false);
	if (c == NULL)
		*status = STATUS_DATA;
	return c;
}

/* Read bytes from memory, at most limit. */
static struct conf *
read_memory(struct arena *arena, struct text bytes, const char *file,
    size_t limit, bool json)
{
	if (bytes.n > limit) {
		bad((struct place){file, 0}, "%zu bytes of %s, the limit is "
		    "%zu", bytes.n, json ? "JSON" : "YAML", limit);
		return NULL;
	}
	return read_bytes(arena, bytes, file, json);
}

struct conf *
conf_yaml(struct arena *arena, struct text bytes, const char *file)
{
	return read_memory(arena, bytes, file, YAML_LIMIT, false);
}

struct conf *
conf_json(struct arena *arena, struct text bytes, const char *file)
{
	return read_memory(arena, bytes, file, JSON_LIMIT, true);
}
