# The programs beside which lineal is measured, and the line of sh for each
# task. Sourced by cmd/bench/bench.sh; needs home, build and data.

# find_peers: sets duckdb, sqlite and miller to yes where they can be had.
# DuckDB lives in its own folder; without npm or a network the bench goes on.
find_peers() {
	duckdb="" sqlite="" miller=""
	if [ ! -e "$home/node_modules/@duckdb" ] && command -v npm >/dev/null; then
		npm install --prefix "$home" --no-audit --no-fund \
			--loglevel=error @duckdb/node-api >"$home/npm.log" 2>&1
	fi
	if [ -e "$home/node_modules/@duckdb" ] && command -v node >/dev/null; then
		duckdb=yes
	else
		echo "bench: no DuckDB: it cannot be had from npm here"
	fi
	cp cmd/bench/duckdb.mjs "$home/"
	if command -v sqlite3 >/dev/null; then sqlite=yes; else
		echo "bench: no SQLite: the package sqlite3 is not installed"
	fi
	if command -v mlr >/dev/null; then miller=yes; else
		echo "bench: no Miller: the package miller is not installed"
	fi
	sh cmd/bench/ask.sh duckdb >"$home/duckdb.sql"
	sh cmd/bench/ask.sh sqlite >"$home/sqlite.sql"
}

# in_data: what a command begins with that runs in the folder of the extracts.
in_data() {
	echo "cd '$data' &&"
}

# check_with THREADS [OPTION...], trace_with THREADS RECORD [OPTION...]: with
# the whole report, messages thrown away.
check_with() {
	echo "$(in_data) '$build/lineal' check --now 2026-07-02 -j$* 2>/dev/null"
}
trace_with() {
	echo "$(in_data) '$build/lineal' trace --now 2026-07-02 --both -j$*" \
		"2>/dev/null"
}

# duckdb_with THREADS SQL, sqlite_with SQL: files of SQL.
duckdb_with() {
	echo "$(in_data) node '$home/duckdb.mjs' $1 <'$2'"
}
sqlite_with() {
	echo "$(in_data) sqlite3 :memory: <'$1'"
}

# count_sql: SQL that counts the rows of every extract and loads none. The
# dialect is given as in cmd/bench/load-duckdb.sql.
count_sql() {
	for file in "$data"/*.csv; do
		echo "select count(*) from read_csv('${file##*/}', header = true," \
			"delim = ',', quote = '\"', escape = '\"');"
	done
}

# miller_count: the same with Miller, which splits rows into cells.
miller_count() {
	echo "$(in_data) mlr --icsv --onidx count *.csv"
}

# versions: a line of Markdown for each program and for the machine.
versions() {
	echo "- $(date -u +%Y-%m-%d), $(sed -n 's/^model name[^:]*: //p' \
		/proc/cpuinfo | head -1), $(nproc) processors," \
		"$(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB"
	echo "- $("$build/lineal" version | head -1) $(git describe --always --dirty 2>/dev/null)"
	[ -z "$duckdb" ] || echo "- DuckDB $(echo 'select version();' |
		node "$home/duckdb.mjs" 1), from npm, in node $(node --version)"
	[ -z "$sqlite" ] || echo "- SQLite $(sqlite3 --version | cut -d' ' -f1)"
	[ -z "$miller" ] || echo "- Miller $(mlr --version | sed 's/^mlr //')"
	echo "- $(gcc --version | head -1)"
}
