# seconds.awk: print the CPU seconds of the children, from the output of the
# shell's times, divided by runs.
NR == 2 {
	gsub(/[ms]/, " ")
	t = $1 * 60 + $2 + $3 * 60 + $4
	print t / (runs ? runs : 1)
}
