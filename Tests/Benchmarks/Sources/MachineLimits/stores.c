// Stores of whole vectors. To memory they go past the caches, as they do in the best of memset: each thread writes its own
// part of a buffer far larger than the caches, and no line is read first. To the cache each thread writes a block that
// fits its second level, again and again.
#include <stdlib.h>

#include "include/MachineLimits.h"
#include "team.h"

#if defined(__x86_64__)
typedef float machine_line __attribute__((ext_vector_type(8)));
#define MACHINE_STORES __attribute__((target("avx")))
static bool machine_has_lines(void) { return __builtin_cpu_supports("avx"); }
#else
typedef float machine_line __attribute__((ext_vector_type(4)));
#define MACHINE_STORES
static bool machine_has_lines(void) { return true; }
#endif

typedef struct machine_stores {
  float* buffer;
  size_t floats;  // a thread
  int64_t passes;
  bool past_caches;
} machine_stores;

MACHINE_STORES static void machine_stores_run(void* context, int32_t thread) {
  const machine_stores* stores = context;
  machine_line* block = (machine_line*)(stores->buffer + stores->floats * (size_t)thread);
  size_t count = stores->floats * sizeof(float) / sizeof(machine_line);
  for (int64_t pass = 0; pass < stores->passes; pass++) {
    machine_line value = (float)pass;
    if (stores->past_caches) {
      for (size_t i = 0; i < count; i++) __builtin_nontemporal_store(value, &block[i]);
    } else {
      for (size_t i = 0; i < count; i++) block[i] = value;
    }
    // The next pass must not make this one superfluous.
    __asm__ volatile("" : : "r"(block) : "memory");
  }
}

double machine_store_bandwidth(int32_t threads, float* buffer, size_t floats, int64_t passes, bool past_caches) {
  if (!machine_has_lines() || threads < 1) return -1;
  double* seconds = calloc((size_t)threads, sizeof *seconds);
  double rate = -1;
  machine_stores stores = {buffer, floats, passes, past_caches};
  if (seconds && machine_team(threads, machine_stores_run, &stores, seconds)) {
    rate = 0;
    for (int32_t t = 0; t < threads; t++) rate += (double)(floats * sizeof(float)) * (double)passes / seconds[t];
  }
  free(seconds);
  return rate;
}
