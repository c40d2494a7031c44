/*
 * Complaints as people read them: `path:line:col: error[code]: sentence`, the
 * line of a project or rule file with a caret below the fault, and a help
 * line. Everything from data or files is escaped.
 */
#ifndef LINEAL_MESSAGE_H
#define LINEAL_MESSAGE_H

#include "base/diag.h"
#include "io/sink.h"

struct message_options {
	bool color, ascii;
	unsigned width;
	bool notes; /* print notes, too */
	bool all;   /* print every one that is kept */
};

/* Prints complaints sorted by place, a few of each kind and file, and how many
   more there are. */
void message_print(struct sink *sink, struct diag *diag,
	const struct files *files, const struct message_options *options);

#endif
