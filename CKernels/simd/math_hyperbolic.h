// tanh: below 0.625 x + x³·p(x²), p of degree 4 (relative error 2^-27); above 1 - 2/(e^(2t) + 1), t = |x|.
// The logistic sigmoid 1/(1 + e^(-x)).

// Error at most 1.4 ulp.
CK_INLINE ck_f32 ck_tanh_v(ck_f32 x) {
  ck_f32 t = ck_absolute(x), square = x * x;
  ck_f32 p = ck_splat(-0x1.750ce4p-8f);
  p = ck_fma(p, square, ck_splat(0x1.51f8cep-6f));
  p = ck_fma(p, square, ck_splat(-0x1.b835a4p-5f));
  p = ck_fma(p, square, ck_splat(0x1.1106f6p-3f));
  p = ck_fma(p, square, ck_splat(-0x1.555532p-2f));
  ck_f32 near = ck_fma(p * square, x, x);
  ck_f32 far = ck_splat(1.0f) - ck_splat(2.0f) / (ck_exp_v(t + t) + ck_splat(1.0f));
  ck_f32 y = ck_copy_sign(ck_select(t < ck_splat(0.625f), near, far), x);  // near is 0 for -0
  return ck_select(ck_is_nan(x), ck_nan(), y);
}

// Error at most 2.5 ulp.
CK_INLINE ck_f32 ck_sigmoid_v(ck_f32 x) { return ck_splat(1.0f) / (ck_splat(1.0f) + ck_exp_v(-x)); }
