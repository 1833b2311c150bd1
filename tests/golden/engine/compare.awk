# compare.awk: compare the rows of reat-score -c all with expected.tsv of one
# model.
#     awk -v model=NAME -v method=NAME -v tol=TOL -f compare.awk \
#         expected.tsv SCORES
# Prints each difference and, at the end, the number of rows compared.
BEGIN { FS = "\t" }
FNR == 1 { file++; next }
file == 1 && $1 == model && $2 == method {
	key = $3 "\t" $4 "\t" $5 "\t" $6
	prob[key] = $7
	score[key] = $8
	missing++
}
file == 2 && $3 != "text" && ($3 != "phrase" || $8 != "_") {
	key = $1 "\t" $2 "\t" $3 "\t" $4
	if (!(key in score)) {
		if ($1 == "long")	# of which the file has some words
			next
		print "unexpected: " key
		next
	}
	missing--
	compared++
	d = $10 - score[key]
	p = $9 - prob[key]
	if (d * d > tol * tol || p * p > tol * tol)
		print model ": " key ": prob " $9 " score " $10 \
		    ", expected " prob[key] " " score[key]
}
END {
	if (missing)
		print model ": " missing " rows missing"
	print compared
}
