#!/bin/sh
# models.sh: compute the measures of models.tsv by REAT: model, measure, at and
# value.  The programs are in PATH; it writes into the folder in which it runs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cut -f 1 "$here/models.tsv" | uniq | while read -r name; do
	model=$here/../engine/$name/
	reat-grad -q -a gradxinput -l word -m "$model" "$here/models.tok" >scores
	reat-predict -q -g -m "$model" "$here/variants-of.tok" >table
	reat-erase -K top -n 10%,20%,50% scores "$here/models.tok" |
		reat-predict -q -m "$model" >left
	{
		for a in comprehensiveness sufficiency log-odds \
		    log-probability flip; do
			reat-eval -n 9 -a $a m=left
		done
		reat-eval -n 9 -a infidelity table scores
	} | awk -F'\t' -v OFS='\t' -v name="$name" '
		NR == FNR { want[$1, $2, $3]; next }
		(name, $1, $2) in want { print name, $1, $2, $6 }' \
		"$here/models.tsv" -
done
