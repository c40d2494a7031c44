# Holds the undefined symbols of the program's objects (`nm -uA`) against the
# function() lines of core/LAYERS: who may call what.
#
# usage: nm -uA build/.../*.o | awk -v build=build/ -f core/calls.awk core/LAYERS -

FILENAME ~ /LAYERS$/ {
	sub(/#.*/, "")
	if ($1 !~ /\(\)$/)
		next
	name = substr($1, 1, length($1) - 2)
	listed[name] = 1
	for (i = 2; i <= NF; i++)
		may[name, $i] = 1
	next
}

{
	path = $1
	sub(/:.*/, "", path)
	sub(build, "", path)
	sub(/\.o$/, "", path)
	name = $NF
	sub(/@.*/, "", name)
	sub(/^__/, "", name)
	sub(/_chk$/, "", name)
	if (!(name in listed))
		next
	split(path, part, "/")
	layer = part[1] == "cmd" ? "cmd" : part[1] "/" part[2]
	if (!((name, path) in may) && !((name, layer) in may)) {
		print path ".c: may not call " name "()"
		failed = 1
	}
}

END {
	exit failed
}
