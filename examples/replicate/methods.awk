# methods.awk: print a row for each method and a column for each measure, the
# mean over the classifiers of SST-2, from the TSV files of replicate.sh.
BEGIN {
	FS = "\t"
	# measure and point: the column's head, digits, scale
	columns = split("faithfulness _|eq 23|3|1;" \
	    "interpretability _|eq 24 %|1|100;agreement _|omission|3|1;" \
	    "comprehensiveness aopc|compr.|3|1;sufficiency aopc|suff.|3|1;" \
	    "correlation spearman|phrases: rho|3|1;correlation pearson|phrases: r|3|1;" \
	    "spans spearman|trees: rho|3|1;spans pearson|trees: r|3|1;" \
	    "sign word|signs: words|1|100;sign phrase|signs: phrases|1|100;" \
	    "pointing _|pointing|1|100", column, ";")
	for (i = 1; i <= columns; i++) {
		split(column[i], part, "|")
		key[i] = part[1]
		head[i] = part[2]
		digits[i] = part[3]
		scale[i] = part[4]
	}
}

$1 == "measure" || $4 ~ /:/ || $6 == "_" || $3 !~ /^sst2-/ {
	next
}

{
	# both files have the measure correlation
	k = (FILENAME ~ /spans.tsv$/ ? "spans" : $1) " " $2 SUBSEP $4
	sum[k] += $6
	n[k]++
	if (!($4 in seen)) {
		seen[$4]
		method[++methods] = $4
	}
	classifiers[$3]
}

END {
	for (i in classifiers)
		all++
	printf "%s", all " models"
	for (i = 1; i <= columns; i++)
		printf "\t%s", head[i]
	print ""
	for (m = 1; m <= methods; m++) {
		printf "%s", method[m]
		for (i = 1; i <= columns; i++) {
			k = key[i] SUBSEP method[m]
			if (n[k] == all)
				printf "\t%.*f", digits[i], \
				    scale[i] * sum[k] / n[k]
			else
				printf "\t-"
		}
		print ""
	}
}
