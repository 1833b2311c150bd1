# passes.awk: print how many passes a method takes: how many words the network
# reads, forward or back, for each word of the texts.  The first file has the
# texts, the second those that the program asks about (-p), if it does.
function set(names, n,    i, name) {
	split(names, name, " ")
	for (i in name)
		passes[name[i]] = n
}
BEGIN {
	set("reat naive shapley frozen-omit", 1)
	set("gradxinput grad half skip mix lrp lrp-half", 2)
	set("deeplift deeplift-held", 3)
	# forward and back, by the nodes or samples of the programs' defaults
	set("ig ignorm", 2 * 16)
	set("smoothgrad smoothnorm", 2 * 50)
	set("expected", 2 * 200)
}
FILENAME != ARGV[1] {
	asked += /^[0-9]/
	next
}
/^[0-9]/ {
	words++
	here++
}
/^$/ {
	# the whole text for each of its words
	each += here * here
	here = 0
}
END {
	if (method == "cd" || method == "gcd")
		passes[method] = each / words
	if (method == "occlude")
		passes[method] = 1 + each / words
	if (asked)
		passes[method] = asked / words
	if (!(method in passes)) {
		print "passes.awk: how many passes does " method " take?" \
		    >"/dev/stderr"
		exit 1
	}
	print passes[method]
}
