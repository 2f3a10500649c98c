// The gradient of a rule's scales: the draws made again, times the gradient of what they were added to.

// The draws of a piece of a block to scratch.
static void ck_draws_of_piece(const ck_rule* rule, int32_t worker, const ck_noise_block* block, const ck_piece* piece,
                              float* draws) {
  const ck_rule_task task = {.rule = rule,
                             .worker = worker,
                             .address = {.key = rule->key,
                                         .step = rule->step,
                                         .row = block->row + (uint32_t)piece->row,
                                         .column = block->column + (uint32_t)piece->column,
                                         .width = block->width},
                             .rows = piece->rows,
                             .columns = piece->columns};
  ck_draw_piece(&task, &rule->draw, draws);
}

static void ck_noise_scale_gradient_columns(const ck_rule* rule, int32_t worker, const ck_noise_block* block,
                                            const float* dy, size_t dy_stride, const float* slopes, float* gradient) {
  float draws[CK_NOISE_TILE + CK_LANES];
  for (ck_piece piece = {0}; ck_next_piece(block, &piece);) {
    ck_draws_of_piece(rule, worker, block, &piece, draws);
    const float* from = dy + piece.row * dy_stride + piece.column;
    const float* slope = slopes + piece.column;
    float* sums = gradient + piece.column;
    for (size_t c = 0; c < piece.columns; c += CK_LANES) {
      const size_t rest = piece.columns - c;
      const bool whole = rest >= CK_LANES;
      const ck_f32 slopes_here = whole ? ck_load(slope + c) : ck_load_some(slope + c, rest);
      ck_f32 chain = whole ? ck_load(sums + c) : ck_load_some(sums + c, rest);
      for (size_t r = 0; r < piece.rows; r++) {
        const float* place = from + r * dy_stride + c;
        const ck_f32 step = whole ? ck_load(place) : ck_load_some(place, rest);
        chain = ck_fma(step, ck_load(draws + r * piece.columns + c) * slopes_here, chain);
      }
      if (whole)
        ck_store(sums + c, chain);
      else
        ck_store_some(sums + c, chain, rest);
    }
  }
}

// Sixteen chains of products in double, where each is exact.
CK_INLINE void ck_add_products(size_t count, const float* a, const float* b,
                               ck_f64_chains chains[2 * CK_CHAIN_VECTORS]) {
  for (size_t i = 0; i < count; i += CK_CHAINS) {
    ck_f32 x[CK_CHAIN_VECTORS], y[CK_CHAIN_VECTORS];
    ck_load_sixteen(a + i, count - i, 0.0f, x);
    ck_load_sixteen(b + i, count - i, 0.0f, y);
    for (int v = 0; v < CK_CHAIN_VECTORS; v++) {
      chains[2 * v] +=
          __builtin_convertvector(x[v].lo, ck_f64_chains) * __builtin_convertvector(y[v].lo, ck_f64_chains);
      chains[2 * v + 1] +=
          __builtin_convertvector(x[v].hi, ck_f64_chains) * __builtin_convertvector(y[v].hi, ck_f64_chains);
    }
  }
}

static void ck_noise_scale_gradient_rows(const ck_rule* rule, int32_t worker, const ck_noise_block* block,
                                         const float* dy, size_t dy_stride, float slope, float* sums) {
  // A piece has whole rows, or parts of two at most, which begin at multiples of sixteen columns.
  enum { PARTED = 2 };
  float draws[CK_NOISE_TILE + CK_LANES];
  ck_f64_chains chains[PARTED][2 * CK_CHAIN_VECTORS];
  for (ck_piece piece = {0}; ck_next_piece(block, &piece);) {
    ck_draws_of_piece(rule, worker, block, &piece, draws);
    const bool last = piece.column + piece.columns == block->columns;
    for (size_t r = 0; r < piece.rows; r++) {
      ck_f64_chains* chain = chains[piece.columns == block->columns ? 0 : r];
      if (piece.column == 0) {
        for (int v = 0; v < 2 * CK_CHAIN_VECTORS; v++) chain[v] = (ck_f64_chains)(0.0);
      }
      ck_add_products(piece.columns, dy + (piece.row + r) * dy_stride + piece.column, draws + r * piece.columns, chain);
      if (last) sums[piece.row + r] = (float)(ck_tree_sum_in_double(chain) * slope);
    }
  }
}
