// Sums and maxima. A row's sum is sixteen chains in ascending columns, chain i of the columns i mod 16, each starting at
// 0; then chain i takes chain i + 8, i + 4, i + 2, i + 1. A column's sum is one chain in ascending rows from the stored
// value. The sums in double take the same sixteen chains and tree.

enum { CK_CHAINS = 16, CK_CHAIN_VECTORS = CK_CHAINS / CK_LANES };

// Sixteen columns, or what is left of them and `fill`.
CK_INLINE void ck_load_sixteen(const float* x, size_t count, float fill, ck_f32 out[CK_CHAIN_VECTORS]) {
  float padded[CK_CHAINS];
  if (count < CK_CHAINS) {
    for (size_t i = 0; i < CK_CHAINS; i++) padded[i] = i < count ? x[i] : fill;
    x = padded;
  }
  for (int v = 0; v < CK_CHAIN_VECTORS; v++) out[v] = ck_load(x + v * CK_LANES);
}

CK_INLINE float ck_tree_sum(const ck_f32 chains[CK_CHAIN_VECTORS]) {
  float lanes[CK_CHAINS];
  for (int v = 0; v < CK_CHAIN_VECTORS; v++) ck_store(lanes + v * CK_LANES, chains[v]);
  for (int width = CK_CHAINS / 2; width > 0; width /= 2) {
    for (int i = 0; i < width; i++) lanes[i] += lanes[i + width];
  }
  return lanes[0];
}

// `count` rows side by side, so that their chains overlap in time.
CK_INLINE void ck_sum_rows(int count, size_t columns, const float* x, float* sums) {
  ck_f32 chains[4][CK_CHAIN_VECTORS];
  for (int row = 0; row < count; row++) {
    for (int v = 0; v < CK_CHAIN_VECTORS; v++) chains[row][v] = ck_splat(0.0f);
  }
  for (size_t c = 0; c < columns; c += CK_CHAINS) {
    for (int row = 0; row < count; row++) {
      ck_f32 next[CK_CHAIN_VECTORS];
      ck_load_sixteen(x + (size_t)row * columns + c, columns - c, 0.0f, next);
      for (int v = 0; v < CK_CHAIN_VECTORS; v++) chains[row][v] += next[v];
    }
  }
  for (int row = 0; row < count; row++) {
    float sum = ck_tree_sum(chains[row]);
    sums[row] = sum == sum ? sum : ck_nan()[0];
  }
}

static void ck_row_sums_part(size_t rows, size_t columns, const float* x, float* sums) {
  size_t row = 0;
  for (; row + 4 <= rows; row += 4) ck_sum_rows(4, columns, x + row * columns, sums + row);
  for (; row < rows; row++) ck_sum_rows(1, columns, x + row * columns, sums + row);
}

// A vector of columns. Where fewer than a vector's are wanted the loads run on into the next columns or rows, as long as
// they stay inside the matrix: `readable` elements from x on.
CK_INLINE void ck_sum_columns(size_t rows, size_t columns, size_t wanted, size_t readable, const float* x,
                              float* sums) {
  ck_f32 chain = wanted < CK_LANES ? ck_load_some(sums, wanted) : ck_load(sums);
  for (size_t row = 0; row < rows; row++) {
    size_t place = row * columns;
    chain += place + CK_LANES <= readable ? ck_load(x + place) : ck_load_some(x + place, readable - place);
  }
  chain = ck_quiet(chain);
  if (wanted < CK_LANES) {
    ck_store_some(sums, chain, wanted);
  } else {
    ck_store(sums, chain);
  }
}

static void ck_column_sums_part(size_t rows, size_t columns, size_t begin, size_t end, const float* x, float* sums) {
  if (rows == 0) return;
  size_t c = begin;
  for (; c + 4 * CK_LANES <= end; c += 4 * CK_LANES) {
    ck_f32 chains[4];
    for (int v = 0; v < 4; v++) chains[v] = ck_load(sums + c + v * CK_LANES);
    for (size_t row = 0; row < rows; row++) {
      for (int v = 0; v < 4; v++) chains[v] += ck_load(x + row * columns + c + v * CK_LANES);
    }
    for (int v = 0; v < 4; v++) ck_store(sums + c + v * CK_LANES, ck_quiet(chains[v]));
  }
  for (; c < end; c += CK_LANES) {
    size_t wanted = end - c < CK_LANES ? end - c : CK_LANES;
    ck_sum_columns(rows, columns, wanted, rows * columns - c, x + c, sums + c);
  }
}

// Bits as integers that compare as the floats do: -0 as 0, NaN above everything.
CK_INLINE ck_i32 ck_order(ck_f32 x) {
  ck_i32 bits = ck_bits(x + ck_splat(0.0f));
  ck_i32 order = bits ^ ((bits >> 31) & ck_splat_i(0x7fffffff));
  return ck_select_i(ck_is_nan(x), ck_splat_i(0x7fffffff), order);
}

// A part's indices fit an int32_t, whatever the row's length.
#define CK_INDEX_PART ((size_t)1 << 30)

// The first index of the greatest of up to CK_INDEX_PART elements: each lane keeps its own first, then the lanes are compared.
CK_INLINE int32_t ck_index_of_maximum(size_t columns, const float* x) {
  const ck_i32 least = ck_splat_i(INT32_MIN);
  ck_i32 best = least, index = ck_lane_numbers(), here = index;
  for (size_t c = 0; c < columns; c += CK_LANES) {
    size_t left = columns - c;
    ck_i32 order = ck_order(left < CK_LANES ? ck_load_some(x + c, left) : ck_load(x + c));
    if (left < CK_LANES) order = ck_select_i(ck_lane_numbers() < ck_splat_i((int32_t)left), order, least);
    ck_i32 greater = order > best;
    best = ck_select_i(greater, order, best);
    index = ck_select_i(greater, here, index);
    here += ck_splat_i(CK_LANES);
  }
  int lane = 0;
  for (int i = 1; i < CK_LANES; i++) {
    if (best[i] > best[lane] || (best[i] == best[lane] && index[i] < index[lane])) lane = i;
  }
  return index[lane];
}

// The same of a row of any length, part by part.
CK_INLINE size_t ck_place_of_maximum(size_t columns, const float* x) {
  size_t best = 0;
  for (size_t base = 0; base < columns; base += CK_INDEX_PART) {
    size_t left = columns - base;
    size_t place = base + (size_t)ck_index_of_maximum(left < CK_INDEX_PART ? left : CK_INDEX_PART, x + base);
    bool greater = x[best] == x[best] && !(x[place] <= x[best]);
    if (base == 0 || greater) best = place;
  }
  return best;
}

static void ck_row_maxima_part(size_t rows, size_t columns, const float* x, float* maxima, int32_t* indices) {
  for (size_t row = 0; row < rows; row++, x += columns) {
    size_t place = ck_place_of_maximum(columns, x);
    if (maxima) maxima[row] = x[place] == x[place] ? x[place] : ck_nan()[0];
    if (indices) indices[row] = (int32_t)place;
  }
}

typedef double ck_f64_chains __attribute__((ext_vector_type(CK_LANES / 2)));

CK_INLINE double ck_tree_sum_in_double(const ck_f64_chains chains[2 * CK_CHAIN_VECTORS]) {
  double lanes[CK_CHAINS];
  __builtin_memcpy(lanes, chains, sizeof lanes);
  for (int width = CK_CHAINS / 2; width > 0; width /= 2) {
    for (int i = 0; i < width; i++) lanes[i] += lanes[i + width];
  }
  return lanes[0];
}

CK_INLINE double ck_sum_in_double(size_t count, const float* x, bool squares) {
  ck_f64_chains chains[2 * CK_CHAIN_VECTORS];
  for (int v = 0; v < 2 * CK_CHAIN_VECTORS; v++) chains[v] = (ck_f64_chains)(0.0);
  for (size_t i = 0; i < count; i += CK_CHAINS) {
    ck_f32 next[CK_CHAIN_VECTORS];
    ck_load_sixteen(x + i, count - i, 0.0f, next);
    for (int v = 0; v < CK_CHAIN_VECTORS; v++) {
      ck_f64_chains low = __builtin_convertvector(next[v].lo, ck_f64_chains);
      ck_f64_chains high = __builtin_convertvector(next[v].hi, ck_f64_chains);
      chains[2 * v] += squares ? low * low : low;  // the square of a float is exact in double
      chains[2 * v + 1] += squares ? high * high : high;
    }
  }
  return ck_tree_sum_in_double(chains);
}

static double ck_sum_part(size_t count, const float* x) { return ck_sum_in_double(count, x, false); }
static double ck_sum_of_squares_part(size_t count, const float* x) { return ck_sum_in_double(count, x, true); }

static void ck_row_root_mean_squares_part(size_t rows, size_t columns, const uint32_t* lengths, float factor,
                                          const float* x, float* out) {
  for (size_t row = 0; row < rows; row++) {
    const size_t count = lengths ? lengths[row] : columns;
    const double sum = ck_sum_in_double(count, x + row * columns, true), mean = count == 0 ? 0 : sum / (double)count;
    const float root = (float)((double)factor * __builtin_sqrt(mean));
    out[row] = root == root ? root : ck_nan()[0];
  }
}
