// Products of few rows by a right operand that lies transposed, [columns, depth]. It is read where it lies and once, a
// block of CK_LANES × CK_LANES turned in registers at a time: packing it would cost more than the product. Each element
// of c is one chain of fused multiply-adds in ascending k, as in the tiles.

// Measured: at 16 lanes chains of several groups of CK_LANES columns must overlap, and rows of b be asked for in advance; at
// 8 a group alone is as fast, or faster where its rows fall in one set of the cache.
#if CK_LANES == 16
#define CK_FEW_ROWS 3
#else
#define CK_FEW_ROWS 6
#endif

enum { CK_FEW_AHEAD = CK_LANES == 16 ? 32 : 0 };  // floats of a row of b
CK_INLINE int ck_few_groups(int rows) {
  return CK_LANES == 16 ? (rows == 1 ? 4 : rows == 2 ? 2 : 1) : (rows == 1 ? 2 : 1);
}

typedef struct ck_few_operands {
  size_t columns, depth;  // columns: the groups', or at the edge fewer than CK_LANES
  const float *a, *b, *start;
  float* c;
  size_t a_stride, b_stride, start_stride, c_stride;
} ck_few_operands;

// The multiply-adds of `count` steps of k for one group, whose rows of b begin at `b`. Beyond the last of `columns` its
// row is read again, and nothing stored.
CK_INLINE void ck_few_block(const int rows, size_t columns, size_t count, const float* b, size_t b_stride,
                            const float* a, size_t a_stride, ck_f32 sums[CK_FEW_ROWS]) {
  ck_f32 block[CK_LANES];
  for (size_t i = 0; i < CK_LANES; i++) {
    const float* row = b + (i < columns ? i : columns - 1) * b_stride;
    block[i] = count == CK_LANES ? ck_load(row) : ck_load_some(row, count);
  }
  ck_transpose_registers(block);
  for (size_t k = 0; k < CK_LANES; k++) {
    if (k == count) break;
    for (int r = 0; r < rows; r++) sums[r] = ck_fma(ck_splat(a[(size_t)r * a_stride + k]), block[k], sums[r]);
  }
}

// `edge`: less than one group.
CK_INLINE void ck_few_columns(const int rows, const int groups, const bool edge, const ck_few_operands* t) {
  enum { LINE = 16 };  // floats of a cache line: read whole before the next group's
  const size_t columns = edge ? t->columns : CK_LANES, depth = t->depth, b_stride = t->b_stride, a_stride = t->a_stride;
  const float *a = t->a, *b = t->b;
  ck_f32 sums[4][CK_FEW_ROWS];
  for (int g = 0; g < groups; g++) {
    for (int r = 0; r < rows; r++) {
      const float* start = t->start + (size_t)r * t->start_stride + g * CK_LANES;
      sums[g][r] = edge ? ck_load_some(start, columns) : ck_load(start);
    }
  }
  size_t k = 0;
  for (; k + LINE <= depth; k += LINE) {
    for (int g = 0; g < groups; g++) {
      const float* lines = b + (size_t)g * CK_LANES * b_stride + k;
      for (size_t i = 0; CK_FEW_AHEAD > 0 && i < columns; i++)
        __builtin_prefetch((const void*)((uintptr_t)(lines + i * b_stride) + CK_FEW_AHEAD * sizeof(float)));
      for (size_t part = 0; part < LINE; part += CK_LANES) {
        ck_few_block(rows, columns, CK_LANES, lines + part, b_stride, a + k + part, a_stride, sums[g]);
      }
    }
  }
  for (; k + CK_LANES <= depth; k += CK_LANES) {
    for (int g = 0; g < groups; g++) {
      ck_few_block(rows, columns, CK_LANES, b + (size_t)g * CK_LANES * b_stride + k, b_stride, a + k, a_stride,
                   sums[g]);
    }
  }
  for (int g = 0; k < depth && g < groups; g++) {
    ck_few_block(rows, columns, depth - k, b + (size_t)g * CK_LANES * b_stride + k, b_stride, a + k, a_stride, sums[g]);
  }
  for (int g = 0; g < groups; g++) {
    for (int r = 0; r < rows; r++) {
      float* c = t->c + (size_t)r * t->c_stride + g * CK_LANES;
      if (edge) {
        ck_store_some(c, sums[g][r], columns);
      } else {
        ck_store(c, sums[g][r]);
      }
    }
  }
}

// Three functions a count of rows: for as many groups as it takes at a time, for one, and for the edge.
#define CK_FEW(rows)                                                                     \
  static __attribute__((noinline)) void ck_few_groups_##rows(const ck_few_operands* t) { \
    ck_few_columns(rows, ck_few_groups(rows), false, t);                                 \
  }                                                                                      \
  static __attribute__((noinline)) void ck_few_group_##rows(const ck_few_operands* t) {  \
    ck_few_columns(rows, 1, false, t);                                                   \
  }                                                                                      \
  static __attribute__((noinline)) void ck_few_edge_##rows(const ck_few_operands* t) {   \
    ck_few_columns(rows, 1, true, t);                                                    \
  }
#define CK_FEW_FUNCTIONS(rows) {ck_few_edge_##rows, ck_few_group_##rows, ck_few_groups_##rows}

CK_FEW(1)
CK_FEW(2)
CK_FEW(3)
#if CK_FEW_ROWS == 6
CK_FEW(4)
CK_FEW(5)
CK_FEW(6)
#endif

static void (*const ck_few[CK_FEW_ROWS][3])(const ck_few_operands*) = {
    CK_FEW_FUNCTIONS(1), CK_FEW_FUNCTIONS(2), CK_FEW_FUNCTIONS(3),
#if CK_FEW_ROWS == 6
    CK_FEW_FUNCTIONS(4), CK_FEW_FUNCTIONS(5), CK_FEW_FUNCTIONS(6),
#endif
};

static void ck_multiply_few(size_t rows, size_t columns, size_t depth, const float* a, size_t a_stride, const float* b,
                            size_t b_stride, const float* start, size_t start_stride, float* c, size_t c_stride) {
  const size_t most = (size_t)ck_few_groups((int)rows);
  ck_few_operands t = {0, depth, a, b, start, c, a_stride, b_stride, start_stride, c_stride};
  for (size_t column = 0; column < columns; column += t.columns) {
    const size_t left = (columns - column) / CK_LANES;
    t.columns = left >= most ? most * CK_LANES : left > 0 ? CK_LANES : columns - column;
    t.b = b + column * b_stride, t.c = c + column, t.start = start + column;
    ck_few[rows - 1][left >= most ? 2 : left > 0](&t);
  }
}
