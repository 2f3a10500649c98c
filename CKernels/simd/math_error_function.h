// erf: below 0.92 x + x·p(x²), p of degree 5 (relative error 2^-25); above 1 - e^(-(t + t·g(t))), t = |x|, g of degree 5
// (2^-28 of erf), which is 1 from 3.95 on. The standard normal's distribution function.

// Error at most 1.1 ulp.
CK_INLINE ck_f32 ck_erf_v(ck_f32 x) {
  ck_f32 t = ck_absolute(x), square = x * x;
  ck_f32 p = ck_splat(-0x1.386c0cp-11f);
  p = ck_fma(p, square, ck_splat(0x1.46d838p-8f));
  p = ck_fma(p, square, ck_splat(-0x1.b67bcep-6f));
  p = ck_fma(p, square, ck_splat(0x1.ce1984p-4f));
  p = ck_fma(p, square, ck_splat(-0x1.8126e2p-2f));
  p = ck_fma(p, square, ck_splat(0x1.06eba6p-3f));
  ck_f32 near = ck_fma(p, x, x);
  ck_f32 clamped = ck_select(t > ck_splat(3.95f), ck_splat(3.95f), t);
  ck_f32 g = ck_splat(-0x1.c0c5a2p-13f);
  g = ck_fma(g, clamped, ck_splat(0x1.a56532p-9f));
  g = ck_fma(g, clamped, ck_splat(-0x1.7707c8p-6f));
  g = ck_fma(g, clamped, ck_splat(0x1.af271ep-4f));
  g = ck_fma(g, clamped, ck_splat(0x1.457cdep-1f));
  g = ck_fma(g, clamped, ck_splat(0x1.07328ap-3f));
  ck_f32 far = ck_splat(1.0f) - ck_exp_v(ck_fma(-g, clamped, -clamped));
  ck_f32 y = ck_select(t < ck_splat(0.92f), near, ck_copy_sign(far, x));
  return ck_select(ck_is_nan(x), ck_nan(), y);
}

// The upper tail Q(x) = 1 - Φ(x) of the standard normal for x >= 0; `gaussian` gets e^(-x²/2).
// Q = e^(-x²/2)·k((x - 3)/(x + 3)), k of degree 9 (relative error 2^-26); what rounding takes from x²/2 is given back.
CK_INLINE ck_f32 ck_normal_tail(ck_f32 x, ck_f32* gaussian) {
  x = ck_select(x > ck_splat(32.0f), ck_splat(32.0f), x);
  ck_f32 half = x * ck_splat(-0.5f), exponent = half * x;
  ck_f32 power = ck_exp_v(exponent);
  *gaussian = ck_fma(power, ck_fma(half, x, -exponent), power);
  ck_f32 q = (x - ck_splat(3.0f)) / (x + ck_splat(3.0f));
  ck_f32 k = ck_splat(0x1.c5fa24p-15f);
  k = ck_fma(k, q, ck_splat(0x1.e6cc40p-14f));
  k = ck_fma(k, q, ck_splat(-0x1.647628p-12f));
  k = ck_fma(k, q, ck_splat(-0x1.020698p-10f));
  k = ck_fma(k, q, ck_splat(0x1.7cbbbap-9f));
  k = ck_fma(k, q, ck_splat(0x1.91e218p-8f));
  k = ck_fma(k, q, ck_splat(-0x1.7a9466p-5f));
  k = ck_fma(k, q, ck_splat(0x1.f8bacap-4f));
  k = ck_fma(k, q, ck_splat(-0x1.a6b66ap-3f));
  k = ck_fma(k, q, ck_splat(0x1.f1b89cp-4f));
  return *gaussian * k;
}

// The standard normal's distribution function Φ(x), and e^(-x²/2). Error at most 6 ulp where the result is normal.
CK_INLINE ck_f32 ck_normal_cdf_v(ck_f32 x, ck_f32* gaussian) {
  ck_f32 tail = ck_normal_tail(ck_absolute(x), gaussian);
  ck_f32 y = ck_select(x < ck_splat(0.0f), tail, ck_splat(1.0f) - tail);
  return ck_select(ck_is_nan(x), ck_nan(), y);
}
