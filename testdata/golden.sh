#!/bin/sh
# Runs the command-line cases of testdata/golden: each in a copy of its folder,
# once on one thread and once on seven under another zone, and compares what it
# printed, wrote and returned with the stored bytes. No project file of the user
# can take part: the copy stands below an empty .git, where the search
# upwards ends, and the home folder of the run is empty.
#
#   golden.sh [CASE...]     these cases; without a name, all of them
#   SKIP="CASE..."          all but these
#   UPDATE=1                store what the first run gave instead
#   LINEAL_BUILD=DIR        where the programs are (build)
set -u
cd "$(dirname "$0")/.." || exit 1
. testdata/setup.sh
make_work
mkdir "$work/.git" "$work/home"

# The files of a case that say what must come out; the rest is its input.
is_expectation() {
	case $1 in cmd | out | err | code | want.*) return 0 ;; esac
	return 1
}

# run CASE JOBS LOCALE ZONE: leaves out, err, code and the run's files.
run() {
	rm -rf "$work/run" "$work/got"
	mkdir "$work/run" "$work/got"
	for file in "$1"/*; do
		is_expectation "${file##*/}" || cp -r "$file" "$work/run/"
	done
	(
		cd "$work/run" || exit 99
		PATH=$build:$PATH SAMPLES=$root/testdata LINEAL_JOBS=$2 LC_ALL=$3 TZ=$4 \
			HOME=$work/home XDG_CONFIG_HOME=$work/home COLUMNS=80 \
			sh "$1/cmd" >"$work/got/out" 2>"$work/got/err" </dev/null
		echo $? >"$work/got/code"
	)
	for want in "$1"/want.*; do
		[ -e "$want" ] || continue
		name=${want##*/want.}
		[ -e "$work/run/$name" ] && cp "$work/run/$name" "$work/got/want.$name"
	done
}

# expected FILE: the stored bytes; an absent file means none, or status 0.
expected() {
	if [ -e "$1" ]; then cat "$1"
	elif [ "${1##*/}" = code ]; then echo 0
	fi
}

compare() {
	same=0
	for name in out err code $(cd "$1" && ls -d want.* 2>/dev/null); do
		expected "$1/$name" >"$work/want"
		[ -e "$work/got/$name" ] || : >"$work/got/$name"
		cmp -s "$work/want" "$work/got/$name" && continue
		same=1
		echo "--- ${1##*/}/$name ($2)"
		diff -u "$work/want" "$work/got/$name" | sed 1,2d | head -40
	done
	return $same
}

store() {
	for name in out err code $(cd "$1" && ls -d want.* 2>/dev/null); do
		rm -f "$1/$name"
		if [ "$name" = code ] && [ "$(cat "$work/got/code")" = 0 ]; then continue; fi
		[ -s "$work/got/$name" ] && cp "$work/got/$name" "$1/$name"
	done
	return 0
}

bad=0 count=0
if [ $# -eq 0 ]; then set -- $(ls testdata/golden); fi
for name; do
	case " ${SKIP:-} " in *" $name "*) continue ;; esac
	case=$root/testdata/golden/$name
	if [ ! -e "$case/cmd" ]; then
		echo "golden: no case '$name' (expected testdata/golden/$name/cmd)" >&2
		exit 1
	fi
	count=$((count + 1))
	run "$case" 1 C UTC
	if [ "${UPDATE:-0}" = 1 ]; then store "$case"; continue; fi
	ok=1
	compare "$case" "1 thread, C, UTC" || ok=0
	run "$case" 7 C.UTF-8 Asia/Kathmandu
	compare "$case" "7 threads, C.UTF-8, Asia/Kathmandu" || ok=0
	[ $ok = 1 ] || bad=$((bad + 1))
done
echo "golden: $count cases, $bad failed"
[ $bad = 0 ] && [ "$count" -gt 0 ]
