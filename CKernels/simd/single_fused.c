// For x86-64 with fused multiply-adds: what runs the kernels of AVX2 and AVX-512.
#if defined(__x86_64__)
#include "simd/single.h"

#define CK_SINGLE ck_single_fused

#pragma clang attribute push(__attribute__((target("avx2,fma,bmi2"))), apply_to = function)
#include "simd/single_core.h"
#pragma clang attribute pop

#endif
