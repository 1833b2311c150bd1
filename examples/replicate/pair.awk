# pair.awk POSITIVE NEGATIVE TOK: print the texts of a tagged tok stream that
# Table 5 of the paper uses: those with exactly one adjective (XPOS JJ*) of each
# lexicon.  A word in both lexicons is ignored.
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
