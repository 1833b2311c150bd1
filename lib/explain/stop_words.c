/* SPDX-License-Identifier: ISC */
#include "explain/stop_words.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"

/* In the order of text_compare. */
static const char *const words[] = {
	"'d", "'ll", "'m", "'re", "'s", "'ve", "a", "about", "above",
	"across", "after", "afterwards", "again", "against", "ain't", "all",
	"almost", "alone", "along", "already", "also", "although", "always",
	"am", "amid", "among", "amongst", "an", "and", "another", "any",
	"anybody", "anyhow", "anyone", "anything", "anyway", "anywhere",
	"are", "aren't", "around", "as", "at", "away", "be", "became",
	"because", "become", "becomes", "been", "before", "beforehand",
	"behind", "being", "below", "beneath", "beside", "besides", "between",
	"beyond", "both", "but", "by", "ca", "can", "can't", "cannot",
	"could", "couldn't", "dare", "despite", "did", "didn't", "do", "does",
	"doesn't", "doing", "don't", "done", "down", "during", "each",
	"either", "else", "elsewhere", "enough", "ever", "every", "everybody",
	"everyone", "everything", "everywhere", "except", "few", "for",
	"from", "further", "had", "hadn't", "has", "hasn't", "have",
	"haven't", "having", "he", "he's", "hence", "her", "here", "hereby",
	"herein", "hers", "herself", "him", "himself", "his", "how",
	"however", "i", "i'd", "i'll", "i'm", "i've", "if", "in", "indeed",
	"inside", "instead", "into", "is", "isn't", "it", "it's", "its",
	"itself", "just", "least", "less", "lest", "like", "many", "may",
	"maybe", "me", "meanwhile", "might", "mine", "more", "moreover",
	"most", "mostly", "much", "must", "mustn't", "my", "myself", "n't",
	"namely", "near", "needn't", "neither", "never", "nevertheless", "no",
	"nobody", "none", "nor", "not", "nothing", "now", "nowhere", "of",
	"off", "often", "on", "once", "one", "only", "onto", "or", "other",
	"others", "otherwise", "ought", "our", "ours", "ourselves", "out",
	"outside", "over", "own", "per", "perhaps", "quite", "rather", "same",
	"several", "sha", "shall", "shan't", "she", "she's", "should",
	"shouldn't", "since", "so", "some", "somebody", "somehow", "someone",
	"something", "sometime", "sometimes", "somewhere", "still", "such",
	"than", "that", "that's", "the", "their", "theirs", "them",
	"themselves", "then", "thence", "there", "there's", "thereafter",
	"thereby", "therefore", "therein", "these", "they", "they'd",
	"they'll", "they're", "they've", "this", "those", "though", "through",
	"throughout", "thus", "till", "to", "together", "too", "toward",
	"towards", "under", "underneath", "unless", "unlike", "until", "up",
	"upon", "us", "very", "via", "was", "wasn't", "we", "we'd", "we'll",
	"we're", "we've", "well", "were", "weren't", "what", "what's",
	"whatever", "when", "whence", "whenever", "where", "whereas",
	"whereby", "wherein", "wherever", "whether", "which", "whichever",
	"while", "who", "whoever", "whole", "whom", "whose", "why", "will",
	"with", "within", "without", "wo", "won't", "would", "wouldn't",
	"yet", "you", "you'd", "you'll", "you're", "you've", "your", "yours",
	"yourself", "yourselves",
};

enum { WORDS = sizeof words / sizeof *words };

static int
compare(const void *key, const void *word)
{
	return text_compare(*(const struct text *)key,
	    text_of(*(const char *const *)word));
}

bool
stop_words_has(struct text form)
{
	struct arena *arena = mem_arena();
	struct text lower = utf8_lower(arena, form);
	bool has = bsearch(&lower, words, WORDS, sizeof *words, compare) !=
	    NULL;

	mem_free(arena);
	return has;
}
