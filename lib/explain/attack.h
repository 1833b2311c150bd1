/* SPDX-License-Identifier: ISC */
/*
 * attack: the nearest text of another class, by the number of words changed.
 *
 * A word is changed once: replaced by one of its candidates or, by a beam that
 * may, erased.
 *
 *     the text           a   bad  film                       negative
 *     candidates             poor movie
 *                            fine
 *     variants           a   poor film   a fine film   a bad movie   ...
 *     found              a   fine film                       positive
 *
 *     pwws         Ren et al. 2019.  Each word gets the candidate with the
 *                  largest drop of the class's probability.  The words are
 *                  replaced in the order of that drop times the softmax of the
 *                  saliencies, until the class changes
 *     textfooler   Jin et al. 2020.  The words, in the order of what their
 *                  deletion does, are replaced by the candidate with the lowest
 *                  probability if it is lower than before; if some change the
 *                  class, by the most similar of these, and that is the end
 *     beam         the best texts with one word changed, from these the best
 *                  with two, and so on: at the first number of words with which
 *                  a text has another class, that text
 *
 * Sources: Ren, Deng, He and Che, "Generating natural language adversarial
 * examples through probability weighted word saliency", 2019; Jin, Jin, Zhou
 * and Szolovits, "Is BERT really robust?", 2020; Morris et al., "TextAttack",
 * 2020.
 */
#ifndef EXPLAIN_ATTACK_H
#define EXPLAIN_ATTACK_H

#include <stdbool.h>

#include "explain/attack_search.h"

struct attack_method;

enum { ATTACK_BEAM_MOST = 100 };

/*
 * Attack a text.  Without success it returns the text where the search ended.
 * The queries are counted as the authors count them: of texts that are run
 * together those after the end are not counted.
 */
struct attacked attack_run(const struct attack_method *, const struct attack *);

struct attack_method {
	const char *name;
	bool (*search)(struct attack_search *);	/* false: it was ended */
	bool content;		/* function words stay (stop_words.h) */
	bool saliency;		/* it needs unk */
	bool beam;		/* it has a beam */
	bool erases;		/* it needs no candidates */
};

extern const struct attack_method attack_pwws, attack_pwws_textattack,
    attack_textfooler, attack_beam, attack_beam_swap;

#endif
