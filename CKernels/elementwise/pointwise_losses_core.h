// Losses of each element on its own: the loss of a prediction x and a target t, and its slope along x.

// max(x, 0) - t·x + log(1 + e^-|x|), and sigmoid(x) - t with what is small of sigmoid or 1 - sigmoid: no digits are lost
// where x is large.
CK_INLINE ck_f32 ck_binary_cross_entropy_v(ck_f32 x, ck_f32 t, ck_f32 delta, ck_f32* slope) {
  (void)delta;
  const ck_f32 zero = ck_splat(0.0f), one = ck_splat(1.0f), below = -ck_absolute(x), small = ck_sigmoid_v(below);
  *slope = ck_select(x > zero, (one - t) - small, small - t);
  return ck_fma(-x, t, ck_select(x > zero, x, zero)) + ck_softplus_v(below);
}

CK_INLINE ck_f32 ck_absolute_error_v(ck_f32 x, ck_f32 t, ck_f32 delta, ck_f32* slope) {
  (void)delta;
  const ck_f32 d = x - t, sign = ck_copy_sign(ck_splat(1.0f), d);
  *slope = ck_select(ck_absolute(d) > ck_splat(0.0f), sign, d);  // 0 and NaN stay
  return ck_absolute(d);
}

CK_INLINE ck_f32 ck_huber_v(ck_f32 x, ck_f32 t, ck_f32 delta, ck_f32* slope) {
  const ck_f32 d = x - t, size = ck_absolute(d), half = ck_splat(0.5f);
  *slope = ck_select(size > delta, ck_copy_sign(delta, d), d);
  return ck_select(size > delta, delta * ck_fma(-half, delta, size), half * d * d);
}

#define CK_POINTWISE_LOSS_KERNEL(name)                                                                                 \
  static void ck_##name##_part(size_t count, float width, const float* x, const float* targets, float scale,           \
                               float* losses, float* gradient) {                                                       \
    const ck_f32 delta = ck_splat(width), factor = ck_splat(scale);                                                    \
    for (size_t i = 0; i < count; i += CK_LANES) {                                                                     \
      const size_t left = count - i;                                                                                   \
      ck_f32 slope, loss = ck_##name##_v(ck_load_up_to(x + i, left), ck_load_up_to(targets + i, left), delta, &slope); \
      ck_store_up_to(losses + i, ck_quiet(loss), left);                                                                \
      ck_store_up_to(gradient + i, ck_quiet(slope * factor), left);                                                    \
    }                                                                                                                  \
  }

CK_POINTWISE_LOSS_KERNEL(binary_cross_entropy)
CK_POINTWISE_LOSS_KERNEL(absolute_error)
CK_POINTWISE_LOSS_KERNEL(huber)

#define CK_POINTWISE_LOSS_KERNELS                               \
  {                                                             \
      [CK_BINARY_CROSS_ENTROPY] = ck_binary_cross_entropy_part, \
      [CK_ABSOLUTE_ERROR] = ck_absolute_error_part,             \
      [CK_HUBER] = ck_huber_part,                               \
  }
