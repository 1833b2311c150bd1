#!/bin/sh
# engine.sh [BUILD]: compare the engine with PyTorch and ONNX Runtime
# (engine.py); without them, print only REAT's numbers.
#
# The Python is REAT_PEERS, see peers.
# With REAT_BENCH_QUICK=1 it only shows that it works.
set -eu
cd "$(dirname "$0")/../.."
build=$(cd "${1:-build}" && pwd)
# shellcheck source=tests/bench/peers
. tests/bench/peers
built "$build" kernel
if peers "$build" torch onnxruntime safetensors numpy; then
	exec "$python" tests/bench/engine.py "$build"
fi

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
