# From manual pages and Markdown to what they show, as plain text. One line each,
# fields parted by tabs:
#
#   command  PAGE:LINE  a line that is typed ("$ " is left out)
#   output   PAGE:LINE  what is shown below it
#   file     PAGE:LINE  a path; the block is a part of this file
#   part     PAGE:LINE  a line of that block
#
# A manual page shows them in .Dl and in .Bd -literal, Markdown between fences.
# The path of a file stands in a comment: the first line of the display, or the
# line above the fence.

function say(what, text) { print what "\t" FILENAME ":" FNR "\t" text }

function plain(text) {
	gsub(/\\\(aq/, "'", text)
	gsub(/\\\(dq/, "\"", text)
	gsub(/\\\(ha/, "^", text)
	gsub(/\\\(ti/, "~", text)
	gsub(/\\\(ga/, "`", text)
	gsub(/\\&/, "", text)
	gsub(/\\-/, "-", text)
	gsub(/\\e/, "\\", text)
	return text
}

function show(text) {
	if (path != "") say("part", text)
	else if (text ~ /^\$ /) { typed = 1; say("command", substr(text, 3)) }
	else if (typed) say("output", text)
}

function start(name) { inside = 1; typed = 0; path = name; if (name != "") say("file", name) }

FNR == 1 { inside = typed = 0; path = comment = ""; manual = FILENAME !~ /\.md$/ }

manual && /^\.Dl \$ / { say("command", plain(substr($0, 7))); next }
manual && /^\.Bd -literal/ { start(""); next }
manual && /^\.Ed/ { inside = 0; next }
manual && inside && /^\.\\" / { start(substr($0, 5)); next }
manual && inside { show(plain($0)); next }

!manual && /^<!-- .* -->$/ { comment = substr($0, 6, length($0) - 9); next }
!manual && /^```/ {
	if (inside) inside = 0
	else start(comment)
	comment = ""
	next
}
!manual && inside { show($0) }
