# markup.awk: check that HTML (as we write it) or XML is well-formed.  Elements
# nest; attributes are quoted, and no name occurs twice; & begins an entity of
# both formats; < begins a tag.  Prints the faults and exits with 1.  With -v
# tags=1 it prints the names of elements and attributes instead, one per line.
function wrong(what) {
	print FILENAME ": " what
	bad = 1
	exit
}

function check_text(s) {
	gsub(/&(amp|lt|gt|quot|#39);/, "", s)
	if (s ~ /[&<>]/)
		wrong("not escaped: " s)
}

function check_tag(s,   name, key, seen) {
	name = s
	sub(/[ \n\/].*/, "", name)
	if (name !~ /^[a-zA-Z][a-zA-Z0-9]*$/)
		wrong("no tag: <" s ">")
	if (tags)
		print name
	s = substr(s, length(name) + 1)
	while (match(s, /^ [a-zA-Z0-9:-]+="[^"<>]*"/)) {
		key = substr(s, 2, index(s, "=") - 2)
		if (key in seen)
			wrong("attribute twice: " key)
		seen[key] = 1
		if (tags)
			print name "@" key
		check_text(substr(s, 1, RLENGTH))
		s = substr(s, RLENGTH + 1)
	}
	if (s != "" && s != "/")
		wrong("in tag " name ": " s)
	if (s == "" && name !~ /^(meta|link|br|input)$/)
		stack[++depth] = name
}

{ all = all $0 "\n" }

END {
	if (bad)
		exit 1
	sub(/^<!DOCTYPE html>\n/, "", all)
	n = split(all, part, /</)
	check_text(part[1])
	for (i = 2; i <= n; i++) {
		at = index(part[i], ">")
		if (at == 0)
			wrong("a tag without end: <" part[i])
		tag = substr(part[i], 1, at - 1)
		check_text(substr(part[i], at + 1))
		if (tag !~ /^\//)
			check_tag(tag)
		else if (depth < 1 || stack[depth--] != substr(tag, 2))
			wrong("<" tag "> closes nothing")
	}
	if (depth > 0)
		wrong("<" stack[depth] "> is not closed")
	exit bad
}
