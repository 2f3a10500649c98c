// z = f(x, y), y an array or one value; y += a·x.

CK_INLINE ck_f32 ck_plus_v(ck_f32 x, ck_f32 y) { return ck_quiet(x + y); }
CK_INLINE ck_f32 ck_minus_v(ck_f32 x, ck_f32 y) { return ck_quiet(x - y); }
CK_INLINE ck_f32 ck_times_v(ck_f32 x, ck_f32 y) { return ck_quiet(x * y); }
CK_INLINE ck_f32 ck_divide_v(ck_f32 x, ck_f32 y) { return ck_quiet(x / y); }
// Of equal ones (0 and -0) the second; NaN if either is.
CK_INLINE ck_f32 ck_maximum_v(ck_f32 x, ck_f32 y) {
  return ck_select(ck_is_nan(x) | ck_is_nan(y), ck_nan(), ck_select(x > y, x, y));
}
CK_INLINE ck_f32 ck_minimum_v(ck_f32 x, ck_f32 y) {
  return ck_select(ck_is_nan(x) | ck_is_nan(y), ck_nan(), ck_select(x < y, x, y));
}

#define CK_BINARY_KERNEL(name, function)                                                        \
  static void ck_##name##_part(size_t count, const float* x, const float* y, float* z) {        \
    size_t i = 0;                                                                               \
    for (; i + CK_LANES <= count; i += CK_LANES) {                                              \
      ck_store(z + i, function(ck_load(x + i), ck_load(y + i)));                                \
    }                                                                                           \
    size_t rest = count - i;                                                                    \
    if (rest == 0) return;                                                                      \
    ck_store_some(z + i, function(ck_load_some(x + i, rest), ck_load_some(y + i, rest)), rest); \
  }                                                                                             \
  static void ck_##name##_value_part(size_t count, const float* x, float value, float* z) {     \
    ck_f32 y = ck_splat(value);                                                                 \
    size_t i = 0;                                                                               \
    for (; i + CK_LANES <= count; i += CK_LANES) ck_store(z + i, function(ck_load(x + i), y));  \
    if (i == count) return;                                                                     \
    ck_store_some(z + i, function(ck_load_some(x + i, count - i), y), count - i);               \
  }

CK_BINARY_KERNEL(plus, ck_plus_v)
CK_BINARY_KERNEL(minus, ck_minus_v)
CK_BINARY_KERNEL(times, ck_times_v)
CK_BINARY_KERNEL(divide, ck_divide_v)
CK_BINARY_KERNEL(power, ck_pow_v)
CK_BINARY_KERNEL(maximum, ck_maximum_v)
CK_BINARY_KERNEL(minimum, ck_minimum_v)

static void ck_axpy_part(size_t count, float factor, const float* x, float* y) {
  ck_f32 a = ck_splat(factor);
  size_t i = 0;
  for (; i + CK_LANES <= count; i += CK_LANES) ck_store(y + i, ck_quiet(ck_fma(a, ck_load(x + i), ck_load(y + i))));
  size_t rest = count - i;
  if (rest == 0) return;
  ck_store_some(y + i, ck_quiet(ck_fma(a, ck_load_some(x + i, rest), ck_load_some(y + i, rest))), rest);
}

#define CK_BINARY_KERNELS                                                                         \
  {                                                                                               \
      [CK_PLUS] = ck_plus_part,       [CK_MINUS] = ck_minus_part, [CK_TIMES] = ck_times_part,     \
      [CK_DIVIDE] = ck_divide_part,   [CK_POWER] = ck_power_part, [CK_MAXIMUM] = ck_maximum_part, \
      [CK_MINIMUM] = ck_minimum_part,                                                             \
  }
#define CK_BINARY_WITH_VALUE_KERNELS                                                                                \
  {                                                                                                                 \
      [CK_PLUS] = ck_plus_value_part,       [CK_MINUS] = ck_minus_value_part, [CK_TIMES] = ck_times_value_part,     \
      [CK_DIVIDE] = ck_divide_value_part,   [CK_POWER] = ck_power_value_part, [CK_MAXIMUM] = ck_maximum_value_part, \
      [CK_MINIMUM] = ck_minimum_value_part,                                                                         \
  }
