// Rules on a block, piece by piece, so that a piece stays in the first-level cache from rule to rule. Where a rule's one
// kind of draws is made by transforming words, and the matrix is wide, the draws never leave registers; else they go to
// scratch and a second loop combines them with x. So do draws that elements share, and those at scales that differ.

static ck_sink ck_sink_to_y(const ck_rule_task* task, ck_combination how, const ck_operands* o) {
  return (ck_sink){
      .how = how, .operands = *o, .x = task->x, .x_stride = task->x_stride, .y = task->y, .y_stride = task->y_stride};
}
static void ck_combine_scratch(const ck_rule_task* task, ck_combination how, const ck_operands* o, const float* draws,
                               const float* words) {
  ck_combine(how, o, draws, words, task->rows, task->columns, task->x, task->x_stride, task->y, task->y_stride);
}

// Whether draws may go from registers to y: each has an element of its own, in a wide matrix.
CK_INLINE bool ck_is_fused(const ck_rule_task* task) {
  return task->address.width > 32 && task->rule->sharing.width == 0;
}

// A draw added or multiplied.
static void ck_rule_with_draw(const ck_rule_task* task, ck_combination how) {
  const ck_rule* rule = task->rule;
  float* draws = task->scratch->draws;
  ck_operands o = {.scale = rule->scale, .rest = 1 - rule->scale};
  ck_sink sink = ck_sink_to_y(task, how, &o);
  const bool fused = ck_is_fused(task) && !rule->scales.values && how != CK_ADD_SHOT_DRAW;
  if (fused && ck_draw_transform(&rule->draw, &sink, &task->address, task->rows, task->columns)) return;
  ck_draw_piece(task, &rule->draw, draws);
  if (rule->scales.values) {
    const ck_scales scales = ck_scales_of_piece(task);
    ck_add_at_scales(&scales, task->address.column, draws, task->rows, task->columns, task->x, task->x_stride, task->y,
                     task->y_stride);
  } else {
    ck_combine_scratch(task, how, &o, draws, draws);
  }
}

// A combination with the words of one chance.
static void ck_rule_with_chance(const ck_rule_task* task, ck_combination how, const ck_operands* o, ck_chance chance,
                                uint32_t plane) {
  float* words = task->scratch->words;
  if (ck_is_fused(task) && how != CK_DROP_TO) {
    ck_address address = task->address;
    address.plane = plane;
    ck_sink sink = ck_sink_to_y(task, how, o);
    ck_draw_chance(chance, &sink, &address, task->rows, task->columns);
  } else {
    ck_draw_piece_words(task, chance, plane, words);
    ck_combine_scratch(task, how, o, words, words);
  }
}

static void ck_rule_dropout(const ck_rule_task* task) {
  const ck_rule* rule = task->rule;
  const float* any = task->scratch->draws;
  ck_operands o = {
      .scale = rule->keep, .shift = rule->shift, .dropped = rule->dropped, .last = ck_chance_last(rule->chance)};
  const bool alpha = rule->kind == CK_ALPHA_DROPOUT && !task->gradient;
  if (rule->chance.bits == 1)
    ck_combine_scratch(task, CK_ZERO, &o, any, any);
  else if (ck_chance_never(rule->chance))
    ck_combine_scratch(task, CK_SCALE, &o, any, any);
  else
    ck_rule_with_chance(task, alpha ? CK_DROP_TO : CK_DROP, &o, rule->chance, 0);
}

static void ck_rule_replace(const ck_rule_task* task) {
  enum { SELECTION_PLANE = 255 };
  const ck_draw* draw = &task->rule->draw;
  float *draws = task->scratch->draws, *words = task->scratch->words;
  ck_chance chance = task->rule->chance;
  const bool choice = draw->distribution == CK_SALT_AND_PEPPER, always = chance.bits == 1;
  ck_operands o = {.last = ck_chance_last(chance), .choice.last = UINT32_MAX};
  if (choice) o.choice = ck_choice_make(draw->a, draw->b, draw->chance);
  ck_combination how = task->gradient ? CK_PASS : choice ? CK_PUT_CHOICE : CK_PUT_DRAW;
  if (always && choice) {
    ck_rule_with_chance(task, how, &o, draw->chance, 0);
  } else if (always && task->gradient) {
    ck_combine_scratch(task, CK_ZERO, &o, draws, draws);
  } else if (task->gradient && !choice) {
    ck_rule_with_chance(task, how, &o, chance, SELECTION_PLANE);
  } else {
    if (choice)
      ck_draw_piece_words(task, draw->chance, 0, draws);
    else
      ck_draw_piece(task, draw, draws);
    if (!always) ck_draw_piece_words(task, chance, SELECTION_PLANE, words);
    ck_combine_scratch(task, how, &o, draws, always ? draws : words);
  }
}

// False if the rule changes nothing: nothing is written then.
static bool ck_rule_piece(const ck_rule_task* task) {
  const ck_rule* rule = task->rule;
  switch (rule->kind) {
    case CK_ADD:
      if (task->gradient || (rule->scale == 0 && !rule->scales.values)) return false;
      ck_rule_with_draw(task, CK_ADD_DRAW);
      return true;
    case CK_ADD_SHOT:
      if (task->gradient || rule->scale == 0) return false;
      ck_rule_with_draw(task, CK_ADD_SHOT_DRAW);
      return true;
    case CK_MULTIPLY:
      if (rule->scale == 0) return false;
      ck_rule_with_draw(task, CK_MULTIPLY_BY_DRAW);
      return true;
    case CK_DROPOUT:
    case CK_ALPHA_DROPOUT:
      ck_rule_dropout(task);
      return true;
    case CK_REPLACE:
      if (ck_chance_never(rule->chance)) return false;
      if (rule->draw.distribution == CK_SALT_AND_PEPPER && ck_chance_never(rule->draw.chance)) return false;
      ck_rule_replace(task);
      return true;
  }
}

CK_INLINE void ck_rules_on_block(bool gradient, const ck_rules* rules, int32_t worker, const ck_noise_block* block,
                                 const float* x, size_t x_stride, float* y, size_t y_stride) {
  ck_rule_scratch scratch;
  for (ck_piece piece = {0}; ck_next_piece(block, &piece);) {
    ck_rule_task task = {.gradient = gradient,
                         .worker = worker,
                         .matrix_row = block->row + (uint32_t)piece.row - rules->row,
                         .rows = piece.rows,
                         .columns = piece.columns,
                         .x = x + piece.row * x_stride + piece.column,
                         .x_stride = x_stride,
                         .y = y + piece.row * y_stride + piece.column,
                         .y_stride = y_stride,
                         .scratch = &scratch};
    for (int32_t i = 0; i < rules->count; i++) {
      const ck_rule* rule = &rules->items[gradient ? rules->count - 1 - i : i];
      task.rule = rule;
      task.address = (ck_address){.key = rule->key,
                                  .step = rule->step,
                                  .row = block->row + (uint32_t)piece.row,
                                  .column = block->column + (uint32_t)piece.column,
                                  .width = block->width};
      if (ck_rule_piece(&task)) task.x = task.y, task.x_stride = y_stride;
    }
    if (task.x != task.y) ck_combine_scratch(&task, CK_COPY, &(ck_operands){0}, scratch.draws, scratch.draws);
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
