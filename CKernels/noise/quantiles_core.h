// Draws that are a quantile of p = (2k + 1)·2^-24, k = word >> 9. Operation by operation they are the functions `quantile` of
// the Swift types: the two give the same bits. Differences from 1/2 and from 1 are exact, so that both tails keep their
// digits, and p and 1 - p are told apart by a sign alone.

// k·slope + start, exact for what is asked for here.
CK_INLINE ck_f32 ck_linear_in_k(ck_u32 word, float slope, float start) {
  return ck_fma(ck_to_float((ck_i32)(word >> 9)), ck_splat(slope), ck_splat(start));
}

// b times logarithms that are below 0, under the sign of p - 1/2: Laplace's, or logistic.
CK_INLINE void ck_log_quantiles(bool logistic, float b, const ck_u32 words[4], ck_f32 draws[4]) {
  const ck_i32 sign = ck_splat_i(INT32_MIN);
  const ck_f32 half = ck_splat(0.5f);
  ck_i32 upper[4];
#pragma unroll
  for (int i = 0; i < 4; i++) {
    ck_f32 d = ck_linear_in_k(words[i], -0x1p-23f, 0.5f - 0x1p-24f);  // 1/2 - p
    ck_f32 distance = ck_absolute(d);
    upper[i] = ck_bits(d) & sign;
    draws[i] = logistic ? (half - distance) / (half + distance) : ck_fma(distance, ck_splat(-2), ck_splat(1));
  }
  ck_log_of_normal_each(4, draws);
#pragma unroll
  for (int i = 0; i < 4; i++) draws[i] = ck_from_bits(ck_bits(ck_splat(b) * draws[i]) ^ upper[i]);
}

CK_INLINE void ck_exponential_quantiles(float b, const ck_u32 words[4], ck_f32 draws[4]) {
#pragma unroll
  for (int i = 0; i < 4; i++) draws[i] = ck_linear_in_k(words[i], -0x1p-23f, 1 - 0x1p-24f);
  ck_log_of_normal_each(4, draws);
#pragma unroll
  for (int i = 0; i < 4; i++) draws[i] *= ck_splat(-b);
}

// Ends and mode, high - low, and the probabilities below and above the mode.
typedef struct ck_triangle {
  float low, mode, high, extent, below, above;
} ck_triangle;

// The probabilities as the Swift type has them.
CK_INLINE ck_triangle ck_triangle_make(float low, float mode, float high) {
  double width = (double)high - (double)low;
  float below = width == 0 ? 0.5f : (float)(((double)mode - (double)low) / width);
  float above = width == 0 ? 0.5f : (float)(((double)high - (double)mode) / width);
  return (ck_triangle){low, mode, high, high - low, below, above};
}

// low + extent·√(p·below), not above the mode, or high - extent·√((1 - p)·above), not below it.
CK_INLINE void ck_triangular_quantiles(const ck_triangle* triangle, const ck_u32 words[4], ck_f32 draws[4]) {
  const ck_f32 below = ck_splat(triangle->below), above = ck_splat(triangle->above);
  const ck_f32 low = ck_splat(triangle->low), high = ck_splat(triangle->high), mode = ck_splat(triangle->mode);
  const ck_f32 extent = ck_splat(triangle->extent);
#pragma unroll
  for (int i = 0; i < 4; i++) {
    ck_f32 p = ck_linear_in_k(words[i], 0x1p-23f, 0x1p-24f);
    ck_i32 is_below = p < below;
    ck_f32 product = ck_select(is_below, p * below, (ck_splat(1) - p) * above);
    ck_f32 draw = ck_fma(ck_select(is_below, extent, -extent), ck_sqrt(product), ck_select(is_below, low, high));
    ck_i32 is_beyond = ck_select_i(is_below, mode < draw, draw < mode);
    draws[i] = ck_select(is_beyond, mode, draw);
  }
}
