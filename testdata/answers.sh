# Answers by name, so that several programs can be held against each other.
# Sourced by the scripts that do so.

# answers FILE: a result or a truth file as sorted lines "name TAB value".
# Rules stand under their identifiers, inputs under their paths, and the rows
# of a breakdown under what they are about.
answers() {
	jq -r '
def by(key): if type == "array" then map({key: key, value: .}) | from_entries
	else . end;
def part(name; f): if type == "object" and has(name) then .[name] |= f else . end;
def split_by: if type == "array" then group_by(.by)
	| map({key: .[0].by, value: by(.key)}) | from_entries else . end;
def gap: [.system, .object_type, .action, .quarter] | join("/");
def keyed: .metrics |= (
	part("audit_trail_completeness";
		part("by"; split_by) | part("gaps"; by(gap)))
	| part("regulatory_incident_rate"; part("by_quarter"; by(.quarter)))
	| part("downtime_impact"; part("by_system"; by(.system)))
	| part("compliance_roi"; part("scenarios"; by(.scenario))));
def flat: . as $all | paths(type != "object" and type != "array")
	| . as $path | [($path | map(tostring) | join(".")),
		($all | getpath($path) | tostring)] | @tsv;
{
	as_of, metrics,
	rules: (if .rules | type == "array" then .rules
		| map({key: .id, value: (.verdicts + {close, unborn})})
		| from_entries else .rules end),
	inputs: (if .inputs | type == "array" then .inputs
		| map({key: .path, value: .rows}) | from_entries else .inputs end)
} | keyed | flat' "$1" | LC_ALL=C sort
}

# compare NAME WANTED FOUND: each "name TAB value" of WANTED stands in FOUND,
# numbers to within 1e-9 of their size.
compare() {
	awk -F '\t' -v name="$1" '
		NR == FNR { found[$1] = $2; next }
		{ n++ }
		!($1 in found) { print name ": " $1 ": wanted " $2 ", not there"; bad++; next }
		$2 == found[$1] { next }
		$2 ~ /^-?[0-9.eE+-]+$/ && found[$1] ~ /^-?[0-9.eE+-]+$/ {
			d = $2 - found[$1]; if (d < 0) d = -d
			size = $2 < 0 ? -$2 : $2 + 0; if (size < 1) size = 1
			if (d <= 1e-9 * size) next
		}
		$2 == "" && found[$1] == "null" { next }
		{ print name ": " $1 ": wanted " $2 ", found " found[$1]; bad++ }
		END { if (n < 20) { print name ": only " n + 0 " numbers to compare"; bad++ }
			exit bad > 0 }
	' "$3" "$2"
}

# records FOLDER: a few records of a generated workload, in both directions of
# which there is something to find.
records() {
	awk -F, 'NR % 997 == 7 && n++ < 3 { print $3 ":" $4 }' "$1/transactions.csv"
	awk -F, 'NR % 97 == 7 && n++ < 2 { print "decision:" $1 }' "$1/decisions.csv"
	awk -F, '$7 == "export" && n++ % 9 == 7 { print "export:" $9; if (n > 9) exit }' \
		"$1/audit.csv"
	awk -F, '$8 == "dsar" { print "dsar:" $9; exit }' "$1/audit.csv"
	awk -F, 'NR == 7 { print "consent:" $3 }' "$1/consents.csv"
}

# lineage FILE...: answers of lineal trace as sorted lines, one for each event
# and each version of another record. FILE is its JSON document.
lineage() {
	jq -r '.record as $record | ("up", "down") as $way
		| "\($record).\($way)." as $name | .[$way].nodes[]
		| if .type == "activity" then "\($name)\(.path):\(.line)\tevent"
		elif .name | startswith($record + "@") then empty
		else "\($name)\(.name)\tversion" end' "$@" | LC_ALL=C sort
}
