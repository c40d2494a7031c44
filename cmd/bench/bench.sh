#!/bin/sh
# Times `lineal check` on about 1 GB of generated data, on one thread and on
# all, and beside it DuckDB's bare count(*) of the same files, where DuckDB can
# be had from npm. Ratios of one run count; bare times belong to one machine.
#
#   BENCH_TRANSACTIONS=N    size of the data (1800000: about 1 GB)
#   BENCH_RUNS=N            counted runs of each command (5)
#   LINEAL_BUILD=DIR        where the programs are (build)
set -u
cd "$(dirname "$0")/../.." || exit 1
. testdata/setup.sh
transactions=${BENCH_TRANSACTIONS:-1800000}
runs=${BENCH_RUNS:-5}
home=$build/bench-data
data=$home/$transactions
mkdir -p "$home"

if [ ! -e "$data/truth.json" ]; then
	echo "bench: generating $transactions transactions"
	"$build/lineal-gen" --transactions "$transactions" --seed 1 --out "$data" || exit 1
fi
bytes=$(cat "$data"/*.csv | wc -c)

# DuckDB lives in its own folder; without npm or a network the bench goes on.
if [ ! -e "$home/node_modules/@duckdb" ] && command -v npm >/dev/null; then
	npm install --prefix "$home" --no-audit --no-fund --loglevel=error \
		@duckdb/node-api >"$home/npm.log" 2>&1 ||
		echo "bench: DuckDB cannot be had from npm here ($home/npm.log)"
fi
cp cmd/bench/count.mjs "$home/"

all=$(nproc)
check="cd $data && $build/lineal check --now 2026-07-02 -qq"
set -- "lineal, 1 thread=$check -j1"
[ "$all" -gt 1 ] && set -- "$@" "lineal, $all threads=$check -j$all"
if [ -e "$home/node_modules/@duckdb" ]; then
	set -- "$@" "duckdb count(*), $all threads=node $home/count.mjs $data $all"
else
	echo "bench: no DuckDB to stand beside"
fi
"$build/bench" -n "$runs" "$@" >"$home/figures" || exit 1
cat "$home/figures"
# Findings are expected (1), anything else is no measurement.
if grep -qE '^duckdb.* exit [^0]|^lineal.* exit [^01]' "$home/figures"; then
	echo "bench: a command failed; its figures mean nothing" >&2
	exit 1
fi

(cd "$data" && "$build/lineal" check --now 2026-07-02 -f json 2>/dev/null) \
	>"$home/result.json"
rows=$(jq '[.inputs[].rows.read] | add' "$home/result.json")
awk -v rows="$rows" -v bytes="$bytes" '
	/ exit [0-9]+$/ {
		wall = $(NF - 6)
		name = substr($0, 1, 28); sub(/ +$/, "", name)
		printf "%s: %.2f million rows/s, %.0f MB/s\n", name,
			rows / wall / 1e6, bytes / wall / 1e6
	}
' "$home/figures"
echo "bench: $rows rows, $bytes bytes of CSV, $runs runs each"
