/*
 * Where a JSON value ends, by its brackets and quotes alone: also for a value
 * with bad syntax inside, so that the one after it can be read.
 */
#ifndef FORMAT_JSONEXTENT_H
#define FORMAT_JSONEXTENT_H

#include "base/str.h"

/*
 * The end of the value that begins at offset `at`: behind the bracket that
 * matches its first one; of something without brackets, before the ',', ']' or
 * '}' that follows. It is `at` itself if nothing stands there, and SIZE_MAX if
 * brackets or quotes do not match. Of more than 64 open brackets the kinds of
 * the outermost are taken on trust.
 */
size_t jsonextent_end(struct str text, size_t at);

#endif
