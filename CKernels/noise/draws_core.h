// From words to draws, and where they go: a sink keeps a draw, or combines it with x on the way.

// What the words become.
typedef enum ck_transform {
  CK_TO_WORDS,   // themselves
  CK_TO_HALVES,  // half a word each, in the high half of what is drawn; the low half is rubbish
  CK_TO_UNIFORMS,
  CK_TO_NORMALS,
  CK_TO_LOG_NORMALS,
  CK_TO_LAPLACES,
  CK_TO_LOGISTICS,
  CK_TO_EXPONENTIALS,
  CK_TO_TRIANGULARS,
} ck_transform;

typedef struct ck_sink {
  ck_combination how;
  float a, b;  // of the transform: fma(b, ·, a), or b times a draw
  ck_triangle triangle;
  ck_operands operands;
  const float* x;  // NULL where no x is read
  size_t x_stride;
  float* y;
  size_t y_stride;
} ck_sink;

// Vectors of blocks in flight: two hide the latencies of the generator's multiplications and of the transforms.
enum { CK_FLIGHT = 2 };

// Four words of each block to the draws of four places, or eight by halves.
CK_INLINE void ck_transform_words(ck_transform to, const ck_sink* sink, ck_u32 words[CK_FLIGHT][4],
                                  ck_f32 draws[CK_FLIGHT][8]) {
  if (to == CK_TO_NORMALS || to == CK_TO_LOG_NORMALS) {
    enum { PAIRS = 2 * CK_FLIGHT };
    ck_u32 radius[PAIRS], angle[PAIRS];
    ck_f32 x[PAIRS], y[PAIRS];
#pragma unroll
    for (int i = 0; i < PAIRS; i++) radius[i] = words[i / 2][i % 2 * 2], angle[i] = words[i / 2][i % 2 * 2 + 1];
    ck_normal_pairs(PAIRS, radius, angle, x, y);
#pragma unroll
    for (int i = 0; i < PAIRS; i++) draws[i / 2][i % 2 * 2] = x[i], draws[i / 2][i % 2 * 2 + 1] = y[i];
  }
  if (to >= CK_TO_LAPLACES) {
#pragma unroll
    for (int i = 0; i < CK_FLIGHT; i++) {
      if (to == CK_TO_EXPONENTIALS)
        ck_exponential_quantiles(sink->b, words[i], draws[i]);
      else if (to == CK_TO_TRIANGULARS)
        ck_triangular_quantiles(&sink->triangle, words[i], draws[i]);
      else
        ck_log_quantiles(to == CK_TO_LOGISTICS, sink->b, words[i], draws[i]);
    }
    return;
  }
#pragma unroll
  for (int i = 0; i < 4 * CK_FLIGHT; i++) {
    ck_u32 word = words[i / 4][i % 4];
    ck_f32* draw = &draws[i / 4][i % 4];
    switch (to) {
      case CK_TO_WORDS:
        *draw = (ck_f32)word;
        break;
      case CK_TO_HALVES:
        draw[0] = (ck_f32)(word << 16);
        draw[4] = (ck_f32)word;
        break;
      case CK_TO_UNIFORMS: {
        // Open and symmetric: (2k + 1)·2^-24, exact.
        ck_f32 k = ck_to_float((ck_i32)(word >> 9));
        ck_f32 p = ck_fma(k, ck_splat(0x1p-23f), ck_splat(0x1p-24f));
        *draw = ck_fma(ck_splat(sink->b), p, ck_splat(sink->a));
        break;
      }
      case CK_TO_NORMALS:
      case CK_TO_LOG_NORMALS:
        *draw = ck_fma(ck_splat(sink->b), *draw, ck_splat(sink->a));
        break;
      default:
        break;  // quantiles
    }
  }
  if (to == CK_TO_LOG_NORMALS) {
#pragma unroll
    for (int i = 0; i < CK_FLIGHT; i++) ck_exp_each(4, draws[i]);
  }
}

// Copies 1…128 floats. (A call of memcpy costs as much as the draws.)
CK_INLINE void ck_copy(float* to, const float* from, size_t count) {
  if (count >= 16) {
    for (size_t i = 0; i + 16 <= count; i += 16) __builtin_memcpy(to + i, from + i, 64);
    __builtin_memcpy(to + count - 16, from + count - 16, 64);
  } else if (count >= 8) {
    __builtin_memcpy(to, from, 32);
    __builtin_memcpy(to + count - 8, from + count - 8, 32);
  } else if (count >= 4) {
    __builtin_memcpy(to, from, 16);
    __builtin_memcpy(to + count - 4, from + count - 4, 16);
  } else {
    for (size_t i = 0; i < count; i++) to[i] = from[i];
  }
}
