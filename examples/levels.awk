# levels.awk -v method=NAME: convert the scores of one text by several methods
# to rows for one picture, in which each method is a level.  The scores of a
# method are divided by the largest of them, because the units differ (logits,
# probabilities, norms of gradients).  The heading of the picture is that of the
# first method.

BEGIN { FS = OFS = "\t" }

$3 == "word" {
	row[++n] = $0
	size = $10 < 0 ? -$10 : $10
	if (size > largest[$7])
		largest[$7] = size
}

($3 == "logit" || $3 == "probability") && logit == "" { logit = $0 }

END {
	row[++n] = logit
	for (i = 1; i <= n; i++) {
		$0 = row[i]
		if (i < n) {
			$10 /= largest[$7] > 0 ? largest[$7] : 1
			$3 = $7
		}
		$7 = method
		print
	}
}
