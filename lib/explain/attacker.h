/* SPDX-License-Identifier: ISC */
/*
 * attacker: attack each text of a tok stream.
 *
 * A text is not attacked if it is of the target class already, or if there is
 * no target and the prediction is not the text's label: its row or block says
 * that it was skipped.  A variant of an earlier run (reat.source) is dropped.
 *
 * With a path the results go to that file.  If it has results of a run with the
 * same settings, their texts are not attacked again, and the others' results
 * are appended, each as soon as it is there.
 */
#ifndef EXPLAIN_ATTACKER_H
#define EXPLAIN_ATTACKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "explain/source_choice.h"

struct attack_format;
struct attack_method;
struct neighbours;
struct output;
struct synonyms;

struct attacking {
	const struct attack_method *method;
	const struct attack_format *format;
	struct source_choice source;
	const struct synonyms *synonyms;
	struct neighbours *neighbours;	/* or NULL */
	const char *class;	/* the target; NULL: any other class */
	size_t most, beam;
	const char *path;	/* of the results, or NULL */
	uint64_t options;	/* a hash of those that decide the results; the
				 * files are hashed by themselves */
	bool headless, quiet, keep_going;
};

/* Attack the texts of all operands; returns the status. */
int attacker_run(const struct attacking *, char *const operands[],
    struct output *out);

#endif
