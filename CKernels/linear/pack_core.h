// Blocks of matrices moved into the layouts that the products read: copied or transposed. Exact: no arithmetic but the
// ascending sums of `ck_add_rows`.
//
// A block of CK_LANES × CK_LANES is transposed in registers. First the blocks of 4 × 4: pairs of rows are interleaved by
// ones, then by twos, which stays within 128 bits and is one instruction each. Then step s = 4, 8 exchanges the blocks of
// s × s that lie beside the diagonal of each block of 2s × 2s.

#if CK_LANES == 16
#define CK_LOW_1 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29
#define CK_HIGH_1 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31
#define CK_LOW_2 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29
#define CK_HIGH_2 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31
#define CK_FIRST_4 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27
#define CK_SECOND_4 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31
#define CK_FIRST_8 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23
#define CK_SECOND_8 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31
#elif CK_LANES == 8
#define CK_LOW_1 0, 8, 1, 9, 4, 12, 5, 13
#define CK_HIGH_1 2, 10, 3, 11, 6, 14, 7, 15
#define CK_LOW_2 0, 1, 8, 9, 4, 5, 12, 13
#define CK_HIGH_2 2, 3, 10, 11, 6, 7, 14, 15
#define CK_FIRST_4 0, 1, 2, 3, 8, 9, 10, 11
#define CK_SECOND_4 4, 5, 6, 7, 12, 13, 14, 15
#else
#define CK_LOW_1 0, 4, 1, 5
#define CK_HIGH_1 2, 6, 3, 7
#define CK_LOW_2 0, 1, 4, 5
#define CK_HIGH_2 2, 3, 6, 7
#endif

#define CK_EXCHANGE_STEP(r, s)                                            \
  for (int i = 0; i < CK_LANES; i++) {                                    \
    if (i & s) continue;                                                  \
    ck_f32 first = __builtin_shufflevector(r[i], r[i + s], CK_FIRST_##s); \
    r[i + s] = __builtin_shufflevector(r[i], r[i + s], CK_SECOND_##s);    \
    r[i] = first;                                                         \
  }

CK_INLINE void ck_transpose_registers(ck_f32 r[CK_LANES]) {
  for (int i = 0; i < CK_LANES; i += 4) {
    ck_f32 low01 = __builtin_shufflevector(r[i], r[i + 1], CK_LOW_1);
    ck_f32 high01 = __builtin_shufflevector(r[i], r[i + 1], CK_HIGH_1);
    ck_f32 low23 = __builtin_shufflevector(r[i + 2], r[i + 3], CK_LOW_1);
    ck_f32 high23 = __builtin_shufflevector(r[i + 2], r[i + 3], CK_HIGH_1);
    r[i] = __builtin_shufflevector(low01, low23, CK_LOW_2);
    r[i + 1] = __builtin_shufflevector(low01, low23, CK_HIGH_2);
    r[i + 2] = __builtin_shufflevector(high01, high23, CK_LOW_2);
    r[i + 3] = __builtin_shufflevector(high01, high23, CK_HIGH_2);
  }
#if CK_LANES >= 8
  CK_EXCHANGE_STEP(r, 4)
#endif
#if CK_LANES >= 16
  CK_EXCHANGE_STEP(r, 8)
#endif
}

// At the edge: fewer than CK_LANES rows or columns.
static __attribute__((noinline)) void ck_transpose_edge(size_t rows, size_t columns, const float* source,
                                                        size_t source_stride, float* destination,
                                                        size_t destination_stride, bool padded) {
  ck_f32 r[CK_LANES];
  for (size_t i = 0; i < CK_LANES; i++) {
    r[i] = i >= rows             ? ck_splat(0)
           : columns == CK_LANES ? ck_load(source + i * source_stride)
                                 : ck_load_some(source + i * source_stride, columns);
  }
  ck_transpose_registers(r);
  const bool whole = padded || rows == CK_LANES;
  for (size_t i = 0; i < columns; i++) {
    float* to = destination + i * destination_stride;
    if (whole) {
      ck_store(to, r[i]);
    } else {
      ck_store_some(to, r[i], rows);
    }
  }
}

static void ck_transpose_block(size_t rows, size_t columns, const float* source, size_t source_stride,
                               float* destination, size_t destination_stride, bool padded) {
  for (size_t row = 0; row < rows; row += CK_LANES) {
    const size_t high = rows - row < CK_LANES ? rows - row : CK_LANES;
    for (size_t column = 0; column < columns; column += CK_LANES) {
      const size_t wide = columns - column < CK_LANES ? columns - column : CK_LANES;
      const float* from = source + row * source_stride + column;
      float* to = destination + column * destination_stride + row;
      if (high < CK_LANES || wide < CK_LANES) {
        ck_transpose_edge(high, wide, from, source_stride, to, destination_stride, padded);
        continue;
      }
      ck_f32 r[CK_LANES];
      for (size_t i = 0; i < CK_LANES; i++) r[i] = ck_load(from + i * source_stride);
      ck_transpose_registers(r);
      for (size_t i = 0; i < CK_LANES; i++) ck_store(to + i * destination_stride, r[i]);
    }
  }
}

static void ck_copy_block(size_t rows, size_t columns, const float* source, size_t source_stride, float* destination,
                          size_t destination_stride) {
  const size_t whole = columns / CK_LANES * CK_LANES;
  for (size_t row = 0; row < rows; row++) {
    const float* from = source + row * source_stride;
    float* to = destination + row * destination_stride;
    for (size_t column = 0; column < whole; column += CK_LANES) ck_store(to + column, ck_load(from + column));
    if (whole < columns) ck_store(to + whole, ck_load_some(from + whole, columns - whole));
  }
}

// Four vectors of columns at a time, so that their chains overlap.
static void ck_add_rows(size_t rows, size_t columns, const float* source, size_t source_stride, float* sums) {
  size_t column = 0;
  for (; column + 4 * CK_LANES <= columns; column += 4 * CK_LANES) {
    ck_f32 sum[4];
    for (int v = 0; v < 4; v++) sum[v] = ck_load(sums + column + v * CK_LANES);
    for (size_t row = 0; row < rows; row++) {
      const float* from = source + row * source_stride + column;
      for (int v = 0; v < 4; v++) sum[v] += ck_load(from + v * CK_LANES);
    }
    for (int v = 0; v < 4; v++) ck_store(sums + column + v * CK_LANES, sum[v]);
  }
  for (; column < columns; column += CK_LANES) {
    const size_t wide = columns - column < CK_LANES ? columns - column : CK_LANES;
    ck_f32 sum = wide == CK_LANES ? ck_load(sums + column) : ck_load_some(sums + column, wide);
    for (size_t row = 0; row < rows; row++) {
      const float* from = source + row * source_stride + column;
      sum += wide == CK_LANES ? ck_load(from) : ck_load_some(from, wide);
    }
    if (wide == CK_LANES) {
      ck_store(sums + column, sum);
    } else {
      ck_store_some(sums + column, sum, wide);
    }
  }
}

static size_t ck_panel_stride(size_t columns) { return (columns + CK_LANES - 1) / CK_LANES * CK_LANES; }
