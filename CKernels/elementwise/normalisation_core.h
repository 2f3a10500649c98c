// Layer normalisation along rows and batch normalisation down columns. x - mean is exact where the two are near, and the rest
// of the mean is taken off after it: what all elements have in common costs no digits.

CK_INLINE ck_f32 ck_centred(ck_f32 x, ck_f32 mean, ck_f32 rest) { return (x - mean) - rest; }

// Columns v·CK_LANES and on of sixteen, 0 from `left` on.
CK_INLINE ck_f32 ck_within(ck_f32 x, int v, size_t left) {
  if (left >= CK_CHAINS) return x;
  ck_i32 columns = ck_lane_numbers() + ck_splat_i(v * CK_LANES);
  return ck_select(columns < ck_splat_i((int32_t)left), x, ck_splat(0.0f));
}

CK_INLINE void ck_clear_chains(ck_f64_chains* chains) {
  for (int v = 0; v < 2 * CK_CHAIN_VECTORS; v++) chains[v] = (ck_f64_chains)(0.0);
}
// Vector v of sixteen numbers, each to its chain.
CK_INLINE void ck_add_to_chains(ck_f64_chains* chains, int v, ck_f32 x) {
  chains[2 * v] += __builtin_convertvector(x.lo, ck_f64_chains);
  chains[2 * v + 1] += __builtin_convertvector(x.hi, ck_f64_chains);
}
CK_INLINE void ck_add_squares_to_chains(ck_f64_chains* chains, int v, ck_f32 x) {
  ck_f64_chains low = __builtin_convertvector(x.lo, ck_f64_chains);
  ck_f64_chains high = __builtin_convertvector(x.hi, ck_f64_chains);
  chains[2 * v] += low * low;
  chains[2 * v + 1] += high * high;
}

CK_INLINE void ck_store_sixteen(float* p, size_t count, const ck_f32 x[CK_CHAIN_VECTORS]) {
  float lanes[CK_CHAINS], *into = count < CK_CHAINS ? lanes : p;
  for (int v = 0; v < CK_CHAIN_VECTORS; v++) ck_store(into + v * CK_LANES, x[v]);
  if (count < CK_CHAINS) __builtin_memcpy(p, lanes, count * sizeof(float));
}

// A row's mean, and 1/√(variance + epsilon).
typedef struct ck_row_norm {
  ck_f32 mean, rest, inverse;
} ck_row_norm;

CK_INLINE ck_row_norm ck_norm_of_row(size_t columns, float epsilon, const float* x) {
  const double mean = ck_sum_in_double(columns, x, false) / (double)columns;
  const float near = (float)mean;
  ck_row_norm norm = {ck_splat(near), ck_splat((float)(mean - (double)near)), ck_splat(0.0f)};
  ck_f64_chains squares[2 * CK_CHAIN_VECTORS];
  ck_clear_chains(squares);
  for (size_t c = 0; c < columns; c += CK_CHAINS) {
    ck_f32 next[CK_CHAIN_VECTORS];
    ck_load_sixteen(x + c, columns - c, 0.0f, next);
    for (int v = 0; v < CK_CHAIN_VECTORS; v++) {
      ck_f32 z = ck_centred(next[v], norm.mean, norm.rest);
      ck_add_squares_to_chains(squares, v, ck_within(z, v, columns - c));
    }
  }
  const double variance = ck_tree_sum_in_double(squares) / (double)columns;
  norm.inverse = ck_splat((float)(1 / __builtin_sqrt(variance + (double)epsilon)));
  return norm;
}

CK_INLINE ck_f32 ck_normalised(ck_f32 x, ck_row_norm norm) {
  return ck_centred(x, norm.mean, norm.rest) * norm.inverse;
}

static void ck_layer_norm_part(size_t rows, size_t columns, float epsilon, const float* x, const float* scale,
                               const float* shift, float* y) {
  for (size_t row = 0; row < rows; row++, x += columns, y += columns) {
    const ck_row_norm norm = ck_norm_of_row(columns, epsilon, x);
    for (size_t c = 0; c < columns; c += CK_LANES) {
      const size_t left = columns - c;
      ck_f32 z = ck_normalised(ck_load_up_to(x + c, left), norm);
      if (scale) z = ck_fma(z, ck_load_up_to(scale + c, left), ck_load_up_to(shift + c, left));
      ck_store_up_to(y + c, ck_quiet(z), left);
    }
  }
}

static void ck_layer_norm_gradient_part(size_t rows, size_t columns, float epsilon, const float* x, const float* scale,
                                        const float* dy, float* dx) {
  for (size_t row = 0; row < rows; row++, x += columns, dy += columns, dx += columns) {
    const ck_row_norm norm = ck_norm_of_row(columns, epsilon, x);
    ck_f64_chains sums[2 * CK_CHAIN_VECTORS], products[2 * CK_CHAIN_VECTORS];
    ck_clear_chains(sums), ck_clear_chains(products);
    for (size_t c = 0; c < columns; c += CK_CHAINS) {
      ck_f32 input[CK_CHAIN_VECTORS], gradient[CK_CHAIN_VECTORS], factors[CK_CHAIN_VECTORS];
      ck_load_sixteen(x + c, columns - c, 0.0f, input);
      ck_load_sixteen(dy + c, columns - c, 0.0f, gradient);
      if (scale) ck_load_sixteen(scale + c, columns - c, 0.0f, factors);
      for (int v = 0; v < CK_CHAIN_VECTORS; v++) {
        const ck_f32 g = scale ? gradient[v] * factors[v] : gradient[v];
        ck_add_to_chains(sums, v, g);
        ck_add_to_chains(products, v, ck_within(g * ck_normalised(input[v], norm), v, columns - c));
      }
    }
    const ck_f32 mean = ck_splat((float)(ck_tree_sum_in_double(sums) / (double)columns));
    const ck_f32 slope = ck_splat((float)(ck_tree_sum_in_double(products) / (double)columns));
    for (size_t c = 0; c < columns; c += CK_LANES) {
      const size_t left = columns - c;
      ck_f32 g = ck_load_up_to(dy + c, left);
      if (scale) g *= ck_load_up_to(scale + c, left);
      const ck_f32 z = ck_normalised(ck_load_up_to(x + c, left), norm);
      ck_store_up_to(dx + c, ck_quiet(ck_fma(-z, slope, g - mean) * norm.inverse), left);
    }
  }
}

// Sixteen columns' chains over the rows become their means in float, and what those lack.
CK_INLINE void ck_means_of_chains(const ck_f64_chains* chains, size_t rows, float means[CK_CHAINS],
                                  float rests[CK_CHAINS]) {
  double lanes[CK_CHAINS];
  __builtin_memcpy(lanes, chains, sizeof lanes);
  for (int i = 0; i < CK_CHAINS; i++) {
    const double mean = lanes[i] / (double)rows;
    means[i] = (float)mean;
    rests[i] = (float)(mean - (double)means[i]);
  }
}

static void ck_column_moments_part(size_t rows, size_t columns, size_t begin, size_t end, const float* x, float* mean,
                                   float* rest, float* variance) {
  for (size_t c = begin; c < end; c += CK_CHAINS) {
    const size_t left = end - c;
    float means[CK_CHAINS], rests[CK_CHAINS], variances[CK_CHAINS], unused[CK_CHAINS];
    ck_f32 next[CK_CHAIN_VECTORS];
    ck_f64_chains chains[2 * CK_CHAIN_VECTORS];
    ck_clear_chains(chains);
    for (size_t row = 0; row < rows; row++) {
      ck_load_sixteen(x + row * columns + c, left, 0.0f, next);
      for (int v = 0; v < CK_CHAIN_VECTORS; v++) ck_add_to_chains(chains, v, next[v]);
    }
    ck_means_of_chains(chains, rows, means, rests);
    ck_clear_chains(chains);
    for (size_t row = 0; row < rows; row++) {
      ck_load_sixteen(x + row * columns + c, left, 0.0f, next);
      for (int v = 0; v < CK_CHAIN_VECTORS; v++) {
        ck_f32 z = ck_centred(next[v], ck_load(means + v * CK_LANES), ck_load(rests + v * CK_LANES));
        ck_add_squares_to_chains(chains, v, z);
      }
    }
    ck_means_of_chains(chains, rows, variances, unused);
    float* const targets[] = {mean, rest, variance};
    const float* const sources[] = {means, rests, variances};
    for (int k = 0; k < 3; k++) {
      for (int v = 0; v < CK_CHAIN_VECTORS; v++) next[v] = ck_quiet(ck_load(sources[k] + v * CK_LANES));
      ck_store_sixteen(targets[k] + c, left, next);
    }
  }
}

static void ck_normalise_columns_part(size_t rows, size_t columns, const ck_column_norm* norm, const float* x,
                                      float* y) {
  for (size_t row = 0; row < rows; row++, x += columns, y += columns) {
    for (size_t c = 0; c < columns; c += CK_LANES) {
      const size_t left = columns - c;
      ck_f32 z = ck_centred(ck_load_up_to(x + c, left), ck_load_up_to(norm->mean + c, left),
                            ck_load_up_to(norm->rest + c, left));
      z *= ck_load_up_to(norm->inverse + c, left);
      if (norm->scale) z = ck_fma(z, ck_load_up_to(norm->scale + c, left), ck_load_up_to(norm->shift + c, left));
      ck_store_up_to(y + c, ck_quiet(z), left);
    }
  }
}

static void ck_batch_norm_gradient_part(size_t rows, size_t columns, size_t begin, size_t end,
                                        const ck_column_norm* norm, const float* x, const float* dy, float* dx) {
  for (size_t c = begin; c < end; c += CK_CHAINS) {
    const size_t left = end - c;
    ck_f32 mean[CK_CHAIN_VECTORS], rest[CK_CHAIN_VECTORS], inverse[CK_CHAIN_VECTORS], factor[CK_CHAIN_VECTORS];
    ck_load_sixteen(norm->mean + c, left, 0.0f, mean);
    ck_load_sixteen(norm->rest + c, left, 0.0f, rest);
    ck_load_sixteen(norm->inverse + c, left, 0.0f, inverse);
    if (norm->scale) ck_load_sixteen(norm->scale + c, left, 0.0f, factor);
    for (int v = 0; v < CK_CHAIN_VECTORS; v++) factor[v] = norm->scale ? factor[v] * inverse[v] : inverse[v];
    ck_f32 input[CK_CHAIN_VECTORS], gradient[CK_CHAIN_VECTORS];
    ck_f64_chains sums[2 * CK_CHAIN_VECTORS], products[2 * CK_CHAIN_VECTORS];
    ck_clear_chains(sums), ck_clear_chains(products);
    for (size_t row = 0; row < rows; row++) {
      ck_load_sixteen(x + row * columns + c, left, 0.0f, input);
      ck_load_sixteen(dy + row * columns + c, left, 0.0f, gradient);
      for (int v = 0; v < CK_CHAIN_VECTORS; v++) {
        ck_f32 z = ck_centred(input[v], mean[v], rest[v]) * inverse[v];
        ck_add_to_chains(sums, v, gradient[v]);
        ck_add_to_chains(products, v, gradient[v] * z);
      }
    }
    float means[CK_CHAINS], slopes[CK_CHAINS], unused[CK_CHAINS];
    ck_means_of_chains(sums, rows, means, unused);
    ck_means_of_chains(products, rows, slopes, unused);
    for (size_t row = 0; row < rows; row++) {
      ck_load_sixteen(x + row * columns + c, left, 0.0f, input);
      ck_load_sixteen(dy + row * columns + c, left, 0.0f, gradient);
      for (int v = 0; v < CK_CHAIN_VECTORS; v++) {
        ck_f32 z = ck_centred(input[v], mean[v], rest[v]) * inverse[v];
        ck_f32 remaining = gradient[v] - ck_load(means + v * CK_LANES);
        gradient[v] = ck_quiet(ck_fma(-z, ck_load(slopes + v * CK_LANES), remaining) * factor[v]);
      }
      ck_store_sixteen(dx + row * columns + c, left, gradient);
    }
  }
}
