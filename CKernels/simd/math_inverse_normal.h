// The standard normal's quantile. p is folded to q = min(p, 1 - p), exact, so that the function is odd about 1/2 to the
// bit; d = 1/2 - q, w = -log(4q(1 - q)) (after Giles 2012). For w < 4 (q > 0.0046) z = d·c(w), c of degree 8; in the tail
// z = s·t(1/s), s = sqrt w, t of degree 7, down to the least subnormal p (relative errors 2^-26, 2^-23).

// Error at most 4.5 ulp (3.5e-7 of the result). -inf at 0, inf at 1, NaN outside.
CK_INLINE ck_f32 ck_inverse_normal_v(ck_f32 p) {
  ck_i32 lower = p < ck_splat(0.5f);
  ck_f32 q = ck_select(lower, p, ck_splat(1.0f) - p), d = ck_splat(0.5f) - q;
  ck_f32 w = -ck_log_v(ck_splat(4.0f) * q * (ck_splat(1.0f) - q));
  ck_f32 c = ck_splat(0x1.a721f2p-23f);
  c = ck_fma(c, w, ck_splat(-0x1.55591cp-19f));
  c = ck_fma(c, w, ck_splat(-0x1.4756bap-22f));
  c = ck_fma(c, w, ck_splat(0x1.3d449ap-13f));
  c = ck_fma(c, w, ck_splat(-0x1.9b3f7ap-12f));
  c = ck_fma(c, w, ck_splat(-0x1.af49e2p-8f));
  c = ck_fma(c, w, ck_splat(0x1.0b885ap-5f));
  c = ck_fma(c, w, ck_splat(0x1.4ffe02p-1f));
  c = ck_fma(c, w, ck_splat(0x1.40d932p1f));
  ck_f32 s = ck_sqrt(w), u = ck_splat(1.0f) / s;
  ck_f32 t = ck_splat(0x1.445d32p3f);
  t = ck_fma(t, u, ck_splat(-0x1.753d26p4f));
  t = ck_fma(t, u, ck_splat(0x1.69eba4p4f));
  t = ck_fma(t, u, ck_splat(-0x1.a559e0p3f));
  t = ck_fma(t, u, ck_splat(0x1.6e0c14p2f));
  t = ck_fma(t, u, ck_splat(-0x1.9d2cd2p0f));
  t = ck_fma(t, u, ck_splat(-0x1.72514ep-5f));
  t = ck_fma(t, u, ck_splat(0x1.6a301ep0f));
  ck_f32 z = ck_select(w < ck_splat(4.0f), c * d, t * s);  // at q = 0 w, s and z are infinite
  z = ck_select(lower, -z, z);
  return ck_select((p >= ck_splat(0.0f)) & (p <= ck_splat(1.0f)), z, ck_nan());
}
