# trees.awk: bracketed trees with classes 0 to 4 -> lines of text TAB label, one
# for each different phrase.
#
#     classes=2   negative and positive; neutral phrases are left out
#     classes=5   from very negative to very positive
#     whole=1     only whole sentences, each of them
#     nostop=1    without a full stop at the end
#     form=sst    words as in SST-2: lower case, brackets as lrb and rrb, no
#                 other signs than , ? ! ` and the apostrophe
#     form=plain  as people write, with straight quotes
function sst(w) {
	w = tolower(w)
	if (w == "-lrb-" || w == "-rrb-")
		w = substr(w, 2, 3)
	gsub(/[^a-z0-9,?!`']+/, " ", w)
	return " " w
}

# No blank before what closes or continues a word, and none after what opens.
function plain(w,    gap) {
	gap = opened || w ~ /^([.,:;?!%']|\.\.\.|''|-RRB-|n't|'[a-z]+)$/ ? \
	    "" : " "
	opened = w ~ /^(`|``|-LRB-|[$#])$/
	if (w == "``" || w == "''")
		w = "\""
	else if (w == "-LRB-" || w == "-RRB-")
		w = w == "-LRB-" ? "(" : ")"
	gsub(/\\/, "", w)
	gsub(/`/, "'", w)
	return gap w
}

BEGIN {
	OFS = "\t"
	split(classes == 2 ? "negative|negative||positive|positive" : \
	    "very negative|negative|neutral|positive|very positive", name, "|")
}

{
	depth = n = 0
	m = split($0, part, " ")
	for (i = 1; i <= m; i++) {
		if (part[i] ~ /^\(/) {
			label[++depth] = substr(part[i], 2)
			start[depth] = n + 1
			continue
		}
		match(part[i], /\)+$/)
		word[++n] = substr(part[i], 1, RSTART - 1)
		for (close_n = RLENGTH; close_n > 0; close_n--) {
			l = name[label[depth] + 1]
			k = start[depth--]
			if (whole && depth)
				continue
			text = ""
			opened = 0
			for (; k <= n; k++)
				text = text (form == "sst" ? sst(word[k]) : \
				    plain(word[k]))
			gsub(/ +/, " ", text)
			gsub(/^ | $/, "", text)
			if (nostop)
				sub(/ *\.$/, "", text)
			if (text == "")
				continue
			# of phrases with the same words the largest counts
			if (!(text in of))
				list[++lines] = text
			of[text] = l
		}
	}
	for (i = 1; i <= lines; i++) {
		text = list[i]
		l = of[text]
		if (l != "" && (whole || !((text, l) in seen)))
			print text, l
		seen[text, l]
		delete of[text]
	}
	lines = 0
}
