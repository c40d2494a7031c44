# What the scripts of this folder begin with. Sourced in the root of the tree;
# sets root and build, both absolute.

root=$PWD
build=${LINEAL_BUILD:-build}
unset LINEAL_BUILD # not an option of lineal
case $build in /*) ;; *) build=$root/$build ;; esac

# make_work: sets work, a folder that goes with the script.
make_work() {
	work=$(mktemp -d) || exit 1
	trap 'rm -rf "$work"' EXIT
	trap 'exit 130' INT TERM
}
