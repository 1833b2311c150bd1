/* SPDX-License-Identifier: ISC */
#include "explain/attack.h"

#include "explain/attack_beam.h"
#include "explain/attack_greedy.h"

struct attacked
attack_run(const struct attack_method *m, const struct attack *x)
{
	struct attack_search s = attack_begin(x);

	if (s.T > 0)
		m->search(&s);
	return attack_end(&s);
}

const struct attack_method attack_pwws = {
	.name = "pwws",
	.search = attack_fixed,
	.saliency = true,
};

const struct attack_method attack_pwws_textattack = {
	.name = "pwws-textattack",
	.search = attack_weighed,
	.content = true,
	.saliency = true,
};

const struct attack_method attack_textfooler = {
	.name = "textfooler",
	.search = attack_important,
	.content = true,
};

const struct attack_method attack_beam = {
	.name = "beam",
	.search = attack_erasing,
	.beam = true,
	.erases = true,
};

const struct attack_method attack_beam_swap = {
	.name = "beam-swap",
	.search = attack_swapping,
	.beam = true,
};
