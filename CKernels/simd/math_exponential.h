// exp x = 2^n·e^r: n = x/ln 2 rounded, r = x - n·ln 2 in two parts, |r| <= ln 2 / 2.
// e^r = 1 + (r + r²·q(r)), q of degree 4 (relative error 2^-28).
// Error at most 1.02 ulp. Above 88.72283 the result is inf, below -87.33654 (where it would be subnormal) 0.

CK_INLINE ck_f32 ck_exp_v(ck_f32 x) {
  ck_f32 shifted = ck_fma(x, ck_splat(0x1.715476p0f), ck_splat(CK_ROUNDING_SHIFT));
  ck_f32 n = shifted - ck_splat(CK_ROUNDING_SHIFT);
  ck_f32 r = ck_fma(n, ck_splat(-0x1.62e430p-1f), x);
  r = ck_fma(n, ck_splat(0x1.05c610p-29f), r);
  ck_f32 q = ck_splat(0x1.6ac74ep-10f);
  q = ck_fma(q, r, ck_splat(0x1.123de0p-7f));
  q = ck_fma(q, r, ck_splat(0x1.555858p-5f));
  q = ck_fma(q, r, ck_splat(0x1.55548cp-3f));
  q = ck_fma(q, r, ck_splat(0x1.fffffcp-2f));
  ck_f32 power = ck_fma(r * r, q, r) + ck_splat(1.0f);
  ck_f32 y = ck_scale_exponent(power, ck_bits(shifted));  // the shift's own bits leave by the top
  y = ck_select(x > ck_splat(0x1.62e42ep6f), ck_infinity(), y);
  y = ck_select(x < ck_splat(-0x1.5d589ep6f), ck_splat(0.0f), y);
  return ck_select(ck_is_nan(x), ck_nan(), y);
}
