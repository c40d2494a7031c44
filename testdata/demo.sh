#!/bin/sh
# Generates half a year of a synthetic CRM into build/demo, checks it with the
# rules that come with it, and shows where one decision came from. Succeeds if
# the planted findings were found.
set -u
cd "$(dirname "$0")/.." || exit 1
. testdata/setup.sh
PATH=$build:$PATH

say() {
	printf '\n$ %s\n' "$*"
	"$@"
}

rm -rf "$build/demo"
mkdir -p "$build/demo"
cd "$build/demo" || exit 1
say lineal-gen --transactions 2000 --seed 1 --out crm || exit 1
say cd crm || exit 1
# The data ends in June 2026; a fixed date keeps the demo the same every day.
say lineal check --now 2026-07-02 --max-examples 2 -f text -f json=../result.json
status=$?
say lineal trace decision:DEC-000000038 --depth 2 --now 2026-07-02 2>/dev/null
if [ $status -ne 1 ]; then
	echo "demo: expected exit status 1 (the planted findings), found $status" >&2
	exit 1
fi
printf '\ndemo: the planted findings were found; %s holds the data and result.json\n' \
	"${build#"$root"/}/demo"
