// exp x = 2^n·e^r: n = x/ln 2 rounded, r = x - n·ln 2 in two parts, |r| <= ln 2 / 2.
// e^r = 1 + (r + r²·q(r)), q of degree 4 (relative error 2^-28).
// Error at most 1.02 ulp. Above 88.72283 the result is inf, below -87.33654 (where it would be subnormal) 0.

// Of q, from r^4 down to 1.
#define CK_EXP_COEFFICIENTS {0x1.6ac74ep-10f, 0x1.123de0p-7f, 0x1.555858p-5f, 0x1.55548cp-3f, 0x1.fffffcp-2f}

// Step by step for `count` vectors, in place: one vector's chain of operations leaves the processor idle.
CK_INLINE void ck_exp_each(int count, ck_f32* x) {
#define CK_EACH _Pragma("unroll") for (int i = 0; i < count; i++)
  static const float coefficients[] = CK_EXP_COEFFICIENTS;
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

// e^x - 1 for x <= 0: 2^n·(e^r - 1) + (2^n - 1), rounded once, so that nothing is lost near 0. Error at most 1.5 ulp; -1
// below -18, and beyond 0 a number without meaning.
CK_INLINE ck_f32 ck_exp_minus_one_v(ck_f32 x) {
  static const float coefficients[] = CK_EXP_COEFFICIENTS;
  x = ck_select(x < ck_splat(-18.0f), ck_splat(-18.0f), x);
  ck_f32 shifted = ck_fma(x, ck_splat(0x1.715476p0f), ck_splat(CK_ROUNDING_SHIFT));
  ck_f32 n = shifted - ck_splat(CK_ROUNDING_SHIFT);
  ck_f32 r = ck_fma(n, ck_splat(-0x1.62e430p-1f), x);
  r = ck_fma(n, ck_splat(0x1.05c610p-29f), r);
  ck_f32 q = ck_splat(coefficients[0]);
  for (int k = 1; k < 5; k++) q = ck_fma(q, r, ck_splat(coefficients[k]));
  ck_f32 power = ck_scale_exponent(ck_splat(1.0f), ck_bits(shifted));
  return ck_fma(power, ck_fma(r * r, q, r), power - ck_splat(1.0f));
}
