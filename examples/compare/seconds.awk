# seconds.awk: print the CPU seconds of the children, from the output of the
# shell's times.
NR == 2 {
	gsub(/[ms]/, " ")
	print $1 * 60 + $2 + $3 * 60 + $4
}
