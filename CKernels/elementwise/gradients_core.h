// dx = dy·f'(x). For sigmoid and tanh `saved` is the output y, for the others the input x.

// 0 where x <= 0; a NaN x gives NaN.
CK_INLINE ck_f32 ck_relu_gradient_v(ck_f32 x, ck_f32 dy) {
  ck_f32 dx = ck_select(x > ck_splat(0.0f), dy, ck_splat(0.0f));
  return ck_select(ck_is_nan(x), ck_nan(), dx);
}
// dy·(y·(1 - y)).
CK_INLINE ck_f32 ck_sigmoid_gradient_v(ck_f32 y, ck_f32 dy) { return ck_quiet(dy * (y * (ck_splat(1.0f) - y))); }
// dy·(1 - y²).
CK_INLINE ck_f32 ck_tanh_gradient_v(ck_f32 y, ck_f32 dy) { return ck_quiet(dy * ck_fma(-y, y, ck_splat(1.0f))); }
// dy·(Φ(x) + x·φ(x)), φ(x) = e^(-x²/2)/√(2π).
CK_INLINE ck_f32 ck_gelu_gradient_v(ck_f32 x, ck_f32 dy) {
  ck_f32 gaussian, cdf = ck_normal_cdf_v(x, &gaussian);
  ck_f32 clamped = ck_select(ck_absolute(x) > ck_splat(32.0f), ck_splat(0.0f), x);  // φ is 0 there
  return ck_quiet(dy * ck_fma(clamped * ck_splat(0x1.988454p-2f), gaussian, cdf));
}
// dy·sigmoid(x).
CK_INLINE ck_f32 ck_softplus_gradient_v(ck_f32 x, ck_f32 dy) { return ck_quiet(dy * ck_sigmoid_v(x)); }

// dy·s·(1 + x·(1 - s)), s = sigmoid(x), with 1 - s = e^-x·s: no digits are lost where s is near 1. 0 below -88.
CK_INLINE ck_f32 ck_silu_gradient_v(ck_f32 x, ck_f32 dy) {
  const ck_f32 most = ck_splat(88.0f);
  ck_f32 clamped = ck_select(x > most, most, ck_select(x < -most, -most, x));
  ck_f32 power = ck_exp_v(-clamped), s = ck_splat(1.0f) / (ck_splat(1.0f) + power);
  ck_f32 slope = s * ck_fma(clamped, power * s, ck_splat(1.0f));
  return ck_quiet(dy * ck_select(x < -most, ck_splat(0.0f), slope));
}

#define CK_GRADIENT_KERNEL(name)                                                                                    \
  static void ck_##name##_gradient_part(size_t count, const float* saved, const float* dy, float* dx) {             \
    size_t i = 0;                                                                                                   \
    for (; i + CK_LANES <= count; i += CK_LANES) {                                                                  \
      ck_store(dx + i, ck_##name##_gradient_v(ck_load(saved + i), ck_load(dy + i)));                                \
    }                                                                                                               \
    size_t rest = count - i;                                                                                        \
    if (rest == 0) return;                                                                                          \
    ck_store_some(dx + i, ck_##name##_gradient_v(ck_load_some(saved + i, rest), ck_load_some(dy + i, rest)), rest); \
  }

CK_GRADIENT_KERNEL(relu)
CK_GRADIENT_KERNEL(sigmoid)
CK_GRADIENT_KERNEL(tanh)
CK_GRADIENT_KERNEL(gelu)
CK_GRADIENT_KERNEL(softplus)
CK_GRADIENT_KERNEL(silu)

#define CK_GRADIENT_KERNELS                                                                                            \
  {                                                                                                                    \
      [CK_RELU] = ck_relu_gradient_part, [CK_SIGMOID] = ck_sigmoid_gradient_part,   [CK_TANH] = ck_tanh_gradient_part, \
      [CK_GELU] = ck_gelu_gradient_part, [CK_SOFTPLUS] = ck_softplus_gradient_part, [CK_SILU] = ck_silu_gradient_part, \
  }
