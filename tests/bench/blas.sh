#!/bin/sh
# blas.sh [BUILD]: compare our products with OpenBLAS's (blas.c).
set -eu
cd "$(dirname "$0")/../.."
build=$(cd "${1:-build}" && pwd)
# shellcheck source=tests/bench/peers
. tests/bench/peers
built "$build" blas
exec "$build/bench/blas"
