// Draws of each distribution into a sink, and those of callbacks.

// One function a transform.
#define CK_DRAW(name, to)                                                                         \
  static void name(const ck_sink* sink, const ck_address* address, size_t rows, size_t columns) { \
    if (rows == 0 || columns == 0) return;                                                        \
    if (address->width > 32)                                                                      \
      ck_draw_wide(to, sink, address, rows, columns);                                             \
    else                                                                                          \
      ck_draw_narrow(to, sink, address, rows, columns);                                           \
  }
CK_DRAW(ck_draw_words, CK_TO_WORDS)
CK_DRAW(ck_draw_halves, CK_TO_HALVES)
CK_DRAW(ck_draw_uniforms, CK_TO_UNIFORMS)
CK_DRAW(ck_draw_normals, CK_TO_NORMALS)
CK_DRAW(ck_draw_log_normals, CK_TO_LOG_NORMALS)
CK_DRAW(ck_draw_laplaces, CK_TO_LAPLACES)
CK_DRAW(ck_draw_logistics, CK_TO_LOGISTICS)
CK_DRAW(ck_draw_exponentials, CK_TO_EXPONENTIALS)
CK_DRAW(ck_draw_triangulars, CK_TO_TRIANGULARS)
#undef CK_DRAW

// The words on which a chance turns: halves but for 32 bits.
static void ck_draw_chance(ck_chance chance, const ck_sink* sink, const ck_address* address, size_t rows,
                           size_t columns) {
  if (chance.bits == 32)
    ck_draw_words(sink, address, rows, columns);
  else
    ck_draw_halves(sink, address, rows, columns);
}

// Of a distribution that is a transform of words. False for the others: nothing is drawn then.
static bool ck_draw_transform(const ck_draw* draw, ck_sink* sink, const ck_address* address, size_t rows,
                              size_t columns) {
  sink->a = draw->a, sink->b = draw->b;
  switch (draw->distribution) {
    case CK_UNIT:
      sink->a = 0, sink->b = 1;
      ck_draw_uniforms(sink, address, rows, columns);
      return true;
    case CK_UNIFORM:
      sink->b = draw->b - draw->a;
      ck_draw_uniforms(sink, address, rows, columns);
      return true;
    case CK_GAUSSIAN:
      ck_draw_normals(sink, address, rows, columns);
      return true;
    case CK_LOG_NORMAL:
      ck_draw_log_normals(sink, address, rows, columns);
      return true;
    case CK_LAPLACE:
      ck_draw_laplaces(sink, address, rows, columns);
      return true;
    case CK_LOGISTIC:
      ck_draw_logistics(sink, address, rows, columns);
      return true;
    case CK_EXPONENTIAL_DRAW:
      ck_draw_exponentials(sink, address, rows, columns);
      return true;
    case CK_TRIANGULAR:
      sink->triangle = ck_triangle_make(draw->a, draw->c, draw->b);
      ck_draw_triangulars(sink, address, rows, columns);
      return true;
    default:
      return false;
  }
}

// A piece of a block that is drawn at once: at most CK_NOISE_TILE elements, cut where no words are lost.
typedef struct ck_piece {
  size_t row, column, rows, columns;
} ck_piece;

// The first piece is asked for with all 0; false after the last.
CK_INLINE bool ck_next_piece(const ck_noise_block* block, ck_piece* piece) {
  if (block->rows == 0 || block->columns == 0) return false;
  if (piece->rows != 0) {
    piece->column += piece->columns;
    if (piece->column == block->columns) {
      piece->column = 0;
      piece->row += piece->rows;
    }
    if (piece->row == block->rows) return false;
  }
  bool narrow = block->width <= 32;
  if (piece->column == 0) {
    size_t across = block->columns < 1024 ? block->columns : 1024;
    size_t most = CK_NOISE_TILE / across;
    if (narrow) most = most / 8 * 8 - (block->row + piece->row) % 8;
    piece->rows = block->rows - piece->row < most ? block->rows - piece->row : most;
  }
  size_t most = 1024 - (narrow ? 0 : (block->column + piece->column) % 128);
  piece->columns = block->columns - piece->column < most ? block->columns - piece->column : most;
  return true;
}

static void ck_fill_by_callback(const ck_draw* draw, int32_t worker, const ck_address* address, size_t rows,
                                size_t columns, float* out, size_t stride) {
  float tile[CK_NOISE_TILE];
  ck_noise_block block = {address->row, address->column, address->width, rows, columns};
  for (ck_piece piece = {0}; ck_next_piece(&block, &piece);) {
    ck_address place = *address;
    place.row += (uint32_t)piece.row;
    place.column += (uint32_t)piece.column;
    float* corner = out + piece.row * stride + piece.column;
    bool contiguous = piece.rows == 1 || piece.columns == stride;
    draw->callback(draw->context, worker, &place, piece.rows, piece.columns, contiguous ? corner : tile);
    if (contiguous) continue;
    for (size_t r = 0; r < piece.rows; r++)
      __builtin_memcpy(corner + r * stride, tile + r * piece.columns, piece.columns * sizeof(float));
  }
}

static void ck_noise_words(const ck_address* address, size_t rows, size_t columns, uint32_t* out, size_t stride) {
  ck_sink sink = {.how = CK_KEEP, .y = (float*)out, .y_stride = stride};
  ck_draw_words(&sink, address, rows, columns);
}

// The draws of words: what the guide says, one step further where the number lies beyond its count. Where the numbers of
// an entry have more than two draws, in the tails, they are searched for.
CK_INLINE void ck_invert_words(const ck_inversion* inversion, const uint32_t* words, size_t count, float* out) {
  uint32_t entries[1024];
  for (size_t c = 0; c < count; c++) entries[c] = inversion->guide[words[c] >> 20];
  for (size_t c = 0; c < count; c += CK_LANES) {
    size_t some = count - c < CK_LANES ? count - c : 0;
    ck_u32 word = some ? (ck_u32)ck_load_some((const float*)words + c, some) : ck_load_u(words + c);
    ck_u32 entry = some ? (ck_u32)ck_load_some((const float*)entries + c, some) : ck_load_u(entries + c);
    ck_i32 beyond = (ck_i32)(word >> 9 & 2047) >= (ck_i32)(entry & 4095);
    ck_i32 j = (ck_i32)(entry >> 12 & 65535) - beyond;
    ck_i32 searched = beyond & (ck_i32)entry;
    if (__builtin_expect(__builtin_reduce_or(searched) < 0, false))
      for (size_t lane = 0; lane < (some ? some : CK_LANES); lane++)
        while (words[c + lane] >> 9 >= inversion->thresholds[j[lane]]) j[lane]++;
    ck_f32 draw = ck_splat(inversion->first) + ck_to_float(j);
    if (some)
      ck_store_some(out + c, draw, some);
    else
      ck_store(out + c, draw);
  }
}

static void ck_fill_by_inversion(const ck_inversion* inversion, const ck_address* address, size_t rows, size_t columns,
                                 float* out, size_t stride) {
  uint32_t words[CK_NOISE_TILE];
  ck_noise_block block = {address->row, address->column, address->width, rows, columns};
  for (ck_piece piece = {0}; ck_next_piece(&block, &piece);) {
    ck_address place = *address;
    place.row += (uint32_t)piece.row;
    place.column += (uint32_t)piece.column;
    ck_noise_words(&place, piece.rows, piece.columns, words, piece.columns);
    float* corner = out + piece.row * stride + piece.column;
    for (size_t r = 0; r < piece.rows; r++)
      ck_invert_words(inversion, words + r * piece.columns, piece.columns, corner + r * stride);
  }
}

static void ck_noise_fill(const ck_draw* draw, int32_t worker, const ck_address* address, size_t rows, size_t columns,
                          float* out, size_t stride) {
  ck_sink sink = {.how = CK_KEEP, .y = out, .y_stride = stride};
  if (draw->distribution == CK_CALLBACK) {
    ck_fill_by_callback(draw, worker, address, rows, columns, out, stride);
  } else if (draw->distribution == CK_POISSON) {
    ck_fill_by_inversion(&draw->inversion, address, rows, columns, out, stride);
  } else if (!ck_draw_transform(draw, &sink, address, rows, columns)) {
    bool bernoulli = draw->distribution == CK_BERNOULLI;
    float a = bernoulli ? 1 : draw->a, b = bernoulli ? 1 : draw->b;
    bool alike = __builtin_memcmp(&a, &b, sizeof a) == 0;
    sink.how = alike ? CK_CHOOSE_ALIKE : CK_CHOOSE;
    sink.operands.choice = ck_choice_make(a, b, draw->chance);
    ck_draw_chance(draw->chance, &sink, address, rows, columns);
  }
}
