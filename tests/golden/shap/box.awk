# box.awk: a classifier of texts, as a command of option -x.  A text is "yes" by
# the weights of its words; "not" turns the weight of the word behind it, and
# "good" and "film" together count more than each.
BEGIN {
	w["good"] = 1.5; w["dull"] = -2; w["but"] = -0.3; w["film"] = 0.2
	w["never"] = 0.7; w["very"] = 0.4
	print "no\tyes"
	fflush()
}
{
	z = 0.1
	good = film = 0
	for (i = 1; i <= NF; i++) {
		z += $(i - 1) == "not" && i > 1 ? -w[$i] : w[$i]
		good += $i == "good"
		film += $i == "film"
	}
	z += 0.8 * good * film
	p = 1 / (1 + exp(-z))
	printf "%.9g\t%.9g\n", 1 - p, p
	fflush()
}
