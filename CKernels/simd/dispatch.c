// Which instruction sets this processor runs, best first.
#include "simd/kernels.h"

#include <string.h>

#if defined(__x86_64__)
static bool ck_runs_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
}
static bool ck_runs_avx512(void) {
  return ck_runs_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#endif
static bool ck_runs_always(void) { return true; }

static const struct {
  const ck_kernels* kernels;
  bool (*runs)(void);
} ck_instances[] = {
#if defined(__x86_64__)
    {&ck_kernels_avx512, ck_runs_avx512},
    {&ck_kernels_avx2, ck_runs_avx2},
#elif defined(__aarch64__)
    {&ck_kernels_neon, ck_runs_always},
#endif
    {&ck_kernels_scalar, ck_runs_always},
};

const ck_kernels* ck_kernels_at(int32_t index) {
  for (size_t i = 0; i < sizeof ck_instances / sizeof *ck_instances; i++) {
    if (ck_instances[i].runs() && index-- == 0) return ck_instances[i].kernels;
  }
  return NULL;
}

int32_t ck_kernels_count(void) {
  int32_t count = 0;
  while (ck_kernels_at(count)) count++;
  return count;
}

const ck_kernels* ck_kernels_named(const char* name) {
  for (int32_t i = 0;; i++) {
    const ck_kernels* kernels = ck_kernels_at(i);
    if (!kernels || strcmp(kernels->name, name) == 0) return kernels;
  }
}

const char* ck_kernels_name(const ck_kernels* kernels) { return kernels->name; }
