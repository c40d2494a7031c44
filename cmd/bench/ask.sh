#!/bin/sh
# Prints the SQL that loads the extracts and asks every question of
# cmd/bench/questions, each in a transaction that is taken back, so that no
# question sees the tables of another:
#   ask.sh sqlite | sqlite3 :memory:
#   ask.sh duckdb | node duckdb.mjs THREADS
# Both run in the folder of the extracts.
here=$(dirname "$0")
cat "$here/load-$1.sql" "$here/common.sql"
for question in "$here"/questions/*.sql; do
	echo "begin;"
	cat "$question"
	echo "rollback;"
done
