#!/bin/sh
# train-tagger.sh EWT-TRAIN.conllu[.xz] FOLDER: the tagger that REAT ships,
# made again bit for bit.  FOLDER must not be there yet.  About a minute.
set -eu
[ $# -eq 2 ] || { echo "usage: $0 en_ewt-ud-train.conllu[.xz] FOLDER" >&2
	exit 2; }
case $1 in
*.xz) xz -dc "$1" ;;
*) cat "$1" ;;
esac | reat-tag -n 8 -s 1 -o "$2"
