# awk -f near.awk A B: compare two score streams of reat-lime whose fits OpenBLAS
# rounded on different CPUs.  Scores may differ by 1e-6, or by a millionth if
# they are larger than 1, and R2 in its last digit.  All else must be equal.
# Prints the rows that differ, and exits with 1 if there are any, or no rows.
BEGIN { FS = "\t" }

function number(s) {
	return s ~ /^-?[0-9.]+(e[-+][0-9]+)?$/
}

function near(a, b, most) {
	if (!number(a) || !number(b))
		return a == b
	return a - b <= most && b - a <= most
}

# R2 0.8136 0.7702
function near_note(a, b,    x, y, n, i) {
	n = split(a, x, " ")
	if (x[1] != "R2" || split(b, y, " ") != n)
		return a == b
	for (i = 1; i <= n; i++)
		if (!near(x[i], y[i], 1.5e-4))
			return 0
	return 1
}

function same(row, other,    x, y, n, i, most) {
	n = split(row, x)
	if (split(other, y) != n)
		return 0
	for (i = 1; i <= n; i++)
		if (i != 10 && i != 11 && x[i] "" != y[i] "")
			return 0
	most = x[10] > 1 ? x[10] : x[10] < -1 ? -x[10] : 1
	return near(x[10], y[10], 1e-6 * most) && near_note(x[11], y[11])
}

NR == FNR { row[NR] = $0; rows = NR; next }
!(FNR in row) || !same(row[FNR], $0) {
	print "< " row[FNR]
	print "> " $0
	differ = 1
}
END { exit differ || rows == 0 || FNR != rows }
