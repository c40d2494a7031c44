#!/bin/sh
# Checks generated data: every count that the generator planted (truth.json)
# must stand in the result, and the same questions asked in SQL must be
# answered with the same numbers. What a few records come from, and what came of
# them, is asked in SQL likewise.
#
#   truth.sh            3 seeds of 2000 transactions, one of 200, one of 20000
#   truth.sh --full     10 seeds of 200, 2000 and 20000 transactions
#   LINEAL_BUILD=DIR    where the programs are (build)
set -u
cd "$(dirname "$0")/.." || exit 1
. testdata/setup.sh
. testdata/answers.sh
make_work

# The ways of a few records of $data, by lineal trace and in SQL.
follow() {
	wanted=$(records "$data")
	for record in $wanted; do
		"$build/lineal" trace -C "$data" --now 2026-07-02 --both -qq -f json \
			"$record" || return 1
	done >"$work/traces.json"
	lineage "$work/traces.json" >"$work/found"
	(cd "$data" && sh "$root/cmd/bench/ask.sh" sqlite $wanted |
		sqlite3 :memory:) | LC_ALL=C sort >"$work/ways" || return 1
	ways=$((ways + $(wc -l <"$work/ways")))
	diff "$work/ways" "$work/found"
}

# one SEED TRANSACTIONS
one() {
	data=$work/data
	rm -rf "$data"
	"$build/lineal-gen" --transactions "$2" --seed "$1" --out "$data" >"$work/gen" 2>&1 || {
		cat "$work/gen"
		return 1
	}
	(cd "$data" && "$build/lineal" check --now 2026-07-02 -f json \
		>"$work/result.json" 2>"$work/err")
	status=$?
	if [ $status -ne 1 ]; then
		echo "seed $1, $2 transactions: exit $status, wanted 1 (planted findings)"
		tail -5 "$work/err"
		return 1
	fi
	answers "$work/result.json" >"$work/found"
	answers "$data/truth.json" >"$work/truth"
	(cd "$data" && sh "$root/cmd/bench/ask.sh" sqlite | sqlite3 :memory:) \
		>"$work/sql" || return 1
	compare "seed $1, $2 transactions, truth" "$work/truth" "$work/found" &&
		compare "seed $1, $2 transactions, SQL" "$work/sql" "$work/found" || return 1
	follow || return 1
	numbers=$((numbers + $(wc -l <"$work/truth")))
	questions=$((questions + $(wc -l <"$work/sql")))
}

if [ "${1:-}" = --full ]; then
	runs=$(for n in 200 2000 20000; do for s in 1 2 3 4 5 6 7 8 9 10; do echo "$s:$n"; done; done)
else
	runs="1:200 1:2000 2:2000 3:2000 1:20000"
fi
bad=0 count=0 numbers=0 questions=0 ways=0
for run in $runs; do
	count=$((count + 1))
	one "${run%:*}" "${run#*:}" || bad=$((bad + 1))
done
echo "truth: $count workloads, $numbers planted numbers, $questions answers and $ways steps of ways in SQL, $bad failed"
[ $bad = 0 ]
