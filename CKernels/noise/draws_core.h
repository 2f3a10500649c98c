// Draws of a tile. In a wide matrix the four words of 16 consecutive blocks are 64 columns of a row, those of 16-bit
// chances 128; in a narrow one the four words of a block are four rows of a column, eight with 16-bit chances.

// What the words become.
typedef enum ck_transform_kind {
  CK_TO_WORDS,   // themselves
  CK_TO_HALVES,  // half a word each, in the high half of what is stored; the low half is rubbish
  CK_TO_UNIFORMS,
  CK_TO_NORMALS,
  CK_TO_LOG_NORMALS,
  CK_TO_CHOICES,  // a, b or 0, from words
  CK_TO_CHOICES_BY_HALVES,
} ck_transform_kind;

typedef struct ck_transform {
  float a, b;
  uint32_t half, last;  // a below `half`, else b up to `last`
} ck_transform;

CK_INLINE bool ck_by_halves(ck_transform_kind kind) { return kind == CK_TO_HALVES || kind == CK_TO_CHOICES_BY_HALVES; }

// A chance on a whole word or the high half of one: comes true if the word <= `last`. Not for a chance that never does.
CK_INLINE uint32_t ck_chance_last(ck_chance chance) {
  if (chance.bits == 16) return (chance.threshold << 16) - 1;
  return chance.bits == 32 ? chance.threshold - 1 : UINT32_MAX;
}
CK_INLINE bool ck_chance_never(ck_chance chance) {
  return chance.bits == 0 || (chance.bits != 1 && chance.threshold == 0);
}

CK_INLINE ck_f32 ck_choose(const ck_transform* t, ck_u32 word) {
  ck_f32 chosen = ck_select(word < ck_splat_u(t->half), ck_splat(t->a), ck_splat(t->b));
  return ck_select(word <= ck_splat_u(t->last), chosen, ck_splat(0));
}

// Four words of each block to the draws of four places, or eight by halves.
CK_INLINE void ck_transform_words(ck_transform_kind kind, const ck_transform* t, const ck_u32 words[4],
                                  ck_f32 draws[8]) {
#pragma unroll
  for (int i = 0; i < 4; i++) {
    switch (kind) {
      case CK_TO_WORDS:
        draws[i] = (ck_f32)words[i];
        break;
      case CK_TO_HALVES:
        draws[i] = (ck_f32)(words[i] << 16);
        draws[i + 4] = (ck_f32)words[i];
        break;
      case CK_TO_UNIFORMS: {
        ck_f32 k = ck_to_float((ck_i32)(words[i] >> 9));
        ck_f32 p = ck_fma(k, ck_splat(0x1p-23f), ck_splat(0x1p-24f));
        draws[i] = ck_fma(ck_splat(t->b), p, ck_splat(t->a));
        break;
      }
      case CK_TO_NORMALS:
      case CK_TO_LOG_NORMALS:
        if (i % 2 == 0) ck_normal_pair(words[i], words[i + 1], &draws[i], &draws[i + 1]);
        draws[i] = ck_fma(ck_splat(t->b), draws[i], ck_splat(t->a));
        if (kind == CK_TO_LOG_NORMALS) draws[i] = ck_exp_v(draws[i]);
        break;
      case CK_TO_CHOICES:
        draws[i] = ck_choose(t, words[i]);
        break;
      case CK_TO_CHOICES_BY_HALVES:
        draws[i] = ck_choose(t, words[i] << 16);
        draws[i + 4] = ck_choose(t, words[i]);
        break;
    }
  }
}

// Copies 1…128 floats. (A call of memcpy costs as much as the draws.)
CK_INLINE void ck_copy(float* to, const float* from, size_t count) {
  if (count < CK_LANES) {
    for (size_t i = 0; i < count; i++) to[i] = from[i];
    return;
  }
  for (size_t i = 0; i + CK_LANES <= count; i += CK_LANES) ck_store(to + i, ck_load(from + i));
  ck_store(to + count - CK_LANES, ck_load(from + count - CK_LANES));
}

CK_INLINE void ck_draw_wide(ck_transform_kind kind, const ck_transform* t, const ck_address* address, size_t rows,
                            size_t columns, float* out, size_t stride) {
  const size_t unit = ck_by_halves(kind) ? 128 : 64;
  ck_philox philox = ck_philox_make(address);
  for (size_t r = 0; r < rows; r++) {
    ck_philox_row row = ck_philox_row_make(&philox, address->row + (uint32_t)r);
    size_t count;
    for (size_t done = 0; done < columns; done += count) {
      size_t column = address->column + done, skip = column % unit;
      count = columns - done < unit - skip ? columns - done : unit - skip;
      float partial[128];
      float* place = count == unit ? out + r * stride + done : partial;
#pragma unroll
      for (uint32_t lane = 0; lane < 16; lane += CK_LANES) {
        ck_u32 words[4];
        ck_f32 draws[8];
        ck_philox_in_row(&philox, &row, (uint32_t)(column / unit * 16) + lane, words);
        ck_transform_words(kind, t, words, draws);
#pragma unroll
        for (size_t i = 0; i < unit / 16; i++) ck_store(place + i * 16 + lane, draws[i]);
      }
      if (count != unit) ck_copy(out + r * stride + done, partial + skip, count);
    }
  }
}

// A group is the rows that share a block. The blocks of a chunk of groups are drawn in one sequence, so that no lane
// idles however few the columns; draws of the groups' first rows are contiguous then, and so on.
CK_INLINE void ck_draw_narrow(ck_transform_kind kind, const ck_transform* t, const ck_address* address, size_t rows,
                              size_t columns, float* out, size_t stride) {
  const uint32_t group_rows = ck_by_halves(kind) ? 8 : 4;
  enum { CHUNK = 256 };
  float planes[8][CHUNK + CK_LANES];
  ck_philox philox = ck_philox_make(address);
  const size_t chunk_rows = CHUNK / columns * group_rows;
  size_t count;
  for (size_t done = 0; done < rows; done += count) {
    uint32_t row = address->row + (uint32_t)done, skip = row % group_rows;
    count = rows - done < chunk_rows - skip ? rows - done : chunk_rows - skip;
    size_t blocks = (skip + count + group_rows - 1) / group_rows * columns;
    for (size_t first = 0; first < blocks; first += CK_LANES) {
      ck_u32 block, group, words[4];
      ck_f32 draws[8];
      for (uint32_t i = 0; i < CK_LANES; i++) {
        block[i] = address->column + (uint32_t)((first + i) % columns);
        group[i] = row / group_rows + (uint32_t)((first + i) / columns);
      }
      ck_philox_any(&philox, block, group, words);
      ck_transform_words(kind, t, words, draws);
#pragma unroll
      for (uint32_t i = 0; i < group_rows; i++) ck_store(planes[i] + first, draws[i]);
    }
    for (size_t r = 0; r < count; r++) {
      size_t place = skip + r;
      ck_copy(out + (done + r) * stride, planes[place % group_rows] + place / group_rows * columns, columns);
    }
  }
}

// One function a kind.
#define CK_DRAWS(name, kind)                                                                                  \
  static void name(const ck_transform* t, const ck_address* address, size_t rows, size_t columns, float* out, \
                   size_t stride) {                                                                           \
    if (rows == 0 || columns == 0) return;                                                                    \
    if (address->width > 32)                                                                                  \
      ck_draw_wide(kind, t, address, rows, columns, out, stride);                                             \
    else                                                                                                      \
      ck_draw_narrow(kind, t, address, rows, columns, out, stride);                                           \
  }
CK_DRAWS(ck_draw_words, CK_TO_WORDS)
CK_DRAWS(ck_draw_halves, CK_TO_HALVES)
CK_DRAWS(ck_draw_uniforms, CK_TO_UNIFORMS)
CK_DRAWS(ck_draw_normals, CK_TO_NORMALS)
CK_DRAWS(ck_draw_log_normals, CK_TO_LOG_NORMALS)
CK_DRAWS(ck_draw_choices, CK_TO_CHOICES)
CK_DRAWS(ck_draw_choices_by_halves, CK_TO_CHOICES_BY_HALVES)
#undef CK_DRAWS

static void ck_noise_words(const ck_address* address, size_t rows, size_t columns, uint32_t* out, size_t stride) {
  ck_draw_words(NULL, address, rows, columns, (float*)out, stride);
}

static void ck_fill_callback_tiles(const ck_draw* draw, int32_t worker, const ck_address* address, size_t rows,
                                   size_t columns, float* out, size_t stride);

static void ck_noise_fill(const ck_draw* draw, int32_t worker, const ck_address* address, size_t rows, size_t columns,
                          float* out, size_t stride) {
  ck_transform t = {.a = draw->a, .b = draw->b};
  switch (draw->distribution) {
    case CK_UNIT:
      t.a = 0, t.b = 1;
      ck_draw_uniforms(&t, address, rows, columns, out, stride);
      break;
    case CK_UNIFORM:
      t.b = draw->b - draw->a;
      ck_draw_uniforms(&t, address, rows, columns, out, stride);
      break;
    case CK_GAUSSIAN:
      ck_draw_normals(&t, address, rows, columns, out, stride);
      break;
    case CK_LOG_NORMAL:
      ck_draw_log_normals(&t, address, rows, columns, out, stride);
      break;
    case CK_BERNOULLI:
    case CK_SALT_AND_PEPPER: {
      if (draw->distribution == CK_BERNOULLI) t.a = t.b = 1;
      ck_chance chance = draw->chance;
      if (ck_chance_never(chance)) {
        t.a = t.b = 0, chance.bits = 1;
      }
      t.last = ck_chance_last(chance), t.half = t.last / 2 + 1;
      if (chance.bits == 32)
        ck_draw_choices(&t, address, rows, columns, out, stride);
      else
        ck_draw_choices_by_halves(&t, address, rows, columns, out, stride);
      break;
    }
    case CK_CALLBACK:
      ck_fill_callback_tiles(draw, worker, address, rows, columns, out, stride);
      break;
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

static void ck_fill_callback_tiles(const ck_draw* draw, int32_t worker, const ck_address* address, size_t rows,
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
