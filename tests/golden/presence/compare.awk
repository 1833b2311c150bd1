# compare.awk: compare the rows of reat-grad -a skip, half or mix with
# expected.tsv of one model.
#     awk -v model=NAME -v method=METHOD -v class=CLASS -v tol=TOL \
#         [-v weight=W] -f compare.awk expected.tsv SCORES
# CLASS is the argument of -c: all, predicted or a contrast; W is that of mix,
# 1/3 by default.  SCORES holds all levels of docs.tok.  A score may differ by
# TOL sqrt(1 + score^2).  Prints each difference and, at the end, the number of
# rows compared.
BEGIN {
	FS = "\t"
	if (weight == "")
		weight = 1 / 3
}
function choose(key, part) {
	for (key in value) {
		split(key, part, "\t")
		if (class == "predicted" && part[2] != best[part[1]])
			delete value[key]
		else
			missing++
	}
}
FNR == 1 && ++file == 2 { choose() }
/^#/ || $1 == "model" || $1 == "doc" { next }
file == 1 && $1 == model && \
    (class == "all" || class == "predicted" ? $3 !~ /:/ : $3 == class) {
	key = $2 "\t" $3 "\t" $4 "\t" $5 "\t" $6
	# mix is linear in its weight, and half is its value at 0
	value[key] = method == "skip" ? $7 : method == "half" ? $8 : \
	    $8 + 3 * weight * ($9 - $8)
	if ($4 == "logit" && (!($2 in best) || value[key] > most[$2])) {
		best[$2] = $3
		most[$2] = value[key]
	}
}
file == 2 {
	key = $1 "\t" $2 "\t" $3 "\t" $4 "\t" $5
	if (!(key in value)) {
		# of this text the file has some spans, or nothing
		if ($1 != "long" || \
		    $3 !~ /^(word|phrase|clause)$/ && "long" in best)
			print model ": unexpected: " key
		next
	}
	if (seen[key]++) {
		print model ": twice: " key
		next
	}
	missing--
	compared++
	d = $10 - value[key]
	if ($7 != method || $10 !~ /^-?[0-9]/ || \
	    d * d > tol * tol * (1 + value[key] * value[key]))
		print model ": " key ": " $7 " " $10 ", expected " method " " \
		    value[key]
}
END {
	if (file < 2)
		choose()
	if (missing)
		print model ": " missing " rows missing"
	print compared + 0
}
