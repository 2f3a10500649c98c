// Products of few rows by a right operand that lies transposed, [columns, depth]. It is read where it lies and once, a
// block of CK_LANES × CK_LANES turned in registers at a time: packing it would cost more than the product. Each element
// of c is one chain of fused multiply-adds in ascending k, as in the tiles.

enum {
  CK_FEW_GROUPS = 4,  // of CK_LANES columns, for one row: their chains overlap
  CK_FEW_AHEAD = 32,  // floats of a row of b, asked for in advance
};

typedef struct ck_few_operands {
  size_t columns, depth;       // columns: the groups', or at the edge fewer than CK_LANES
  const float *a, *b, *start;  // start NULL: 0
  float* c;
  size_t a_stride, b_stride, start_stride, c_stride;
} ck_few_operands;

// The multiply-adds of `count` steps of k for one group, whose rows of b begin at `b`. Beyond the last of `columns` its
// row is read again, and nothing stored.
CK_INLINE void ck_few_block(const int rows, size_t columns, size_t count, const float* b, size_t b_stride,
                            const float* a, size_t a_stride, ck_f32 sums[CK_FEW_LIMIT]) {
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
  const size_t columns = edge ? t->columns : CK_LANES, depth = t->depth, b_stride = t->b_stride;
  const float* b[CK_FEW_GROUPS];
  ck_f32 sums[CK_FEW_GROUPS][CK_FEW_LIMIT];
  for (int g = 0; g < groups; g++) {
    b[g] = t->b + (size_t)g * CK_LANES * b_stride;
    for (int r = 0; r < rows; r++) {
      const float* start = t->start ? t->start + (size_t)r * t->start_stride + g * CK_LANES : NULL;
      sums[g][r] = !start ? ck_splat(0) : edge ? ck_load_some(start, columns) : ck_load(start);
    }
  }
  size_t k = 0;
  for (; k + 16 <= depth; k += 16) {
    for (int g = 0; g < groups; g++) {
      for (size_t i = 0; i < columns; i++) __builtin_prefetch(b[g] + i * b_stride + k + CK_FEW_AHEAD);
      for (size_t part = k; part < k + 16; part += CK_LANES) {
        ck_few_block(rows, columns, CK_LANES, b[g] + part, b_stride, t->a + part, t->a_stride, sums[g]);
      }
    }
  }
  for (; k < depth; k += CK_LANES) {
    const size_t count = depth - k < CK_LANES ? depth - k : CK_LANES;
    for (int g = 0; g < groups; g++)
      ck_few_block(rows, columns, count, b[g] + k, b_stride, t->a + k, t->a_stride, sums[g]);
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

// One function a count of rows and of groups; 0 groups are the edge.
#define CK_FEW(rows, groups)                                                                 \
  static __attribute__((noinline)) void ck_few_##rows##_##groups(const ck_few_operands* t) { \
    ck_few_columns(rows, groups == 0 ? 1 : groups, groups == 0, t);                          \
  }
CK_FEW(1, 0)
CK_FEW(1, 1)
CK_FEW(1, 2)
CK_FEW(1, 4)
CK_FEW(2, 0)
CK_FEW(2, 1)
CK_FEW(2, 2)
CK_FEW(3, 0)
CK_FEW(3, 1)

static void ck_multiply_few(size_t rows, size_t columns, size_t depth, const float* a, size_t a_stride, const float* b,
                            size_t b_stride, const float* start, size_t start_stride, float* c, size_t c_stride) {
  static void (*const functions[CK_FEW_LIMIT][4])(const ck_few_operands*) = {
      {ck_few_1_0, ck_few_1_1, ck_few_1_2, ck_few_1_4},
      {ck_few_2_0, ck_few_2_1, ck_few_2_2, ck_few_2_2},
      {ck_few_3_0, ck_few_3_1, ck_few_3_1, ck_few_3_1}};
  static const size_t groups[CK_FEW_LIMIT][4] = {{0, 1, 2, 4}, {0, 1, 2, 2}, {0, 1, 1, 1}};
  ck_few_operands t = {0, depth, a, b, start, c, a_stride, b_stride, start_stride, c_stride};
  for (size_t column = 0; column < columns; column += t.columns) {
    const size_t left = (columns - column) / CK_LANES, choice = left >= 4 ? 3 : left >= 2 ? 2 : left;
    t.columns = choice == 0 ? columns - column : groups[rows - 1][choice] * CK_LANES;
    t.b = b + column * b_stride, t.c = c + column;
    if (start) t.start = start + column;
    functions[rows - 1][choice](&t);
  }
}
