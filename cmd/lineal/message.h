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
};

/* Prints all kept complaints, sorted by place, and how many more there are of
   each kind. */
void message_print(struct sink *sink, struct diag *diag,
	const struct files *files, const struct message_options *options);

#endif
