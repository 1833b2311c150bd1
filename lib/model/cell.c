/* SPDX-License-Identifier: ISC */
#include "model/cell.h"

#include "math/lanes.h"

const struct cell_kind cells[CELLS] = {
	[CELL_GRU] = {
		.noun = "a GRU",
		.G = 3, .K = 4, .has_c = false,
		.inner = 2,	/* b_hn is inside the product with r */
		.second = 3, .guessed = true,
		.S = CELL_NO_ROW, .A = 1, .O = CELL_NO_ROW,
		.gates = {{{"R", "Rr"}, 0}, {{"Z", "Zr"}, 1},
		    {{"N", "Nr"}, 2}},
		.step = lanes_gru, .back = lanes_gru_back,
		.half = lanes_gru_half,
	},
	[CELL_LSTM] = {
		.noun = "an LSTM",
		.G = 4, .K = 6, .has_c = true,
		.inner = 4, .second = 4, .guessed = true,
		.S = 4, .A = 1, .O = 3,
		.gates = {{{"I", "Ir"}, 0}, {{"F", "Fr"}, 1},
		    {{"G", "Gr"}, 2}, {{"C", "Cr"}, 5}},
		.step = lanes_lstm, .back = lanes_lstm_back,
		.half = lanes_lstm_half,
	},
	[CELL_GRU_BEFORE] = {
		.noun = "a GRU with the reset gate before the product",
		.G = 3, .K = 3, .has_c = false,
		.inner = 3, .second = 2,
		.S = CELL_NO_ROW, .A = 1, .O = CELL_NO_ROW,
		.gates = {{{"R", "Rr"}, 0}, {{"Z", "Zr"}, 1},
		    {{"N", "Nr"}, 2}},
		.step = lanes_gru_before, .back = lanes_gru_before_back,
		.half = lanes_gru_before_half, .reset = lanes_gru_reset,
		.reset_back = lanes_gru_reset_back,
		.reset_half = lanes_gru_reset_half,
	},
};

const char *const cell_names[] = {"gru", "lstm", "gru-before", NULL};
_Static_assert(sizeof cell_names / sizeof *cell_names == CELLS + 1,
    "a name for each row of cells[]");
