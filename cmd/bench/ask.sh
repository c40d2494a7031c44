#!/bin/sh
# Prints SQL for sqlite or duckdb, to be run in the folder of the extracts.
#
#   ask.sh PROGRAM            every question of cmd/bench/questions
#   ask.sh PROGRAM RECORD...  what these records come from and what came of them
#
# Each question is a transaction that is taken back, so that no question sees
# the tables of another.
here=$(dirname "$0")
cat "$here/load-$1.sql" "$here/common.sql"
shift
if [ $# -gt 0 ]; then
	echo "create table wanted (record varchar);"
	printf "insert into wanted values ('%s');\n" "$@"
	cat "$here/reach.sql"
	exit
fi
for question in "$here"/questions/*.sql; do
	echo "begin;"
	cat "$question"
	echo "rollback;"
done
