// Chains of fused multiply-adds that depend on themselves only: as many as fit the registers, more than latency times
// throughput needs (4 cycles × 2 a cycle = 8), on the widest vectors that the processor has.
#include <stdlib.h>

#include "include/MachineLimits.h"
#include "team.h"

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

typedef struct machine_kernel {
  const char* name;
  float (*run)(int64_t);
  double operations;
} machine_kernel;

static machine_kernel machine_choice(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return (machine_kernel){"avx512", peak_avx512, peak_avx512_operations};
  if (__builtin_cpu_supports("fma")) return (machine_kernel){"avx2", peak_avx2, peak_avx2_operations};
  return (machine_kernel){"none", NULL, 0};
#else
  return (machine_kernel){"baseline", peak_baseline, peak_baseline_operations};
#endif
}

const char* machine_instruction_set(void) { return machine_choice().name; }

typedef struct machine_burst {
  machine_kernel kernel;
  int64_t iterations;
  float* results;
} machine_burst;

static void machine_burst_run(void* context, int32_t thread) {
  machine_burst* burst = context;
  burst->results[thread] = burst->kernel.run(burst->iterations);
}

double machine_fused_multiply_adds(int32_t threads, int64_t iterations) {
  machine_kernel kernel = machine_choice();
  if (!kernel.run || threads < 1) return -1;
  float* results = calloc((size_t)threads, sizeof *results);
  double* seconds = calloc((size_t)threads, sizeof *seconds);
  double rate = -1;
  machine_burst burst = {kernel, iterations, results};
  if (results && seconds && machine_team(threads, machine_burst_run, &burst, seconds)) {
    rate = 0;
    for (int32_t t = 0; t < threads; t++) rate += kernel.operations * (double)iterations / seconds[t];
  }
  free(results);
  free(seconds);
  return rate;
}
