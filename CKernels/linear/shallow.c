// One worker's share of a product over a short k: rows of c, or columns where there are few rows, walked along.
#include "linear/product.h"

enum {
  CK_LINE = 16,              // floats of a cache line
  CK_SHALLOW_FLOATS = 4096,  // of b at a time: with the rows of c that it is added to it stays in the first-level cache
  CK_SHALLOW_ROWS = 16,      // a thread's least share
  CK_LYING_ROWS = 4,         // of b, that stay in the first-level cache wherever they lie
};

bool ck_is_shallow(const ck_kernels* kernels, const ck_product* p) {
  return p->k > 0 && p->k <= CK_MOST_SHALLOW && !p->packed && !p->c_transposed && p->c_site.rules.count == 0 &&
         !ck_has_few_rows(kernels, p);
}

size_t ck_shallow_group(size_t depth) { return CK_SHALLOW_FLOATS / depth / 64 * 64; }

static size_t ck_shallow_stride(size_t columns) { return ck_parts(columns, CK_LINE) * CK_LINE + CK_LINE; }

size_t ck_shallow_panel(const ck_product* p, size_t columns) {
  return p->b.transposed || p->k > CK_LYING_ROWS ? ck_shallow_stride(columns) * p->k : 0;
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

// sums[i] += a[i,0], then a[i,1], …, as ck_prepare_rows does where rows are prepared.
static void ck_add_row_sums(const ck_plan* plan, ck_block block, ck_view a, ck_team team) {
  const ck_range rows = ck_share(block.m.end - block.m.begin, CK_SHALLOW_ROWS, team);
  float* sums = block.n.begin == 0 ? plan->product->a_row_sums : NULL;
  if (!sums || rows.begin == rows.end) return;
  plan->kernels->add_rows(block.k.end, rows.end - rows.begin, a.data + rows.begin, a.stride,
                          sums + block.m.begin + rows.begin);
}

void ck_multiply_shallow_share(const ck_plan* plan, ck_block block, ck_view a, ck_view b, ck_team team) {
  const ck_product* p = plan->product;
  const size_t depth = block.k.end, m = block.m.end - block.m.begin, n = block.n.end - block.n.begin;
  ck_add_row_sums(plan, block, a, team);
  const bool by_rows = m >= CK_SHALLOW_ROWS * (size_t)team.workers;
  const ck_range rows = by_rows ? ck_share(m, CK_SHALLOW_ROWS, team) : (ck_range){0, m};
  const ck_range columns = by_rows ? (ck_range){0, n} : ck_share(n, CK_SHALLOW_ROWS, team);
  ck_shallow_operands t = {
      .rows = rows.end - rows.begin,
      .a = a.data + rows.begin * (a.transposed ? 1 : a.stride),
      .a_row_stride = a.transposed ? 1 : a.stride,
      .a_depth_stride = a.transposed ? a.stride : 1,
      .c_stride = p->n,
  };
  float* memory = plan->panels_size > 0 ? plan->panels + plan->panels_size * (size_t)team.worker : NULL;
  for (size_t column = columns.begin; column < columns.end; column += t.columns) {
    const size_t left = columns.end - column;
    ck_take_shallow_panel(plan, b, depth, column, left < plan->group ? left : plan->group, memory, &t);
    const size_t place = block.n.begin + column;
    t.c = p->c + (block.m.begin + rows.begin) * p->n + place;
    t.start = p->accumulate ? t.c : p->bias ? p->bias + place : NULL;
    t.start_stride = p->accumulate ? p->n : 0;
    plan->kernels->multiply_shallow(depth, &t);
  }
}
