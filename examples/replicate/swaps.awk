# swaps.awk TABLE...: from files such as eval/SET-CELL-SEED/table6.tsv, print
# how many variants flip; with -v pairs=N, also the first N pairs of texts that
# flip.
BEGIN {
	FS = "\t"
}

FNR == 1 {
	split(FILENAME, part, "/")
	model = part[2]
	next
}

{
	if (!(model SUBSEP $2 in n))
		order[++rows] = model SUBSEP $2
	n[model, $2]++
	flipped[model, $2] += $7
}

$7 && shown < pairs {
	example[++shown] = sprintf("    %s %s, %s: %s %.2f -> %s %.2f\n        %s", \
	    model, $1, $2, $3, $4, $5, $6, $8)
}

END {
	for (i = 1; i <= rows; i++) {
		split(order[i], k, SUBSEP)
		sum[k[2]] += n[order[i]]
		hit[k[2]] += flipped[order[i]]
		if (!(k[2] in had)) {
			had[k[2]]
			swap[++swaps] = k[2]
		}
		line[k[2]] = line[k[2]] sprintf("  %s %d/%d", k[1], \
		    flipped[order[i]], n[order[i]])
	}
	for (i = 1; i <= swaps && !search; i++)
		printf "%s: %d of %d variants flip\n %s\n", swap[i], \
		    hit[swap[i]], sum[swap[i]], line[swap[i]]
	for (i = 1; i <= shown; i++)
		print example[i]
}
