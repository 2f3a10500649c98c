// Softmax and its cross-entropy, a row at a time: e[c] = exp(x[c] - greatest), summed in the order of ck_row_sums. The
// rows are kept in the output while they are worked on, so that x and the output may be the same memory.
// A NaN or +inf in a row makes all of it NaN; -inf has probability 0, unless the whole row is -inf, which gives NaN.

// The greatest of a row, or NaN if it holds one.
CK_INLINE float ck_greatest(size_t columns, const float* x) {
  ck_i32 best = ck_splat_i(INT32_MIN);
  for (size_t c = 0; c < columns; c += CK_LANES) {
    size_t left = columns - c;
    ck_i32 order = ck_order(left < CK_LANES ? ck_load_some(x + c, left) : ck_load(x + c));
    if (left < CK_LANES) order = ck_select_i(ck_lane_numbers() < ck_splat_i((int32_t)left), order, best);
    best = ck_select_i(order > best, order, best);
  }
  int32_t order = __builtin_reduce_max(best);
  ck_i32 bits = ck_splat_i(order) ^ ((ck_splat_i(order) >> 31) & ck_splat_i(0x7fffffff));
  return ck_from_bits(bits)[0];
}

// e[c] into `out` unless it is NULL; returns their sum.
CK_INLINE float ck_exponentials(size_t columns, const float* x, float greatest, float* out) {
  ck_f32 shift = ck_splat(greatest), chains[CK_CHAIN_VECTORS];
  for (int v = 0; v < CK_CHAIN_VECTORS; v++) chains[v] = ck_splat(0.0f);
  for (size_t c = 0; c < columns; c += CK_CHAINS) {
    size_t left = columns - c;
    ck_f32 next[CK_CHAIN_VECTORS];
    ck_load_sixteen(x + c, left, -__builtin_inff(), next);
    float lanes[CK_CHAINS], *into = out && left >= CK_CHAINS ? out + c : lanes;
    for (int v = 0; v < CK_CHAIN_VECTORS; v++) {
      ck_f32 e = ck_exp_v(next[v] - shift);
      chains[v] += e;
      ck_store(into + v * CK_LANES, e);
    }
    if (out && left < CK_CHAINS) __builtin_memcpy(out + c, lanes, left * sizeof(float));
  }
  return ck_tree_sum(chains);
}

// y[c] = e[c]/sum·scale, in place.
CK_INLINE void ck_normalise(size_t columns, float sum, float scale, float* e) {
  size_t c = 0;
  for (; c + CK_LANES <= columns; c += CK_LANES) {
    ck_store(e + c, ck_quiet(ck_load(e + c) / ck_splat(sum) * ck_splat(scale)));
  }
  if (c == columns) return;
  ck_f32 last = ck_load_some(e + c, columns - c) / ck_splat(sum) * ck_splat(scale);
  ck_store_some(e + c, ck_quiet(last), columns - c);
}

static void ck_softmax_part(size_t rows, size_t columns, const float* x, float* y) {
  for (size_t row = 0; row < rows; row++, x += columns, y += columns) {
    float sum = ck_exponentials(columns, x, ck_greatest(columns, x), y);
    ck_normalise(columns, sum, 1.0f, y);
  }
}

static void ck_cross_entropy_part(size_t rows, size_t columns, const float* logits, const ptrdiff_t* labels,
                                  float scale, float* losses, float* gradient) {
  for (size_t row = 0; row < rows; row++, logits += columns) {
    ptrdiff_t label = labels[row];
    float greatest = ck_greatest(columns, logits), own = logits[label] - greatest;
    float sum = ck_exponentials(columns, logits, greatest, gradient);
    float loss = ck_log_v(ck_splat(sum))[0] - own;
    losses[row] = loss == loss ? loss : ck_nan()[0];
    if (!gradient) continue;
    float probability = gradient[label] / sum;
    ck_normalise(columns, sum, scale, gradient);
    gradient[label] = ck_quiet(ck_splat((probability - 1.0f) * scale))[0];
    gradient += columns;
  }
}

static void ck_softmax_gradient_part(size_t rows, size_t columns, const float* y, const float* dy, float* dx) {
  for (size_t row = 0; row < rows; row++, y += columns, dy += columns, dx += columns) {
    ck_f32 chains[CK_CHAIN_VECTORS], output[CK_CHAIN_VECTORS], gradient[CK_CHAIN_VECTORS];
    for (int v = 0; v < CK_CHAIN_VECTORS; v++) chains[v] = ck_splat(0.0f);
    for (size_t c = 0; c < columns; c += CK_CHAINS) {
      ck_load_sixteen(y + c, columns - c, 0.0f, output);
      ck_load_sixteen(dy + c, columns - c, 0.0f, gradient);
      for (int v = 0; v < CK_CHAIN_VECTORS; v++) chains[v] += output[v] * gradient[v];
    }
    const ck_f32 sum = ck_splat(ck_tree_sum(chains));
    for (size_t c = 0; c < columns; c += CK_LANES) {
      const size_t left = columns - c;
      ck_f32 slope = ck_load_up_to(dy + c, left) - sum;
      ck_store_up_to(dx + c, ck_quiet(ck_load_up_to(y + c, left) * slope), left);
    }
  }
}
