#!/bin/sh
# Holds lineal against DuckDB, SQLite and Miller on a generated workload: all
# must give the same answers, then they run in turns, pair by pair, and the
# ratios of the pairs are printed. A peer that is not installed is left out.
#
#   BENCH_TRANSACTIONS=N  size of the workload (1800000: 6.9 million rows, 1 GB)
#   BENCH_RUNS=N          pairs for each comparison (5)
#   BENCH_SCALE=1         the scaling table instead: four sizes, and 1 to 16
#                         threads as far as there are processors
#   BENCH_ROWS="N ..."    the sizes of the scaling table, in rows
#   LINEAL_BUILD=DIR      where the programs are (build)
#
# The tables go to cmd/bench/RESULTS.md if the sizes and the number of pairs
# are the usual ones and every peer is there, else to bench-data/other/RESULTS.md
# in the build folder.
set -u
cd "$(dirname "$0")/../.." || exit 1
. testdata/setup.sh
. testdata/answers.sh
make_work
. cmd/bench/peers.sh

home=$build/bench-data
transactions=${BENCH_TRANSACTIONS:-1800000}
runs=${BENCH_RUNS:-5}
processors=$(nproc)
mkdir -p "$home"

# stop WHY: no figures, rather than figures that mean nothing.
stop() {
	echo "bench: $1" >&2
	exit 1
}

# generate TRANSACTIONS: sets data, rows and bytes. What is there is kept.
generate() {
	data=$home/$1
	if [ ! -e "$data/truth.json" ]; then
		echo "bench: generating $1 transactions"
		"$build/lineal-gen" --transactions "$1" --seed 1 \
			--out "$data" || stop "no workload"
	fi
	rows=$(jq '[.rows[]] | add' "$data/truth.json")
	bytes=$(cat "$data"/*.csv | wc -c)
	count_sql >"$work/count.sql"
}

# ---- equal answers ----

# ask_lineal: the answers of lineal on $data.
ask_lineal() {
	sh -c "$(check_with "$processors" -f json)" >"$work/result.json"
	[ $? -le 1 ] || stop "lineal failed"
	answers "$work/result.json" >"$work/lineal"
}

# rules_of FILE: the rules that answers are about.
rules_of() {
	sed -n 's/^rules\.\([^.]*\)\..*/\1/p' "$1" | sort -u
}

# agree NAME COMMAND: COMMAND gives the answers that lineal gives; sets equal
# to how many, and the rules that were asked for and that were not.
agree() {
	sh -c "$2" >"$work/answers" || stop "$1 failed"
	compare "$1" "$work/answers" "$work/lineal" ||
		stop "lineal and $1 differ, so there are no ratios"
	equal=$(wc -l <"$work/answers")
	rules_of "$work/answers" >"$work/asked"
	asked=$(wc -l <"$work/asked")
	not_asked=$(rules_of "$work/lineal" | comm -13 "$work/asked" -)
	echo "- $equal of lineal and $1 on $rows rows" >>"$work/said"
	echo "bench: $equal answers of lineal and $1 are equal, $rows rows"
}

# agree_on_ways N: what N records at most come from, and what came of them, by
# lineal trace and by DuckDB; sets wanted and equal.
agree_on_ways() {
	wanted=$(records "$data" | head -n "$1")
	for record in $wanted; do
		sh -c "$(trace_with "$processors" "$record" -f json)" ||
			stop "no way of $record"
	done >"$work/traces.json"
	lineage "$work/traces.json" >"$work/ways"
	sh cmd/bench/ask.sh duckdb $wanted >"$work/reach.sql"
	sh -c "$(duckdb_with "$processors" "$work/reach.sql")" >"$work/answers" ||
		stop "DuckDB failed"
	LC_ALL=C sort "$work/answers" | diff - "$work/ways" ||
		stop "lineal trace and DuckDB differ, so there are no ratios"
	equal=$(wc -l <"$work/ways")
	echo "- $equal events and versions from which $(echo $wanted | wc -w)" \
		"records come, or that came of them, of \`lineal trace\` and" \
		"DuckDB on $rows rows" >>"$work/said"
	echo "bench: $equal steps of lineage of lineal and DuckDB are equal"
}

# agree_on_rows NAME COMMAND: the counts that COMMAND prints add up to $rows.
agree_on_rows() {
	found=$(sh -c "$2" | awk '{ n += $1 } END { printf "%d", n }')
	[ "$found" = "$rows" ] || stop "$1 counts $found rows, not $rows"
}

# ---- pairs ----

# pair NAME COMMAND COMMAND: runs both in turns. The table gets a line, and
# $work/pair has what the program bench prints. Status 1 means findings.
pair() {
	"$build/bench" -n "$runs" "$2" "$3" >"$work/pair" ||
		stop "no figures for: $1"
	awk -F '\t' -v name="$1" -v table="$work/table" '
		/^(first|second)/ && $2 > 1 { exit 1 }
		$1 == "first" { time = sprintf("%.3f", $4); peak = $7 }
		$1 == "second" { time = time " | " sprintf("%.3f", $4)
			peak = sprintf("%.0f | %.0f", peak, $7) }
		$1 == "time" { ratio = sprintf("**%.3f** (%.3f to %.3f)", $3, $2, $4) }
		$1 == "peak" { print "| " name " | " time " | " ratio " | " peak \
			" | " sprintf("%.3f", $3) " |" >>table
			print name ": " time " s, ratio " ratio }
	' "$work/pair" || stop "a command failed in: $1"
}

# ratio LINE: the median of the line time or peak of the last pair.
ratio() {
	awk -v line="$1" '$1 == line { print $3 }' "$work/pair"
}

# number WHAT MUST DREAM VALUE: a line of the table of numbers. MUST and DREAM
# are an operator and a figure.
number() {
	awk -v what="$1" -v must="$2" -v dream="$3" -v value="$4" '
		function holds(limit, part) {
			split(limit, part, " ")
			return part[1] == "<=" ? value <= part[2] + 0 : value >= part[2] + 0
		}
		BEGIN { print "| " what " | " must " | " dream " | " value " | " \
			(holds(dream) ? "dream" : holds(must) ? "yes" : "no") " |" }
	' >>"$work/numbers"
}

head_of_pairs='| lineal beside | lineal, s | other, s | ratio of times | lineal, MiB | other, MiB | ratio of peaks |
|---|---|---|---|---|---|---|'

# publish NAME: makes the standard input the table NAME, and puts the results
# together from the tables that there are.
publish() {
	cat >"$tables/$1.md"
	{
		echo "# Results"
		echo
		echo "Written by \`make bench\` (\`cmd/bench/bench.sh\`). Ratios" \
			"are of pairs of runs, one after the other: the median, and" \
			"in brackets the least and the most. Below 1 lineal needs" \
			"less. Times belong to one machine, ratios travel better."
		for table in "$tables"/*.md; do
			[ "$table" = "$tables/RESULTS.md" ] || cat "$table"
		done
	} >"$work/results"
	cp "$work/results" "$results"
	echo "bench: the tables are in $results"
}

find_peers
if [ -z "${BENCH_TRANSACTIONS:-}${BENCH_RUNS:-}${BENCH_ROWS:-}" ] &&
	[ "$duckdb$sqlite$miller" = yesyesyes ]; then
	tables=$home/usual results=cmd/bench/RESULTS.md
else
	tables=$home/other results=$home/other/RESULTS.md
fi
mkdir -p "$tables"
if [ "${BENCH_SCALE:-}" = 1 ]; then
	. cmd/bench/scale.sh
else
	. cmd/bench/compare.sh
fi
