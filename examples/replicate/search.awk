# search.awk SEARCH...: from the files eval/SET-CELL-SEED/search.tsv, which
# reat-swap -t pairs writes, print for each classifier how many variants with
# one word replaced by a synonym of WordNet flip, and the pairs of words that
# flip most texts.
BEGIN {
	FS = "\t"
}

FNR == 1 {
	split(FILENAME, part, "/")
	model[++models] = part[2]
	next
}

$1 == "_" {
	all[models] = sprintf("%d\t%.1f%%\t%d of %d", $2, \
	    $2 > 0 ? 100 * $3 / $2 : 0, $5, $4)
	next
}

{
	tries[$1] += $2
	hits[$1] += $3
}

END {
	print "\tvariants\tflip\ttexts with a flip"
	for (i = 1; i <= models; i++)
		print model[i] "\t" all[i]
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
