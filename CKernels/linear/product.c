// The order of a product. One parallel region; k is cut into equal blocks, taken in ascending order, and c is reloaded for
// each, so that every element is one chain over the whole of k. In each block the operands that need it are prepared
// by all threads into shared memory, a barrier, then each thread multiplies its share of rows and columns. k is never
// shared among threads. A block of an operand with rules is prepared once: its draws are made once, whatever the split.
#include "linear/product.h"

#include <stdatomic.h>

enum {
  CK_K_BLOCK = 1024,  // six rows of a are 24 KB, in L1; a group of turned panels of b 512 KB, all of L2 on Zen 3
  CK_M_CHUNK = 2048,  // rows of a: a block of 8 MB, prepared or read where it lies
  CK_N_CHUNK = 8192,  // of a prepared b: 32 MB
  CK_GROUP = 128,     // columns of a group of panels: a unit of every rule's draws
  CK_WIDEST_GROUP = 512,
  CK_PADDING = 16,  // keeps the rows of prepared blocks from the same cache sets
};

static size_t ck_ceiling(size_t count, size_t unit) { return ck_parts(count, unit) * unit; }

// The size of `count` cut into equal parts of at most `limit`, in whole units.
static size_t ck_equal_part(size_t count, size_t limit, size_t unit) {
  if (count <= limit) return count;
  return ck_ceiling(ck_parts(count, ck_parts(count, limit)), unit);
}

static ck_range ck_part(size_t begin, size_t count, size_t part) {
  return (ck_range){begin, count - begin < part ? count : begin + part};
}

// A packed operand has no data that lies anywhere.
static ck_view ck_lying(const ck_operand* operand, ck_range rows, ck_range columns, size_t stride) {
  const float* begin = operand->data ? operand->data + rows.begin * stride + columns.begin : NULL;
  return (ck_view){begin, stride, operand->transposed};
}

static void ck_product_body(void* context, ck_team team) {
  const ck_plan* plan = context;
  const ck_product* p = plan->product;
  const size_t a_width = p->a.transposed ? p->m : p->k, b_width = p->b.transposed ? p->k : p->n;
  size_t blocks = 0;
  // Each loop runs at least once: a product over an empty k is its start, and one without columns may have row sums.
  size_t n = 0;
  do {
    const ck_range ns = ck_part(n, p->n, plan->n_chunk);
    size_t k = 0;
    do {
      const ck_range ks = ck_part(k, p->k, plan->k_block);
      size_t m = 0;
      do {
        const ck_range ms = ck_part(m, p->m, plan->m_chunk);
        const ck_range a_rows = p->a.transposed ? ks : ms, a_columns = p->a.transposed ? ms : ks;
        const ck_range b_rows = p->b.transposed ? ns : ks, b_columns = p->b.transposed ? ks : ns;
        const ck_block block = {ms, ns, ks, &plan->queues[blocks % 2]};
        ck_view a = ck_lying(&p->a, a_rows, a_columns, a_width), b = ck_lying(&p->b, b_rows, b_columns, b_width);
        const bool sites = plan->a_site || plan->b_site;
        if (blocks > 0) {
          ck_barrier(team);  // the block before is multiplied: its queue is free for the next
          if (team.worker == 0) atomic_store_explicit(&plan->queues[(blocks - 1) % 2], 0, memory_order_relaxed);
        }
        blocks++;
        if (plan->a_site) {
          ck_prepare_site(plan, &p->a, a_width, a_rows, a_columns, plan->a_site, plan->a_site_stride, team);
          a.data = plan->a_site, a.stride = plan->a_site_stride;
        }
        if (plan->b_site) {
          if (m == 0) ck_prepare_site(plan, &p->b, b_width, b_rows, b_columns, plan->b_site, plan->b_site_stride, team);
          b.data = plan->b_site, b.stride = plan->b_site_stride;
        }
        if (sites) ck_barrier(team);
        if (m == 0) ck_add_sums(plan, ns, ks.end - ks.begin, b, p->b_column_sums, team);
        if (plan->a_rows) {
          ck_prepare_rows(plan, block, a, team);
          a = (ck_view){plan->a_rows, plan->a_rows_stride, false};
          ck_barrier(team);
        }
        if (plan->shallow) {
          ck_multiply_shallow_share(plan, block, a, b, team);
        } else {
          ck_multiply_share(plan, block, a, b, team);
        }
        m = ms.end;
      } while (m < p->m);
      k = ks.end;
    } while (k < p->k);
    n = ns.end;
  } while (n < p->n);
}

// Threads worth starting, in the units of ck_threads_for: one for a vector of multiply-adds, a half for an element of b to
// be packed and one of c to be stored, four for a draw.
static int32_t ck_product_threads(const ck_execution* execution, const ck_product* p) {
  const double m = (double)p->m, n = (double)p->n, k = (double)p->k;
  double work = m * n * k / execution->kernels->lanes + 0.5 * n * k + 0.5 * m * n;
  if (p->a.site.rules.count) work += 4 * m * k;
  if (p->b.site.rules.count) work += 4 * n * k;
  if (p->c_site.rules.count) work += 4 * m * n;
  const size_t panel = execution->kernels->linear.panel_columns;
  // Few rows are written time and again where b is walked along its rows: threads' parts of one cache line would drive each
  // other out, unless they take some lines each.
  const bool rewritten = p->m <= 6 && !p->b.transposed;
  const size_t shares = rewritten ? p->n / 64 : ck_parts(p->m, 6) * ck_parts(p->n, panel);
  return ck_threads_for(execution, work, shares);
}

// How the product is cut, and the sizes of the memory that takes: of each block to be prepared and of a thread's panels.
static ck_plan ck_plan_for(const ck_execution* execution, const ck_product* p) {
  const bool sites = p->a.site.rules.count > 0 || p->b.site.rules.count > 0;
  const bool shallow = ck_is_shallow(execution->kernels, p);
  ck_plan plan = {
      .execution = execution,
      .product = p,
      .kernels = &execution->kernels->linear,
      .shallow = shallow,
      .k_block = ck_equal_part(p->k, CK_K_BLOCK, sites ? CK_GROUP : CK_PADDING),
      .m_chunk = shallow && !sites ? p->m : ck_equal_part(p->m, CK_M_CHUNK, CK_GROUP),
      .n_chunk = p->b.site.rules.count > 0 ? ck_equal_part(p->n, CK_N_CHUNK, CK_GROUP) : p->n,
  };
  // Short blocks of k take wider groups, so that c is walked along its rows; so does a b that is copied, for its own.
  plan.group = plan.k_block > 0 && p->b.transposed ? CK_K_BLOCK / plan.k_block * CK_GROUP : CK_WIDEST_GROUP;
  if (plan.group > CK_WIDEST_GROUP) plan.group = CK_WIDEST_GROUP;
  // Beside a prepared b the panels are half as large: that lets both lie in blocks that plain products leave idle.
  if (p->b.site.rules.count > 0 && plan.group > CK_WIDEST_GROUP / 2) plan.group = CK_WIDEST_GROUP / 2;
  if (shallow) plan.group = ck_shallow_group(p->k);
  const size_t columns = plan.n_chunk < plan.group ? plan.n_chunk : plan.group;
  const bool lying = p->packed || ck_has_few_rows(execution->kernels, p);
  plan.panels_size = shallow ? ck_shallow_panel(p, columns)
                     : lying ? 0
                             : ck_ceiling(columns, CK_PADDING) * plan.k_block;
  plan.a_site_stride = ck_ceiling(p->a.transposed ? plan.m_chunk : plan.k_block, CK_PADDING) + CK_PADDING;
  // A prepared b that is copied to panels needs no padding: it takes an activation's memory, no more.
  plan.b_site_stride =
      p->b.transposed ? ck_ceiling(plan.k_block, CK_PADDING) + CK_PADDING : ck_ceiling(plan.n_chunk, CK_PADDING);
  plan.a_rows_stride = ck_ceiling(plan.k_block, CK_PADDING) + CK_PADDING;
  return plan;
}

// The same chains: a product of two numbers does not know their order.
static ck_product ck_swapped(const ck_product* p) {
  ck_product swapped = *p;
  swapped.m = p->n, swapped.n = p->m;
  swapped.a = p->b, swapped.a.transposed = !p->b.transposed;
  swapped.b = p->a, swapped.b.transposed = !p->a.transposed;
  swapped.c_transposed = true;
  swapped.a_row_sums = NULL, swapped.b_column_sums = p->a_row_sums;
  return swapped;
}

// A block of memory of this call's own.
typedef struct ck_scratch {
  float* data;
  size_t capacity;
} ck_scratch;

// Sizes a little below a power of two are rounded up to it: an idle activation's block serves, as most are of such sizes.
// What is never written of it takes no memory, but for the rest of a huge page.
static size_t ck_scratch_size(size_t floats) {
  size_t power = 1;
  while (power < floats) power *= 2;
  return power - floats <= power / 4 ? power : floats;
}

// Whether there is memory for as many floats; for none there always is.
static bool ck_take_scratch(ck_scratch* scratch, size_t floats) {
  if (floats == 0) return true;
  scratch->data = ck_memory_take(ck_scratch_size(floats) * sizeof(float), &scratch->capacity);
  return scratch->data;
}

ck_status ck_product_run(const ck_execution* execution, const ck_product* product) {
  const ck_product swapped = ck_swapped(product);
  const ck_product* p = ck_prefers_swap(execution->kernels, product) ? &swapped : product;
  const bool sums = p->a_row_sums && p->k > 0;
  if (p->m == 0 || (p->n == 0 && !sums)) return CK_OK;
  ck_plan plan = ck_plan_for(execution, p);
  const int32_t threads = ck_product_threads(execution, p);
  // A block for each purpose rather than one for all: the pool has idle blocks of such sizes, but none of their sums.
  enum { PANELS, A_SITE, B_SITE, A_ROWS, COUNT };
  size_t floats[COUNT] = {[PANELS] = plan.panels_size * (size_t)threads};
  if (p->a.site.rules.count > 0) floats[A_SITE] = (p->a.transposed ? plan.k_block : plan.m_chunk) * plan.a_site_stride;
  if (p->b.site.rules.count > 0) floats[B_SITE] = (p->b.transposed ? plan.n_chunk : plan.k_block) * plan.b_site_stride;
  if (p->a.transposed && !plan.shallow) floats[A_ROWS] = plan.m_chunk * plan.a_rows_stride;
  ck_scratch scratch[COUNT] = {0};
  bool enough = true;
  for (int i = 0; i < COUNT; i++) enough = enough && ck_take_scratch(&scratch[i], floats[i]);
  if (enough) {
    plan.panels = scratch[PANELS].data;
    plan.a_site = scratch[A_SITE].data, plan.b_site = scratch[B_SITE].data, plan.a_rows = scratch[A_ROWS].data;
    ck_queue queues[2] = {0, 0};
    plan.queues = queues;
    ck_parallel(threads, ck_product_body, &plan);
  }
  for (int i = 0; i < COUNT; i++) ck_memory_give(scratch[i].data, scratch[i].capacity);
  return enough ? CK_OK : CK_OUT_OF_MEMORY;
}
