// One worker's share of a block of the product: a range of rows by groups of columns, its own or taken from a queue. Of a
// group it packs the panels of b (128 columns at full depth where b is turned, so that they stay in L2; more where it is
// copied), then passes over its rows in strips of 48. Where c lies
// transposed, a strip by a panel is made in a tile and then turned. After the last block of k the rules of c's site are
// applied while c is hot: to a strip or a few, or where it lies transposed to the rows of a group.
#include "linear/product.h"

#include <stdatomic.h>

enum {
  CK_STRIP = 48,          // rows: whole tiles, and whole units of eight rows for the narrow layout of draws
  CK_MOST_PANELS = 65,    // of a group: 64 whole ones and a part of a vector
  CK_LEAST_COLUMNS = 64,  // of a group, where several workers take them
  CK_TILE_COLUMNS = 64,
  CK_IN_PLACE_ROWS = 6,   // of a: with so few b is read where it lies,
  CK_IN_PLACE_STEP = 32,  // so many rows of it at a time at least, along which it is walked, and as many as lie in
  CK_IN_PLACE_REACH = 1 << 18,  // so many floats: within reach of the caches' and the pages' tables
  CK_IN_PLACE_ELEMENTS =
      20 * 1024,             // of a: with no more b is read in place even where its rows begin within cache lines
  CK_COPIED_ROWS = 8,        // of b, copied to their panels at a time
  CK_LEAST_FINISHED = 1024,  // elements of c that rules are applied to at once, where there are as many
};

static const float ck_zeros[64];

typedef struct ck_panel {
  const float* data;
  size_t stride, columns;
  bool transposed;  // b itself, [columns, depth]
} ck_panel;

// Whether panels of b, whose rows lie `stride` apart, are better read where they lie than packed: where few rows of a read
// them, for their depth or at all, or rows begin cache lines; but only if they lie within a few pages of each other, and do
// not fall in so few sets of the second-level cache (eight ways of 128 KB are counted on) that they drive each other out.
static bool ck_reads_in_place(ck_view b, size_t depth, size_t rows) {
  if (rows <= CK_IN_PLACE_ROWS) return true;
  if (rows > 256 || b.stride > 2048) return false;
  const bool lines = b.stride % 16 == 0 && (uintptr_t)b.data % 64 == 0;
  if (!lines && rows * depth > CK_IN_PLACE_ELEMENTS) return false;
  const size_t way = 128 * 1024 / sizeof(float), places = way / (b.stride & -b.stride);
  return depth <= 8 * places;
}

// How many rows of b are passed at a time where few rows read it in place. Each pass loads c again and stores it.
static size_t ck_in_place_step(size_t stride) {
  const size_t rows = CK_IN_PLACE_REACH / stride;
  return rows > CK_IN_PLACE_STEP ? rows : CK_IN_PLACE_STEP;
}

// The panels of the `wide` columns of the block from `column` on: where they lie in a packed weight, in b itself, or
// packed to `memory`. Returns how many.
static size_t ck_take_panels(const ck_plan* plan, ck_block block, ck_view b, size_t column, size_t wide, size_t rows,
                             float* memory, ck_panel panels[CK_MOST_PANELS]) {
  const ck_product* p = plan->product;
  const bool few = ck_has_few_rows(plan->execution->kernels, p);
  const size_t lanes = (size_t)plan->execution->kernels->lanes;
  const size_t depth = block.k.end - block.k.begin;
  const bool in_place = !p->packed && !b.transposed && ck_reads_in_place(b, depth, rows);
  // As wide as the widest tile of a row or of a few.
  const size_t width = few || (in_place && rows <= CK_WIDE_ROWS) ? CK_TILE_COLUMNS : plan->kernels->panel_columns;
  // Where b is read in place, a part of a vector at the edge is copied, by itself.
  const size_t whole = in_place ? wide - wide % lanes : wide, edge = wide - whole;
  const size_t parts = ck_parts(whole, width), vectors = ck_parts(whole, lanes), count = parts + (edge > 0);
  bool copies = false;
  for (size_t i = 0, begin = 0, end; i < count; i++, begin = end) {
    end = p->packed ? begin + width : i < parts ? vectors * (i + 1) / parts * lanes : wide;
    if (end > wide) end = wide;
    const size_t columns = end - begin, stride = plan->kernels->panel_stride(columns);
    if (p->packed) {
      const float* packed = p->packed + (block.n.begin + column + begin) * p->k + block.k.begin * stride;
      panels[i] = (ck_panel){packed, stride, columns, false};
      continue;
    }
    const float* lying = b.transposed ? b.data + (column + begin) * b.stride : b.data + column + begin;
    if (few || (in_place && stride == columns)) {
      panels[i] = (ck_panel){lying, b.stride, columns, few};
      continue;
    }
    panels[i] = (ck_panel){memory + begin * depth, stride, columns, false};
    if (b.transposed) {
      plan->kernels->transpose(columns, depth, lying, b.stride, memory + begin * depth, stride, true);
    } else {
      copies = true;
    }
  }
  // Some rows of all panels at a time: b is walked along its rows.
  for (size_t k = 0, high; copies && k < depth; k += high) {
    high = depth - k < CK_COPIED_ROWS ? depth - k : CK_COPIED_ROWS;
    for (size_t i = 0, begin = 0; i < count; begin += panels[i].columns, i++) {
      const ck_panel* panel = &panels[i];
      if (panel->data != memory + begin * depth) continue;
      plan->kernels->copy(high, panel->columns, b.data + k * b.stride + column + begin, b.stride,
                          memory + begin * depth + k * panel->stride, panel->stride);
    }
  }
  return count;
}

// Applies the rules of c's site to rows and columns of the product that are finished.
static void ck_finish(const ck_plan* plan, ck_range rows, ck_range columns, ck_team team) {
  const ck_product* p = plan->product;
  const ck_rules* rules = &p->c_site.rules;
  if (rules->count == 0) return;
  const ck_noise_kernels* noise = &plan->execution->kernels->noise;
  const size_t width = p->c_transposed ? p->m : p->n;
  const ck_range down = p->c_transposed ? columns : rows, across = p->c_transposed ? rows : columns;
  const ck_noise_block block = {rules->row + (uint32_t)down.begin, (uint32_t)across.begin, (uint32_t)width,
                                down.end - down.begin, across.end - across.begin};
  float* c = p->c + down.begin * width + across.begin;
  (p->c_site.gradient ? noise->apply_gradient : noise->apply)(rules, team.worker, &block, c, width, c, width);
}

// A strip by a panel: rows of the product from `row`, and columns from `column`, in c as it lies.
static void ck_multiply_strip(const ck_plan* plan, ck_view a, ck_panel panel, size_t depth, bool first, size_t row,
                              size_t rows, size_t column) {
  const ck_product* p = plan->product;
  const bool stored = !first || p->accumulate;
  const ck_multiply multiply = panel.transposed ? plan->kernels->multiply_few : plan->kernels->multiply;
  if (!p->c_transposed) {
    float* c = p->c + row * p->n + column;
    const float* start = stored ? c : p->bias ? p->bias + column : ck_zeros;
    multiply(rows, panel.columns, depth, a.data, a.stride, panel.data, panel.stride, start, stored ? p->n : 0, c, p->n);
    return;
  }
  _Alignas(64) float tile[CK_STRIP * CK_TILE_COLUMNS];
  float* c = p->c + column * p->m + row;
  const float* start = tile;
  if (stored) {
    plan->kernels->transpose(panel.columns, rows, c, p->m, tile, CK_TILE_COLUMNS, true);
  } else if (p->bias) {
    for (size_t r = 0; r < rows; r++) {
      for (size_t i = 0; i < CK_TILE_COLUMNS; i++) tile[r * CK_TILE_COLUMNS + i] = p->bias[row + r];
    }
  } else {
    start = ck_zeros;
  }
  multiply(rows, panel.columns, depth, a.data, a.stride, panel.data, panel.stride, start,
           start == tile ? CK_TILE_COLUMNS : 0, tile, CK_TILE_COLUMNS);
  plan->kernels->transpose(rows, panel.columns, tile, CK_TILE_COLUMNS, c, p->m, false);
}

// The width of the next group, of at most `most` columns, where there are `left`. Where panels may lie anywhere they are
// shared evenly, in whole vectors: 25 vectors are 3, 4, 3, 4, 3, 4, 4, not six of 4 and one of 1.
static size_t ck_group_columns(const ck_plan* plan, size_t left, size_t most) {
  const ck_product* p = plan->product;
  const bool fixed = p->packed || (p->c_site.rules.count > 0 && !p->c_transposed);
  if (left <= most || fixed) return left < most ? left : most;
  const size_t lanes = (size_t)plan->execution->kernels->lanes, width = plan->kernels->panel_columns;
  const size_t vectors = ck_parts(left, lanes), panels = ck_parts(left, width);
  return vectors * (most / width) / panels * lanes;
}

// Takes the next group from a queue of columns that ends at `end`. Where several workers share it, groups get smaller
// towards the end, so that all are done at about the same time.
static ck_range ck_take_group(const ck_plan* plan, ck_queue* queue, size_t end, size_t sharers) {
  const ck_product* p = plan->product;
  const size_t width = plan->kernels->panel_columns;
  const size_t most_columns = (CK_MOST_PANELS - 1) * width;
  const size_t widest = most_columns < plan->group ? most_columns : plan->group;
  const bool rules = p->c_site.rules.count > 0 && !p->c_transposed;
  const size_t least = rules ? 128 : CK_LEAST_COLUMNS;
  size_t begin = atomic_load_explicit(queue, memory_order_relaxed), wide;
  do {
    if (begin >= end) return (ck_range){end, end};
    size_t most = widest;
    if (sharers > 1) {
      const size_t fair = ck_parts((end - begin) / (2 * sharers), least) * least;
      most = fair < least ? least : fair < widest ? fair : widest;
    }
    wide = ck_group_columns(plan, end - begin, most);
  } while (
      !atomic_compare_exchange_weak_explicit(queue, &begin, begin + wide, memory_order_relaxed, memory_order_relaxed));
  return (ck_range){begin, begin + wide};
}

void ck_multiply_share(const ck_plan* plan, ck_block block, ck_view a, ck_view b, ck_team team) {
  const ck_product* p = plan->product;
  const size_t depth = block.k.end - block.k.begin;
  const bool first = block.k.begin == 0, last = block.k.end == p->k;
  const ck_grid grid = ck_choose_grid(plan, block, team);
  if (grid.rows.begin == grid.rows.end || grid.columns.begin == grid.columns.end) return;
  const size_t rows = grid.rows.end - grid.rows.begin;
  const size_t step = rows <= CK_IN_PLACE_ROWS && !b.transposed ? ck_in_place_step(b.stride) : depth;
  float* memory = p->packed ? NULL : plan->panels + plan->panels_size * (size_t)team.worker;
  ck_queue own = grid.columns.begin;
  ck_queue* queue = grid.shared ? block.queue : &own;
  const size_t sharers = grid.shared ? (size_t)team.workers : 1;

  for (ck_range group; group = ck_take_group(plan, queue, grid.columns.end, sharers), group.begin < group.end;) {
    const size_t column = group.begin, wide = group.end - group.begin;
    ck_panel panels[CK_MOST_PANELS];
    const size_t count = ck_take_panels(plan, block, b, column, wide, rows, memory, panels);
    const ck_range columns = {block.n.begin + column, block.n.begin + column + wide};
    size_t finished = grid.rows.begin;
    for (size_t row = grid.rows.begin, end; row < grid.rows.end; row = end) {
      // Strips end at multiples of 8 rows of the whole batch.
      end = row + CK_STRIP - (p->c_site.rules.row + block.m.begin + row) % 8;
      if (end > grid.rows.end) end = grid.rows.end;
      size_t k = 0;
      do {
        const size_t deep = depth - k < step ? depth - k : step;
        const ck_view strip = {a.data + row * a.stride + k, a.stride, false};
        for (size_t i = 0, j = columns.begin; i < count; j += panels[i].columns, i++) {
          const ck_panel panel = {panels[i].data + k * panels[i].stride, panels[i].stride, panels[i].columns,
                                  panels[i].transposed};
          ck_multiply_strip(plan, strip, panel, deep, first && k == 0, block.m.begin + row, end - row, j);
        }
        k += deep;
      } while (k < depth);
      const bool enough = (end - finished) * wide >= CK_LEAST_FINISHED || end == grid.rows.end;
      if (last && !p->c_transposed && enough) {
        ck_finish(plan, (ck_range){block.m.begin + finished, block.m.begin + end}, columns, team);
        finished = end;
      }
    }
    const ck_range all = {block.m.begin + grid.rows.begin, block.m.begin + grid.rows.end};
    if (last && p->c_transposed) ck_finish(plan, all, columns, team);
  }
}
