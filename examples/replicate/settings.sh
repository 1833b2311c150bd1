# shellcheck shell=sh
# shellcheck disable=SC2034	# seeds to cores are for the scripts that read this
# settings.sh: what the environment asks for, checked, as $seeds, $sets, $cells,
# $epochs and $cores; and what OUT was made with.
#
# SEEDS, SETS and CELLS name classifiers, so those of several runs stand side by
# side in OUT, and a report has the ones asked for.  EPOCHS and the data have no
# part in a file's name: OUT/settings keeps them, and a run with others stops
# before it makes anything.

wrong() {
	echo "${0##*/}: $*" >&2
	exit 2
}

# check NAME VALUE WHAT EXPRESSION: all of the value is as the expression says
check() {
	printf '%s' "$2" | tr '\n' ' ' | grep -Eqx "$4" ||
		wrong "$1=\"$2\", expected $3"
}

# list NAME VALUE WHAT EXPRESSION: words of which each is so, none twice
list() {
	check "$1" "$2" "$3" " *($4)( +($4))* *"
	# shellcheck disable=SC2086	# its words
	twice=$(printf '%s\n' $2 | sort | uniq -d | head -n 1)
	[ -z "$twice" ] || wrong "$1=\"$2\", expected $twice once"
}

list SEEDS "${SEEDS:=1 2 3}" 'numbers of up to 15 digits' '0|[1-9][0-9]{0,14}'
list SETS "${SETS:=sst2 yelp}" 'sst2, yelp or both' 'sst2|yelp'
list CELLS "${CELLS:=gru lstm bigru}" 'some of gru, lstm and bigru' \
	'gru|lstm|bigru'
check EPOCHS "${EPOCHS:=20}" 'a number from 1 to 99999' '[1-9][0-9]{0,4}'
check CORES "${CORES:=$(getconf _NPROCESSORS_ONLN)}" \
	'a number from 1 to 999' '[1-9][0-9]{0,2}'
# shellcheck disable=SC2086	# without the blanks around
seeds=$(echo $SEEDS) sets=$(echo $SETS) cells=$(echo $CELLS)
epochs=$EPOCHS cores=$CORES

# names [SET]: SET-CELL-SEED of each classifier, or of each of one set
names() {
	for seed in $seeds; do
		for set in ${1:-$sets}; do
			for cell in $cells; do
				echo "$set-$cell-$seed"
			done
		done
	done
}

# files FOLDER FILE...: lines of OUT/settings for files that it is made from
files() {
	folder=$1
	shift
	for file; do
		[ -r "$folder/$file" ] || wrong "no $folder/$file"
	done
	(cd "$folder" && cksum "$@") | sed 's/\(.*\) \(.*\)/\2=cksum \1/'
}

# trained DATA: the lines of OUT/settings that classifiers depend on
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

# keep OUT COMMAND...: add the lines that it prints to settings in this folder,
# which the user calls OUT; if one is there with another value, that's the end
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
