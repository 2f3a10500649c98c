// What is done to weights beside their updates: rows held to a norm, averages, a step aside and back.

// The sum of squares as in elementwise/reductions_core.h: in double, sixteen chains and a tree.
static void ck_limit_row_norms_part(size_t rows, size_t columns, double limit, float* weight) {
  for (size_t row = 0; row < rows; row++, weight += columns) {
    const double norm = __builtin_sqrt(ck_sum_in_double(columns, weight, true));
    // A row that is not finite is left as it is.
    if (!(norm > limit && norm < __builtin_inf())) continue;
    const ck_f32 factor = ck_splat((float)(limit / norm));
    size_t i = 0;
    for (; i + CK_LANES <= columns; i += CK_LANES) ck_store(weight + i, ck_load(weight + i) * factor);
    if (i < columns) ck_store_some(weight + i, ck_load_some(weight + i, columns - i) * factor, columns - i);
  }
}

static void ck_move_towards_part(const ck_move* by, size_t count, const float* x, float* average) {
  const ck_move move = *by;
  size_t i = 0;
  for (; i + CK_LANES <= count; i += CK_LANES)
    ck_store(average + i, ck_moved(move, ck_load(average + i), ck_load(x + i)));
  const size_t rest = count - i;
  if (rest == 0) return;
  ck_store_some(average + i, ck_moved(move, ck_load_some(average + i, rest), ck_load_some(x + i, rest)), rest);
}

static void ck_perturb_part(float factor, size_t count, const float* weight, const float* gradient, float* out) {
  size_t i = 0;
  for (; i + CK_LANES <= count; i += CK_LANES)
    ck_store(out + i, ck_fma(ck_splat(factor), ck_load(gradient + i), ck_load(weight + i)));
  const size_t rest = count - i;
  if (rest == 0) return;
  ck_f32 last = ck_fma(ck_splat(factor), ck_load_some(gradient + i, rest), ck_load_some(weight + i, rest));
  ck_store_some(out + i, last, rest);
}
