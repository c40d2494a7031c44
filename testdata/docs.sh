#!/bin/sh
# Holds the documents to the program: pages are well formed, the paths they name
# exist, and what they say about options, messages, keys and examples is what the
# program has, both ways where both can be asked.
#
#   docs.sh             prints what is wrong and returns 1, or one line
#   LINEAL_BUILD=DIR    where the programs are (build)
set -u
LC_ALL=C export LC_ALL
cd "$(dirname "$0")/.." || exit 1
. testdata/setup.sh
make_work
: >"$work/wrong"

documents="README.md core/README.md .github/CONTRIBUTING.md rules/README.md testdata/README.md"

wrong() { printf '%s\n' "$*" >>"$work/wrong"; }

# missing LEFT RIGHT SENTENCE: each line of LEFT stands in RIGHT.
missing() {
	sort -u "$1" >"$work/left"
	sort -u "$2" | comm -23 "$work/left" - | while read -r line; do
		wrong "$3: $line"
	done
	[ -s "$1" ] || wrong "$3: found nothing to compare"
}

# ---- form ----

check_form() {
	for page in man/*.[1-9]; do
		groff -mdoc -ww -z "$page" >"$work/form" 2>&1
		mandoc -T lint -W error "$page" >>"$work/form" 2>&1
		while read -r line; do wrong "$line"; done <"$work/form"
		mandoc -T ascii "$page" | awk -v page="$page" '
			{ gsub(/.\010/, "") }
			length > 80 { print page ": wider than 80 columns: " $0 }' >>"$work/wrong"
	done
}

# Every `.Xr lineal... N` is a page of ours.
check_references() {
	awk '$1 == ".Xr" && $2 ~ /^lineal/ { print FILENAME, "man/" $2 "." $3 }' man/*.[1-9] |
		while read -r page target; do
			[ -e "$target" ] || wrong "$page: there is no page $target"
		done
}

# Paths in backticks that begin with a folder of ours; with a `*` one must fit.
check_paths() {
	for document in $documents; do
		if [ ! -e "$document" ]; then
			[ -z "$(git ls-files "$document" 2>/dev/null)" ] || wrong "$document: not there"
			continue
		fi
		awk -F '`' '/^```/ { fence = !fence } !fence { for (i = 2; i <= NF; i += 2) print $i }' \
			"$document" |
			grep -vE '(^|[/_])x\.' | # x stands for a name
			grep -E '^((cmd|core|rules|testdata|man|\.ci|\.github)/[][A-Za-z0-9_./*?-]*|Makefile|LICENSE|README\.md)$' |
			while read -r path; do
				# shellcheck disable=SC2086 # a pattern is to be expanded
				ls -d $path >/dev/null 2>&1 || wrong "$document: there is no $path"
			done
	done
}

# ---- options, messages, statuses ----

# "-c --config" for each option; "--root" without a letter.
options_of_help() {
	"$build/lineal" help "$1" | sed -n 's/^  \(-.\), \(--[a-z-]*\).*/\1 \2/p; s/^      \(--[a-z-]*\).*/\1/p'
}

options_of_page() {
	sed -n 's/^\.It Fl \([A-Za-z]\) , Fl Fl \([a-z-]*\).*/-\1 --\2/p; s/^\.It Fl Fl \([a-z-]*\).*/--\1/p' "$1"
}

check_options() {
	options_of_page man/lineal.1 >"$work/common"
	for verb in check trace dump; do
		page=man/lineal-$verb.1
		options_of_help $verb >"$work/help"
		options_of_page "$page" >"$work/page"
		missing "$work/help" "$work/page" "$page: option not described"
		missing "$work/page" "$work/help" "$page: $verb has no such option"
		missing "$work/common" "$work/help" "man/lineal.1: $verb has no such option"
	done
	options_of_help check | sed 's/.*--//; y/-/_/' |
		grep -vxE 'directory|config|isolated|help' >"$work/keys"
	in_page lineal-config.5 "$work/keys" option
}

# Codes with their level, as the list in diag.h and as the headings have them.
check_codes() {
	tr -d '\\\n' <core/base/diag.h | awk -v RS='X[(]' '
		{ n = split($0, part, /[",) \t]+/) }
		part[1] ~ /^DIAG_/ && part[3] ~ /^DIAG_/ { print part[3], part[2] }' >"$work/list"
	awk '/^\.Sh/ { on = $2 == "DIAGNOSTICS" }
		/^\.Ss/ { level = "none" }
		/^\.Ss Notes/ { level = "DIAG_NOTE" }
		/^\.Ss Warnings/ { level = "DIAG_WARNING" }
		/^\.Ss Rejected rows/ { level = "DIAG_REJECT" }
		/^\.Ss Inputs that cannot be trusted/ { level = "DIAG_INPUT" }
		/^\.Ss Errors of use/ { level = "DIAG_USAGE" }
		on && /^\.It Sy/ { print level, $3 }' man/lineal.1 >"$work/page"
	missing "$work/list" "$work/page" "man/lineal.1: message not described"
	missing "$work/page" "$work/list" "man/lineal.1: the program has no such message"
	ls cmd/lineal/*.c | grep -v _test | xargs grep -ho 'error\[[a-z-]*\]' | sed 's/.*\[//; s/\]//' >"$work/list"
	sed -n 's/^\.It Ic //p' man/lineal.1 >"$work/page"
	missing "$work/list" "$work/page" "man/lineal.1: message not described"
	missing "$work/page" "$work/list" "man/lineal.1: no command has such a message"
}

check_statuses() {
	grep -o 'STATUS_[A-Z]* = [0-9]*' cmd/lineal/status.h | sed 's/.*= //' >"$work/list"
	for page in man/lineal.1 man/lineal-*.1; do
		[ "$page" = man/lineal-gen.1 ] && continue
		awk '/^\.Sh/ { on = $2 == "EXIT" } on && /^\.It [0-9]/ { print $2 }' "$page" >"$work/page"
		[ -s "$work/page" ] && missing "$work/page" "$work/list" "$page: no such status"
	done
	awk '/^\.Sh/ { on = $2 == "EXIT" } on && /^\.It [0-9]/ { print $2 }' man/lineal.1 >"$work/page"
	missing "$work/list" "$work/page" "man/lineal.1: status not described"
	order=$(sed -n 's/.*worse of two: \(.*\)\. .*/\1/p' cmd/lineal/status.h | sed 's/then //')
	grep -qxF "$order." man/lineal.1 || wrong "man/lineal.1: the order of statuses is $order"
}

# ---- keys and names ----

# in_page PAGE NAMES WHAT: every name stands in the page as a word.
in_page() {
	[ -s "$2" ] || wrong "man/$1: no $3 was found to look for"
	sort -u "$2" | while read -r name; do
		grep -qwF -e "$name" "man/$1" || wrong "man/$1: $3 not described: $name"
	done
}

# keys PAGE FILE...: the keys of the YAML tables in these files.
keys() {
	page=$1
	shift
	grep -ho '{STR_INIT("[a-z_]*"), *\(true\|false\), *YAML_' "$@" | sed 's/[^"]*"//; s/".*//' >"$work/keys"
	in_page "$page" "$work/keys" key
}

check_names() {
	keys lineal-rules.5 core/rule/*.c cmd/lineal/rulebook.c
	keys lineal-config.5 core/ingest/*.c core/metric/*.c cmd/lineal/project.c
	sed -n '/words_event_fields\[\] = {/,/};/s/.*STR_INIT("\([a-z_]*\)").*/\1/p' core/model/words.c >"$work/names"
	sed -n 's/.*X([A-Z_]*, "\([a-z_]*\)", COLUMN_.*/\1/p' core/model/roles.h >>"$work/names"
	ls rules/profiles | sed 's/\.yaml//' >>"$work/names"
	in_page lineal-inputs.5 "$work/names" field
	sed '1d; s/,.*//' rules/packs.csv >"$work/names"
	in_page lineal-rules.5 "$work/names" pack
}

# The members of a large result.
check_result() {
	"$build/lineal-gen" --transactions 1000 --seed 1 --out "$work/data" >/dev/null || wrong "lineal-gen failed"
	(cd "$work/data" && "$build/lineal" check -c lineal.yaml --now 2026-07-02 -f json 2>/dev/null) >"$work/result.json"
	jq -r 'del(.findings[].key) | [paths | .[] | strings] | unique | .[]' \
		"$work/result.json" >"$work/names"
	in_page lineal-result.5 "$work/names" member
	jq -r '.metrics | to_entries[] | select(.value.why != "not computed by this version") | .key' \
		"$work/result.json" >"$work/names"
	in_page lineal-metrics.7 "$work/names" metric
}

# ---- examples ----

check_examples() {
	# shellcheck disable=SC2046 # names of files
	awk -f testdata/docs.awk man/*.[1-9] $(for d in $documents; do [ -e "$d" ] && echo "$d"; done) >"$work/shown"
	for case in testdata/golden/*/cmd; do
		printf '%s\t' "${case%/cmd}"
		cat "$case"
	done >"$work/cases"
	awk -F '\t' '$1 == "command" { print $3 }' "$work/shown" >"$work/commands"
	cut -f 2- "$work/cases" >"$work/cmds"
	missing "$work/commands" "$work/cmds" "no golden case for the example"
	grep '^testdata/golden/doc-' "$work/cases" | cut -f 2- >"$work/cmds"
	missing "$work/cmds" "$work/commands" "no page shows the example"
	awk -F '\t' "$compare" "$work/cases" "$work/shown" >>"$work/wrong"
}

# What is shown below a command stands in this order in what some case with this
# command prints; a block of a file is a part of it, line by line.
compare='
function load(name,    line, n) {
	if (name in size) return
	while ((getline line < name) > 0) {
		sub(/\r$/, "", line)
		text[name, ++n] = line
	}
	close(name)
	size[name] = n + 0
}
function follows(name,    i, at) {
	load(name)
	at = 1
	for (i = 1; i <= n_lines; i++) {
		while (at <= size[name] && text[name, at] != lines[i]) at++
		if (at++ > size[name]) return 0
	}
	return 1
}
function is_part(name,    first, i) {
	load(name)
	for (first = 1; first + n_lines - 1 <= size[name]; first++) {
		for (i = 1; i <= n_lines && text[name, first + i - 1] == lines[i]; i++);
		if (i > n_lines) return 1
	}
	return 0
}
function finish(    n, folder, i) {
	if (kind == "file" && n_lines && !is_part(subject)) print place ": not a part of " subject
	if (kind == "command" && n_lines) {
		n = split(cases[subject], folder, " ")
		for (i = 1; i <= n; i++)
			if (follows(folder[i] "/out") || follows(folder[i] "/err")) break
		if (n && i > n) print place ": the case prints something else: " subject
	}
	kind = ""
	n_lines = 0
}
NR == FNR { cases[$2] = cases[$2] $1 " "; next }
$1 == "command" || $1 == "file" { finish(); kind = $1; place = $2; subject = $3; next }
{ sub(/^[^\t]*\t[^\t]*\t/, ""); lines[++n_lines] = $0 }
END { finish() }
'

check_form
check_references
check_paths
check_options
check_codes
check_statuses
check_names
check_result
check_examples
sort -u "$work/wrong"
[ -s "$work/wrong" ] && exit 1
echo "docs: $(ls man/*.[1-9] | wc -l) pages, $(wc -l <"$work/commands") examples, ok"
