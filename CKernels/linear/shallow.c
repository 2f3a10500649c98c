// One worker's share of a product over a short k: rows of c, or columns where there are few rows, walked along.
#include "linear/product.h"

enum {
  CK_SHALLOW_FLOATS = 4096,  // of b at a time: with the rows of c that it is added to it stays in the first-level cache
  CK_SHALLOW_ROWS = 16,      // a thread's least share
  CK_LYING_ROWS = 4,         // of b, that stay in the first-level cache wherever they lie
};

bool ck_is_shallow(const ck_kernels* kernels, const ck_product* p) {
  if (p->k == 0 || p->packed || p->c_transposed || p->c_site.rules.count > 0) return false;
  // Rows of c that are long and few stay in the first-level cache while all of k passes by.
  const bool few = p->a.transposed && !p->b.transposed && (p->m <= 2 || (p->m <= 6 && p->n >= 512));
  return few || (p->k <= CK_MOST_SHALLOW && !ck_has_few_rows(kernels, p));
}

size_t ck_shallow_group(size_t depth) {
  return CK_SHALLOW_FLOATS / (depth < CK_MOST_SHALLOW ? depth : CK_MOST_SHALLOW) / 64 * 64;
}

static size_t ck_shallow_stride(size_t columns) { return ck_parts(columns, CK_LINE) * CK_LINE + CK_LINE; }

size_t ck_shallow_panel(const ck_product* p, size_t columns) {
  const size_t depth = p->k < CK_MOST_SHALLOW ? p->k : CK_MOST_SHALLOW;
  return p->b.transposed || depth > CK_LYING_ROWS ? ck_shallow_stride(columns) * depth : 0;
}

// The columns of b from `column` on. They are turned where they lie transposed, and copied where their rows fall in so few
// sets of the first-level cache that they drive each other out.
static void ck_take_shallow_panel(const ck_plan* plan, ck_view b, size_t depth, size_t column, size_t columns,
                                  float* memory, ck_shallow_operands* t) {
  const bool copied = !b.transposed && depth > CK_LYING_ROWS && b.stride % 256 == 0;
  t->b = memory, t->b_stride = ck_shallow_stride(columns), t->columns = columns;
  if (b.transposed) {
    plan->kernels->transpose(columns, depth, b.data + column * b.stride, b.stride, memory, t->b_stride, true);
  } else if (copied) {
    plan->kernels->copy(depth, columns, b.data + column, b.stride, memory, t->b_stride);
  } else {
    t->b = b.data + column, t->b_stride = b.stride;
  }
}

// Columns from `column` on over all of the block's k, CK_MOST_SHALLOW at a time, in ascending order.
static void ck_multiply_shallow_columns(const ck_plan* plan, ck_block block, ck_view a, ck_view b, ck_range rows,
                                        size_t column, size_t columns, float* memory) {
  const ck_product* p = plan->product;
  const size_t depth = block.k.end - block.k.begin, place = block.n.begin + column;
  ck_shallow_operands t = {
      .rows = rows.end - rows.begin,
      .a_row_stride = a.transposed ? 1 : a.stride,
      .a_depth_stride = a.transposed ? a.stride : 1,
      .c = p->c + (block.m.begin + rows.begin) * p->n + place,
      .c_stride = p->n,
  };
  for (size_t k = 0, deep; k < depth; k += deep) {
    deep = depth - k < CK_MOST_SHALLOW ? depth - k : CK_MOST_SHALLOW;
    const ck_view part = {b.data + (b.transposed ? k : k * b.stride), b.stride, b.transposed};
    ck_take_shallow_panel(plan, part, deep, column, columns, memory, &t);
    const bool stored = p->accumulate || block.k.begin + k > 0;
    t.a = a.data + rows.begin * t.a_row_stride + k * t.a_depth_stride;
    t.start = stored ? t.c : p->bias ? p->bias + place : NULL;
    t.start_stride = stored ? p->n : 0;
    plan->kernels->multiply_shallow(deep, &t);
  }
}

void ck_multiply_shallow_share(const ck_plan* plan, ck_block block, ck_view a, ck_view b, ck_team team) {
  const size_t m = block.m.end - block.m.begin, n = block.n.end - block.n.begin;
  if (block.n.begin == 0) ck_add_sums(plan, block.m, block.k.end - block.k.begin, a, plan->product->a_row_sums, team);
  const bool by_rows = m >= CK_SHALLOW_ROWS * (size_t)team.workers;
  const ck_range rows = by_rows ? ck_share(m, CK_SHALLOW_ROWS, team) : (ck_range){0, m};
  const ck_range columns = by_rows ? (ck_range){0, n} : ck_share(n, CK_SHALLOW_ROWS, team);
  float* memory = plan->panels_size > 0 ? plan->panels + plan->panels_size * (size_t)team.worker : NULL;
  for (size_t column = columns.begin, wide; column < columns.end; column += wide) {
    wide = columns.end - column < plan->group ? columns.end - column : plan->group;
    ck_multiply_shallow_columns(plan, block, a, b, rows, column, wide, memory);
  }
}
