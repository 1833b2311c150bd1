# brief.awk: read table.tsv, and print the methods with their mean ranks in all
# models, their passes and costs, and a few measures in the first model.  The
# best mean rank is first; * marks a method if none that costs as little has a
# better one.
BEGIN {
	FS = "\t"
	columns = split("passes cost omission infidelity auprc signs", column, " ")
	split("%8.0f %7.1f %9.2f %11.2f %6.2f %6.2f", form, " ")
}
NR == 1 { next }
!($1 in seen) {
	seen[$1]
	model[++models] = $1
}
!($2 in row) {
	row[$2] = ++methods
	method[methods] = $2
}
$3 == "mean-rank" {
	sum[$2] += $5
	ranks[$2]++
	mark[$1, $2] = $8 == "pareto" ? "*" : " "
}
{ value[$1, $2, $3] = $5 }
END {
	for (i = 1; i <= methods; i++) {
		m = method[i]
		mean[m] = sum[m] / ranks[m]
		for (k = i; k > 1 && mean[m] < mean[order[k - 1]]; k--)
			order[k] = order[k - 1]
		order[k] = m
	}
	printf "%-13s", "mean rank in"
	for (j = 1; j <= models; j++) {
		name = model[j]
		sub(/^.*-/, "", name)
		printf "%8s", name
	}
	for (k = 1; k <= columns; k++)
		printf "%" substr(form[k], 2, index(form[k], ".") - 2) "s", \
		    column[k]
	print ""
	for (i = 1; i <= methods; i++) {
		m = order[i]
		printf "%-13s", m
		for (j = 1; j <= models; j++) {
			key = model[j] SUBSEP m SUBSEP "mean-rank"
			if (key in value)
				printf "%7.1f%s", value[key], mark[model[j], m]
			else
				printf "%7s ", "-"
		}
		for (k = 1; k <= columns; k++)
			printf form[k], value[model[1], m, column[k]]
		print ""
	}
}
