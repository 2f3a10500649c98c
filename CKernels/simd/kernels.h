// The table of one instruction set: every kernel, by pointer. Parallel code (one C file a concern) calls through it.
#ifndef CK_KERNELS_H
#define CK_KERNELS_H

#include "elementwise/elementwise_kernels.h"
#include "linear/linear_kernels.h"
#include "noise/noise_kernels.h"
#include "optimizer/optimizer_kernels.h"

struct ck_kernels {
  const char* name;
  int32_t lanes;
  ck_noise_kernels noise;
  ck_linear_kernels linear;
  ck_elementwise_kernels elementwise;
  ck_optimizer_kernels optimizer;
};

extern const ck_kernels ck_kernels_scalar;
#if defined(__x86_64__)
extern const ck_kernels ck_kernels_avx2, ck_kernels_avx512;
#elif defined(__aarch64__)
extern const ck_kernels ck_kernels_neon;
#endif

#endif
