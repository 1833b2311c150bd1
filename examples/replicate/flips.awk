# flips.awk TOK PREDICTIONS: print which variants of reat-swap have another
# predicted class than their text.  TOK contains the texts and the variants,
# PREDICTIONS the output of reat-predict for them.  There is a row for each
# variant: its text, its swap, the class and its probability before and after,
# whether it flipped, and the variant.
BEGIN {
	FS = OFS = "\t"
}

FILENAME == ARGV[1] {
	if (/^# sent_id = /)
		id = substr($0, 13)
	if (/^# text = /)
		text[id] = substr($0, 10)
	if (/^# reat.source = /)
		source[id] = substr($0, 17)
	if (/^# reat.swap = /) {
		swap[id] = substr($0, 15)
		sub(/^[0-9]+ /, "", swap[id])
	}
	next
}

FNR == 1 {
	for (i = 4; i <= NF; i++)
		class[i] = $i
	print "text", "swap", "before", "p", "after", "p after", "flipped", \
	    "variant"
	next
}

{
	predicted[$1] = $3
	for (i = 4; i <= NF; i++)
		p[$1, class[i]] = $i
}

$1 in source {
	order[++n] = $1
}

END {
	for (i = 1; i <= n; i++) {
		v = order[i]
		s = source[v]
		print s, swap[v], predicted[s], p[s, predicted[s]], \
		    predicted[v], p[v, predicted[v]], \
		    predicted[s] != predicted[v], text[v]
	}
}
