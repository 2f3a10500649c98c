// Any processor: vectors of four, which the compiler splits as it must. Without a hardware fused multiply-add each is a
// call of libm's fmaf: exact, and slow.
#include "simd/kernels.h"
#include "runtime/parallel.h"

#define CK_ISA scalar
#define CK_LANES 4

#include "simd/instance.h"
