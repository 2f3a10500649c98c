// Rules on a block, piece by piece: the draws of a piece go to scratch in the first-level cache, then one loop combines
// them with x. Always y = a·x + b; where a = 0 it selects b, so that infinities and NaN do not pass.

typedef enum ck_combination {
  CK_COPY,
  CK_ZERO,
  CK_ADD_DRAW,
  CK_MULTIPLY_BY_DRAW,  // also its gradient
  CK_SCALE,             // also its gradient
  CK_DROP,              // also its gradient
  CK_PUT_DRAW,
  CK_PUT_CHOICE,
  CK_PASS,  // gradient of both
} ck_combination;

// What a combination reads beside x, one an element: draws, or the words of a draw that is a choice; and the words that
// select. Where nothing selects, the same memory serves as both.
typedef struct ck_operands {
  const float *draws, *words;
  float scale, rest;  // of the draw and of 1; or of x
  uint32_t last;      // words up to this select
  ck_transform choice;
} ck_operands;

CK_INLINE ck_f32 ck_combine_lanes(ck_combination how, const ck_operands* o, ck_f32 x, ck_f32 draw, ck_u32 word) {
  const ck_f32 zero = ck_splat(0);
  ck_i32 selected = word <= ck_splat_u(o->last), chosen = (ck_u32)draw <= ck_splat_u(o->choice.last);
  switch (how) {
    case CK_COPY:
      return x;
    case CK_ZERO:
      return zero;
    case CK_ADD_DRAW:
      return ck_fma(ck_splat(o->scale), draw, x);
    case CK_MULTIPLY_BY_DRAW: {
      ck_f32 a = ck_fma(ck_splat(o->scale), draw, ck_splat(o->rest));
      return ck_select(a == zero, zero, x * a);
    }
    case CK_SCALE:
      return x * ck_splat(o->scale);
    case CK_DROP:
      return ck_select(selected, zero, x * ck_splat(o->scale));
    case CK_PUT_DRAW:
      return ck_select(selected, draw, x);
    case CK_PUT_CHOICE:
      return ck_select(selected & chosen, ck_choose(&o->choice, (ck_u32)draw), x);
    case CK_PASS:
      return ck_select(selected & chosen, zero, x);
  }
}

CK_INLINE void ck_combine_as(ck_combination how, const ck_operands* o, size_t rows, size_t columns, const float* x,
                             size_t x_stride, float* y, size_t y_stride) {
  const bool draws =
      how == CK_ADD_DRAW || how == CK_MULTIPLY_BY_DRAW || how == CK_PUT_DRAW || how == CK_PUT_CHOICE || how == CK_PASS;
  const bool words = how == CK_DROP || how == CK_PUT_DRAW || how == CK_PUT_CHOICE || how == CK_PASS;
  for (size_t r = 0; r < rows; r++) {
    const float* from = x + r * x_stride;
    float* to = y + r * y_stride;
    size_t place = r * columns, c = 0;
    for (; c + CK_LANES <= columns; c += CK_LANES, place += CK_LANES) {
      ck_f32 draw = draws ? ck_load(o->draws + place) : ck_splat(0);
      ck_u32 word = words ? (ck_u32)ck_load(o->words + place) : ck_splat_u(0);
      ck_store(to + c, ck_combine_lanes(how, o, ck_load(from + c), draw, word));
    }
    if (c == columns) continue;
    ck_f32 draw = draws ? ck_load(o->draws + place) : ck_splat(0);
    ck_u32 word = words ? (ck_u32)ck_load(o->words + place) : ck_splat_u(0);
    ck_store_some(to + c, ck_combine_lanes(how, o, ck_load_some(from + c, columns - c), draw, word), columns - c);
  }
}

static void ck_combine(ck_combination how, const ck_operands* o, size_t rows, size_t columns, const float* x,
                       size_t x_stride, float* y, size_t y_stride) {
  if (x_stride == columns && y_stride == columns) columns *= rows, rows = 1;
  switch (how) {
#define CK_CASE(name)                                                \
  case name:                                                         \
    ck_combine_as(name, o, rows, columns, x, x_stride, y, y_stride); \
    break;
    CK_CASE(CK_COPY)
    CK_CASE(CK_ZERO)
    CK_CASE(CK_ADD_DRAW)
    CK_CASE(CK_MULTIPLY_BY_DRAW)
    CK_CASE(CK_SCALE)
    CK_CASE(CK_DROP)
    CK_CASE(CK_PUT_DRAW)
    CK_CASE(CK_PUT_CHOICE)
    CK_CASE(CK_PASS)
#undef CK_CASE
  }
}

// Room for the draws and the words of a piece, and for a vector read beyond its end.
typedef struct ck_rule_scratch {
  float draws[CK_NOISE_TILE + CK_LANES], words[CK_NOISE_TILE + CK_LANES];
} ck_rule_scratch;

static void ck_chance_words(ck_chance chance, const ck_address* address, const ck_piece* piece, float* words) {
  if (chance.bits == 32)
    ck_draw_words(NULL, address, piece->rows, piece->columns, words, piece->columns);
  else
    ck_draw_halves(NULL, address, piece->rows, piece->columns, words, piece->columns);
}

static ck_combination ck_prepare_replacement(const ck_rule* rule, bool gradient, int32_t worker,
                                             const ck_address* address, const ck_piece* piece, ck_rule_scratch* scratch,
                                             ck_operands* o) {
  const ck_draw* draw = &rule->draw;
  bool always = rule->chance.bits == 1, choice = draw->distribution == CK_SALT_AND_PEPPER;
  if (ck_chance_never(rule->chance) || (choice && ck_chance_never(draw->chance))) return CK_COPY;
  if (gradient && always && !choice) return CK_ZERO;
  o->last = ck_chance_last(rule->chance), o->choice.last = UINT32_MAX;
  if (always) {
    o->words = o->draws;
  } else {
    ck_address selection = *address;
    selection.plane = 255;
    ck_chance_words(rule->chance, &selection, piece, scratch->words);
  }
  if (choice) {
    uint32_t last = ck_chance_last(draw->chance);
    o->choice = (ck_transform){draw->a, draw->b, last / 2 + 1, last};
    ck_chance_words(draw->chance, address, piece, scratch->draws);
    return gradient ? CK_PASS : CK_PUT_CHOICE;
  }
  if (gradient) {
    o->draws = o->words;
    return CK_PASS;
  }
  ck_noise_fill(draw, worker, address, piece->rows, piece->columns, scratch->draws, piece->columns);
  return CK_PUT_DRAW;
}

// Makes the draws of one rule on one piece. CK_COPY: the rule changes nothing.
static ck_combination ck_prepare_rule(const ck_rule* rule, bool gradient, int32_t worker, const ck_noise_block* block,
                                      const ck_piece* piece, ck_rule_scratch* scratch, ck_operands* o) {
  ck_address address = {.key = rule->key,
                        .step = rule->step,
                        .row = block->row + (uint32_t)piece->row,
                        .column = block->column + (uint32_t)piece->column,
                        .width = block->width};
  *o = (ck_operands){.draws = scratch->draws, .words = scratch->words, .scale = rule->scale, .rest = 1 - rule->scale};
  switch (rule->kind) {
    case CK_ADD:
      if (gradient) return CK_COPY;
    case CK_MULTIPLY:
      ck_noise_fill(&rule->draw, worker, &address, piece->rows, piece->columns, scratch->draws, piece->columns);
      return rule->kind == CK_ADD ? CK_ADD_DRAW : CK_MULTIPLY_BY_DRAW;
    case CK_DROPOUT:
      if (rule->chance.bits == 1) return CK_ZERO;
      o->scale = rule->keep;
      if (ck_chance_never(rule->chance)) return CK_SCALE;
      o->last = ck_chance_last(rule->chance);
      ck_chance_words(rule->chance, &address, piece, scratch->words);
      return CK_DROP;
    case CK_REPLACE:
      return ck_prepare_replacement(rule, gradient, worker, &address, piece, scratch, o);
  }
}

CK_INLINE void ck_rules_on_block(bool gradient, const ck_rules* rules, int32_t worker, const ck_noise_block* block,
                                 const float* x, size_t x_stride, float* y, size_t y_stride) {
  ck_rule_scratch scratch;
  for (ck_piece piece = {0}; ck_next_piece(block, &piece);) {
    const float* from = x + piece.row * x_stride + piece.column;
    float* to = y + piece.row * y_stride + piece.column;
    size_t from_stride = x_stride;
    for (int32_t i = 0; i < rules->count; i++) {
      const ck_rule* rule = &rules->items[gradient ? rules->count - 1 - i : i];
      ck_operands operands;
      ck_combination how = ck_prepare_rule(rule, gradient, worker, block, &piece, &scratch, &operands);
      if (how == CK_COPY) continue;
      ck_combine(how, &operands, piece.rows, piece.columns, from, from_stride, to, y_stride);
      from = to, from_stride = y_stride;
    }
    if (from != to) ck_combine(CK_COPY, &(ck_operands){0}, piece.rows, piece.columns, from, from_stride, to, y_stride);
  }
}

static void ck_noise_apply(const ck_rules* rules, int32_t worker, const ck_noise_block* block, const float* x,
                           size_t x_stride, float* y, size_t y_stride) {
  ck_rules_on_block(false, rules, worker, block, x, x_stride, y, y_stride);
}
static void ck_noise_apply_gradient(const ck_rules* rules, int32_t worker, const ck_noise_block* block, const float* dy,
                                    size_t dy_stride, float* dx, size_t dx_stride) {
  ck_rules_on_block(true, rules, worker, block, dy, dy_stride, dx, dx_stride);
}
