# One workload: equal answers, the pairs, and the numbers to reach. Sourced by
# cmd/bench/bench.sh.

# empty_project: a folder with a project of one extract that has no rows.
empty_project() {
	mkdir -p "$work/empty"
	printf 'version: 1\nsources:\n- {name: log, path: log.csv}\n' \
		>"$work/empty/lineal.yaml"
	echo 'ts,actor_id,action,object_type,object_id' >"$work/empty/log.csv"
	echo "'$build/lineal' check -C '$work/empty' --now 2026-07-02" \
		"--allow-empty 2>/dev/null"
}

# bytes_per_event: how far the memory rises for each event while the inputs
# are read, packed files and maps of them included.
bytes_per_event() {
	(cd "$data" && "$build/lineal" check --now 2026-07-02 -v -j1 2>&1 >/dev/null) | awk '
		/^lineal: prepared/ { before = $(NF - 2) }
		/^lineal: loaded/ { split($0, part, "; ")
			printf "%.0f", ($(NF - 2) - before) * 1048576 / part[2] }'
}

# say_answers: what was compared before anything was timed.
say_answers() {
	[ -n "${asked:-}" ] || {
		echo "There was nobody to ask but lineal."
		return
	}
	cat <<E3
Answers that were found equal before anything was timed, numbers to within
1e-9 of their size:

$(cat "$work/said")

Asked are $asked rules of the project with all their verdicts, and the five
metrics (\`cmd/bench/questions/\`). Not asked:
$(echo $not_asked | sed 's/ /, /g'); they are thresholds and judge figures that are asked for.

What SQL does not say here, so the peers are spared it: the findings with their
places, witnesses and fingerprints, the first places of a gap, the reasons of
what is unknown, the digests of the inputs, the warnings, and the intervals of
Garwood, which need a quantile. Two transactions never compete for an entry in
this workload, so a join finds the best pairs; \`lineal\` makes no use of that.
The downtime of a request knows that its entries name at most two systems.
E3
}

: >"$work/said"
generate $((transactions / 10))
small=$data small_rows=$rows
if [ -n "$sqlite" ]; then
	ask_lineal
	agree SQLite "$(sqlite_with "$home/sqlite.sql")"
	pair "SQLite, the same answers, $rows rows, one thread" "$(check_with 1)" \
		"$(sqlite_with "$home/sqlite.sql")"
fi
[ -z "$duckdb" ] || agree_on_ways 20

generate "$transactions"
if [ -n "$duckdb" ]; then
	ask_lineal
	agree DuckDB "$(duckdb_with "$processors" "$home/duckdb.sql")"
	agree_on_ways 1
	agree_on_rows DuckDB "$(duckdb_with "$processors" "$work/count.sql")"

	pair "DuckDB, the same answers, load included" \
		"$(check_with "$processors")" \
		"$(duckdb_with "$processors" "$home/duckdb.sql")"
	number "time against DuckDB, the same answers" "<= 0.2" "<= 0.1" \
		"$(ratio time)"
	number "peak memory against DuckDB, the same answers" "<= 0.333" \
		"<= 0.2" "$(ratio peak)"
	pair "DuckDB, bare \`count(*)\`" "$(check_with "$processors")" \
		"$(duckdb_with "$processors" "$work/count.sql")"
	number "time against DuckDB's bare \`count(*)\`" "<= 2" "<= 1" \
		"$(ratio time)"
	set -- $wanted
	sh cmd/bench/ask.sh duckdb "$1" >"$work/reach.sql"
	pair "DuckDB, the lineage of one record" \
		"$(trace_with "$processors" "$1")" \
		"$(duckdb_with "$processors" "$work/reach.sql")"
fi
if [ -n "$miller" ]; then
	agree_on_rows Miller "$(miller_count)"
	pair "Miller, bare \`count\`" "$(check_with "$processors")" \
		"$(miller_count)"
fi

number "bytes of memory for an event, at the end of loading" "<= 150" \
	"<= 80" "$(bytes_per_event)"
whole=$data
data=$small
few=$(check_with "$processors")
data=$whole
pair "itself, a tenth of the rows ($small_rows)" \
	"$(check_with "$processors")" "$few"
number "ten times the rows, times the time" "<= 11" "<= 10" "$(ratio time)"
if [ "$processors" -gt 1 ]; then
	pair "itself, one thread beside two" "$(check_with 1)" "$(check_with 2)"
	number "two threads, times faster than one" ">= 1.7" ">= 1.9" \
		"$(ratio time)"
fi
echo 'select 1;' >"$work/nothing.sql"
if [ -n "$duckdb" ]; then
	pair "DuckDB, an empty check beside \`select 1\`" "$(empty_project)" \
		"$(duckdb_with "$processors" "$work/nothing.sql")"
else
	pair "\`true\`, an empty check" "$(empty_project)" true
fi
number "an empty check from start to finish, s" "<= 0.010" "<= 0.003" \
	"$(awk '$1 == "first" { print $4 }' "$work/pair")"

publish 1-compare <<E2

## Equal answers

$(versions)

The workload is that of \`lineal-gen --transactions $transactions --seed 1\`:
$rows rows, $bytes bytes of CSV.

$(say_answers)

## Pairs

$processors threads where nothing else is said, $runs pairs each. DuckDB runs
in memory; its times and peaks are those of the node process, start included,
which is what the last line shows.

$head_of_pairs
$(cat "$work/table")

## Numbers to reach

| what | must | dream | found | reached |
|---|---|---|---|---|
$(cat "$work/numbers")

The bytes for an event are an upper bound: pages of the inputs that are mapped
count as memory. Rules about paths are not measured, as the workload has none.
E2
