// What becomes of a draw: it is kept, or combined with the element x that it falls on. Always y = a·x + b; where a = 0
// it selects b, so that infinities and NaN do not pass.

typedef enum ck_combination {
  CK_COPY,              // x
  CK_KEEP,              // the draw itself; x is not read
  CK_CHOOSE,            // what the draw, a word, chooses; x is not read
  CK_CHOOSE_ALIKE,      // the same of a choice with a = b, in a third of the operations
  CK_ADD_DRAW,          //
  CK_MULTIPLY_BY_DRAW,  // also its gradient
  CK_SCALE,             // also its gradient
  CK_ZERO,              // dropout of everything, and gradient of a replacement of everything
  CK_DROP,              // also its gradient
  CK_DROP_TO,           // alpha dropout
  CK_ADD_SHOT_DRAW,     //
  CK_PUT_DRAW,          // where selected, the draw
  CK_PUT_CHOICE,        // where selected and chosen, what the draw, a word, chooses
  CK_PASS,              // the gradient of both
} ck_combination;

CK_INLINE bool ck_reads_x(ck_combination how) { return how != CK_KEEP && how != CK_CHOOSE && how != CK_CHOOSE_ALIKE; }

// A choice among a, b and neither by a word: a below `half`, else b up to `last`.
typedef struct ck_choice {
  float a, b;
  uint32_t half, last;
} ck_choice;

typedef struct ck_operands {
  float scale, rest;     // of the draw and of 1; or of x
  float shift, dropped;  // what is added to x kept, and what takes its place
  uint32_t last;         // words up to this select
  ck_choice choice;
} ck_operands;

// A chance on a word, or on half of one in the high half of a word: it comes true if the word <= `last`. Not for a
// chance that never does.
CK_INLINE uint32_t ck_chance_last(ck_chance chance) {
  if (chance.bits == 16) return (chance.threshold << 16) - 1;
  return chance.bits == 32 ? chance.threshold - 1 : UINT32_MAX;
}
CK_INLINE bool ck_chance_never(ck_chance chance) {
  return chance.bits == 0 || (chance.bits != 1 && chance.threshold == 0);
}
CK_INLINE ck_choice ck_choice_make(float a, float b, ck_chance chance) {
  if (ck_chance_never(chance)) return (ck_choice){0, 0, 0, UINT32_MAX};
  uint32_t last = ck_chance_last(chance);
  return (ck_choice){a, b, last / 2 + 1, last};
}

CK_INLINE ck_f32 ck_choose(const ck_choice* choice, ck_u32 word) {
  return ck_select(word < ck_splat_u(choice->half), ck_splat(choice->a), ck_splat(choice->b));
}

CK_INLINE ck_f32 ck_combine_lanes(ck_combination how, const ck_operands* o, ck_f32 x, ck_f32 draw, ck_u32 word) {
  const ck_f32 zero = ck_splat(0);
  ck_i32 selected = word <= ck_splat_u(o->last), chosen = (ck_u32)draw <= ck_splat_u(o->choice.last);
  switch (how) {
    case CK_COPY:
      return x;
    case CK_KEEP:
      return draw;
    case CK_CHOOSE:
      return ck_select(chosen, ck_choose(&o->choice, (ck_u32)draw), zero);
    case CK_CHOOSE_ALIKE:
      return ck_from_bits(chosen & ck_bits(ck_splat(o->choice.a)));
    case CK_ADD_DRAW:
      return ck_fma(ck_splat(o->scale), draw, x);
    case CK_MULTIPLY_BY_DRAW: {
      ck_f32 a = ck_fma(ck_splat(o->scale), draw, ck_splat(o->rest));
      return ck_select(a == zero, zero, x * a);
    }
    case CK_SCALE:
      return x * ck_splat(o->scale);
    case CK_ZERO:
      return zero;
    case CK_DROP:
      return ck_select(selected, zero, x * ck_splat(o->scale));
    case CK_DROP_TO:
      return ck_select(selected, ck_splat(o->dropped), ck_fma(x, ck_splat(o->scale), ck_splat(o->shift)));
    case CK_ADD_SHOT_DRAW: {
      ck_f32 root = ck_splat(o->scale) * ck_sqrt(ck_from_bits(ck_bits(x) & ck_splat_i(INT32_MAX)));
      return ck_select(root == zero, x, ck_fma(root, draw, x));
    }
    case CK_PUT_DRAW:
      return ck_select(selected, draw, x);
    case CK_PUT_CHOICE:
      return ck_select(selected & chosen, ck_choose(&o->choice, (ck_u32)draw), x);
    case CK_PASS:
      return ck_select(selected & chosen, zero, x);
  }
}

CK_INLINE void ck_combine_as(ck_combination how, const ck_operands* o, const float* draws, const float* words,
                             size_t rows, size_t columns, const float* x, size_t x_stride, float* y, size_t y_stride) {
  for (size_t r = 0; r < rows; r++, x += x_stride, y += y_stride, draws += columns, words += columns) {
    size_t c = 0;
    for (; c + CK_LANES <= columns; c += CK_LANES)
      ck_store(y + c, ck_combine_lanes(how, o, ck_load(x + c), ck_load(draws + c), (ck_u32)ck_load(words + c)));
    if (c == columns) continue;
    size_t rest = columns - c;
    ck_f32 last = ck_combine_lanes(how, o, ck_load_some(x + c, rest), ck_load(draws + c), (ck_u32)ck_load(words + c));
    ck_store_some(y + c, last, rest);
  }
}

// Combines a matrix with draws and words of its shape, contiguous, readable to the end of a last vector. Where a
// combination reads none they may be any such memory.
static void ck_combine(ck_combination how, const ck_operands* o, const float* draws, const float* words, size_t rows,
                       size_t columns, const float* x, size_t x_stride, float* y, size_t y_stride) {
  if (x_stride == columns && y_stride == columns) columns *= rows, rows = 1;
  switch (how) {
    case CK_KEEP:
    case CK_CHOOSE:
    case CK_CHOOSE_ALIKE:
      break;  // of draws alone
#define CK_CASE(name)                                                              \
  case name:                                                                       \
    ck_combine_as(name, o, draws, words, rows, columns, x, x_stride, y, y_stride); \
    break;
      CK_CASE(CK_COPY)
      CK_CASE(CK_ADD_DRAW)
      CK_CASE(CK_MULTIPLY_BY_DRAW)
      CK_CASE(CK_SCALE)
      CK_CASE(CK_ZERO)
      CK_CASE(CK_DROP)
      CK_CASE(CK_DROP_TO)
      CK_CASE(CK_ADD_SHOT_DRAW)
      CK_CASE(CK_PUT_DRAW)
      CK_CASE(CK_PUT_CHOICE)
      CK_CASE(CK_PASS)
#undef CK_CASE
  }
}

// Adds draws at scales that differ by row, by column or by both: `scales` is that of the first element, which is in column
// `first`. Where one is 0, x passes whatever the draw.
static void ck_add_at_scales(const ck_scales* scales, size_t first, const float* draws, size_t rows, size_t columns,
                             const float* x, size_t x_stride, float* y, size_t y_stride) {
  const float* scale = scales->values;
  for (size_t r = 0; r < rows; r++, x += x_stride, y += y_stride, draws += columns, scale += scales->row_stride) {
    const size_t length = scales->lengths ? scales->lengths[r] : first + columns;
    const size_t counted = length < first ? 0 : length - first;
    for (size_t c = 0; c < columns; c += CK_LANES) {
      const size_t rest = columns - c;
      const bool whole = rest >= CK_LANES;
      ck_f32 factor = ck_splat(*scale), old = whole ? ck_load(x + c) : ck_load_some(x + c, rest);
      if (scales->column_stride) factor = whole ? ck_load(scale + c) : ck_load_some(scale + c, rest);
      ck_i32 passes = factor == ck_splat(0);
      if (counted < c + CK_LANES) passes |= ck_lane_numbers() + ck_splat_i((int32_t)c) >= ck_splat_i((int32_t)counted);
      ck_f32 sum = ck_select(passes, old, ck_fma(factor, ck_load(draws + c), old));
      if (whole)
        ck_store(y + c, sum);
      else
        ck_store_some(y + c, sum, rest);
    }
  }
}
