/* SPDX-License-Identifier: ISC */
/* reat-live: a page on this machine that explains the text one types. */
/*
 * One program with two parts.  serve() starts a web server, which runs this
 * program again for each request, with the CGI variables in the environment:
 * then answer() decodes the form, checks each value against a list and runs
 * reat, without a shell between.
 *
 * What reaches reat as an argument is a name of a model that reat found itself,
 * a label of this model, a name that reat -a list printed, and the rules of -z
 * or of a list.  The text is only ever its standard input.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "annotate/tokenizer.h"
#include "base/child.h"
#include "base/err.h"
#include "base/form.h"
#include "base/fd.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/self.h"
#include "base/server.h"
#include "base/share.h"
#include "base/text.h"
#include "base/utf8.h"
#include "draw/live_page.h"
#include "model/model.h"
#include "model/open.h"

enum {
	PORT = 8017,
	FORM_LIMIT = 1 << 15,	/* bytes of a form: LIVE_LONGEST as %XX */
	PAGE_LIMIT = 1 << 24,	/* bytes of a page */
	SECONDS = 10,		/* for a page, and to wait for one's turn */
};

/* The model of -m and the rules of -z: serve() tells answer() by these names in
 * the environment. */
static const char model_name[] = "REAT_LIVE_MODEL";
static const char rules_name[] = "REAT_LIVE_RULES";

/* ---- a request ---- */

enum field { TEXT_FIELD, MODEL, CLASS, METHOD, RULES, FIELDS };

struct request {
	struct arena *arena;
	char *reat;		/* the path of the driver */
	struct form_field field[FIELDS];
	struct live_choice choice[FIELDS];	/* not of the text */
	struct text message;
};

/* Answer with this status and reason as plain text, and end. */
static _Noreturn void
refuse(const char *status, const char *reason)
{
	struct output o = output_to(STDOUT_FILENO, "stdout");

	output_printf(&o, "Status: %s\r\nContent-Type: text/plain; "
	    "charset=utf-8\r\n\r\n%s\n", status, reason);
	exit(output_done(&o, STATUS_OK));
}

static const char *
variable(const char *name)
{
	const char *value = getenv(name);

	return value != NULL ? value : "";
}

/*
 * Only pages of this server may ask.  A page from elsewhere whose name leads to
 * 127.0.0.1 has another host, and a form of another page another origin.
 */
static void
check_origin(struct arena *arena)
{
	const char *host = variable("HTTP_HOST");
	const char *origin = getenv("HTTP_ORIGIN");
	const char *port = strchr(variable(server_host), ':');

	if (port == NULL || (strcmp(host, variable(server_host)) != 0 &&
	    strcmp(host, mem_printf(arena, "localhost%s", port)) != 0))
		refuse("403 Forbidden", "another host");
	if (origin != NULL &&
	    strcmp(origin, mem_printf(arena, "http://%s", host)) != 0)
		refuse("403 Forbidden", "a form of another page");
}

/* Read the form from the standard input. */
static struct text
read_form(struct arena *arena)
{
	static const char type[] = "application/x-www-form-urlencoded";
	size_t size, n = 0;
	char *form;

	if (strncmp(variable("CONTENT_TYPE"), type, sizeof type - 1) != 0)
		refuse("415 Unsupported Media Type", "expected a form");
	if (!text_to_size(text_of(variable("CONTENT_LENGTH")), &size))
		refuse("411 Length Required", "expected its length");
	if (size > FORM_LIMIT)
		refuse("413 Content Too Large", "the form is too long");
	form = mem_alloc(arena, size + 1, 1);
	while (n < size) {
		ssize_t k = fd_read(STDIN_FILENO, form + n, size - n);

		if (k <= 0)
			refuse("400 Bad Request", "the form is cut");
		n += (size_t)k;
	}
	return (struct text){form, n};
}

/* One explanation at a time: wait for it, at most SECONDS. */
static void
take_turn(void)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	const struct timespec pause = {0, 50 * 1000 * 1000};
	int fd = open(variable(server_lock), O_RDWR | O_CLOEXEC);

	for (int i = 0; fd >= 0 && i < SECONDS * 20; i++) {
		if (fcntl(fd, F_SETLK, &lock) == 0)
			return;
		nanosleep(&pause, NULL);
	}
	refuse("503 Service Unavailable", "another text is being explained");
}

/* The first line that a program wrote on standard error. */
static struct text
first_line(struct text err)
{
	return text_cut(&err, '\n');
}

/* Run reat.  Returns false, with a message, if it failed. */
static bool
run_reat(struct request *q, char *const argv[], struct text input,
    struct text *out)
{
	struct child c;

	child_run(q->arena, argv, input, PAGE_LIMIT, SECONDS, &c);
	*out = c.out;
	if (c.late)
		q->message = text_of(mem_printf(q->arena, "this takes more "
		    "than %d seconds; give a shorter text", SECONDS));
	else if (c.large)
		q->message = TEXT("the picture is too large; give a shorter "
		    "text");
	else if (c.status != 0)
		q->message = c.err.n > 0 ? first_line(c.err) : text_of(
		    mem_printf(q->arena, "reat ended with %d", c.status));
	return !c.late && !c.large && c.status == 0;
}

static struct text *
add_value(struct request *q, struct live_choice *c, size_t *cap)
{
	c->value = mem_widen(q->arena, c->value, c->n, cap, sizeof *c->value);
	return &c->value[c->n++];
}

/* The models that a name finds; first the one of -m, if it is a path. */
static void
list_models(struct request *q)
{
	struct live_choice *c = &q->choice[MODEL];
	const char *own = variable(model_name);
	struct share_found *found;
	size_t n = share_all(q->arena, SHARE_MODEL, &found), cap = 0;

	if (strchr(own, '/') != NULL)
		*add_value(q, c, &cap) = text_of(own);
	for (size_t i = 0; i < n; i++)
		if (access(mem_printf(q->arena, "%s/model.yaml",
		    found[i].path), F_OK) == 0)
			*add_value(q, c, &cap) = text_of(found[i].name);
	c->chosen = text_of(own);
}

/* The classes of the chosen model. */
static void
list_classes(struct request *q)
{
	struct live_choice *c = &q->choice[CLASS];
	size_t cap = 0;
	int status;
	struct model *m = model_open(mem_copy(q->arena,
	    q->choice[MODEL].chosen.s, q->choice[MODEL].chosen.n), &status);

	c->chosen = TEXT("predicted");
	*add_value(q, c, &cap) = c->chosen;
	*add_value(q, c, &cap) = TEXT("all");
	if (m == NULL)
		refuse("500 Internal Server Error", "the model has a fault");
	for (size_t i = 0; i < m->C; i++)
		*add_value(q, c, &cap) = text_copy(q->arena, m->label[i]);
	model_close(m);
}

/* What reat -a list prints: a name a line, then what it is. */
static void
list_methods(struct request *q)
{
	struct live_choice *c = &q->choice[METHOD];
	char *argv[] = {q->reat, "-a", "list", NULL};
	struct text rest;
	size_t cap = 0;

	if (!run_reat(q, argv, TEXT(""), &rest))
		refuse("500 Internal Server Error", "no list of methods");
	while (rest.s != NULL && rest.n > 0) {
		struct text line = text_cut(&rest, '\n');

		*add_value(q, c, &cap) = text_cut(&line, ' ');
	}
	if (c->n > 0)
		c->chosen = c->value[0];
}

/* The rules of -z, then those for other texts. */
static void
list_rules(struct request *q)
{
	static const char *const lists[] = {TOKENIZER_RULES,
	    "quotes,characters,tokenize", "entities,quotes,tokenize", "split",
	    NULL};
	struct live_choice *c = &q->choice[RULES];
	struct text own = text_of(variable(rules_name));
	size_t cap = 0;

	if (text_find(own, lists) == sizeof lists / sizeof *lists - 1)
		*add_value(q, c, &cap) = own;
	for (size_t i = 0; lists[i] != NULL; i++)
		*add_value(q, c, &cap) = text_of(lists[i]);
	c->chosen = own;
}

/* Choose the value of the form's field.  Returns false if it is not there. */
static bool
choose(struct request *q, enum field f)
{
	struct live_choice *c = &q->choice[f];
	struct text value = q->field[f].value;

	for (size_t i = 0; i < c->n; i++)
		if (value.s != NULL && text_equal(value, c->value[i])) {
			c->chosen = c->value[i];
			return true;
		}
	if (value.s == NULL)
		return true;	/* the default */
	q->message = text_of(mem_printf(q->arena, "no %s \"%.*s\"%s%.*s",
	    c->name, TEXT_ARGS(value), f == CLASS ? " of " : "",
	    f == CLASS ? (int)q->choice[MODEL].chosen.n : 0,
	    q->choice[MODEL].chosen.s));
	return false;
}

/* The text of the form as one line. */
static struct text
one_line(struct arena *arena, struct text t)
{
	char *line = mem_copy(arena, t.n > 0 ? t.s : "", t.n);

	for (size_t i = 0; i < t.n; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = ' ';
	return (struct text){line, t.n};
}

static bool
check_text(struct request *q)
{
	struct text text = q->field[TEXT_FIELD].value;

	if (utf8_count(text) > LIVE_LONGEST)
		q->message = text_of(mem_printf(q->arena, "the text has %zu "
		    "characters, the limit is %d", utf8_count(text),
		    LIVE_LONGEST));
	else if (text_trim(text).n == 0)
		q->message = TEXT("there is no text");
	return q->message.n == 0;
}

static char *
chosen(struct request *q, enum field f)
{
	struct text value = q->choice[f].chosen;

	return mem_copy(q->arena, value.s, value.n);
}

/* The page of the text, or without one. */
static bool
make_page(struct request *q, bool explain, struct text *page)
{
	char *argv[] = {q->reat, "-q", "-t", "html",
	    "-m", chosen(q, MODEL), "-c", chosen(q, CLASS),
	    "-a", chosen(q, METHOD), "-z", chosen(q, RULES), NULL};

	return run_reat(q, argv, explain ? q->field[TEXT_FIELD].value :
	    TEXT(""), page);
}

static void
write_answer(struct request *q, bool good, struct text page)
{
	struct output o = output_to(STDOUT_FILENO, "stdout");
	struct live_form form = {server_path, q->field[TEXT_FIELD].value,
	    q->choice + 1, FIELDS - 1, q->message};

	output_printf(&o, "Status: %s\r\n"
	    "Content-Type: text/html; charset=utf-8\r\n"
	    "Cache-Control: no-store\r\nReferrer-Policy: same-origin\r\n"
	    "X-Content-Type-Options: nosniff\r\n"
	    "Content-Security-Policy: form-action 'self'; "
	    "frame-ancestors 'none'; base-uri 'none'\r\n\r\n",
	    good ? "200 OK" : "400 Bad Request");
	if (!live_page_write(&o, q->arena, page, &form))
		die("the page of reat has no place for a form");
	output_done(&o, STATUS_OK);
}

static int
answer(void)
{
	struct request q = {.arena = mem_arena(),
	    .field = {{.name = "text"}, {.name = "model"}, {.name = "class"},
	    {.name = "method"}, {.name = "rules"}},
	    .choice = {[MODEL] = {.name = "model", .label = "Model"},
	    [CLASS] = {.name = "class", .label = "Class"},
	    [METHOD] = {.name = "method", .label = "Method"},
	    [RULES] = {.name = "rules", .label = "Rules of tokens"}}};
	const char *method = variable("REQUEST_METHOD"), *fault = NULL;
	const char *folder = self_folder(q.arena);
	bool post = strcmp(method, "POST") == 0, good;
	struct text page = {NULL, 0};

	check_origin(q.arena);
	if (!post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
		refuse("405 Method Not Allowed", "expected GET or POST");
	if (folder == NULL)
		refuse("500 Internal Server Error", "no folder of programs");
	q.reat = mem_printf(q.arena, "%s/reat", folder);
	if (post)
		fault = form_read(q.arena, read_form(q.arena), q.field,
		    FIELDS);
	if (fault != NULL)
		refuse("400 Bad Request", fault);
	q.field[TEXT_FIELD].value = one_line(q.arena,
	    q.field[TEXT_FIELD].value);
	take_turn();
	list_models(&q);
	list_methods(&q);
	list_rules(&q);
	good = choose(&q, MODEL);
	list_classes(&q);
	good = good && choose(&q, CLASS) && choose(&q, METHOD) &&
	    choose(&q, RULES) && (!post || check_text(&q));
	good = good && make_page(&q, post, &page);
	if (!good) {
		struct text message = q.message;

		if (!make_page(&q, false, &page))
			refuse("500 Internal Server Error", "no page");
		q.message = message;
	}
	write_answer(&q, good, page);
	mem_free(q.arena);
	return STATUS_OK;
}

/* ---- the server ---- */

static int
serve(const char *model, const char *rules, int port)
{
	struct arena *arena = mem_arena();
	const char *self = self_folder(arena);

	if (self == NULL)
		die("the system does not tell where this program is");
	setenv(model_name, model, 1);
	setenv(rules_name, rules, 1);
	return server_run(mem_printf(arena, "%s/reat-live", self), port);
}

/* A name as it is, and a path as an absolute one: answer() has another working
 * folder. */
static const char *
absolute(struct arena *arena, const char *name)
{
	char *real;

	if (strchr(name, '/') == NULL)
		return name;
	real = realpath(name, NULL);
	if (real == NULL)
		die("%s: %s", name, strerror(errno));
	name = mem_printf(arena, "%s", real);
	free(real);
	return name;
}

/* The model of -m, which must be one. */
static const char *
find_model(struct arena *arena, const char *name)
{
	int status;
	struct model *m = model_open(name, &status);

	if (m == NULL)
		exit(status);
	if (m->stream)
		die("model %.*s takes vectors of words from the texts, and "
		    "what one types has none: run reat-score -m on tok with "
		    "them", TEXT_ARGS(m->name));
	model_close(m);
	return absolute(arena, name);
}

/* The rules of -z.  A bad one ends the program. */
static const char *
find_rules(struct arena *arena, const char *list)
{
	struct text rest = text_of(list);
	const char *found = NULL;
	int status;
	struct tokenizer *t = tokenizer_open(list, &status);

	if (t == NULL)
		exit(status);
	tokenizer_close(t);
	while (rest.s != NULL) {
		struct text name = text_cut(&rest, ',');
		const char *path = absolute(arena,
		    text_copy(arena, name).s);

		if (strchr(path, ',') != NULL)
			die("%s: a path of rules cannot have a comma in it",
			    path);
		found = found == NULL ? path :
		    mem_printf(arena, "%s,%s", found, path);
	}
	return found;
}

int
main(int argc, char *argv[])
{
	struct options o = {"m:z:", "explain the text that one types on a page",
	    "[port]", .reads = "none", .writes = "none"};
	const char *model = "sst2-gru", *rules = TOKENIZER_RULES;
	static struct arena *arena;	/* until the process ends */
	size_t port = PORT;

	if (getenv("GATEWAY_INTERFACE") != NULL &&
	    getenv(server_lock) != NULL) {
		err_name("reat-live");
		return answer();
	}
	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		*(c == 'm' ? &model : &rules) = optarg;
	if (argc - optind > 1)
		option_usage(&o, "%d operands, expected a port", argc - optind);
	if (optind < argc && (!text_to_size(text_of(argv[optind]), &port) ||
	    port < 1024 || port > 65535))
		option_usage(&o, "port \"%s\", expected a number from 1024 to "
		    "65535", argv[optind]);
	arena = mem_arena();
	return serve(find_model(arena, model), find_rules(arena, rules),
	    (int)port);
}
