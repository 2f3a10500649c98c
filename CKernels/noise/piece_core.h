// One rule on one piece of a block, and the piece's draws in scratch: one an element, or a smaller matrix of draws spread
// over the elements that share them.

// Room for the draws and the words of a piece, and for a vector read beyond its end.
typedef struct ck_rule_scratch {
  float draws[CK_NOISE_TILE + CK_LANES], words[CK_NOISE_TILE + CK_LANES];
} ck_rule_scratch;

// One rule on one piece.
typedef struct ck_rule_task {
  const ck_rule* rule;
  bool gradient;
  int32_t worker;
  uint32_t matrix_row;  // of the piece's first row, from the first of the matrix
  ck_address address;
  size_t rows, columns;
  const float* x;
  size_t x_stride;
  float* y;
  size_t y_stride;
  ck_rule_scratch* scratch;
} ck_rule_task;

// The part of the matrix of draws that a piece's elements share.
typedef struct ck_shared_part {
  ck_address address;
  size_t rows, columns;
} ck_shared_part;

static ck_shared_part ck_shared_part_of(const ck_rule_task* task, ck_address address) {
  const ck_sharing* sharing = &task->rule->sharing;
  ck_shared_part part = {address, task->rows, task->columns};
  part.address.width = sharing->width;
  if (sharing->rows) part.address.row = 0, part.rows = 1;
  if (sharing->columns) {
    part.address.column = address.column / sharing->columns;
    part.columns = (address.column + task->columns - 1) / sharing->columns + 1 - part.address.column;
  }
  return part;
}

// Copies each shared draw to its elements.
static void ck_spread(const ck_rule_task* task, const ck_shared_part* part, const float* from, float* to) {
  const ck_sharing* sharing = &task->rule->sharing;
  const size_t each = sharing->columns ? sharing->columns : 1, first = each - task->address.column % each;
  for (size_t r = 0; r < task->rows; r++, to += task->columns) {
    const float* draw = from + (sharing->rows ? 0 : r * part->columns);
    for (size_t c = 0, run = first; c < task->columns; c += run, run = each, draw++) {
      if (run > task->columns - c) run = task->columns - c;
      for (size_t i = 0; i < run; i++) to[c + i] = *draw;
    }
  }
}

// The draws of a piece to scratch.
static void ck_draw_piece(const ck_rule_task* task, const ck_draw* draw, float* to) {
  if (task->rule->sharing.width == 0) {
    ck_noise_fill(draw, task->worker, &task->address, task->rows, task->columns, to, task->columns);
    return;
  }
  float shared[CK_NOISE_TILE];
  const ck_shared_part part = ck_shared_part_of(task, task->address);
  ck_noise_fill(draw, task->worker, &part.address, part.rows, part.columns, shared, part.columns);
  ck_spread(task, &part, shared, to);
}

// The words of a chance.
static void ck_draw_piece_words(const ck_rule_task* task, ck_chance chance, uint32_t plane, float* to) {
  ck_address address = task->address;
  address.plane = plane;
  ck_sink sink = {.how = CK_KEEP, .y = to, .y_stride = task->columns};
  if (task->rule->sharing.width == 0) {
    ck_draw_chance(chance, &sink, &address, task->rows, task->columns);
    return;
  }
  float shared[CK_NOISE_TILE];
  const ck_shared_part part = ck_shared_part_of(task, address);
  sink.y = shared, sink.y_stride = part.columns;
  ck_draw_chance(chance, &sink, &part.address, part.rows, part.columns);
  ck_spread(task, &part, shared, to);
}

static ck_scales ck_scales_of_piece(const ck_rule_task* task) {
  ck_scales scales = task->rule->scales;
  scales.values += task->matrix_row * scales.row_stride + task->address.column * scales.column_stride;
  if (scales.lengths) scales.lengths += task->matrix_row;
  return scales;
}
