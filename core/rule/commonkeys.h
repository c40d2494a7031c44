/*
 * The keys that rules of every shape share: what they are called, how they are
 * read into a struct rule, and what must fit together once all are known.
 */
#ifndef RULE_COMMONKEYS_H
#define RULE_COMMONKEYS_H

#include "rule/rule.h"

/* A table for yaml_read_map() that fills a struct rule_reader. */
extern const struct yaml_key commonkeys[];
extern const size_t commonkeys_n;

/* Resolves the kept nodes of the reader, and complains about what does not fit
   together in the rule. */
void commonkeys_finish(struct rule_reader *reader);

#endif
