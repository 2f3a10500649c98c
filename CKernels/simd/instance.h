// One instruction set's kernels: the including file sets CK_ISA and CK_LANES, and the target attributes around this.
#define CK_JOIN_(a, b) a##b
#define CK_JOIN(a, b) CK_JOIN_(a, b)
#define CK_TEXT_(a) #a
#define CK_TEXT(a) CK_TEXT_(a)

#include "simd/core.h"

#include "simd/math_core.h"

#include "noise/noise_core.h"

#include "linear/linear_core.h"

#include "elementwise/elementwise_core.h"

// After the reductions, whose chains its sums take.
#include "noise/scale_gradient_core.h"

#include "optimizer/optimizer_core.h"

const ck_kernels CK_JOIN(ck_kernels_, CK_ISA) = {
    .name = CK_TEXT(CK_ISA),
    .lanes = CK_LANES,
    .noise = CK_NOISE_KERNELS,
    .linear = CK_LINEAR_KERNELS,
    .elementwise = CK_ELEMENTWISE_KERNELS,
    .optimizer = CK_OPTIMIZER_KERNELS,
};
