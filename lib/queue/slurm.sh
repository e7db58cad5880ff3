#!/bin/bash
#SBATCH --job-name=afos
#SBATCH --nodes=4
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=16
#SBATCH --exclusive
#SBATCH --time=24:00:00
#SBATCH --signal=B:TERM@120
# Runs a task of AFOS Lab on all nodes of one allocation: Redis and the task on the first, a worker on each.
#
#   sbatch --nodes 8 lib/queue/slurm.sh search --study first --preset paper
#
# The same line goes on when the time was not enough. Give other limits, or --gres=gpu:1, before the script's name. The
# project must lie on a file system that all nodes see; run `deno task setup` and `deno task data --get NAME` before.
set -eu

task=${1:?expected a task: search, evaluate or reproduce}
shift
cd "${SLURM_SUBMIT_DIR:-$PWD}"

if command -v redis-server >/dev/null; then server=redis-server; else server=valkey-server; fi
host=$(hostname)
port=$((20000 + SLURM_JOB_ID % 20000))
folder=$PWD/data/queue/$SLURM_JOB_ID
AFOS_QUEUE_PASSWORD=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n') # no other user of the cluster may enter
export AFOS_QUEUE_PASSWORD
mkdir -p "$folder"

finish() {
  kill "${coordinator:-}" 2>/dev/null && wait "$coordinator" || true
  kill "${workers:-}" 2>/dev/null && wait "$workers" || true
  kill "${redis:-}" 2>/dev/null && wait "$redis" || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 143' TERM INT # two minutes before the time is over: what runs is cancelled, the study goes on another time

# the configuration comes by standard input: command lines are for all to see
"$server" - >"$folder/log" <<EOF &
bind $(hostname -i)
port $port
requirepass $AFOS_QUEUE_PASSWORD
appendonly yes
save ""
dir $folder
EOF
redis=$!

sleep 2 # a worker that is faster than the server would give up
srun --ntasks-per-node=1 deno task worker --queue "redis://$host:$port" &
workers=$!

deno task "$task" --queue "redis://$host:$port" "$@" &
coordinator=$!
wait "$coordinator"
