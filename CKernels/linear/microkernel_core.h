// A tile of up to 6 rows by a panel of up to CK_TILE_VECTORS vectors, held in registers: 24 accumulators where there
// are 32 registers, 12 where there are 16. Of fewer rows tiles are wider there, or their chains would wait for each
// other. The left operand is read where it lies, row-major, one element at a time broadcast; the right one is a panel:
// `depth` rows of whole vectors. Each element of c is one chain of fused multiply-adds in ascending k from its start;
// vectors run over columns and never over k, so neither the tile nor the width shows in the bits. At the right edge the
// last vector of c and of the start is loaded and stored in part.

#define CK_TILE_ROWS 6
#if CK_LANES == 16 || defined(__aarch64__)
#define CK_TILE_VECTORS 4
#define CK_WIDEST_TILE 4
#else
#define CK_TILE_VECTORS 2
#define CK_WIDEST_TILE 8  // of a single row, four of two or three
#endif
#define CK_PANEL_COLUMNS (CK_TILE_VECTORS * CK_LANES)

typedef struct ck_tile_operands {
  size_t depth;
  const float* a;
  size_t a_stride;
  const float* panel;
  size_t panel_stride;
  const float* start;
  size_t start_stride;
  float* c;
  size_t c_stride;
  size_t last;  // columns in the last vector, 1…CK_LANES
} ck_tile_operands;

CK_INLINE void ck_multiply_tile(const int rows, const int vectors, const size_t panel_stride,
                                const ck_tile_operands* t) {
  const size_t depth = t->depth, a_stride = t->a_stride, last = t->last;
  const float *a = t->a, *panel = t->panel;
  ck_f32 sums[CK_TILE_ROWS][CK_WIDEST_TILE];
  for (int r = 0; r < rows; r++) {
    const float* start = t->start + (size_t)r * t->start_stride;
    for (int v = 0; v < vectors - 1; v++) sums[r][v] = ck_load(start + v * CK_LANES);
    start += (vectors - 1) * CK_LANES;
    sums[r][vectors - 1] = last == CK_LANES ? ck_load(start) : ck_load_some(start, last);
  }
#pragma clang loop unroll_count(4)
  for (size_t k = 0; k < depth; k++) {
    ck_f32 b[CK_WIDEST_TILE];
    for (int v = 0; v < vectors; v++) b[v] = ck_load(panel + v * CK_LANES);
    panel += panel_stride;
    for (int r = 0; r < rows; r++) {
      ck_f32 x = ck_splat(a[(size_t)r * a_stride + k]);
      for (int v = 0; v < vectors; v++) sums[r][v] = ck_fma(x, b[v], sums[r][v]);
    }
  }
  for (int r = 0; r < rows; r++) {
    float* c = t->c + (size_t)r * t->c_stride;
    for (int v = 0; v < vectors - 1; v++) ck_store(c + v * CK_LANES, sums[r][v]);
    c += (vectors - 1) * CK_LANES;
    if (last == CK_LANES) {
      ck_store(c, sums[r][vectors - 1]);
    } else {
      ck_store_some(c, sums[r][vectors - 1], last);
    }
  }
}

// One function a count of rows and of vectors. Where the panel is packed its stride is a constant: fewer instructions.
#define CK_TILE(rows, vectors)                                                                  \
  static __attribute__((noinline)) void ck_tile_##rows##_##vectors(const ck_tile_operands* t) { \
    if (t->panel_stride == vectors * CK_LANES) {                                                \
      ck_multiply_tile(rows, vectors, vectors * CK_LANES, t);                                   \
    } else {                                                                                    \
      ck_multiply_tile(rows, vectors, t->panel_stride, t);                                      \
    }                                                                                           \
  }
#define CK_TILES(vectors) \
  CK_TILE(1, vectors)     \
  CK_TILE(2, vectors) CK_TILE(3, vectors) CK_TILE(4, vectors) CK_TILE(5, vectors) CK_TILE(6, vectors)
#define CK_TILE_ROW(vectors)                                      \
  {ck_tile_1_##vectors, ck_tile_2_##vectors, ck_tile_3_##vectors, \
   ck_tile_4_##vectors, ck_tile_5_##vectors, ck_tile_6_##vectors}

CK_TILES(1)
CK_TILES(2)
#if CK_TILE_VECTORS == 4
CK_TILES(3)
CK_TILES(4)
#else
CK_TILE(1, 3)
CK_TILE(2, 3)
CK_TILE(3, 3)
CK_TILE(1, 4)
CK_TILE(2, 4)
CK_TILE(3, 4)
CK_TILE(1, 5)
CK_TILE(1, 6)
CK_TILE(1, 7)
CK_TILE(1, 8)
#endif

static void (*const ck_tiles[CK_WIDEST_TILE][CK_TILE_ROWS])(const ck_tile_operands*) = {
    CK_TILE_ROW(1),
    CK_TILE_ROW(2),
#if CK_TILE_VECTORS == 4
    CK_TILE_ROW(3),
    CK_TILE_ROW(4),
#else
    {ck_tile_1_3, ck_tile_2_3, ck_tile_3_3},
    {ck_tile_1_4, ck_tile_2_4, ck_tile_3_4},
    {ck_tile_1_5},
    {ck_tile_1_6},
    {ck_tile_1_7},
    {ck_tile_1_8},
#endif
};

// The vectors of the widest tile of as many rows.
CK_INLINE size_t ck_tile_vectors(size_t rows) {
  return CK_TILE_VECTORS == CK_WIDEST_TILE || rows > CK_WIDE_ROWS ? CK_TILE_VECTORS : rows == 1 ? 8 : 4;
}

// Rows are shared evenly among the tiles: 32 are 6, 5, 5, 6, 5, 5, not five of 6 and one of 2.
static void ck_multiply_rows(size_t rows, size_t columns, size_t depth, const float* a, size_t a_stride,
                             const float* panel, size_t panel_stride, const float* start, size_t start_stride, float* c,
                             size_t c_stride) {
  const size_t vectors = (columns + CK_LANES - 1) / CK_LANES, tiles = (rows + CK_TILE_ROWS - 1) / CK_TILE_ROWS;
  ck_tile_operands t = {
      .depth = depth,
      .a_stride = a_stride,
      .panel = panel,
      .panel_stride = panel_stride,
      .start_stride = start_stride,
      .c_stride = c_stride,
      .last = columns - (vectors - 1) * CK_LANES,
  };
  for (size_t tile = 0, row = 0; tile < tiles; tile++) {
    const size_t end = rows * (tile + 1) / tiles;
    for (size_t next = end; start == c && next < rows && next < end + CK_TILE_ROWS; next++) {
      for (size_t v = 0; v < vectors; v++) __builtin_prefetch(c + next * c_stride + v * CK_LANES, 1);
    }
    t.a = a + row * a_stride;
    t.start = start + row * start_stride;
    t.c = c + row * c_stride;
    ck_tiles[vectors - 1][end - row - 1](&t);
    row = end;
  }
}

static void ck_multiply_panel(size_t rows, size_t columns, size_t depth, const float* a, size_t a_stride,
                              const float* panel, size_t panel_stride, const float* start, size_t start_stride,
                              float* c, size_t c_stride) {
  const size_t width = ck_tile_vectors(rows) * CK_LANES;
  for (size_t column = 0, wide; column < columns; column += wide) {
    wide = columns - column < width ? columns - column : width;
    ck_multiply_rows(rows, wide, depth, a, a_stride, panel + column, panel_stride, start + column, start_stride,
                     c + column, c_stride);
  }
}
