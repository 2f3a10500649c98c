// Products over a short k: outer products, and the gradients of few rows or few outputs. Storing c is most of their work, so
// that c is walked along its rows, two at a time; a is read where it lies, in either order. Each element of c is one chain of
// fused multiply-adds in ascending k, as in the tiles.

CK_INLINE void ck_shallow_vectors(const int rows, const int depth, const int vectors, const ck_shallow_operands* t,
                                  ck_f32 x[2][CK_MOST_SHALLOW], size_t column, size_t last) {
  ck_f32 sums[2][2];
  const bool whole = last == CK_LANES;
  for (int r = 0; r < rows; r++) {
    for (int v = 0; v < vectors; v++) {
      sums[r][v] = ck_splat(0);
      if (!t->start) continue;
      const float* start = t->start + (size_t)r * t->start_stride + column + v * CK_LANES;
      sums[r][v] = whole ? ck_load(start) : ck_load_some(start, last);
    }
  }
  for (int k = 0; k < depth; k++) {
    for (int v = 0; v < vectors; v++) {
      const float* row = t->b + (size_t)k * t->b_stride + column + v * CK_LANES;
      const ck_f32 b = whole ? ck_load(row) : ck_load_some(row, last);
      for (int r = 0; r < rows; r++) sums[r][v] = ck_fma(x[r][k], b, sums[r][v]);
    }
  }
  for (int r = 0; r < rows; r++) {
    for (int v = 0; v < vectors; v++) {
      float* c = t->c + (size_t)r * t->c_stride + column + v * CK_LANES;
      if (whole) {
        ck_store(c, sums[r][v]);
      } else {
        ck_store_some(c, sums[r][v], last);
      }
    }
  }
}

CK_INLINE void ck_shallow_rows(const int rows, const int depth, const ck_shallow_operands* t) {
  ck_f32 x[2][CK_MOST_SHALLOW];
  for (int r = 0; r < rows; r++) {
    for (int k = 0; k < depth; k++) {
      x[r][k] = ck_splat(t->a[(size_t)r * t->a_row_stride + (size_t)k * t->a_depth_stride]);
    }
  }
  size_t column = 0;
  for (; column + 2 * CK_LANES <= t->columns; column += 2 * CK_LANES) {
    ck_shallow_vectors(rows, depth, 2, t, x, column, CK_LANES);
  }
  if (column + CK_LANES <= t->columns) {
    ck_shallow_vectors(rows, depth, 1, t, x, column, CK_LANES);
    column += CK_LANES;
  }
  if (column < t->columns) ck_shallow_vectors(rows, depth, 1, t, x, column, t->columns - column);
}

#define CK_SHALLOW(depth)                                                                        \
  static __attribute__((noinline)) void ck_shallow_##depth(const ck_shallow_operands* product) { \
    ck_shallow_operands t = *product;                                                            \
    for (size_t row = 0; row < product->rows; row += 2) {                                        \
      t.a = product->a + row * t.a_row_stride, t.c = product->c + row * t.c_stride;              \
      if (t.start) t.start = product->start + row * t.start_stride;                              \
      if (product->rows - row >= 2) {                                                            \
        ck_shallow_rows(2, depth, &t);                                                           \
      } else {                                                                                   \
        ck_shallow_rows(1, depth, &t);                                                           \
      }                                                                                          \
    }                                                                                            \
  }

#define CK_SHALLOW_FOUR(a, b, c, d) CK_SHALLOW(a) CK_SHALLOW(b) CK_SHALLOW(c) CK_SHALLOW(d)

CK_SHALLOW_FOUR(1, 2, 3, 4)
CK_SHALLOW_FOUR(5, 6, 7, 8)
CK_SHALLOW_FOUR(9, 10, 11, 12)
CK_SHALLOW_FOUR(13, 14, 15, 16)

static void (*const ck_shallow[CK_MOST_SHALLOW])(const ck_shallow_operands*) = {
    ck_shallow_1,  ck_shallow_2,  ck_shallow_3,  ck_shallow_4,  ck_shallow_5,  ck_shallow_6,
    ck_shallow_7,  ck_shallow_8,  ck_shallow_9,  ck_shallow_10, ck_shallow_11, ck_shallow_12,
    ck_shallow_13, ck_shallow_14, ck_shallow_15, ck_shallow_16,
};

static void ck_multiply_shallow(size_t depth, const ck_shallow_operands* t) { ck_shallow[depth - 1](t); }
