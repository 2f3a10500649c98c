/// Reproducible elementary functions: the same bits on every machine, from IEEE operations and explicit fused multiply-adds.
/// The scalar forms and the forms over an array (`ck_unary`, `ck_binary` in ck_elementwise.h) are one implementation.
/// Errors are the greatest in units of the last place. A NaN result is always the quiet NaN 0x7fc00000.
#ifndef CK_MATH_H
#define CK_MATH_H

float ck_logf(float x);             ///< natural logarithm, 0.85 ulp; -inf at 0, NaN below
float ck_expf(float x);             ///< 1.02 ulp; overflows to inf, underflows to 0 (subnormal results are flushed)
float ck_sinf(float x);             ///< radians, any finite x, 1.6 ulp; NaN at infinity
float ck_cosf(float x);             ///< likewise, 1.6 ulp
float ck_tanf(float x);             ///< likewise, 3.6 ulp
float ck_powf(float x, float y);    ///< 0.502 ulp; C99's special cases
float ck_tanhf(float x);            ///< 1.4 ulp
float ck_erff(float x);             ///< 1.1 ulp
float ck_inverse_normalf(float p);  ///< the standard normal's quantile, 4.5 ulp; -inf at 0, inf at 1, NaN outside

#endif
