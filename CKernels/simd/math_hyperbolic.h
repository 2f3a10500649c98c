// tanh: below 0.625 x + x³·p(x²), p of degree 4 (relative error 2^-27); above 1 - 2/(e^(2t) + 1), t = |x|.
// The logistic sigmoid 1/(1 + e^(-x)), and its integral, softplus.

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

// log(1 + e^x) = max(x, 0) + log(1 + t), t = e^(-|x|). 1 + t is not rounded: log(1 + f) of f = t, or from sqrt 2 - 1 on
// log 2 + log(1 + f) of f = (t - 1)/2. Error at most 2 ulp above -87.33, below it 0.
CK_INLINE ck_f32 ck_softplus_v(ck_f32 x) {
  ck_f32 t = ck_exp_v(-ck_absolute(x));
  ck_i32 upper = t > ck_splat(0x1.a8279ap-2f);
  ck_f32 e = ck_select(upper, ck_splat(1.0f), ck_splat(0.0f));
  ck_f32 f = ck_select(upper, (t - ck_splat(1.0f)) * ck_splat(0.5f), t);
  ck_log_of_fraction_each(1, &e, &f);
  ck_f32 y = ck_select(x > ck_splat(0.0f), x, ck_splat(0.0f)) + f;
  return ck_select(ck_is_nan(x), ck_nan(), y);
}
