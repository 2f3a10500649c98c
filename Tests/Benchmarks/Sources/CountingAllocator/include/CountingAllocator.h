/// Counts the heap allocations of the program that links it, of all its threads and libraries.
#ifndef COUNTING_ALLOCATOR_H
#define COUNTING_ALLOCATOR_H

#include <stdbool.h>
#include <stdint.h>

typedef struct counted_allocations {
  int64_t all;
  int64_t large;  ///< of 4096 bytes or more
} counted_allocations;

/// Whether this system lets it count: Linux with the GNU C library does, without a sanitizer.
bool counting_is_possible(void);
/// Begins to count, from nothing.
void counting_begin(void);
/// Ends it.
counted_allocations counting_end(void);

#endif
