// Cross-entropy with a weight for each class and smoothed labels, a row at a time as in softmax_core.h. With
// share = smoothing / columns the targets are t[c] = share·w[c], and (1 - smoothing)·w more at the label; sums over the classes
// are in the order of ck_row_sums.

// Σ_c w[c]·(x[c] - greatest): a class without weight adds nothing, whatever its logit.
CK_INLINE float ck_weighted_distance(size_t columns, const float* x, float greatest, const float* weights) {
  const ck_f32 shift = ck_splat(greatest), zero = ck_splat(0.0f);
  ck_f32 chains[CK_CHAIN_VECTORS], next[CK_CHAIN_VECTORS], w[CK_CHAIN_VECTORS];
  for (int v = 0; v < CK_CHAIN_VECTORS; v++) chains[v] = zero, w[v] = ck_splat(1.0f);
  for (size_t c = 0; c < columns; c += CK_CHAINS) {
    ck_load_sixteen(x + c, columns - c, greatest, next);
    if (weights) ck_load_sixteen(weights + c, columns - c, 0.0f, w);
    for (int v = 0; v < CK_CHAIN_VECTORS; v++) {
      chains[v] += ck_select(w[v] == zero, zero, w[v] * (next[v] - shift));
    }
  }
  return ck_tree_sum(chains);
}

// (e[c]/sum·total - share·w[c])·scale, in place.
CK_INLINE void ck_smoothed_gradient(size_t columns, float sum, float total, float share, const float* weights,
                                    float scale, float* e) {
  for (size_t c = 0; c < columns; c += CK_LANES) {
    const size_t left = columns - c;
    ck_f32 w = weights ? ck_load_up_to(weights + c, left) : ck_splat(1.0f);
    ck_f32 p = ck_load_up_to(e + c, left) / ck_splat(sum);
    ck_f32 difference = ck_fma(p, ck_splat(total), -(w * ck_splat(share)));
    ck_store_up_to(e + c, ck_quiet(difference * ck_splat(scale)), left);
  }
}

static void ck_smoothed_cross_entropy_part(size_t rows, size_t columns, const float* logits, const ptrdiff_t* labels,
                                           const float* weights, float weight_sum, float smoothing, float scale,
                                           float* losses, float* gradient) {
  const float share = smoothing / (float)columns;
  for (size_t row = 0; row < rows; row++, logits += columns) {
    const ptrdiff_t label = labels[row];
    const float greatest = ck_greatest(columns, logits), own = logits[label] - greatest;
    // Before the logits' memory may become the gradient's.
    const float distance = smoothing > 0.0f ? ck_weighted_distance(columns, logits, greatest, weights) : 0.0f;
    const float sum = ck_exponentials(columns, logits, greatest, gradient), log_sum = ck_log_v(ck_splat(sum))[0];
    const float weight = weights ? weights[label] : 1.0f, certain = (1.0f - smoothing) * weight;
    float loss = certain == 0.0f && log_sum == log_sum ? 0.0f : certain * (log_sum - own);
    if (smoothing > 0.0f) loss += share * (weight_sum * log_sum - distance);
    losses[row] = loss == loss ? loss : ck_nan()[0];
    if (!gradient) continue;
    const float total = certain + share * weight_sum, probability = gradient[label] / sum;
    ck_smoothed_gradient(columns, sum, total, share, weights, scale, gradient);
    // The label's own, from p - 1: no digits are lost where p is near 1.
    const float others = share * (weight_sum * probability - weight);
    gradient[label] = ck_quiet(ck_splat((certain * (probability - 1.0f) + others) * scale))[0];
    gradient += columns;
  }
}
