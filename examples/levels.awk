# levels.awk -v method=NAME: of one text's scores by several methods a picture with
# a row a method.  Each becomes a level, divided by its largest score, as units
# differ (logits, probabilities, lengths of gradients); the title is the first
# logit's.

BEGIN { FS = OFS = "\t" }

$3 == "word" {
	row[++n] = $0
	size = $10 < 0 ? -$10 : $10
	if (size > largest[$7])
		largest[$7] = size
}

$3 == "logit" && logit == "" { logit = $0 }

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
