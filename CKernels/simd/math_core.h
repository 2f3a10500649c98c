// Reproducible elementary functions over vectors: own polynomials in explicit fused multiply-adds and a fixed order, so
// that every instruction set gives the same bits. One file a family; the errors stated there are the greatest found
// over every float of the range named, against double precision, and are asserted by the tests.
// A NaN result is always the quiet NaN 0x7fc00000.
#include "simd/math_common.h"

#include "simd/math_exponential.h"
#include "simd/math_logarithm.h"

#include "simd/math_error_function.h"
#include "simd/math_hyperbolic.h"
#include "simd/math_inverse_normal.h"
#include "simd/math_power.h"
#include "simd/math_trigonometric.h"
