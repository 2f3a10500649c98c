// What shares of a product cost: the choice of the split among threads, and of the order of the operands.
#include "linear/product.h"

// What packing an element of b costs, in rows of the product: measured at 16 lanes, and about the same in time at others.
static double ck_packing_rows(size_t lanes) { return 14.0 / 16 * (double)lanes; }

// Columns as a product pays for them: in whole vectors, and a single vector has too few chains to fill the pipeline.
static double ck_paid_columns(size_t columns, size_t lanes) {
  const size_t vectors = ck_parts(columns, lanes);
  return (double)lanes * (vectors == 1 ? 1.35 : (double)vectors);
}

// In c as it lies, wide matrices of draws are cut at multiples of 128 columns, narrow ones at multiples of 8 rows of the
// whole batch.
ck_grid ck_choose_grid(const ck_plan* plan, ck_block block, ck_team team) {
  const ck_product* p = plan->product;
  const size_t m = block.m.end - block.m.begin, n = block.n.end - block.n.begin;
  const size_t lanes = (size_t)plan->execution->kernels->lanes;
  const bool rules = p->c_site.rules.count > 0, narrow = rules && !p->c_transposed && p->n <= 32;
  const size_t row_unit = rules && p->c_transposed ? 128 : narrow ? 8 : 6;
  const size_t column_unit = rules && !p->c_transposed ? 128 : p->packed ? plan->kernels->panel_columns : lanes;
  const size_t offset = narrow ? (p->c_site.rules.row + block.m.begin) % 8 : 0;
  const double packing = p->packed || ck_has_few_rows(plan->execution->kernels, p) ? 0 : ck_packing_rows(lanes);
  int32_t best_columns = 1;
  double least = 0;
  for (int32_t columns = 1; columns <= team.workers; columns++) {
    const size_t rows = (size_t)(team.workers / columns);
    const size_t high = ck_parts(ck_parts(m + offset, row_unit), rows) * row_unit;
    const size_t wide = ck_parts(ck_parts(n, column_unit), (size_t)columns) * column_unit;
    const double cost = ck_paid_columns(wide < n ? wide : n, lanes) * ((double)(high < m ? high : m) + packing);
    if (columns == 1 || cost < least) least = cost, best_columns = columns;
  }
  const int32_t rows = team.workers / best_columns;
  if (team.worker >= rows * best_columns) return (ck_grid){{0, 0}, {0, 0}, false};
  ck_range row_share = ck_share(m + offset, row_unit, (ck_team){team.worker / best_columns, rows});
  const ck_range column_share = ck_share(n, column_unit, (ck_team){team.worker % best_columns, best_columns});
  row_share.begin = row_share.begin < offset ? 0 : row_share.begin - offset;
  row_share.end = row_share.end < offset ? 0 : row_share.end - offset;
  // Where there are many columns and they alone are cut, they are taken group by group: a thread that something slows down
  // takes fewer.
  const bool shared = rows == 1 && best_columns > 1 && n >= 128 * (size_t)team.workers;
  return (ck_grid){row_share, shared ? (ck_range){0, n} : column_share, shared};
}

// Where a lies transposed: as it is, a is turned; swapped, b is, and c, which is read so too if it is added to.
static bool ck_prefers_swap_of_turned(const ck_kernels* kernels, const ck_product* p) {
  if (p->b.transposed || p->m == 0 || p->n == 0 || ck_is_shallow(kernels, p)) return false;
  const size_t lanes = (size_t)kernels->lanes;
  const double m = (double)p->m, n = (double)p->n, turning = ck_packing_rows(lanes);
  const double passes = (p->accumulate ? 2 : 1) / (double)p->k;
  const double plain = ck_paid_columns(p->n, lanes) * m + turning * m;
  // By some margin: near the balance two threads gain less from it than one.
  return 1.3 * (ck_paid_columns(p->m, lanes) * n + turning * (n + m * n * passes)) < plain;
}

bool ck_prefers_swap(const ck_kernels* kernels, const ck_product* p) {
  if (p->packed || p->k == 0) return false;
  if (p->a.transposed) return ck_prefers_swap_of_turned(kernels, p);
  if (!p->b.transposed || ck_has_few_rows(kernels, p)) return false;
  if (p->c_site.rules.count > 0 && p->n <= 32) return false;
  if (ck_are_few(kernels, p->n, p->k)) return true;
  const size_t lanes = (size_t)kernels->lanes;
  const double m = (double)p->m, n = (double)p->n, packing = ck_packing_rows(lanes);
  const double plain = ck_paid_columns(p->n, lanes) * (m + packing);
  const double turning = packing * m * n / (double)p->k;  // c, element by element
  return ck_paid_columns(p->m, lanes) * (n + packing) + turning < plain;
}
