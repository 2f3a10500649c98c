// Standard normal draws: Box and Muller (1958), trimmed. Two words give two draws: the first the radius, the second the
// angle, as two signs and an angle π/4 + t of the first quadrant, so that no reduction is needed:
//   cos(π/4 + t) = cos(t)/√2 - sin(t)/√2,  sin(π/4 + t) = cos(t)/√2 + sin(t)/√2.
// The polynomials are minimax fits, their coefficients rounded one after another and the rest fitted again. Greatest
// errors over all radii and all angles, against double precision: of r, relative 1.7e-7; of the cosine and the sine,
// absolute 1.7e-7.

#define CK_EACH _Pragma("unroll") for (int i = 0; i < count; i++)

// -2 ln(u) for u in [2^-32, 1], in place. u = 2^e·(1 + f), f in [-1/3, 1/3). Step by step for all `count` vectors: the
// processor finds independent work in the next instructions, and would not beyond one vector's chain.
CK_INLINE void ck_minus_two_log(int count, ck_f32* u) {
  static const float coefficients[] = {0x1.54392ep-2f, -0x1.5f9ddap-2f, 0x1.4a7518p-2f, -0x1.954578p-2f,
                                       0x1.0048bp-1f,  -0x1.55613cp-1f, 0x1.fffebap-1f, -2.0f};
  ck_f32 power[8], f[8], p[8];
  CK_EACH {
    ck_i32 shifted = ck_bits(u[i]) - ck_splat_i(0x3F2AAAAB);  // 2/3
    ck_i32 exponent = shifted & ck_splat_i((int32_t)0xFF800000);
    f[i] = ck_from_bits(ck_bits(u[i]) - exponent) - ck_splat(1.0f);
    power[i] = ck_to_float(exponent);  // still in the place where it was: 2^23·e
    p[i] = ck_splat(coefficients[0]);
  }
#pragma unroll
  for (int k = 1; k < 8; k++) CK_EACH p[i] = ck_fma(p[i], f[i], ck_splat(coefficients[k]));
  CK_EACH u[i] = ck_fma(power[i], ck_splat(-0x1.62e43p0f * 0x1p-23f), p[i] * f[i]);
}

// Radius and angle to x and y, for up to 8 pairs of vectors.
CK_INLINE void ck_normal_pairs(int count, const ck_u32* radius, const ck_u32* angle, ck_f32* x, ck_f32* y) {
  static const float cosine[] = {-0x1.d9011cp-13f, 0x1.6f40fap-7f, -0x1.bea56ap-3f, 0x1.6a09e6p-1f};
  static const float sine[] = {-0x1.ab8e92p-16f, 0x1.cd9698p-10f, -0x1.d3ba64p-5f, 0x1.1c5832p-1f};
  ck_f32 r[8], t[8], tt[8], c[8], s[8];
  CK_EACH r[i] = ck_fma(ck_to_float((ck_i32)(radius[i] >> 1)), ck_splat(0x1p-31f), ck_splat(0x1p-32f));
  ck_minus_two_log(count, r);
  CK_EACH r[i] = ck_sqrt(r[i]);
  CK_EACH {
    t[i] = ck_to_float((ck_i32)(angle[i] << 2)) * ck_splat(0x1p-31f);  // in units of π/4
    tt[i] = t[i] * t[i];
    c[i] = ck_splat(cosine[0]), s[i] = ck_splat(sine[0]);
  }
#pragma unroll
  for (int k = 1; k < 4; k++) {
    CK_EACH c[i] = ck_fma(c[i], tt[i], ck_splat(cosine[k]));
    CK_EACH s[i] = ck_fma(s[i], tt[i], ck_splat(sine[k]));
  }
  const ck_i32 sign = ck_splat_i(INT32_MIN);
  CK_EACH {
    s[i] *= t[i];
    x[i] = ck_from_bits(ck_bits(r[i]) ^ ((ck_i32)angle[i] & sign)) * (c[i] - s[i]);
    y[i] = ck_from_bits(ck_bits(r[i]) ^ ((ck_i32)(angle[i] << 1) & sign)) * (c[i] + s[i]);
  }
}

#undef CK_EACH
