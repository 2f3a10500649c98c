// Standard normal draws: Box and Muller (1958), trimmed. Two words give two draws: the first the radius, the second the
// angle, as two signs and an angle π/4 + t of the first quadrant, so that no reduction is needed:
//   cos(π/4 + t) = cos(t)/√2 - sin(t)/√2,  sin(π/4 + t) = cos(t)/√2 + sin(t)/√2.

// -2 ln(u) for u in [2^-32, 1]. u = 2^e·(1 + f), f in [-1/3, 1/3).
CK_INLINE ck_f32 ck_minus_two_log(ck_f32 u) {
  ck_i32 shifted = ck_bits(u) - ck_splat_i(0x3F2AAAAB);  // 2/3
  ck_i32 exponent = shifted & ck_splat_i((int32_t)0xFF800000);
  ck_f32 f = ck_from_bits(ck_bits(u) - exponent) - ck_splat(1.0f);
  ck_f32 p = ck_splat(0x1.54392ep-2f);
  p = ck_fma(p, f, ck_splat(-0x1.5f9ddap-2f));
  p = ck_fma(p, f, ck_splat(0x1.4a7518p-2f));
  p = ck_fma(p, f, ck_splat(-0x1.954578p-2f));
  p = ck_fma(p, f, ck_splat(0x1.0048bp-1f));
  p = ck_fma(p, f, ck_splat(-0x1.55613cp-1f));
  p = ck_fma(p, f, ck_splat(0x1.fffebap-1f));
  p = ck_fma(p, f, ck_splat(-2.0f));
  // The exponent is still in the place where it was, 2^23 times itself.
  return ck_fma(ck_to_float(exponent), ck_splat(-0x1.62e43p0f * 0x1p-23f), p * f);
}

CK_INLINE void ck_normal_pair(ck_u32 radius, ck_u32 angle, ck_f32* x, ck_f32* y) {
  ck_f32 u = ck_fma(ck_to_float((ck_i32)(radius >> 1)), ck_splat(0x1p-31f), ck_splat(0x1p-32f));
  ck_f32 r = ck_sqrt(ck_minus_two_log(u));
  ck_f32 t = ck_to_float((ck_i32)(angle << 2)) * ck_splat(0x1p-31f);  // in units of π/4
  ck_f32 tt = t * t;
  ck_f32 c = ck_splat(-0x1.d9011cp-13f);
  c = ck_fma(c, tt, ck_splat(0x1.6f40fap-7f));
  c = ck_fma(c, tt, ck_splat(-0x1.bea56ap-3f));
  c = ck_fma(c, tt, ck_splat(0x1.6a09e6p-1f));
  ck_f32 s = ck_splat(-0x1.ab8e92p-16f);
  s = ck_fma(s, tt, ck_splat(0x1.cd9698p-10f));
  s = ck_fma(s, tt, ck_splat(-0x1.d3ba64p-5f));
  s = ck_fma(s, tt, ck_splat(0x1.1c5832p-1f)) * t;
  ck_i32 sign = ck_splat_i(INT32_MIN);
  *x = ck_from_bits(ck_bits(r) ^ ((ck_i32)angle & sign)) * (c - s);
  *y = ck_from_bits(ck_bits(r) ^ ((ck_i32)(angle << 1) & sign)) * (c + s);
}
