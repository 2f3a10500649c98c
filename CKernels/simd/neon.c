// neon: 4 floats a vector.
#if defined(__aarch64__)
#include "simd/kernels.h"
#include "runtime/parallel.h"

#define CK_ISA neon
#define CK_LANES 4

#include "simd/instance.h"

#endif
