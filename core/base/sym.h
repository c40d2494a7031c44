/* The number of a text in a table of texts (intern.h, symbols.h): dense, from
   1; 0 is the empty text, which stands for "absent". And how such tables begin.
 */
#ifndef BASE_SYM_H
#define BASE_SYM_H

#include <stdint.h>

typedef uint32_t sym;

/* The sanitizer builds shrink this, so that tables grow at once. */
#ifndef INTERN_FIRST
#define INTERN_FIRST 1024
#endif

/* Test builds vary the seed, so that an order by hash would show. */
#ifndef INTERN_SEED
#define INTERN_SEED 0
#endif

#endif
