# -f networks.awk -f fig7.awk -v least=20 FIG7...: from the files figures/fig7-CELL-SEED.tsv, print
# what is left of the paper's sentences on Figure 7: the place of the median of
# each tag that it names, among the tags of so many words, and whether the order
# of the tags is that of another network (Spearman's correlation of the medians).
# The lines are those of report.sh.
BEGIN {
	FS = "\t"
	split("RBS JJ NN", tag, " ")
	says[1] = "highest median in all networks"
	says[2] = "high"
	says[3] = "near zero"
	claim["gru", "lstm"] = "alike"
	claim["gru", "bigru"] = claim["lstm", "bigru"] = "different"
}

FNR == 1 {
	split(FILENAME, part, "-")
	c = part[2]
	s = part[3]
	sub(/\..*/, "", s)
	if (!(c in has_cell)) {
		has_cell[c]
		cell[++cells] = c
	}
	if (!(s in has_seed)) {
		has_seed[s]
		seed[++seeds] = s
	}
	next
}

$2 >= least {
	place[c, s, $1] = ++tags[c, s]
	median[c, s, $1] = $6
	name[$1]
}

# the correlation of the medians of networks a and b with seed s, by the ranks
# of the tags that both have; "-" if there are fewer than three
function correlation(a, b, s,   t, u, n, ra, rb, d, saa, sbb, sab) {
	n = saa = sbb = sab = 0
	for (t in name)
		n += ((a, s, t) in median) && ((b, s, t) in median)
	if (n < 3)
		return "-"
	for (t in name) {
		if (!((a, s, t) in median) || !((b, s, t) in median))
			continue
		ra = rb = 0
		for (u in name)
			if (((a, s, u) in median) && ((b, s, u) in median)) {
				d = median[a, s, u] - median[a, s, t]
				ra += d > 0 ? 1 : d < 0 ? -1 : 0
				d = median[b, s, u] - median[b, s, t]
				rb += d > 0 ? 1 : d < 0 ? -1 : 0
			}
		saa += ra * ra
		sbb += rb * rb
		sab += ra * rb
	}
	return saa * sbb > 0 ? sprintf("%.2f", sab / sqrt(saa * sbb)) : "-"
}

END {
	line = "tag\tpaper"
	for (j = 1; j <= cells; j++)
		line = line "\t" title[cell[j]] ": place\t" title[cell[j]] \
		    ": median"
	print line
	for (i = 1; i <= 3; i++) {
		line = tag[i] "\t" says[i]
		for (j = 1; j <= cells; j++) {
			places = medians = ""
			of = 0
			for (k = 1; k <= seeds; k++) {
				key = cell[j] SUBSEP seed[k] SUBSEP tag[i]
				of = tags[cell[j], seed[k]]
				places = places (k > 1 ? ", " : "") \
				    (key in place ? place[key] : "-")
				medians = medians (k > 1 ? ", " : "") \
				    (key in place ? sprintf("%.3f", \
				    median[key]) : "-")
			}
			line = line "\t" places " of " of + 0 "\t" medians
		}
		print line
	}
	if (cells < 2)
		exit
	line = "\norder of the tags\tpaper"
	for (k = 1; k <= seeds; k++)
		line = line "\tseed " seed[k]
	print line
	for (i = 1; i < cells; i++)
		for (j = i + 1; j <= cells; j++) {
			a = cell[i]
			b = cell[j]
			line = title[a] " and " title[b] "\t" \
			    (claim[a, b] claim[b, a])
			for (k = 1; k <= seeds; k++)
				line = line "\t" correlation(a, b, seed[k])
			print line
		}
}
