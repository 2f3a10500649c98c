// log x = e·ln 2 + log m: x = 2^e·m with m in [sqrt ½, sqrt 2), f = m - 1 exact.
// log m = f - f²/2 + f³·p(f), p of degree 7 (relative error 2^-27): exact to the last bits near 1 too.
// Error at most 0.85 ulp, subnormal x included. -inf at ±0, NaN below 0.

// Of the bits of a normal x > 0: e, with m.
CK_INLINE ck_i32 ck_split_normal(ck_i32 bits, ck_f32* m) {
  ck_i32 exponent = (bits - ck_splat_i(0x3f3504f3)) >> 23;
  *m = ck_scale_exponent(ck_from_bits(bits), -exponent);
  return exponent;
}

// For finite x > 0: e, with m.
CK_INLINE ck_f32 ck_split(ck_f32 x, ck_f32* m) {
  // A subnormal is its own bits, times 2^-149.
  ck_i32 subnormal = ck_bits(x) < ck_splat_i(0x00800000);
  ck_i32 bits = ck_select_i(subnormal, ck_bits(ck_to_float(ck_bits(x))), ck_bits(x));
  ck_i32 exponent = ck_split_normal(bits, m);
  return ck_to_float(exponent - (subnormal & ck_splat_i(149)));
}

// e·ln 2 + log(1 + f) of up to 8 vectors, in place of f, which is from sqrt ½ - 1 to sqrt 2 - 1. Step by step for all of
// them: one vector's chain of operations leaves the processor idle.
CK_INLINE void ck_log_of_fraction_each(int count, const ck_f32* e, ck_f32* f) {
#define CK_EACH _Pragma("unroll") for (int i = 0; i < count; i++)
  static const float coefficients[] = {-0x1.38fb54p-4f, 0x1.057114p-3f, -0x1.0d81eap-3f, 0x1.22d684p-3f,
                                       -0x1.547234p-3f, 0x1.99a034p-3f, -0x1.000228p-2f, 0x1.555554p-2f};
  ck_f32 p[8], square[8], tail[8];
  CK_EACH p[i] = ck_splat(coefficients[0]);
#pragma unroll
  for (int k = 1; k < 8; k++) CK_EACH p[i] = ck_fma(p[i], f[i], ck_splat(coefficients[k]));
  CK_EACH square[i] = f[i] * f[i];
  CK_EACH tail[i] = ck_fma(p[i] * f[i], square[i], e[i] * ck_splat(-0x1.05c610p-29f));
  CK_EACH tail[i] = ck_fma(square[i], ck_splat(-0.5f), tail[i]);
  CK_EACH f[i] = ck_fma(e[i], ck_splat(0x1.62e430p-1f), f[i] + tail[i]);
#undef CK_EACH
}

// The logarithms of up to 8 vectors, in place of m.
CK_INLINE void ck_log_of_split_each(int count, const ck_f32* e, ck_f32* m) {
#pragma unroll
  for (int i = 0; i < count; i++) m[i] -= ck_splat(1.0f);
  ck_log_of_fraction_each(count, e, m);
}

CK_INLINE ck_f32 ck_log_of_split(ck_f32 e, ck_f32 m) {
  ck_log_of_split_each(1, &e, &m);
  return m;
}

// In place, of up to 8 vectors whose elements are all above 0, normal and finite.
CK_INLINE void ck_log_of_normal_each(int count, ck_f32* x) {
  ck_f32 e[8];
#pragma unroll
  for (int i = 0; i < count; i++) {
    ck_f32 m;
    e[i] = ck_to_float(ck_split_normal(ck_bits(x[i]), &m));
    x[i] = m;
  }
  ck_log_of_split_each(count, e, x);
}

CK_INLINE ck_f32 ck_log_v(ck_f32 x) {
  ck_f32 m, e = ck_split(x, &m);
  ck_f32 y = ck_log_of_split(e, m);
  y = ck_select(ck_bits(x) == ck_splat_i(0x7f800000), ck_infinity(), y);
  y = ck_select((ck_bits(x) & ck_splat_i(0x7fffffff)) == ck_splat_i(0), -ck_infinity(), y);
  return ck_select(~(x >= ck_splat(0.0f)), ck_nan(), y);
}
