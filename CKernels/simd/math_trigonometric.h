// sin, cos, tan: |x| = n·π/2 + r with |r| <= π/4 and a little, then sin r = r + r³·s(r²), cos r = 1 - r²/2 + r⁴·c(r²)
// (relative errors 2^-28, 2^-33), exchanged and negated by n mod 4; tan = sin/cos.
// n·π/2 is taken away in three parts by fused multiply-adds up to |x| = 2^17; beyond, x·2/π is computed in integers
// from as many of its digits as it takes (Payne & Hanek 1983), so that every finite x has a meaningful result.

enum { CK_LARGE_ANGLE_BITS = 0x48000000 };  // 2^17

// The binary digits of 2/π after the point, behind one word of zeros.
static const uint32_t ck_two_over_pi[8] = {0x00000000, 0xa2f9836e, 0x4e441529, 0xfc2757d1,
                                           0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab};

// For a finite x >= 2^17, of the bits `bits`: the quarter turn n mod 4, and r.
// x = m·2^e: the digits of 2/π before place e - 1 give whole turns; the 96 that follow give x·2/π mod 4 to 2^-70.
static __attribute__((noinline, unused)) int32_t ck_reduce_large(uint32_t bits, float* r) {
  uint64_t m = (bits & 0x007fffff) | 0x00800000;
  uint32_t place = (bits >> 23) - 150 - 1 - 1 + 32;  // counted from 0, the word of zeros included
  const uint32_t* words = ck_two_over_pi + place / 32;
  uint32_t shift = place % 32;
  uint64_t high = (((uint64_t)words[0] << 32 | words[1]) << shift) >> 32;
  uint64_t middle = (((uint64_t)words[1] << 32 | words[2]) << shift) >> 32;
  uint64_t low = (((uint64_t)words[2] << 32 | words[3]) << shift) >> 32;
  uint64_t turns = (m * high << 32) + m * middle + (m * low >> 32);  // two binary digits, the point, 62 more
  uint64_t n = (turns + ((uint64_t)1 << 61)) >> 62;
  int64_t fraction = (int64_t)(turns - (n << 62));
  *r = (float)((double)fraction * 0x1.921fb54442d18p-62);  // π/2·2^-62
  return (int32_t)n;
}

// r of |x|; `quarter` gets n, of which the two lowest bits count. For an x that is not finite they mean nothing.
CK_INLINE ck_f32 ck_reduce_angle(ck_f32 x, ck_i32* quarter) {
  x = ck_absolute(x);
  ck_f32 shifted = ck_fma(x, ck_splat(0x1.45f306p-1f), ck_splat(CK_ROUNDING_SHIFT));
  ck_f32 n = shifted - ck_splat(CK_ROUNDING_SHIFT);
  ck_f32 r = ck_fma(n, ck_splat(-0x1.921fb6p0f), x);
  r = ck_fma(n, ck_splat(0x1.777a5cp-25f), r);
  r = ck_fma(n, ck_splat(0x1.ee59dap-50f), r);
  *quarter = ck_bits(shifted);
  ck_i32 large = ck_bits(x) > ck_splat_i(CK_LARGE_ANGLE_BITS) & ck_bits(x) < ck_splat_i(0x7f800000);
  if (__builtin_reduce_or(large)) {
    for (int lane = 0; lane < CK_LANES; lane++) {
      if (!large[lane]) continue;
      float reduced;
      (*quarter)[lane] = ck_reduce_large((uint32_t)ck_bits(x)[lane], &reduced);
      r[lane] = reduced;
    }
  }
  return r;
}

// sin r and cos r for |r| <= π/4 + 0.01.
CK_INLINE ck_f32 ck_sin_reduced(ck_f32 r) {
  ck_f32 square = r * r;
  ck_f32 s = ck_splat(-0x1.9919cep-13f);
  s = ck_fma(s, square, ck_splat(0x1.1106c2p-7f));
  s = ck_fma(s, square, ck_splat(-0x1.555544p-3f));
  return ck_fma(s * square, r, r);
}
CK_INLINE ck_f32 ck_cos_reduced(ck_f32 r) {
  ck_f32 square = r * r;
  ck_f32 c = ck_splat(0x1.99db8ap-16f);
  c = ck_fma(c, square, ck_splat(-0x1.6c0c0ep-10f));
  c = ck_fma(c, square, ck_splat(0x1.55554ap-5f));
  c = ck_fma(c, square, ck_splat(-0.5f));
  return ck_fma(c, square, ck_splat(1.0f));
}

CK_INLINE ck_f32 ck_nan_unless_finite(ck_f32 x, ck_f32 y) {
  return ck_select(ck_absolute(x) < ck_infinity(), y, ck_nan());
}

// Error at most 1.6 ulp.
CK_INLINE ck_f32 ck_sin_v(ck_f32 x) {
  ck_i32 quarter;
  ck_f32 r = ck_reduce_angle(x, &quarter);
  ck_i32 odd = -(quarter & ck_splat_i(1));
  ck_f32 y = ck_select(odd, ck_cos_reduced(r), ck_sin_reduced(r));
  ck_u32 sign = ((ck_u32)quarter >> 1 << 31) ^ ((ck_u32)x & ck_splat_u(0x80000000));
  return ck_nan_unless_finite(x, (ck_f32)((ck_u32)y ^ sign));
}

// Error at most 1.6 ulp.
CK_INLINE ck_f32 ck_cos_v(ck_f32 x) {
  ck_i32 quarter;
  ck_f32 r = ck_reduce_angle(x, &quarter);
  ck_i32 odd = -(quarter & ck_splat_i(1));
  ck_f32 y = ck_select(odd, ck_sin_reduced(r), ck_cos_reduced(r));
  ck_u32 sign = ((ck_u32)quarter + ck_splat_u(1)) >> 1 << 31;
  return ck_nan_unless_finite(x, (ck_f32)((ck_u32)y ^ sign));
}

// Error at most 3.6 ulp.
CK_INLINE ck_f32 ck_tan_v(ck_f32 x) {
  ck_i32 quarter;
  ck_f32 r = ck_reduce_angle(x, &quarter);
  ck_i32 odd = -(quarter & ck_splat_i(1));
  ck_f32 sine = ck_sin_reduced(r), cosine = ck_cos_reduced(r);
  ck_f32 y = ck_select(odd, cosine, sine) / ck_select(odd, sine, cosine);
  ck_u32 sign = ((ck_u32)quarter << 31) ^ ((ck_u32)x & ck_splat_u(0x80000000));
  return ck_nan_unless_finite(x, (ck_f32)((ck_u32)y ^ sign));
}
