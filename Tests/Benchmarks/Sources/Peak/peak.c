// Chains of fused multiply-adds that depend on themselves only: as many as fit the registers, more than latency times
// throughput needs (4 cycles × 2 a cycle = 8), on the widest vectors that the processor has.
#ifdef __linux__
#define _GNU_SOURCE  // clock_gettime
#endif
#include "Peak.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

// KEEP is the constraint of a vector register. It makes the final sum a whole vector's: were only its first lane wanted,
// the compiler would hold every chain where scalar instructions reach it, which is half of the registers, and spill.
// No chain starts at its fixed point, 1, or it would be left out.
#define CHAINS(NAME, LANES, COUNT, KEEP, TARGET)                                        \
  enum { NAME##_operations = 2 * LANES * COUNT };                                       \
  typedef float NAME##_vector __attribute__((ext_vector_type(LANES)));                  \
  TARGET static float NAME(int64_t iterations) {                                        \
    NAME##_vector sum[COUNT], factor = 0.999f, term = 0.001f, total = 0;                \
    _Pragma("clang loop unroll(full)") for (int c = 0; c < COUNT; c++) sum[c] = c + 2;  \
    for (int64_t i = 0; i < iterations; i++) {                                          \
      _Pragma("clang loop unroll(full)") for (int c = 0; c < COUNT; c++) {              \
        sum[c] = __builtin_elementwise_fma(sum[c], factor, term);                       \
      }                                                                                 \
    }                                                                                   \
    _Pragma("clang loop unroll(full)") for (int c = 0; c < COUNT; c++) total += sum[c]; \
    __asm__ volatile("" : "+" KEEP(total));                                             \
    return total[0];                                                                    \
  }

#if defined(__x86_64__)
CHAINS(peak_avx512, 16, 24, "v", __attribute__((target("avx512f,fma"))))
CHAINS(peak_avx2, 8, 12, "x", __attribute__((target("avx2,fma"))))
#else
CHAINS(peak_baseline, 4, 24, "w", )
#endif

typedef struct peak_kernel {
  const char* name;
  float (*run)(int64_t);
  double operations;
} peak_kernel;

static peak_kernel peak_choice(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return (peak_kernel){"avx512", peak_avx512, peak_avx512_operations};
  if (__builtin_cpu_supports("fma")) return (peak_kernel){"avx2", peak_avx2, peak_avx2_operations};
  return (peak_kernel){"none", NULL, 0};
#else
  return (peak_kernel){"baseline", peak_baseline, peak_baseline_operations};
#endif
}

const char* peak_instruction_set(void) { return peak_choice().name; }

typedef struct peak_task {
  peak_kernel kernel;
  int64_t iterations;
  atomic_int* waiting;
  float result;
  double seconds;
} peak_task;

static double peak_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void* peak_run(void* context) {
  peak_task* task = context;
  // All start together, or the first would run while the others are still being made.
  atomic_fetch_sub(task->waiting, 1);
  while (atomic_load(task->waiting) > 0) {
  }
  double start = peak_now();
  task->result = task->kernel.run(task->iterations);
  task->seconds = peak_now() - start;
  return NULL;
}

double peak_fused_multiply_adds(int32_t threads, int64_t iterations) {
  peak_kernel kernel = peak_choice();
  if (!kernel.run || threads < 1) return -1;
  peak_task* tasks = calloc((size_t)threads, sizeof *tasks);
  pthread_t* handles = calloc((size_t)threads, sizeof *handles);
  atomic_int waiting = threads;
  double rate = tasks && handles ? 0 : -1;
  int32_t started = 1;
  if (rate == 0) {
    for (int32_t t = 0; t < threads; t++)
      tasks[t] = (peak_task){.kernel = kernel, .iterations = iterations, .waiting = &waiting};
    for (; started < threads; started++) {
      if (pthread_create(&handles[started], NULL, peak_run, &tasks[started]) != 0) break;
    }
    if (started < threads) rate = -1, atomic_store(&waiting, 1);
    peak_run(&tasks[0]);
    for (int32_t t = 1; t < started; t++) pthread_join(handles[t], NULL);
    for (int32_t t = 0; t < threads && rate >= 0; t++)
      rate += kernel.operations * (double)iterations / tasks[t].seconds;
  }
  free(tasks);
  free(handles);
  return rate;
}
