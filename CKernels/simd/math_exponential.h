// exp x = 2^n·e^r: n = x/ln 2 rounded, r = x - n·ln 2 in two parts, |r| <= ln 2 / 2.
// e^r = 1 + (r + r²·q(r)), q of degree 4 (relative error 2^-28).
// Error at most 1.02 ulp. Above 88.72283 the result is inf, below -87.33654 (where it would be subnormal) 0.

// Step by step for `count` vectors, in place: one vector's chain of operations leaves the processor idle.
CK_INLINE void ck_exp_each(int count, ck_f32* x) {
#define CK_EACH _Pragma("unroll") for (int i = 0; i < count; i++)
  static const float coefficients[] = {0x1.6ac74ep-10f, 0x1.123de0p-7f, 0x1.555858p-5f, 0x1.55548cp-3f, 0x1.fffffcp-2f};
  ck_f32 shifted[8], n[8], r[8], q[8], y[8];
  CK_EACH shifted[i] = ck_fma(x[i], ck_splat(0x1.715476p0f), ck_splat(CK_ROUNDING_SHIFT));
  CK_EACH n[i] = shifted[i] - ck_splat(CK_ROUNDING_SHIFT);
  CK_EACH r[i] = ck_fma(n[i], ck_splat(-0x1.62e430p-1f), x[i]);
  CK_EACH r[i] = ck_fma(n[i], ck_splat(0x1.05c610p-29f), r[i]);
  CK_EACH q[i] = ck_splat(coefficients[0]);
#pragma unroll
  for (int k = 1; k < 5; k++) CK_EACH q[i] = ck_fma(q[i], r[i], ck_splat(coefficients[k]));
  CK_EACH y[i] = ck_fma(r[i] * r[i], q[i], r[i]) + ck_splat(1.0f);
  CK_EACH y[i] = ck_scale_exponent(y[i], ck_bits(shifted[i]));  // the shift's own bits leave by the top
  // Beyond the range, or NaN. Where several vectors are taken at once that is rare: one branch then, not six operations a
  // vector. (With the masks of 16 lanes they are few enough.)
  const ck_i32 magnitude = ck_splat_i(0x7fffffff), greatest = ck_bits(ck_splat(0x1.5d589ep6f));
  ck_i32 beyond = ck_splat_i(0);
  CK_EACH beyond |= (ck_bits(x[i]) & magnitude) > greatest;
  if (count == 1 || CK_LANES == 16 || __builtin_reduce_or(beyond)) {
    CK_EACH y[i] = ck_select(x[i] > ck_splat(0x1.62e42ep6f), ck_infinity(), y[i]);
    CK_EACH y[i] = ck_select(x[i] < ck_splat(-0x1.5d589ep6f), ck_splat(0.0f), y[i]);
    CK_EACH y[i] = ck_select(ck_is_nan(x[i]), ck_nan(), y[i]);
  }
  CK_EACH x[i] = y[i];
#undef CK_EACH
}

CK_INLINE ck_f32 ck_exp_v(ck_f32 x) {
  ck_exp_each(1, &x);
  return x;
}
