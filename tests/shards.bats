# examples/shards: a stream that is computed in pieces, by several processes and
# hosts, some of which are killed.
load helper

# shellcheck disable=SC2089,SC2090	# sh -c reads the command
setup() {
	cd "$BATS_TEST_TMPDIR"
	SHARDS="$ROOT/examples/shards/shards.sh"
	COMMAND="reat-tag | reat-predict -H -m '$ROOT/tests/contract/model'"
	export SHARDS COMMAND
	names=
}

teardown() {
	[ ! -d slurm ] || stop_slurm
	for n in $names; do
		ip netns pids "$n" | xargs -r kill -9 2>/dev/null || true
		ip netns del "$n"
	done
}

# cut_texts N M: make N texts and D, shards of M of them
cut_texts() {
	seq "$1" | sed 's/.*/a slow film & with & words/' | reat-tokenize >tok
	sh "$SHARDS" cut D "$2" tok
}

shards() {
	cut -d ' ' -f 1 D/list
}

# same: D is complete, and its result that of one process
same() {
	sh "$SHARDS" check D
	sh "$SHARDS" join D >joined
	sh -c "$COMMAND" <tok | cmp - joined
}

@test "xargs -P: killed at any time, and run again, nothing is lost or doubled" {
	cut_texts 600 20
	[ "$(shards | wc -l)" -eq 30 ]
	for t in 0.1 0.2 0.3; do
		shards | setsid xargs -P 2 -n 1 sh "$SHARDS" run D 3>&- &
		pid=$!
		sleep $t
		kill -9 -- "-$pid" 2>/dev/null || true
		wait $pid || true
	done
	# whatever is there is whole
	for f in D/out/*.out; do
		[ ! -e "$f" ] || [ "$(reat-mark -v "$f" | wc -l)" -eq 20 ]
	done
	shards | xargs -P 2 -n 1 sh "$SHARDS" run D
	same
	# a second time nothing is computed
	before=$(ls -l --time-style=full-iso D/out)
	shards | COMMAND="$COMMAND" xargs -n 5 sh -c \
	    'for s; do sh "$SHARDS" run D "$s"; done' sh
	[ "$(ls -l --time-style=full-iso D/out)" = "$before" ]
}

@test "a stage that is killed leaves no result" {
	cut_texts 20 20
	COMMAND='reat-tag | { head -n 40; kill -9 $$; } | reat-fold -v' \
	    try -1 sh "$SHARDS" run D 000000
	COMMAND='reat-tag | head -n 40 | reat-predict -H' \
	    try -1 sh "$SHARDS" run D 000000
	[[ "$stderr" == *"the command failed" ]]
	COMMAND='reat-tag | head -n 40' try -1 sh "$SHARDS" run D 000000
	[ -z "$(ls D/out)" ]
	try -1 sh "$SHARDS" check D
	[ "$stderr" = "shards.sh: shard 000000: missing" ]
}

@test "check finds what is missing, changed, of another run or not in the list" {
	cut_texts 40 10
	for s in $(shards); do sh "$SHARDS" run D "$s"; done
	same
	cp -r D good
	wrong() {
		try -1 sh "$SHARDS" check D
		[ "$stderr" = "shards.sh: shard $1" ]
		try -1 sh "$SHARDS" join D
		[ -z "$output" ]
		rm -r D
		cp -r good D
	}
	rm D/out/000002.manifest
	wrong '000002: missing'
	sed -i '3s/$/0/' D/out/000001.out
	wrong '000001: its result was changed'
	cp D/out/000001.out D/out/000004.out
	wrong '000004: not in the list'
	sed -i '4s/ [0-9a-f]*$/ 00/' D/list
	wrong '000003: computed from another input'
	COMMAND="$COMMAND -g" sh "$SHARDS" run D 000003
	wrong '000003: another command, model or version'
	# an input that is cut is no set of shards
	head -n 50 <(reat-mark tok) >part
	try -1 sh "$SHARDS" cut E 10 part
	[ ! -e E ]
}

@test "slurm.sh: a task a shard" {
	cut_texts 30 10
	for i in 2 1 3; do
		SLURM_ARRAY_TASK_ID=$i sh "$ROOT/examples/shards/slurm.sh" D
	done
	same
}

# slurm: start a Slurm of this host alone, without a password, in ./slurm
slurm() {
	for p in slurmctld slurmd sbatch squeue; do
		command -v $p >/dev/null || skip "no $p"
	done
	[ "$(id -u)" = 0 ] || skip "only root starts slurmd"
	mkdir slurm
	export SLURM_CONF=$PWD/slurm/conf
	cat >slurm/conf <<-END
	ClusterName=reat
	SlurmctldHost=$(uname -n)(127.0.0.1)
	SlurmUser=root
	SlurmctldPort=26817
	SlurmdPort=26818
	AuthType=auth/none
	CredType=cred/none
	StateSaveLocation=$PWD/slurm/state
	SlurmdSpoolDir=$PWD/slurm/spool
	SlurmctldPidFile=$PWD/slurm/ctld
	SlurmdPidFile=$PWD/slurm/d
	SlurmctldLogFile=$PWD/slurm/ctld.log
	SlurmdLogFile=$PWD/slurm/d.log
	ProctrackType=proctrack/linuxproc
	TaskPlugin=task/none
	JobAcctGatherType=jobacct_gather/none
	SelectType=select/cons_tres
	SelectTypeParameters=CR_Core
	SchedulerParameters=sched_interval=1
	SlurmdParameters=config_overrides
	NodeName=$(uname -n) NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
	PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
	END
	slurmctld -i 3>&- || skip "slurmctld does not start"
	slurmd 3>&- || { stop_slurm; skip "slurmd does not start"; }
}

stop_slurm() {
	cat slurm/ctld slurm/d 2>/dev/null | xargs -r kill
}

# queue: submit D as an array
queue() {
	(cd "$ROOT/examples/shards" && sbatch -o "$D/%a.log" \
	    --array="1-$(grep -c '' "$D/list")" slurm.sh "$D")
}

# until_true COMMAND...: wait for it, at most 40 seconds
until_true() {
	for _ in $(seq 400); do
		! "$@" || return 0
		sleep 0.1
	done
	"$@"
}

idle() {
	[ -z "$(squeue -h)" ]
}

# runs N: set task to the process of the array's task N, if it runs
runs() {
	for task in $(pgrep -f "slurm_script $D"); do
		! tr '\0' '\n' <"/proc/$task/environ" |
			grep -qx "SLURM_ARRAY_TASK_ID=$1" || return 0
	done
	return 1
}

@test "slurm.sh: Slurm itself, a task is killed, and submitted again" {
	slurm
	D=$PWD/D
	cut_texts 40 10
	COMMAND="sleep 1; $COMMAND"
	queue
	until_true runs 2
	kill -9 -- "-$task"
	until_true idle
	try -1 sh "$SHARDS" check D
	[ "$stderr" = "shards.sh: shard 000001: missing" ]
	before=$(ls -l --time-style=full-iso D/out/000000.*)
	queue
	until_true idle
	stop_slurm
	[ "$(ls -l --time-style=full-iso D/out/000000.*)" = "$before" ]
	same
}

# host NAME NET: a network namespace with an ssh server, 10.NET.1.2
host() {
	ip netns add "$1" 2>/dev/null || skip "no network namespaces"
	names="$names $1"
	ip link add "$1" type veth peer name eth0 netns "$1"
	ip addr add "10.$2.1.1/30" dev "$1"
	ip link set "$1" up
	ip -n "$1" addr add "10.$2.1.2/30" dev eth0
	ip -n "$1" link set eth0 up
	ip netns exec "$1" /usr/sbin/sshd -f sshd_config 3>&-
}

@test "hosts.sh: two hosts, one of which is lost, and nothing lost or doubled" {
	for p in ip parallel rsync ssh ssh-keygen sha256sum; do
		command -v $p >/dev/null || skip "no $p"
	done
	[ -x /usr/sbin/sshd ] || skip "no sshd"
	[ "$(id -u)" = 0 ] || skip "only root has network namespaces"
	ssh-keygen -q -t ed25519 -N '' -f key
	ssh-keygen -q -t ed25519 -N '' -f hostkey
	mkdir -p /run/sshd
	cat >sshd_config <<-END
	HostKey "$PWD/hostkey"
	AuthorizedKeysFile $PWD/key.pub
	StrictModes no
	PidFile none
	SetEnv HOME=$PWD
	MaxStartups 100
	END
	cat >ssh_config <<-END
	Host *
	IdentityFile $PWD/key
	UserKnownHostsFile /dev/null
	StrictHostKeyChecking no
	LogLevel ERROR
	ServerAliveInterval 2
	ServerAliveCountMax 2
	ConnectTimeout 5
	END
	host "reat-a-$$" 201
	host "reat-b-$$" 202
	export PARALLEL_SSH="ssh -F $PWD/ssh_config"
	export WORKDIR="$PWD/remote"
	export RSYNC_RSH="$PARALLEL_SSH"
	cut_texts 120 10
	# slow, so that some are not done when the host is lost
	COMMAND="sleep 0.2; $COMMAND"
	sh "$ROOT/examples/shards/hosts.sh" D 10.201.1.2,10.202.1.2 2>err 3>&- &
	pid=$!
	for _ in $(seq 300); do
		[ "$(find D/out -name '*.manifest' | wc -l)" -lt 3 ] || break
		sleep 0.1
	done
	ip netns pids "reat-b-$$" | xargs -r kill -9 2>/dev/null || true
	wait $pid || true
	cat err
	# both hosts took part
	[ "$(cut -f 2 D/joblog | sort -u | grep -c 10.20)" -eq 2 ]
	sh "$ROOT/examples/shards/hosts.sh" D 10.201.1.2 2>err || { cat err; false; }
	same
}
