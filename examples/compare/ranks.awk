# ranks.awk: read the rows of measures.sh, and print a header, and each
# row with the rank of the method by this measure among those of the model (1 is
# best; equal values share the mean of their ranks), and "pareto" if no method
# that costs less, or as much, has a better mean rank.
BEGIN { FS = OFS = "\t" }
{
	model[NR] = $1; method[NR] = $2; measure[NR] = $3; sign[NR] = $4
	value[NR] = $5; low[NR] = $6; high[NR] = $7
	if ($3 == "cost")
		cost[$1, $2] = $5
}
# is the row a cost and no measure?
function price(i) {
	return measure[i] == "cost" || measure[i] == "passes"
}
function size(v) {
	return v < 0 ? -v : v
}
function better(a, b) {
	if (sign[a] == "0")
		return size(value[a]) < size(value[b])
	return sign[a] == "+" ? value[a] > value[b] : value[a] < value[b]
}
END {
	for (i = 1; i <= NR; i++) {
		if (price(i))
			continue
		r = 1
		for (k = 1; k <= NR; k++)
			if (k != i && model[k] == model[i] &&
			    measure[k] == measure[i])
				r += better(k, i) ? 1 : (value[k] == value[i]) / 2
		rank[i] = r
		sum[model[i], method[i]] += r
		n[model[i], method[i]]++
	}
	print "model", "method", "measure", "better", "value", "low", "high", \
	    "rank"
	for (i = 1; i <= NR; i++) {
		print model[i], method[i], measure[i], sign[i], value[i], \
		    low[i], high[i], price(i) ? "_" : rank[i]
		if (measure[i] != "cost")
			continue
		key = model[i] SUBSEP method[i]
		m = n[key] > 0 ? sum[key] / n[key] : 0
		pareto = 1
		for (k = 1; k <= NR; k++) {
			other = model[k] SUBSEP method[k]
			if (measure[k] == "cost" && model[k] == model[i] &&
			    n[other] > 0 && cost[other] <= cost[key] &&
			    sum[other] / n[other] < m)
				pareto = 0
		}
		print model[i], method[i], "mean-rank", "-", m, m, m, \
		    pareto ? "pareto" : "_"
	}
}
