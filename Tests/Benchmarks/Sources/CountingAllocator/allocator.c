// The C library's allocation functions under their own names, each in front of the library's: the dynamic linker gives them
// to every library of the program. What they return is the library's own memory, so that free stays as it is.
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

#include "include/CountingAllocator.h"

static atomic_bool counting;
static _Atomic int64_t count_all;
static _Atomic int64_t count_large;

void counting_begin(void) {
  atomic_store(&count_all, 0);
  atomic_store(&count_large, 0);
  atomic_store(&counting, true);
}

counted_allocations counting_end(void) {
  atomic_store(&counting, false);
  return (counted_allocations){atomic_load(&count_all), atomic_load(&count_large)};
}

// A sanitizer puts its own allocator in that place.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define COUNTING_IS_IMPOSSIBLE 1
#endif
#endif

#if defined(__GLIBC__) && !defined(COUNTING_IS_IMPOSSIBLE)

enum { LARGE = 4096 };

static void count(size_t bytes) {
  if (!atomic_load_explicit(&counting, memory_order_relaxed)) return;
  atomic_fetch_add_explicit(&count_all, 1, memory_order_relaxed);
  if (bytes >= LARGE) atomic_fetch_add_explicit(&count_large, 1, memory_order_relaxed);
}

void* __libc_malloc(size_t bytes);
void* __libc_calloc(size_t items, size_t bytes);
void* __libc_realloc(void* block, size_t bytes);
void* __libc_memalign(size_t alignment, size_t bytes);

void* malloc(size_t bytes) {
  count(bytes);
  return __libc_malloc(bytes);
}

void* calloc(size_t items, size_t bytes) {
  count(items * bytes);
  return __libc_calloc(items, bytes);
}

void* realloc(void* block, size_t bytes) {
  count(bytes);
  return __libc_realloc(block, bytes);
}

void* memalign(size_t alignment, size_t bytes) {
  count(bytes);
  return __libc_memalign(alignment, bytes);
}

void* aligned_alloc(size_t alignment, size_t bytes) { return memalign(alignment, bytes); }

int posix_memalign(void** block, size_t alignment, size_t bytes) {
  if (alignment % sizeof(void*) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0) return EINVAL;
  void* memory = memalign(alignment, bytes);
  if (!memory) return ENOMEM;
  *block = memory;
  return 0;
}

bool counting_is_possible(void) { return true; }
#else
bool counting_is_possible(void) { return false; }
#endif
