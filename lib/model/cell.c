/* SPDX-License-Identifier: ISC */
#include "model/cell.h"

#include <math.h>

#include "math/lanes.h"

const struct cell_kind cells[CELLS] = {
	[CELL_GRU] = {
		.noun = "a GRU",
		.G = 3, .K = 4, .has_c = false,
		.inner = 2,	/* b_hn is inside the product with r */
		.second = 3, .guessed = true,
		.low = -1, .high = 1,
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
		.low = -1, .high = 1,
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
		.low = -1, .high = 1,
		.S = CELL_NO_ROW, .A = 1, .O = CELL_NO_ROW,
		.gates = {{{"R", "Rr"}, 0}, {{"Z", "Zr"}, 1},
		    {{"N", "Nr"}, 2}},
		.step = lanes_gru_before, .back = lanes_gru_before_back,
		.half = lanes_gru_before_half, .reset = lanes_gru_reset,
		.reset_back = lanes_gru_reset_back,
		.reset_half = lanes_gru_reset_half,
	},
	[CELL_RNN_TANH] = {
		.noun = "an RNN with tanh",
		.G = 1, .K = 2, .has_c = false,
		.inner = 1, .second = 1, .guessed = true,
		.low = -1, .high = 1,
		.S = CELL_NO_ROW, .A = 0, .O = CELL_NO_ROW,
		.step = lanes_rnn_tanh, .back = lanes_rnn_tanh_back,
		.half = lanes_rnn_tanh_half,
	},
	[CELL_RNN_RELU] = {
		.noun = "an RNN with ReLU",
		.G = 1, .K = 2, .has_c = false,
		.inner = 1, .second = 1, .guessed = true,
		.low = 0, .high = HUGE_VALF,
		.S = CELL_NO_ROW, .A = 0, .O = CELL_NO_ROW,
		.step = lanes_rnn_relu, .back = lanes_rnn_relu_back,
		.half = lanes_rnn_relu_half,
	},
};

const char *const cell_names[] = {"gru", "lstm", "gru-before", "rnn-tanh",
    "rnn-relu", NULL};
_Static_assert(sizeof cell_names / sizeof *cell_names == CELLS + 1,
    "a name for each row of cells[]");
