/*
 * The version of the program, in one place.
 */
#ifndef LINEAL_VERSION_H
#define LINEAL_VERSION_H

#define LINEAL_VERSION "0.1.0"

#endif
