#!/bin/sh
# Checks figures on real data against figures that are known from independent
# scripts. The data is not part of this tree: where it is absent, the test says
# so and passes.
#
#   LINEAL_DATA=DIR     the folder with the data (../shared/data)
#   LINEAL_BUILD=DIR    where the programs are (build)
set -u
cd "$(dirname "$0")/.." || exit 1
. testdata/setup.sh
data=${LINEAL_DATA:-../shared/data}
unset LINEAL_DATA # not an option of lineal
incidents=$data/servicenow-incidents/Master_Ticket_Dataset.csv.gz
if [ ! -r "$incidents" ]; then
	echo "real: SKIPPED, there is no $incidents"
	exit 0
fi
make_work

wanted='accepted 119998
completeness 0.735859933155
denominator 163065
fixed 19351
incidents 20769
mean_days 7.8199
median_days 1.025
missing 43072
numerator 119993
open 1418
p90_days 16.5569
per_quarter 2016Q1=9202 2016Q2=11567
read 119998
streams 20769
with_gaps 7975'

figures='
def round4: . * 10000 | round / 10000;
.metrics as $m | $m.audit_trail_completeness as $c | $m.time_to_remediate as $t |
"accepted \([.inputs[].rows.accepted] | add)",
"completeness \($c.value)",
"denominator \($c.denominator)",
"fixed \($t.closed)",
"incidents \(.incidents_total)",
"mean_days \($t.mean_days | round4)",
"median_days \($t.median_days | round4)",
"missing \($c.missing)",
"numerator \($c.numerator)",
"open \($t.open)",
"p90_days \($t.p90_days | round4)",
"per_quarter \([$m.regulatory_incident_rate.by_quarter[]
	| select(.count > 0) | "\(.quarter)=\(.count)"] | join(" "))",
"read \([.inputs[].rows.read] | add)",
"streams \($c.streams)",
"with_gaps \($c.streams_with_gaps)"
'

# check NAME INPUT: reads INPUT, where - is the plain text on standard input.
bad=0
check() {
	"$build/lineal" check --isolated --now 2026-01-01 -r servicenow -f json "$2" \
		>"$work/result.json" 2>"$work/err"
	status=$?
	jq -r "$figures" "$work/result.json" >"$work/found"
	printf '%s\n' "$wanted" >"$work/wanted"
	if [ $status -ne 1 ] || ! diff -u "$work/wanted" "$work/found"; then
		echo "real: $1: exit $status, wanted 1 and the figures above"
		tail -3 "$work/err"
		bad=$((bad + 1))
	fi
}

gunzip -c "$incidents" >"$work/incidents.csv"
check "plain file" "$work/incidents.csv"
check "gzip" "$incidents"
mkfifo "$work/pipe"
gunzip -c "$incidents" >"$work/pipe" &
check "pipe" - <"$work/pipe"
zstd -q "$work/incidents.csv" -o "$work/incidents.csv.zst"
check "zstd" "$work/incidents.csv.zst"
echo "real: 15 figures of 119998 rows, 4 ways of reading, $bad failed"
[ $bad = 0 ]
