#!/bin/sh
# demo.sh: explain a few sentences with the default model.  make demo runs it.
set -eu
cd "$(dirname "$0")/.."
PATH=$PWD/${B:-build}:$PATH

reat -l word,phrase,clause "$@" <<-'EOF'
	The fight scenes are fun but it grows tedious
	A charming, funny and beautifully crafted film.
	The acting is terrible, but the story never bores and the music is lovely.
	I would not say that it is a bad film. It is just far too long.
EOF
