#!/bin/sh
# Builds each fuzzer with clang and runs it on its seeds for FUZZ_SECONDS. A
# crash stays in build-fuzz/, to become a seed and a unit test.
#
#   fuzz.sh core/format/rows_fuzz.c ...
set -u
cd "$(dirname "$0")/.." || exit 1
if ! command -v clang >/dev/null; then
	echo "fuzz: clang is not installed (apt-get install clang)" >&2
	exit 1
fi
mkdir -p build-fuzz
sources=$(ls core/*/*.c | grep -v '_test\.c$\|_fuzz\.c$')
sanitize="-fsanitize=address,undefined,fuzzer-no-link -DARENA_MAPPED=SIZE_MAX"
# The library once, and again where a source or any header is newer; then each
# fuzzer. Arguments are split on purpose.
header=$(ls -t core/*/*.h | head -1)
objects=
for source in $sources; do
	object=build-fuzz/$(echo "$source" | tr / _).o
	objects="$objects $object"
	[ "$object" -nt "$source" ] && [ "$object" -nt "$header" ] ||
		clang $FUZZ_FLAGS -O1 -g $sanitize -c -o "$object" "$source" || exit 1
done
bad=0
for fuzzer; do
	name=$(basename "$fuzzer" _fuzz.c)
	mkdir -p "build-fuzz/$name.corpus"
	clang $FUZZ_FLAGS -O1 -g -fsanitize=address,undefined,fuzzer \
		-fno-sanitize-recover=all -o "build-fuzz/$name" "$fuzzer" \
		$objects $FUZZ_LIBS || exit 1
	if "build-fuzz/$name" -max_total_time="${FUZZ_SECONDS:-10}" -timeout=10 \
		-artifact_prefix="build-fuzz/$name-" "build-fuzz/$name.corpus" \
		"testdata/fuzz/$name" >"build-fuzz/$name.log" 2>&1; then
		echo "fuzz: $name: $(grep -a '^Done' "build-fuzz/$name.log")"
	else
		bad=$((bad + 1))
		echo "fuzz: $name FAILED, see build-fuzz/$name.log"
		tail -20 "build-fuzz/$name.log"
	fi
done
[ $bad = 0 ]
