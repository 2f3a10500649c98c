// One product for all: c[m,n] = start + a[m,k]·b[k,n], either operand as it lies or transposed, with rules on any of the three.
#ifndef CK_PRODUCT_H
#define CK_PRODUCT_H

#include "include/ck_linear.h"
#include "runtime/parallel.h"
#include "simd/kernels.h"

/// A site's rules on a matrix: applied, or their gradient.
typedef struct ck_site {
  ck_rules rules;  ///< count 0: the matrix as it is
  bool gradient;
} ck_site;

/// A matrix as it lies, contiguous row-major: [rows, columns] of the operand or, `transposed`, [columns, rows].
typedef struct ck_operand {
  const float* data;
  bool transposed;
  ck_site site;  ///< rows and columns count as they lie
} ck_operand;

typedef struct ck_product {
  size_t m, n, k;
  ck_operand a, b;
  const float* packed;   ///< b as ck_linear_pack made it, or NULL
  const float* bias;     ///< n values that the rows start from, or NULL for 0
  bool accumulate;       ///< start from c instead
  float* c;              ///< [m, n]
  bool c_transposed;     ///< c is [n, m] instead, and the bias has m values: the operands are swapped
  ck_site c_site;        ///< on the finished c; rows and columns count as they lie
  float* a_row_sums;     ///< sums[i] += a[i,0], then a[i,1], …, or NULL. Only where a lies transposed.
  float* b_column_sums;  ///< sums[j] += b[0,j], then b[1,j], …, or NULL: a's row sums where the operands are swapped
} ck_product;

ck_status ck_product_run(const ck_execution* execution, const ck_product* product);

/// The rules, or none if they leave the gradient as it is.
ck_site ck_site_forward(ck_rules rules);
ck_site ck_site_gradient(ck_rules rules);

// MARK: Inside

/// How many units hold `count`, the last one perhaps in part.
static inline size_t ck_parts(size_t count, size_t unit) { return (count + unit - 1) / unit; }

/// Columns of a block from here on are nobody's yet.
typedef _Atomic size_t ck_queue;

/// What a call is cut into. Operands that must be changed first, by rules or by transposing a, are prepared block by
/// block by all threads into memory that they share; panels of b are packed by each thread for itself, and used at once.
typedef struct ck_plan {
  const ck_execution* execution;
  const ck_product* product;
  const ck_linear_kernels* kernels;
  bool shallow;
  size_t k_block, m_chunk, n_chunk;  // n is cut only where that bounds the memory of a prepared operand
  size_t group;                      // columns of b that a thread packs at a time
  float *a_site, *a_rows, *b_site;   // prepared blocks, NULL where there is nothing to prepare
  size_t a_site_stride, a_rows_stride, b_site_stride;
  float* panels;  // packed panels, `panels_size` floats a thread
  size_t panels_size;
  ck_queue* queues;  // two, for blocks by turns
} ck_plan;

/// A block of the product: columns k of a by rows k of b.
typedef struct ck_block {
  ck_range m, n, k;
  ck_queue* queue;
} ck_block;

/// What falls to one worker: rows, and columns that are its own or, `shared`, those of all, to be taken from the queue.
typedef struct ck_grid {
  ck_range rows, columns;
  bool shared;
} ck_grid;

/// Where a block of an operand is read.
typedef struct ck_view {
  const float* data;
  size_t stride;
  bool transposed;
} ck_view;

/// Writes site(matrix[rows, columns]) to `to`, each worker its share.
void ck_prepare_site(const ck_plan* plan, const ck_operand* operand, size_t width, ck_range rows, ck_range columns,
                     float* to, size_t to_stride, ck_team team);
/// Writes a's block row by row to plan->a_rows from `from`, where it lies transposed, and adds its row sums; each worker its share.
void ck_prepare_rows(const ck_plan* plan, ck_block block, ck_view from, ck_team team);
/// sums[i] += from[0,i], then from[1,i], … for the columns `range` of `depth` rows, each worker its share; nothing if `sums` is NULL.
void ck_add_sums(const ck_plan* plan, ck_range range, size_t depth, ck_view from, float* sums, ck_team team);
/// The share of a block that falls to one worker; the greatest costs least.
ck_grid ck_choose_grid(const ck_plan* plan, ck_block block, ck_team team);
/// Whether so few rows meet a transposed operand that it is read where it lies. Rows of 4 KB and multiples fall in one set of
/// the first-level cache, which has room for three beside the transposed operand's.
static inline bool ck_are_few(const ck_kernels* kernels, size_t rows, size_t depth) {
  return rows <= kernels->linear.few_rows && (rows <= 3 || depth % 1024 != 0);
}
/// Whether b is read so.
static inline bool ck_has_few_rows(const ck_kernels* kernels, const ck_product* product) {
  return product->b.transposed && !product->packed && ck_are_few(kernels, product->m, product->k);
}
/// Whether to make cᵀ = bᵀ·aᵀ instead. Where b lies transposed, that packs a, or reads it in place if it has few rows, and reads b
/// where it lies; where a does, it turns b, and a no more.
bool ck_prefers_swap(const ck_kernels* kernels, const ck_product* product);
/// Whether k is so short that c is walked along its rows, and the columns of b that are taken at a time then.
bool ck_is_shallow(const ck_kernels* kernels, const ck_product* product);
size_t ck_shallow_group(size_t depth);
/// The floats that a thread needs for them where they do not stay as they lie.
size_t ck_shallow_panel(const ck_product* product, size_t columns);
/// This worker's share of c's block where k is short, and of a's row sums.
void ck_multiply_shallow_share(const ck_plan* plan, ck_block block, ck_view a, ck_view b, ck_team team);
/// This worker's share of c's block elsewhere.
void ck_multiply_share(const ck_plan* plan, ck_block block, ck_view a, ck_view b, ck_team team);

#endif
