// The linear kernels of one instruction set.
#ifndef CK_LINEAR_KERNELS_H
#define CK_LINEAR_KERNELS_H

#include "include/ck_linear.h"

/// Up to as many rows take tiles wider than a panel, where b is read in place.
enum { CK_WIDE_ROWS = 3 };
/// A product over up to so much of k is one of storing.
enum { CK_MOST_SHALLOW = 16 };

typedef void (*ck_multiply)(size_t rows, size_t columns, size_t depth, const float* a, size_t a_stride, const float* b,
                            size_t b_stride, const float* start, size_t start_stride, float* c, size_t c_stride);

/// c[rows, columns] = start + a[rows, depth]·b[depth, columns], a with any strides and b as it lies, rows of c walked along.
typedef struct ck_shallow_operands {
  size_t rows, columns;
  const float *a, *b, *start;  ///< start NULL: 0
  float* c;
  size_t a_row_stride, a_depth_stride, b_stride, start_stride, c_stride;
} ck_shallow_operands;

typedef struct ck_linear_kernels {
  /// Columns of a whole panel of the right operand, a divisor of 64.
  size_t panel_columns;
  /// Floats between the rows of a panel of `columns` columns: `columns` in whole vectors.
  size_t (*panel_stride)(size_t columns);

  /// c[rows, columns] = start + a[rows, depth]·panel[depth, columns]. `start` has a stride of its own, 0 where every row
  /// starts from the same. Panel rows are `panel_stride` floats apart, and readable in whole vectors.
  ck_multiply multiply;

  /// The same with a right operand that lies transposed, b[columns, depth], for 1…few_rows rows.
  size_t few_rows;
  ck_multiply multiply_few;

  /// The same for a depth of 1…CK_MOST_SHALLOW.
  void (*multiply_shallow)(size_t depth, const ck_shallow_operands* operands);

  /// destination[c, r] = source[r, c]. `padded`: a row of the destination is written in whole vectors, zeros beyond `rows`.
  void (*transpose)(size_t rows, size_t columns, const float* source, size_t source_stride, float* destination,
                    size_t destination_stride, bool padded);
  /// destination[r, c] = source[r, c]. A row of the destination is written in whole vectors, zeros beyond `columns`.
  void (*copy)(size_t rows, size_t columns, const float* source, size_t source_stride, float* destination,
               size_t destination_stride);
  /// sums[c] += source[0, c], then source[1, c], …
  void (*add_rows)(size_t rows, size_t columns, const float* source, size_t source_stride, float* sums);
} ck_linear_kernels;

#endif
