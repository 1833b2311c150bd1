#!/bin/sh
# hosts.sh DIR HOST,...: compute the shards of DIR (shards.sh cut) on hosts that
# share no file system, by ssh and GNU parallel.  "2/host" is two at a time there,
# and ":" is this machine.  REAT, rsync and sha256sum are on all of them.
#
# A shard whose host is lost is computed on another one, at most three times.
# The next call of hosts.sh computes what shards.sh check finds missing or wrong,
# and nothing else.  It does not ask DIR/joblog: parallel notes there as done a
# shard whose host was lost before the result came back.  A host works in a folder
# of its own below ~/.parallel/tmp, or in $WORKDIR.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$(dirname "$1")"
dir=$(basename "$1")
# {} is the name of a shard
{ sh "$here/shards.sh" check "$dir" 2>&1 || :; } |
	sed -n '/not in the list/d; s/^shards.sh: shard \([0-9]*\): .*/\1/p' |
	sort -u | parallel --sshlogin "$2" --workdir "${WORKDIR:-...}" \
	--basefile "$here/./shards.sh" --transferfile "$dir/in/{}.tok" \
	--return "$dir/out/{}.out" --return "$dir/out/{}.manifest" --cleanup \
	--env COMMAND --env MODEL --env PATH --env REAT_PATH --retries 3 \
	--joblog "$dir/joblog" sh shards.sh run "$dir" {}
