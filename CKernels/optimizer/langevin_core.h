// Langevin dynamics: a step down the gradient and a draw of noise, in one pass. A block is treated piece by piece (see
// noise/fill_core.h); a piece's draws lie in a scratch that stays in the first-level cache.

CK_INLINE void ck_langevin_at(const ck_langevin_factors* f, size_t i, size_t left, float* weight, const float* gradient,
                              float* square, const float* draws) {
  ck_f32 w = ck_load_up_to(weight + i, left), g = ck_load_up_to(gradient + i, left);
  ck_f32 step = ck_splat(f->step), deviation = ck_splat(f->noise);
  if (square) {
    ck_f32 v = ck_fma(ck_splat(f->rest) * g, g, ck_splat(f->keep) * ck_load_up_to(square + i, left));
    ck_store_up_to(square + i, v, left);
    ck_f32 preconditioner = ck_splat(1) / (ck_sqrt(v) + ck_splat(f->epsilon));
    step *= preconditioner;
    deviation = ck_sqrt(deviation * preconditioner);
  }
  if (f->decay != 0) g = ck_fma(ck_splat(f->decay), w, g);
  w = ck_fma(-step, g, w);
  if (draws) w = ck_fma(deviation, ck_load_up_to(draws + i, left), w);
  ck_store_up_to(weight + i, w, left);
}

static void ck_langevin_run(const ck_langevin_factors* f, size_t count, float* weight, const float* gradient,
                            float* square, const float* draws) {
  size_t i = 0;
  for (; i + CK_LANES <= count; i += CK_LANES) ck_langevin_at(f, i, CK_LANES, weight, gradient, square, draws);
  if (i < count) ck_langevin_at(f, i, count - i, weight, gradient, square, draws);
}

static void ck_langevin_part(const ck_langevin_factors* factors, const ck_address* address, size_t rows, size_t columns,
                             size_t stride, float* weight, const float* gradient, float* square) {
  const ck_langevin_factors f = *factors;
  const ck_draw draw = {.distribution = CK_GAUSSIAN, .a = 0, .b = 1};
  float draws[CK_NOISE_TILE + CK_LANES];
  const ck_noise_block block = {address->row, address->column, address->width, rows, columns};
  for (ck_piece piece = {0}; ck_next_piece(&block, &piece);) {
    if (f.noise != 0) {
      ck_address place = *address;
      place.row += (uint32_t)piece.row, place.column += (uint32_t)piece.column;
      ck_noise_fill(&draw, 0, &place, piece.rows, piece.columns, draws, piece.columns);
    }
    // Rows that follow each other without a gap are one run.
    const bool whole = piece.columns == stride;
    const size_t runs = whole ? 1 : piece.rows, count = whole ? piece.rows * piece.columns : piece.columns;
    for (size_t run = 0; run < runs; run++) {
      const size_t start = (piece.row + run) * stride + piece.column;
      ck_langevin_run(&f, count, weight + start, gradient + start, square ? square + start : NULL,
                      f.noise != 0 ? draws + run * count : NULL);
    }
  }
}
