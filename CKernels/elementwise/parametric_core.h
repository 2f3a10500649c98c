// y = f(x; a, b), and dx = dy·f'(x; a, b) from the input x.

CK_INLINE ck_f32 ck_leaky_relu_v(ck_f32 x, ck_f32 a, ck_f32 b) {
  (void)b;
  return ck_quiet(ck_select(x > ck_splat(0.0f), x, a * x));
}
// dy·a where x <= 0; a NaN x gives NaN.
CK_INLINE ck_f32 ck_leaky_relu_gradient_v(ck_f32 x, ck_f32 a, ck_f32 b, ck_f32 dy) {
  (void)b;
  ck_f32 dx = ck_quiet(ck_select(x > ck_splat(0.0f), dy, a * dy));
  return ck_select(ck_is_nan(x), ck_nan(), dx);
}

CK_INLINE ck_f32 ck_elu_v(ck_f32 x, ck_f32 a, ck_f32 b) {
  return ck_quiet(ck_select(x > ck_splat(0.0f), b * x, a * b * ck_exp_minus_one_v(x)));
}
CK_INLINE ck_f32 ck_elu_gradient_v(ck_f32 x, ck_f32 a, ck_f32 b, ck_f32 dy) {
  return ck_quiet(dy * ck_select(x > ck_splat(0.0f), b, a * b * ck_exp_v(x)));
}

// Beyond a·x = 20 it is x and its slope 1, to less than a rounding, and a·x may overflow.
CK_INLINE ck_f32 ck_scaled_softplus_v(ck_f32 x, ck_f32 a, ck_f32 b) {
  (void)b;
  return ck_quiet(ck_select(a * x > ck_splat(20.0f), x, ck_softplus_v(a * x) / a));
}
CK_INLINE ck_f32 ck_scaled_softplus_gradient_v(ck_f32 x, ck_f32 a, ck_f32 b, ck_f32 dy) {
  (void)b;
  return ck_quiet(dy * ck_select(a * x > ck_splat(20.0f), ck_splat(1.0f), ck_sigmoid_v(a * x)));
}

#define CK_PARAMETRIC_KERNEL(name)                                                                                \
  static void ck_##name##_part(size_t count, float first, float second, const float* x, float* y) {               \
    const ck_f32 a = ck_splat(first), b = ck_splat(second);                                                       \
    size_t i = 0;                                                                                                 \
    for (; i + CK_LANES <= count; i += CK_LANES) ck_store(y + i, ck_##name##_v(ck_load(x + i), a, b));            \
    if (i == count) return;                                                                                       \
    ck_store_some(y + i, ck_##name##_v(ck_load_some(x + i, count - i), a, b), count - i);                         \
  }                                                                                                               \
  static void ck_##name##_gradient_part(size_t count, float first, float second, const float* x, const float* dy, \
                                        float* dx) {                                                              \
    const ck_f32 a = ck_splat(first), b = ck_splat(second);                                                       \
    size_t i = 0;                                                                                                 \
    for (; i + CK_LANES <= count; i += CK_LANES) {                                                                \
      ck_store(dx + i, ck_##name##_gradient_v(ck_load(x + i), a, b, ck_load(dy + i)));                            \
    }                                                                                                             \
    size_t rest = count - i;                                                                                      \
    if (rest == 0) return;                                                                                        \
    ck_f32 last = ck_##name##_gradient_v(ck_load_some(x + i, rest), a, b, ck_load_some(dy + i, rest));            \
    ck_store_some(dx + i, last, rest);                                                                            \
  }

CK_PARAMETRIC_KERNEL(leaky_relu)
CK_PARAMETRIC_KERNEL(elu)
CK_PARAMETRIC_KERNEL(scaled_softplus)

#define CK_PARAMETRIC_KERNELS                         \
  {                                                   \
      [CK_LEAKY_RELU] = ck_leaky_relu_part,           \
      [CK_ELU] = ck_elu_part,                         \
      [CK_SCALED_SOFTPLUS] = ck_scaled_softplus_part, \
  }
#define CK_PARAMETRIC_GRADIENT_KERNELS                         \
  {                                                            \
      [CK_LEAKY_RELU] = ck_leaky_relu_gradient_part,           \
      [CK_ELU] = ck_elu_gradient_part,                         \
      [CK_SCALED_SOFTPLUS] = ck_scaled_softplus_gradient_part, \
  }
