# table3.awk -v epochs=N PAPER table3.ref table3.tsv: print the mean and the
# spread of each classifier's test accuracy, its mean accuracy on the training
# texts, and the test accuracy of another program and of the paper.  PAPER has
# the paper's tables: table, row, column, value; or it is empty.  The lines are
# those of report.sh.
BEGIN {
	FS = "\t"
	names["sst2"] = "SST-2"
	names["yelp"] = "Yelp stand-in"
	papers["SST2"] = "sst2"
	papers["Yelp"] = "yelp"
	print "Accuracy on the test texts in percent: mean (least - most) of" \
	    " the seeds. Each"
	print "classifier is the best on dev of " epochs " epochs.  The column" \
	    " training has its"
	print "accuracy on the training texts, mean of the seeds; in the" \
	    " paper it is 100 on SST-2."
	print ""
	print "\tnetwork\tseeds\treat-train\ttraining\tPyTorch reference" \
	    "\tpaper"
	row = "%s\t%s\t%s\t%s\t%s\t%s\t%s\n"
}

FILENAME == ARGV[1] {
	if ($1 == 3) {
		sub(/%/, "", $4)
		paper[papers[$3], tolower($2)] = $4
	}
	next
}

FNR == 1 { next }

FILENAME ~ /ref$/ {
	ref[$1, $2] = spread($3, $4, $5)
	order[++rows] = $1 SUBSEP $2
	next
}

{
	k = $1 SUBSEP $2
	if (!(k in n) || $5 < least[k])
		least[k] = $5
	if (!(k in n) || $5 > most[k])
		most[k] = $5
	dots[k] = dots[k] (n[k] ? ";" : "") $5 " " $5 " " $5
	if (!(k in ref) && !n[k])
		order[++rows] = k
	n[k]++
	sum[k] += $5
	train[k] += $6
}

function spread(mean, a, b) {
	return sprintf(a == b ? "%.1f" : "%.1f (%.1f - %.1f)", mean, a, b)
}

END {
	for (i = 1; i <= rows; i++) {
		k = order[i]
		if (!(k in n))
			continue
		split(k, part, SUBSEP)
		printf row, names[part[1]], part[2], n[k],
		    spread(sum[k] / n[k], least[k], most[k]) " {" dots[k] \
		    (k in paper ? ";=" paper[k] : "") "}",
		    sprintf("%.1f", train[k] / n[k]),
		    k in ref ? ref[k] : "-",
		    k in paper ? paper[k] : "-"
	}
	print ""
	print "300-d vectors: 8000 words are real GoogleNews vectors, the rest" \
	    " are estimated"
	print "from GloVe. The Yelp data are sentences, a stand-in for the" \
	    " paper's reviews. So"
	print "neither is the paper's experiment to the letter. The reference is" \
	    " another program"
	print "(PyTorch) with the same data, three seeds on SST-2 and one on" \
	    " Yelp."
}
