# The scaling table: sizes by threads, each beside DuckDB on as many threads.
# Sourced by cmd/bench/bench.sh.

[ -n "$duckdb" ] || stop "the scaling table stands beside DuckDB"
: >"$work/scale"
for size in ${BENCH_ROWS:-100000 1000000 5500000 20000000}; do
	generate $((size * 100 / 384)) # a transaction makes 3.84 rows
	ask_lineal
	agree DuckDB "$(duckdb_with "$processors" "$home/duckdb.sql")"
	for threads in 1 2 4 8 16; do
		[ "$threads" -le "$processors" ] || continue
		name="$rows rows, $threads threads"
		pair "$name, DuckDB" "$(check_with "$threads")" \
			"$(duckdb_with "$threads" "$home/duckdb.sql")"
		cp "$work/pair" "$work/same"
		pair "$name, bare count" "$(check_with "$threads")" \
			"$(duckdb_with "$threads" "$work/count.sql")"
		cat "$work/same" "$work/pair" | awk -F '\t' -v rows="$rows" \
			-v threads="$threads" -v equal="$equal" '
			$1 == "first" && !lineal { lineal = $4; peak = $7 }
			$1 == "second" { other[++n] = $4; peaks[n] = $7 }
			$1 == "time" { ratio[n] = sprintf("**%.3f** (%.3f to %.3f)",
				$3, $2, $4) }
			END { printf "| %d | %d | %.3f | %.2f | %.3f | %s | %.3f | %s | %.0f | %.0f | %d |\n",
				rows, threads, lineal, rows / lineal / 1e6,
				other[1], ratio[1], other[2], ratio[2], peak,
				peaks[1], equal }' >>"$work/scale"
	done
done

publish 2-scale <<E2

## Scaling

$(versions)

$runs pairs each. Of the times and peaks the medians are given.

| rows | threads | lineal, s | million rows/s | DuckDB, same answers, s | ratio | bare \`count(*)\`, s | ratio | lineal, MiB | DuckDB, MiB | answers equal |
|---|---|---|---|---|---|---|---|---|---|---|
$(cat "$work/scale")
E2
