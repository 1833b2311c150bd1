# search.awk SEARCH...: from the files eval/SET-CELL-SEED/search.tsv, print for
# each classifier how many variants with one word replaced by a synonym of
# WordNet flip, and the pairs of words that flip most texts.
BEGIN {
	FS = "\t"
}

FNR == 1 {
	split(FILENAME, part, "/")
	model[++models] = part[2]
	next
}

{
	m = model[models]
	n[m]++
	flips[m] += $7
	if (!((m, $1) in tried)) {
		tried[m, $1]
		texts[m]++
	}
	if ($7 && !((m, $1) in fell)) {
		fell[m, $1]
		fallen[m]++
	}
	tries[tolower($2)]++
	hits[tolower($2)] += $7
}

END {
	print "\tvariants\tflip\ttexts with a flip"
	for (i = 1; i <= models; i++)
		printf "%s\t%d\t%.1f%%\t%d of %d\n", model[i], \
		    n[model[i]], 100 * flips[model[i]] / n[model[i]], \
		    fallen[model[i]], texts[model[i]]
	print ""
	print "pairs that flip most\tflips\tvariants, all classifiers"
	for (i = 1; i <= 12; i++) {
		best = ""
		for (w in hits)
			if (best == "" || hits[w] > hits[best] || \
			    (hits[w] == hits[best] && w < best))
				best = w
		if (best == "" || hits[best] == 0)
			break
		printf "%s\t%d\t%d\n", best, hits[best], tries[best]
		delete hits[best]
	}
}
