# gates.awk: check that the gates of a trace (reat-trace -g -d) satisfy the
# equations of their cell.  Prints each word that does not, and at the end the
# number of numbers checked.
#
#     GRUs  H = (1 - Z) N + Z H'     S = H        A = Z
#     LSTM  C = F C' + I G           S = tanh C   A = F    H = O S
#
# H' and C' are those of the word that is read before: for keys with r, the next
# word.

function tanh(x) { return x > 9 ? 1 : x < -9 ? -1 : 1 - 2 / (exp(2 * x) + 1) }

function same(what, a, b) {
	looked++
	if (a - b > 2e-6 || b - a > 2e-6)
		print id ", word " t ": " what ": " a " and " b
}

function check(r, before,    j) {
	for (j = 1; j <= H; j++) {
		same("A" r, v["A" r, t, j], v[(lstm ? "F" : "Z") r, t, j])
		if (lstm) {
			same("C" r, v["C" r, t, j], v["F" r, t, j] * \
			    v["C" r, before, j] + v["I" r, t, j] * \
			    v["G" r, t, j])
			same("S" r, v["S" r, t, j], tanh(v["C" r, t, j]))
			same("H" r, v["H" r, t, j], v["O" r, t, j] * \
			    v["S" r, t, j])
		} else {
			same("H" r, v["H" r, t, j], (1 - v["Z" r, t, j]) * \
			    v["N" r, t, j] + v["Z" r, t, j] * \
			    v["H" r, before, j])
			same("S" r, v["S" r, t, j], v["H" r, t, j])
		}
	}
}

function finish() {
	for (t = 1; t <= T; t++) {
		check("", t - 1)
		if (both)
			check("r", t + 1)
	}
	split("", v)
	T = 0
}

BEGIN { FS = "\t" }
/^# sent_id = / { id = substr($0, 13) }
/^# reat.cell = / { lstm = $0 ~ /lstm/ }
/^[0-9]+\t/ {
	T = $1
	both = $10 ~ /Sr=/
	n = split($10, pair, "|")
	for (i = 1; i <= n; i++) {
		split(pair[i], half, "=")
		m = split(half[2], number, ",")
		if (half[1] == "S")
			H = m
		for (j = 1; j <= m; j++)
			v[half[1], T, j] = number[j] + 0
	}
}
/^$/ { finish() }
END { print looked + 0 }
