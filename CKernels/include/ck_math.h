/// Reproducible elementary functions: the same bits on every machine, from IEEE operations and explicit fused multiply-adds.
/// The scalar forms and the forms over an array (`ck_unary`, `ck_binary` in ck_elementwise.h) are one implementation.
#ifndef CK_MATH_H
#define CK_MATH_H

float ck_logf(float x);  ///< natural logarithm; -inf at 0, NaN below
float ck_expf(float x);  ///< overflows to inf, underflows to 0 (subnormal results are flushed)
float ck_sinf(float x);  ///< radians, |x| up to 2^31; NaN at infinity
float ck_cosf(float x);
float ck_tanf(float x);
float ck_powf(float x, float y);  ///< C99's special cases
float ck_tanhf(float x);
float ck_erff(float x);
float ck_inverse_normalf(float p);  ///< the standard normal's quantile; -inf at 0, +inf at 1, NaN outside

#endif
