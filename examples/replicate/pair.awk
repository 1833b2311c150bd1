# pair.awk POSITIVE NEGATIVE TOK: of a tagged tok stream, the texts of the
# paper's Table 5: exactly one adjective (XPOS JJ*) of one lexicon and exactly
# one of the other.  A word of both lexicons counts as neither.
BEGIN {
	FS = "\t"
}

FILENAME == ARGV[1] || FILENAME == ARGV[2] {
	sub(/\r$/, "")
	if ($0 != "" && $0 !~ /^;/)
		list[FILENAME == ARGV[1] ? "p" : "n", tolower($0)]
	next
}

/^$/ {
	if (p == 1 && n == 1)
		print text
	text = ""
	p = n = 0
	next
}

{
	text = text $0 "\n"
}

$1 ~ /^[0-9]+$/ && $5 ~ /^JJ/ {
	word = tolower($2)
	good = ("p", word) in list
	evil = ("n", word) in list
	p += good && !evil
	n += evil && !good
}
