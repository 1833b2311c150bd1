# shellcheck shell=sh
# shellcheck disable=SC2034	# seeds to cores are for the scripts that read this
# settings.sh: check the environment variables and set $seeds, $sets, $cells,
# $epochs and $cores; check that OUT was made with the same settings.
#
# SEEDS, SETS and CELLS are in the names of the classifiers, so OUT can contain
# those of several runs, and a report has those of its run.  EPOCHS and the data
# are not in a file's name.  OUT/settings has them, and a run with other
# settings stops before it makes a file.

wrong() {
	echo "${0##*/}: $*" >&2
	exit 2
}

# check NAME VALUE WHAT EXPRESSION: exit unless the whole value matches the
# expression
check() {
	printf '%s' "$2" | tr '\n' ' ' | grep -Eqx "$4" ||
		wrong "$1=\"$2\", expected $3"
}

# list NAME VALUE WHAT EXPRESSION: exit unless each word of the value matches,
# and no word occurs twice
list() {
	check "$1" "$2" "$3" " *($4)( +($4))* *"
	# shellcheck disable=SC2086	# its words
	twice=$(printf '%s\n' $2 | sort | uniq -d | head -n 1)
	[ -z "$twice" ] || wrong "$1=\"$2\", expected $twice once"
}

list SEEDS "${SEEDS:=1 2 3}" 'numbers of up to 15 digits' '0|[1-9][0-9]{0,14}'
list SETS "${SETS:=sst2 yelp}" 'sst2, yelp or both' 'sst2|yelp'
list CELLS "${CELLS:=gru lstm bigru}" 'some of gru, lstm, bigru and mingru' \
	'gru|lstm|bigru|mingru'
check EPOCHS "${EPOCHS:=20}" 'a number from 1 to 99999' '[1-9][0-9]{0,4}'
check CORES "${CORES:=$(getconf _NPROCESSORS_ONLN)}" \
	'a number from 1 to 999' '[1-9][0-9]{0,2}'
# shellcheck disable=SC2086	# without blanks at the ends
seeds=$(echo $SEEDS) sets=$(echo $SETS) cells=$(echo $CELLS)
epochs=$EPOCHS cores=$CORES

# names [SET]: print SET-CELL-SEED of each classifier, or of those of one set
names() {
	for seed in $seeds; do
		for set in ${1:-$sets}; do
			for cell in $cells; do
				echo "$set-$cell-$seed"
			done
		done
	done
}

# files FOLDER FILE...: print the lines of OUT/settings for these data files
files() {
	folder=$1
	shift
	for file; do
		[ -r "$folder/$file" ] || wrong "no $folder/$file"
	done
	(cd "$folder" && cksum "$@") | sed 's/\(.*\) \(.*\)/\2=cksum \1/'
}

# trained DATA: print the lines of OUT/settings that classifiers depend on
trained() {
	echo "EPOCHS=$epochs"
	files "$1" vectors/googlenews.300d.filled.txt.xz
	for set in $sets; do
		case $set in
		sst2) files "$1" sst2/train.tsv sst2/dev.tsv sst2/test.tsv ;;
		yelp) files "$1" yelp/train.tsv.xz yelp/dev.tsv.xz \
		    yelp/test.tsv.xz ;;
		esac
	done
}

# keep OUT COMMAND...: add the lines that the command prints to the file
# settings in this folder, which the user calls OUT; exit if a line has another
# value there
keep() {
	out=$1
	shift
	[ -e settings ] || [ ! -e data ] || wrong "$out has data but no" \
		"settings, so what it was made with is unknown: take another OUT"
	"$@" >settings.part
	[ -e settings ] || : >settings
	awk -F = -v start="${0##*/}: $out was made with" '
		FILENAME == "settings" { was[$1] = $0; next }
		$1 in was && was[$1] != $0 {
			print start, was[$1] ", not " $0 ": go back to that," \
			    " or take another OUT"
			other = 1
			exit
		}
		END { exit other }' settings settings.part >&2 || {
			rm settings.part
			exit 2
		}
	sort -u -o settings settings settings.part
	rm settings.part
}
