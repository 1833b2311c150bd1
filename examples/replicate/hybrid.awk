# hybrid.awk -v parts=FILE TOK: print documents that consist of six texts each,
# as in Poerner et al. (2018), from a labelled tok stream whose order is random
# enough.  FILE gets the class of each part, as a score stream.
BEGIN {
	FS = OFS = "\t"
	print "doc", "class", "level", "first", "last", "model", "method", \
	    "tag", "prob", "score", "text" > parts
}

/^# label = / {
	label = substr($0, 11)
}

$1 ~ /^[0-9]+$/ {
	if (words == 0 && texts == 0)
		print "# sent_id = " ++docs
	$1 = ++words
	$10 = "_"
	print
}

/^$/ && words > from {
	print docs, label, "part", from + 1, words, "_", "gold", "_", 1, 1, \
	    "_" > parts
	from = words
	if (++texts == 6) {
		print ""
		texts = words = from = 0
	}
}

END {
	if (texts > 0)
		print ""
}
