// y = f(x): one vector after another, the last one padded.

CK_INLINE ck_f32 ck_negate_v(ck_f32 x) { return -x; }
CK_INLINE ck_f32 ck_square_root_v(ck_f32 x) { return ck_quiet(ck_sqrt(x)); }
CK_INLINE ck_f32 ck_relu_v(ck_f32 x) { return ck_select(~(x <= ck_splat(0.0f)), x, ck_splat(0.0f)); }
// x·Φ(x), and its limit 0 where Φ underflows. Error at most 7 ulp above -12.9.
CK_INLINE ck_f32 ck_gelu_v(ck_f32 x) {
  ck_f32 gaussian, y = x * ck_normal_cdf_v(x, &gaussian);
  return ck_quiet(ck_select(x < ck_splat(-14.0f), ck_splat(-0.0f), y));
}

// x·sigmoid(x), and its limit 0 where that underflows. Error at most 3 ulp above -88.
CK_INLINE ck_f32 ck_silu_v(ck_f32 x) {
  ck_f32 y = x / (ck_splat(1.0f) + ck_exp_v(-x));
  return ck_quiet(ck_select(x < ck_splat(-88.0f), ck_splat(-0.0f), y));
}

#define CK_UNARY_KERNEL(name, function)                                                     \
  static void ck_##name##_part(size_t count, const float* x, float* y) {                    \
    size_t i = 0;                                                                           \
    for (; i + CK_LANES <= count; i += CK_LANES) ck_store(y + i, function(ck_load(x + i))); \
    if (i == count) return;                                                                 \
    ck_store_some(y + i, function(ck_load_some(x + i, count - i)), count - i);              \
  }

CK_UNARY_KERNEL(negate, ck_negate_v)
CK_UNARY_KERNEL(absolute, ck_absolute)
CK_UNARY_KERNEL(square_root, ck_square_root_v)
CK_UNARY_KERNEL(exp, ck_exp_v)
CK_UNARY_KERNEL(log, ck_log_v)
CK_UNARY_KERNEL(sin, ck_sin_v)
CK_UNARY_KERNEL(cos, ck_cos_v)
CK_UNARY_KERNEL(tan, ck_tan_v)
CK_UNARY_KERNEL(tanh, ck_tanh_v)
CK_UNARY_KERNEL(erf, ck_erf_v)
CK_UNARY_KERNEL(inverse_normal, ck_inverse_normal_v)
CK_UNARY_KERNEL(relu, ck_relu_v)
CK_UNARY_KERNEL(sigmoid, ck_sigmoid_v)
CK_UNARY_KERNEL(gelu, ck_gelu_v)
CK_UNARY_KERNEL(softplus, ck_softplus_v)
CK_UNARY_KERNEL(silu, ck_silu_v)

#define CK_UNARY_KERNELS                            \
  {                                                 \
      [CK_NEGATE] = ck_negate_part,                 \
      [CK_ABSOLUTE] = ck_absolute_part,             \
      [CK_SQUARE_ROOT] = ck_square_root_part,       \
      [CK_EXPONENTIAL] = ck_exp_part,               \
      [CK_LOGARITHM] = ck_log_part,                 \
      [CK_SINE] = ck_sin_part,                      \
      [CK_COSINE] = ck_cos_part,                    \
      [CK_TANGENT] = ck_tan_part,                   \
      [CK_TANH] = ck_tanh_part,                     \
      [CK_ERF] = ck_erf_part,                       \
      [CK_INVERSE_NORMAL] = ck_inverse_normal_part, \
      [CK_RELU] = ck_relu_part,                     \
      [CK_SIGMOID] = ck_sigmoid_part,               \
      [CK_GELU] = ck_gelu_part,                     \
      [CK_SOFTPLUS] = ck_softplus_part,             \
      [CK_SILU] = ck_silu_part,                     \
  }
