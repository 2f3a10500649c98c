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

CK_INLINE ck_f32 ck_log_of_split(ck_f32 e, ck_f32 m) {
  ck_f32 f = m - ck_splat(1.0f);
  ck_f32 p = ck_splat(-0x1.38fb54p-4f);
  p = ck_fma(p, f, ck_splat(0x1.057114p-3f));
  p = ck_fma(p, f, ck_splat(-0x1.0d81eap-3f));
  p = ck_fma(p, f, ck_splat(0x1.22d684p-3f));
  p = ck_fma(p, f, ck_splat(-0x1.547234p-3f));
  p = ck_fma(p, f, ck_splat(0x1.99a034p-3f));
  p = ck_fma(p, f, ck_splat(-0x1.000228p-2f));
  p = ck_fma(p, f, ck_splat(0x1.555554p-2f));
  ck_f32 square = f * f;
  ck_f32 tail = ck_fma(p * f, square, e * ck_splat(-0x1.05c610p-29f));
  tail = ck_fma(square, ck_splat(-0.5f), tail);
  return ck_fma(e, ck_splat(0x1.62e430p-1f), f + tail);
}

CK_INLINE ck_f32 ck_log_v(ck_f32 x) {
  ck_f32 m, e = ck_split(x, &m);
  ck_f32 y = ck_log_of_split(e, m);
  y = ck_select(ck_bits(x) == ck_splat_i(0x7f800000), ck_infinity(), y);
  y = ck_select((ck_bits(x) & ck_splat_i(0x7fffffff)) == ck_splat_i(0), -ck_infinity(), y);
  return ck_select(~(x >= ck_splat(0.0f)), ck_nan(), y);
}
