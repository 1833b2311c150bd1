/* SPDX-License-Identifier: ISC */
/*
 * state_dict: find the parts of a network among the tensors of a state_dict.
 *
 * The names are PyTorch's.  The three parts are called as in the map `tensors`
 * of model.yaml: embedding by the whole name of its tensor, rnn and output by
 * the part of the name before .weight_hh_l0 and .weight.
 */
#ifndef MODEL_STATE_DICT_H
#define MODEL_STATE_DICT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"
#include "model/cell.h"

struct model;

enum state_dict_part {
	STATE_DICT_EMBEDDING,
	STATE_DICT_RNN,
	STATE_DICT_OUTPUT,
	STATE_DICT_PARTS,
};

extern const char *const state_dict_names[];	/* "embedding", ..., NULL */

struct state_dict {
	struct place at;	/* of messages that concern no single file */
	enum cell cell;		/* given, or CELL_FOREIGN */
	struct text given[STATE_DICT_PARTS];	/* names, or NULL */
	const struct text *ignore;	/* [ignored] given: tensors that the
					 * network does not use */
	size_t ignored;
	const char *name[STATE_DICT_PARTS];	/* the names found */
};

/*
 * Find the parts among the tensors of m, whose vocabulary has been read, and
 * set its cell, layers, directions, D, H, G and rows.  A name that is given is
 * not searched for.  Returns false with a message if a part is missing, more
 * than one tensor fits, or a tensor is left over.  Names lie in the arena of m.
 */
bool state_dict_find(struct state_dict *, struct model *m);

#endif
