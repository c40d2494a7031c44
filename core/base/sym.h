/* The number of a text in a table of texts (intern.h, symbols.h): dense, from
   1; 0 is the empty text, which stands for "absent". */
#ifndef BASE_SYM_H
#define BASE_SYM_H

#include <stdint.h>

typedef uint32_t sym;

#endif
