/* SPDX-License-Identifier: ISC */
#include "model/cell.h"

#include <math.h>

#include "math/lanes.h"

/* a = 1 - z */
static void
mingru_carry_back(size_t H, const float *gate, const float *dA, float *dq,
    float *dp)
{
	(void)dq;
	for (size_t j = 0; j < H; j++)
		dp[j] -= dA[j] * gate[j] * (1.0f - gate[j]);
}

/* a = f / (f + i) */
static void
minlstm_carry_back(size_t H, const float *gate, const float *dA, float *dq,
    float *dp)
{
	(void)dq;
	for (size_t j = 0; j < H; j++) {
		float a = gate[3 * H + j], d = dA[j] * a * (1.0f - a);

		dp[j] += d * (1.0f - gate[j]);
		dp[H + j] -= d * (1.0f - gate[H + j]);
	}
}

/* a = exp(-v), v = exp(decay) r */
static void
rglru_carry_back(size_t H, const float *gate, const float *dA, float *dq,
    float *dp)
{
	for (size_t j = 0; j < H; j++) {
		float d = -dA[j] * gate[3 * H + j] * gate[5 * H + j];

		dp[j] += d * (1.0f - gate[j]);
		dq[2 * H + j] += d;
	}
}

/* What a cell has in common with its twin whose gates are hard.  In a GRU b_hn
 * is inside the product with r. */
#define GRU \
	.G = 3, .K = 4, .has_c = false, .inner = 2, .second = 3, \
	.low = -1, .high = 1, \
	.S = CELL_NO_ROW, .A = 1, .O = CELL_NO_ROW, \
	.gates = {{{"R", "Rr"}, 0}, {{"Z", "Zr"}, 1}, {{"N", "Nr"}, 2}}
#define GRU_BEFORE \
	.G = 3, .K = 3, .has_c = false, .inner = 3, .second = 2, \
	.low = -1, .high = 1, \
	.S = CELL_NO_ROW, .A = 1, .O = CELL_NO_ROW, \
	.gates = {{{"R", "Rr"}, 0}, {{"Z", "Zr"}, 1}, {{"N", "Nr"}, 2}}
#define LSTM \
	.G = 4, .K = 6, .has_c = true, .tanh = true, \
	.inner = 4, .second = 4, \
	.low = -1, .high = 1, \
	.S = 4, .A = 1, .O = 3, \
	.gates = {{{"I", "Ir"}, 0}, {{"F", "Fr"}, 1}, {{"G", "Gr"}, 2}, \
	    {{"C", "Cr"}, 5}}

const struct cell_kind cells[CELLS] = {
	[CELL_GRU] = {GRU, .noun = "a GRU", .guessed = true,
		.step = lanes_gru, .back = lanes_gru_back,
		.secant = lanes_gru_secant, .lrp = lanes_gru_lrp,
		.parts = lanes_gru_parts, .thirds = lanes_gru_thirds,
	},
	[CELL_LSTM] = {LSTM, .noun = "an LSTM", .guessed = true,
		.step = lanes_lstm, .back = lanes_lstm_back,
		.secant = lanes_lstm_secant, .lrp = lanes_lstm_lrp,
		.parts = lanes_lstm_parts, .thirds = lanes_lstm_thirds,
	},
	[CELL_GRU_BEFORE] = {GRU_BEFORE,
		.noun = "a GRU with the reset gate before the product",
		.step = lanes_gru_before, .back = lanes_gru_before_back,
		.secant = lanes_gru_before_secant, .lrp = lanes_gru_before_lrp,
		.reset = lanes_gru_reset,
		.reset_back = lanes_gru_reset_back,
		.reset_secant = lanes_gru_reset_secant,
		.reset_lrp = lanes_gru_reset_lrp,
	},
	[CELL_RNN_TANH] = {
		.noun = "an RNN with tanh",
		.G = 1, .K = 2, .has_c = false,
		.inner = 1, .second = 1, .guessed = true,
		.low = -1, .high = 1,
		.S = CELL_NO_ROW, .A = 0, .O = CELL_NO_ROW,
		.step = lanes_rnn_tanh, .back = lanes_rnn_tanh_back,
		.secant = lanes_rnn_tanh_secant, .lrp = lanes_rnn_lrp,
	},
	[CELL_RNN_RELU] = {
		.noun = "an RNN with ReLU",
		.G = 1, .K = 2, .has_c = false,
		.inner = 1, .second = 1, .guessed = true,
		.low = 0, .high = HUGE_VALF,
		.S = CELL_NO_ROW, .A = 0, .O = CELL_NO_ROW,
		.step = lanes_rnn_relu, .back = lanes_rnn_relu_back,
		.secant = lanes_rnn_relu_secant, .lrp = lanes_rnn_lrp,
	},
	[CELL_MINGRU] = {
		.noun = "a minGRU",
		.G = 2, .K = 3, .linear = true, .inner = 2, .second = 2,
		.low = -HUGE_VALF, .high = HUGE_VALF,
		.S = CELL_NO_ROW, .A = 0, .O = CELL_NO_ROW,
		.gates = {{{"Z", "Zr"}, 2}, {{"N", "Nr"}, 1}},
		.step = lanes_mingru, .back = lanes_mingru_back,
		.secant = lanes_mingru_secant, .lrp = lanes_mingru_lrp,
		.carry_back = mingru_carry_back,
	},
	[CELL_MINLSTM] = {
		.noun = "a minLSTM",
		.G = 3, .K = 4, .linear = true, .inner = 3, .second = 3,
		.low = -HUGE_VALF, .high = HUGE_VALF,
		.S = CELL_NO_ROW, .A = 3, .O = CELL_NO_ROW,
		.gates = {{{"F", "Fr"}, 0}, {{"I", "Ir"}, 1},
		    {{"N", "Nr"}, 2}},
		.step = lanes_minlstm, .back = lanes_minlstm_back,
		.secant = lanes_minlstm_secant, .lrp = lanes_minlstm_lrp,
		.carry_back = minlstm_carry_back,
	},
	[CELL_QRNN] = {
		.noun = "a QRNN",
		.G = 3, .K = 4, .has_c = true, .linear = true,
		.inner = 3, .second = 3,
		.low = -1, .high = 1,
		.S = 3, .A = 1, .O = 2,
		.gates = {{{"Z", "Zr"}, 0}, {{"F", "Fr"}, 1}},
		.step = lanes_qrnn, .back = lanes_qrnn_back,
		.secant = lanes_qrnn_secant, .lrp = lanes_qrnn_lrp,
	},
	[CELL_RGLRU] = {
		.noun = "an RG-LRU",
		.G = 3, .K = 6, .linear = true, .own = "decay",
		.inner = 2, .second = 3,
		.low = -HUGE_VALF, .high = HUGE_VALF,
		.S = CELL_NO_ROW, .A = 3, .O = CELL_NO_ROW,
		.gates = {{{"R", "Rr"}, 0}, {{"I", "Ir"}, 1},
		    {{"N", "Nr"}, 2}},
		.step = lanes_rglru, .back = lanes_rglru_back,
		.secant = lanes_rglru_secant, .lrp = lanes_rglru_lrp,
		.carry_back = rglru_carry_back,
	},
	[CELL_GRU_HARD] = {GRU, .noun = "a GRU with hard sigmoids",
		.hard = true, .step = lanes_gru_hard,
		.back = lanes_gru_back_hard, .secant = lanes_gru_secant_hard,
		.lrp = lanes_gru_lrp, .parts = lanes_gru_parts_hard,
		.thirds = lanes_gru_thirds,
	},
	[CELL_LSTM_HARD] = {LSTM, .noun = "an LSTM with hard sigmoids",
		.hard = true, .step = lanes_lstm_hard,
		.back = lanes_lstm_back_hard, .secant = lanes_lstm_secant_hard,
		.lrp = lanes_lstm_lrp, .parts = lanes_lstm_parts_hard,
		.thirds = lanes_lstm_thirds,
	},
	[CELL_GRU_BEFORE_HARD] = {GRU_BEFORE, .noun = "a GRU with hard "
		"sigmoids and the reset gate before the product",
		.hard = true, .step = lanes_gru_before_hard,
		.back = lanes_gru_before_back_hard,
		.secant = lanes_gru_before_secant_hard,
		.lrp = lanes_gru_before_lrp,
		.reset = lanes_gru_reset_hard,
		.reset_back = lanes_gru_reset_back_hard,
		.reset_secant = lanes_gru_reset_secant_hard,
		.reset_lrp = lanes_gru_reset_lrp,
	},
};

const char *const cell_names[] = {"gru", "lstm", "gru-before", "rnn-tanh",
    "rnn-relu", "mingru", "minlstm", "qrnn", "rglru", "gru-hard", "lstm-hard",
    "gru-before-hard", NULL};
_Static_assert(sizeof cell_names / sizeof *cell_names == CELLS + 1,
    "a name for each row of cells[]");

void
cell_add_sigmoid(const struct cell_kind *c, size_t H, const float *gate,
    size_t k, const float *d, float *dq, float *dp)
{
	for (size_t j = k * H; j < (k + 1) * H; j++) {
		float y = gate[j], x = d[j - k * H] * y * (1.0f - y);

		if (c->hard)
			x = y > 0 && y < 1 ? d[j - k * H] * LANES_HARD : 0;
		if (!c->linear)
			dq[j] += x;
		dp[j] += x;
	}
}

void
cell_add_carry(const struct cell_kind *c, size_t H, const float *gate,
    const float *dA, float *dq, float *dp)
{
	if (c->carry_back != NULL)
		c->carry_back(H, gate, dA, dq, dp);
	else
		cell_add_sigmoid(c, H, gate, (size_t)c->A, dA, dq, dp);
}
