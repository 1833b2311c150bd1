#!/bin/sh
# engine.sh [BUILD]: the engine beside PyTorch and ONNX Runtime (engine.py), or,
# without them, its own numbers alone.
#
# REAT_PEERS is a Python with torch, onnxruntime, safetensors and numpy, by
# default /opt/peers/bin/python or build/peers/bin/python; with
# REAT_PEERS_INSTALL=1 the latter is made by pip if there is none.
# REAT_BENCH_QUICK=1: only to see that it works.
set -eu
cd "$(dirname "$0")/../.."
build=$(cd "${1:-build}" && pwd)
make -s B="$build" all "$build/bench/kernel"

has_peers() {
	"$1" -c 'import torch, onnxruntime, safetensors, numpy' 2>/dev/null
}

peers=
for python in ${REAT_PEERS:-/opt/peers/bin/python "$build/peers/bin/python"}; do
	if has_peers "$python"; then
		peers=$python
		break
	fi
done
if [ -z "$peers" ] && [ "${REAT_PEERS_INSTALL:-}" = 1 ]; then
	python3 -m venv "$build/peers"
	"$build/peers/bin/pip" install -q torch onnxruntime safetensors numpy
	peers=$build/peers/bin/python
fi
if [ -n "$peers" ]; then
	exec "$peers" tests/bench/engine.py "$build"
fi

echo 'peers: skipped: no PyTorch and ONNX Runtime (see REAT_PEERS)'
kernel=$build/bench/kernel
sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1
models='sst2-gru sst2-lstm sst2-bigru'
[ "${REAT_BENCH_QUICK:-}" != 1 ] || models=sst2-gru
for model in $models; do
	folder=share/models/$model
	printf 'forward\t%s\t%s us a token\n' "$model" \
	    "$("$kernel" forward "$folder" 240)"
	for method in reat shapley; do
		printf '%s\t%s\t%s us a token\n' "$method" "$model" \
		    "$("$kernel" "$method" "$folder")"
	done
	printf 'product\t%s\t%s GFLOP/s\n' "$model" \
	    "$("$kernel" product "$folder" 240)"
done
printf 'large product\t\t%s GFLOP/s\n' "$("$kernel" peak)"
