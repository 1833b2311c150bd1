/* SPDX-License-Identifier: ISC */
/* Fuzz a stream as lines and as blocks: records are in order and complete. */
#include <string.h>

#include "base/input.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "fuzz.h"

static void
read_all(char *path, enum input_unit unit, size_t most)
{
	char *const operands[] = {path, path, NULL};
	struct input *in = input_open(operands);
	struct record r;
	enum input_got got;
	size_t offset, total = 0;

	while ((got = input_next(in, unit, true, &r)) != INPUT_END) {
		fuzz_holds(got == INPUT_RECORD || got == INPUT_BAD);
		if (got == INPUT_BAD)
			continue;
		fuzz_holds(utf8_valid(r.text, &offset));
		fuzz_holds(r.at.line > 0 && r.at.file != NULL);
		total += r.text.n;
		if (unit == INPUT_LINES)
			fuzz_holds(r.text.n == 0 ||
			    memchr(r.text.s, '\n', r.text.n) == NULL);
		else
			fuzz_holds(r.text.n > 0 && r.text.s[0] != '\n');
	}
	fuzz_holds(total <= 2 * most);
	input_close(in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *arena;
	char path[300];
	struct text whole;
	int status;

	if (arena == NULL)
		arena = mem_arena();
	mem_reset(arena);
	strncpy(path, fuzz_file(data, n), sizeof path - 1);
	path[sizeof path - 1] = '\0';
	read_all(path, INPUT_LINES, n);
	read_all(path, INPUT_BLOCKS, n);
	if (input_whole(arena, path, n, &whole, &status))
		fuzz_holds(whole.n <= n && whole.s[whole.n] == '\0');
	return 0;
}
