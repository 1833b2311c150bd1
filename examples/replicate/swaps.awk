# swaps.awk TABLE...: from files such as eval/SET-CELL-SEED/table6.tsv, which
# reat-swap -t tsv writes, print how many variants flip; with -v pairs=N, also
# the first N pairs of texts that flip.  The lines are those of report.sh.
BEGIN {
	FS = "\t"
}

FNR == 1 {
	split(FILENAME, part, "/")
	model[++models] = part[2]
	next
}

{
	if (!($3 in n))
		swap[++swaps] = $3
	n[$3]++
	hit[$3] += $8
	variants[$3, model[models]]++
	flipped[$3, model[models]] += $8
}

$8 && shown < pairs {
	example[++shown] = sprintf("%s\t%s\t%s %.2f\t%s %.2f\t%s: %s", \
	    model[models], $3, $4, $5, $6, $7, $1, $9)
}

END {
	line = "variants that flip"
	for (i = 1; i <= swaps; i++)
		line = line "\t" swap[i]
	print line
	for (j = 1; j <= models; j++) {
		line = model[j]
		for (i = 1; i <= swaps; i++)
			line = line "\t" flipped[swap[i], model[j]] + 0 \
			    " of " variants[swap[i], model[j]] + 0
		print line
	}
	line = "all"
	for (i = 1; i <= swaps; i++)
		line = line "\t" hit[swap[i]] " of " n[swap[i]]
	print line
	if (shown) {
		print ""
		print "examples\tswap\tbefore\tafter\ttext"
	}
	for (i = 1; i <= shown; i++)
		print example[i]
}
