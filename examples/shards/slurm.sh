#!/bin/sh
#SBATCH --job-name=reat
#SBATCH --cpus-per-task=1
#SBATCH --requeue
# slurm.sh DIR: compute the shards of DIR, a task a shard.  DIR is on a file
# system that all hosts share.
#
#	sh shards.sh cut DIR 1000 corpus.tok
#	sbatch --array=1-$(grep -c '' DIR/list) slurm.sh DIR
#	sh shards.sh join DIR >scores.tsv
#
# A task whose host is lost is queued again.  One that fails or is killed is not:
# its job has failed, and check names its shard.  The same sbatch computes it, and
# a task that was done does nothing.
set -eu
# the folder of shards.sh: Slurm runs a copy of this script
cd "${SLURM_SUBMIT_DIR:-.}"
name=$(sed -n "${SLURM_ARRAY_TASK_ID}p" "$1/list" | cut -d ' ' -f 1)
sh "${SHARDS:-./shards.sh}" run "$1" "$name"
