// One worker's share of a block of the product: a range of rows by a range of columns. It packs a group of panels of b,
// at most 128 columns at full depth so that they stay in L2, then passes over its rows in strips of 48. After the last
// block of k the rules of c's site are applied to a strip while it is hot.
#include "linear/product.h"

enum {
  CK_STRIP = 48,        // rows: whole tiles, and whole units of eight rows for the narrow layout of draws
  CK_MOST_PANELS = 64,  // of a group
};

// What packing an element of b costs, in rows of the product at 16 lanes.
static const double ck_packing_rows = 14;

static const float ck_zeros[64];

typedef struct ck_grid {
  ck_range rows, columns;
} ck_grid;

static size_t ck_parts(size_t count, size_t unit) { return (count + unit - 1) / unit; }

// Splits rows × columns among the workers so that the greatest share costs least. Wide matrices of draws are cut at
// multiples of 128 columns, narrow ones at multiples of 8 rows of the whole batch.
static ck_grid ck_choose_grid(const ck_plan* plan, ck_block block, ck_team team) {
  const ck_product* p = plan->product;
  const size_t m = block.m.end - block.m.begin, n = block.n.end - block.n.begin;
  const bool rules = p->c_site.rules.count > 0;
  const size_t lanes = (size_t)plan->execution->kernels->lanes;
  const size_t row_unit = rules && p->n <= 32 ? 8 : 6;
  const size_t column_unit = rules ? 128 : p->packed ? plan->kernels->panel_columns : lanes;
  const size_t offset = rules && p->n <= 32 ? (p->c_site.rules.row + block.m.begin) % 8 : 0;
  int32_t best_columns = 1;
  double least = 0;
  for (int32_t columns = 1; columns <= team.workers; columns++) {
    const size_t rows = (size_t)(team.workers / columns);
    const size_t high = ck_parts(ck_parts(m + offset, row_unit), rows) * row_unit;
    const size_t wide = ck_parts(ck_parts(n, column_unit), (size_t)columns) * column_unit;
    const double cost =
        (double)(wide < n ? wide : n) * ((double)(high < m ? high : m) + (p->packed ? 0 : ck_packing_rows));
    if (columns == 1 || cost < least) least = cost, best_columns = columns;
  }
  const int32_t rows = team.workers / best_columns;
  if (team.worker >= rows * best_columns) return (ck_grid){{0, 0}, {0, 0}};
  ck_range row_share = ck_share(m + offset, row_unit, (ck_team){team.worker / best_columns, rows});
  const ck_range column_share = ck_share(n, column_unit, (ck_team){team.worker % best_columns, best_columns});
  row_share.begin = row_share.begin < offset ? 0 : row_share.begin - offset;
  row_share.end = row_share.end < offset ? 0 : row_share.end - offset;
  return (ck_grid){row_share, column_share};
}

typedef struct ck_panel {
  const float* data;
  size_t stride, columns;
} ck_panel;

// The panel of b at `column` of the block: where it lies in a packed weight, in b itself if its rows are used but once,
// or else packed to `memory`.
static ck_panel ck_take_panel(const ck_plan* plan, ck_block block, ck_view b, size_t column, size_t columns,
                              size_t rows, float* memory) {
  const ck_product* p = plan->product;
  const size_t depth = block.k.end - block.k.begin, stride = plan->kernels->panel_stride(columns);
  if (p->packed) {
    const float* panel = p->packed + (block.n.begin + column) * p->k;
    return (ck_panel){panel + block.k.begin * stride, stride, columns};
  }
  if (b.transposed) {
    plan->kernels->transpose(columns, depth, b.data + column * b.stride, b.stride, memory, stride);
  } else if (rows <= 6 && stride == columns) {
    return (ck_panel){b.data + column, b.stride, columns};
  } else {
    plan->kernels->copy(depth, columns, b.data + column, b.stride, memory, stride);
  }
  return (ck_panel){memory, stride, columns};
}

// Applies the rules of c's site to a part that is finished.
static void ck_finish(const ck_plan* plan, size_t row, size_t column, size_t rows, size_t columns, ck_team team) {
  const ck_product* p = plan->product;
  const ck_rules* rules = &p->c_site.rules;
  if (rules->count == 0) return;
  const ck_noise_kernels* noise = &plan->execution->kernels->noise;
  const ck_noise_block block = {rules->row + (uint32_t)row, (uint32_t)column, (uint32_t)p->n, rows, columns};
  float* c = p->c + row * p->n + column;
  (p->c_site.gradient ? noise->apply_gradient : noise->apply)(rules, team.worker, &block, c, p->n, c, p->n);
}

// The columns of the next group of at most `most`, of `left`. Where panels may lie anywhere they are shared evenly, in
// whole vectors: 25 vectors are 3, 4, 3, 4, 3, 4, 4, not six of 4 and one of 1.
static size_t ck_next_group(const ck_plan* plan, size_t left, size_t most) {
  const ck_product* p = plan->product;
  if (left <= most || p->packed || p->c_site.rules.count > 0) return left < most ? left : most;
  const size_t lanes = (size_t)plan->execution->kernels->lanes, width = plan->kernels->panel_columns;
  const size_t vectors = ck_parts(left, lanes), panels = ck_parts(left, width);
  return vectors * (most / width) / panels * lanes;
}

void ck_multiply_share(const ck_plan* plan, ck_block block, ck_view a, ck_view b, ck_team team) {
  const ck_product* p = plan->product;
  const size_t lanes = (size_t)plan->execution->kernels->lanes, width = plan->kernels->panel_columns;
  const size_t depth = block.k.end - block.k.begin;
  const bool first = block.k.begin == 0, last = block.k.end == p->k;
  const ck_grid grid = ck_choose_grid(plan, block, team);
  if (grid.rows.begin == grid.rows.end) return;
  float* memory = plan->panels + plan->panels_size * (size_t)team.worker;
  const size_t most = CK_MOST_PANELS * width < plan->group ? CK_MOST_PANELS * width : plan->group;

  for (size_t column = grid.columns.begin, wide; column < grid.columns.end; column += wide) {
    wide = ck_next_group(plan, grid.columns.end - column, most);
    const size_t count = ck_parts(wide, width), vectors = ck_parts(wide, lanes);
    ck_panel panels[CK_MOST_PANELS];
    for (size_t i = 0, j = 0, end; i < count; i++, j = end) {
      end = p->packed ? j + width : vectors * (i + 1) / count * lanes;
      if (end > wide) end = wide;
      panels[i] =
          ck_take_panel(plan, block, b, column + j, end - j, grid.rows.end - grid.rows.begin, memory + j * depth);
    }
    for (size_t row = grid.rows.begin, end; row < grid.rows.end; row = end) {
      const size_t whole = p->c_site.rules.row + block.m.begin + row;  // strips end at multiples of 8 of these
      end = row + CK_STRIP - whole % 8;
      if (end > grid.rows.end) end = grid.rows.end;
      const size_t at = block.m.begin + row;
      for (size_t i = 0, j = block.n.begin + column; i < count; j += panels[i].columns, i++) {
        float* c = p->c + at * p->n + j;
        const float* start = !first || p->accumulate ? c : p->bias ? p->bias + j : ck_zeros;
        plan->kernels->multiply(end - row, panels[i].columns, depth, a.data + row * a.stride, a.stride, panels[i].data,
                                panels[i].stride, start, start == c ? p->n : 0, c, p->n);
      }
      if (last) ck_finish(plan, at, block.n.begin + column, end - row, wide, team);
    }
  }
}
