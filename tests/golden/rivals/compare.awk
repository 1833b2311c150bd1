# compare.awk: compare a score stream with the lines of expected.tsv.
#     awk -v model=NAME -v method=NAME -v target=T -v tol=TOL -f compare.awk \
#         expected.tsv SCORES
# Prints each difference and, at the end, the number of numbers compared.
BEGIN { FS = "\t" }
file == 0 && FNR == 1 { file = 1 }
FNR == 1 && NR > 1 { file = 2; next }
file == 1 && $1 == model && $2 == method && $3 == target {
	key = $4 "\t" $5
	numbers[key] = $6
}
file == 2 {
	key = $1 "\t" $3
	if ($3 == "bias") {
		bias[$1] = $10
	} else if ($3 == "text") {
		note[$1] = $11
	} else
		got[key] = got[key] $10 " "
}
function differ(key, what, a, b) {
	d = a - b
	if (a == "" || d * d > tol * tol * (1 + b * b))
		print model ": " method " " target " " key ": " what " " a \
		    ", expected " b
	compared++
}
END {
	for (key in numbers) {
		split(key, part, "\t")
		n = split(numbers[key], want, " ")
		m = split(got[key], have, " ")
		extra = method ~ /^lime/ ? 2 : 1
		if (m != n - extra)
			print model ": " key ": " m " scores, expected " \
			    n - extra
		for (i = 1; i <= m; i++)
			differ(key, i, have[i], want[i])
		# the fit of the first level, which the test asks for alone
		if (only == "" || only == part[2]) {
			differ(key, "bias", bias[part[1]], want[n - extra + 1])
			if (extra == 2) {
				r2 = note[part[1]]
				sub(/.* /, "", r2)
				# four decimals are printed
				d = r2 - want[n]
				if (r2 == "" || d * d > 36e-10)
					differ(key, "R2", r2, want[n])
				else
					compared++
			}
		}
	}
	print compared + 0
}
