# awk -f papers.awk -f networks.awk -f verdict.awk texts/paper.tsv table4.tsv table5.tsv: print
# what returned of the ranking of the paper's six methods in its Tables 4 and 5 on
# SST-2, from the means over the seeds: for each network the paper's order, ours,
# and the pairs of methods that have the same order in both.
BEGIN {
	FS = "\t"
	table["faithfulness"] = 4
	table["interpretability"] = 5
	unit[4] = 1
	unit[5] = 0.01
	for (m in papers)
		method[papers[m]] = m
}

FILENAME ~ /paper.tsv$/ {
	if (($1 == 4 || $1 == 5 && sub(/^SST2 /, "", $3)) && $2 in method) {
		paper[$1, method[$2], $3] = $4 * unit[$1]
		has_paper = 1
	}
	next
}

$4 in papers && $2 == "_" && $6 != "_" && split($3, name, "-") == 3 &&
name[1] == "sst2" {
	k = table[$1] SUBSEP $4 SUBSEP title[name[2]]
	sum[k] += $6
	n[k]++
}

# order the methods of table t and network c by value[]; returns a line
function order(t, c, value,   m, best, line, left) {
	for (m in papers)
		if ((t, m, c) in value)
			left[m]
	for (;;) {
		best = ""
		for (m in left)
			if (best == "" || value[t, m, c] > value[t, best, c] ||
			    value[t, m, c] == value[t, best, c] && m < best)
				best = m
		if (best == "")
			return line
		delete left[best]
		line = line (line == "" ? "" : " > ") best \
		    sprintf(t == 4 ? " %.3f" : " %.0f", \
		    value[t, best, c] / (t == 4 ? 1 : 0.01))
	}
}

END {
	if (!has_paper) {
		print "DATA has no paper/tables.tsv to compare with."
		exit
	}
	for (k in sum)
		ours[k] = sum[k] / n[k]
	for (t = 4; t <= 5; t++)
		for (i = 1; i <= 3; i++) {	# the paper's
			c = title[network_of[i]]
			if (!((t, "reat", c) in ours))
				continue
			pairs = same = 0
			for (a in papers)
				for (b in papers) {
					if (a >= b || !((t, a, c) in ours) ||
					    !((t, b, c) in ours))
						continue
					pairs++
					same += (paper[t, a, c] - \
					    paper[t, b, c]) * (ours[t, a, c] - \
					    ours[t, b, c]) > 0
				}
			printf "%sTable %d, %s: %d of %d pairs have the " \
			    "paper's order.\n    paper  %s\n    here   %s\n", \
			    t c == "4GRU" ? "" : "\n", t, c, same, pairs, \
			    order(t, c, paper), order(t, c, ours)
		}
}
