// avx2: 8 floats a vector.
#if defined(__x86_64__)
#include "simd/kernels.h"
#include "runtime/parallel.h"

#include <immintrin.h>  // masked loads and stores, for ck_load_some

#define CK_ISA avx2
#define CK_LANES 8

#pragma clang attribute push(__attribute__((target("avx2,fma,bmi2"))), apply_to = function)
#include "simd/instance.h"
#pragma clang attribute pop

#endif
