#!/bin/sh
# train-tagger.sh EWT-TRAIN.conllu[.xz] FOLDER: train the shipped tagger again,
# with the same bytes, and write it to FOLDER, which must not exist.  It takes
# about a minute.
set -eu
[ $# -eq 2 ] || { echo "usage: $0 en_ewt-ud-train.conllu[.xz] FOLDER" >&2
	exit 2; }
case $1 in
*.xz) xz -dc "$1" ;;
*) cat "$1" ;;
esac | reat-tag -n 8 -s 1 -o "$2"
