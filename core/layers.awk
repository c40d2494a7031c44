# Checks every #include against core/LAYERS: a quoted header belongs to the
# layer its path names, which must stand in the row of the including file's
# layer; a listed <header> may be included by its one module (and its test and
# fuzzer) only. A row may name only layers above it, so no cycle can be written.
#
# usage: awk -f core/layers.awk core/LAYERS core/*/*.[ch] cmd/*/*.[ch]

function complain(text)
{
	print text
	failed = 1
}

function layer_of(path,    part)
{
	split(path, part, "/")
	return part[1] == "cmd" ? "cmd" : part[2]
}

# core/format/rows_test.c -> core/format/rows
function module_of(path)
{
	sub(/\.[ch]$/, "", path)
	sub(/_(test|fuzz|p)$/, "", path)
	return path
}

FILENAME ~ /LAYERS$/ {
	sub(/#.*/, "")
	if (NF == 0)
		next
	if ($1 ~ /^</) {
		for (i = 2; i <= NF; i++)
			door[$1] = door[$1] " " $i " "
		next
	}
	if ($1 ~ /\(\)$/)
		next
	for (i = 2; i <= NF; i++) {
		if (!($i in known))
			complain("core/LAYERS:" FNR ": " $1 " names " $i \
				", which is not above it")
		may[$1, $i] = 1
	}
	known[$1] = 1
	may[$1, $1] = 1
	next
}

FNR == 1 && !(layer_of(FILENAME) in known) {
	complain(FILENAME ":1: layer " layer_of(FILENAME) \
		" is not in core/LAYERS")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	header = $0
	sub(/^[^"]*"/, "", header)
	sub(/".*/, "", header)
	if (header !~ /\//) {
		if (header !~ /_p\.h$/ && layer_of(FILENAME) != "cmd")
			complain(FILENAME ":" FNR ": include \"" header \
				"\" by its path from the layer root")
		next
	}
	split(header, part, "/")
	own = layer_of(FILENAME)
	to = part[1] in known ? part[1] : "cmd"
	if (!((own, to) in may))
		complain(FILENAME ":" FNR ": " own " may not include \"" \
			header "\"")
	next
}

/^[ \t]*#[ \t]*include[ \t]*</ {
	header = $0
	sub(/^[^<]*/, "", header)
	sub(/>.*/, ">", header)
	if (header in door && \
		!index(door[header], " " module_of(FILENAME) " "))
		complain(FILENAME ":" FNR ": " header " belongs to" \
			door[header])
}

END {
	exit failed
}
