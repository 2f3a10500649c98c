// The noise kernels of one instruction set: draws and rules on one block of a matrix, on the calling thread.
//
// A block may have any size and begin anywhere; the draws are the same however a matrix is cut. What a cut costs:
// - A matrix of 32 columns or fewer (narrow): four rows share a block of words, eight those of a 16-bit chance. Cut
//   rows at multiples of 8 and take the columns whole.
// - A wider one: 64 columns of a row share their blocks, 128 those of a 16-bit chance. Cut columns at multiples of 128.
// - A callback's distribution is drawn in pieces of at most CK_NOISE_TILE elements of the block, so a block of fewer
//   than 1,024 elements makes many small calls.
// The kernels take up to 48 KB of stack and no other memory.
#ifndef CK_NOISE_KERNELS_H
#define CK_NOISE_KERNELS_H

#include "include/ck_noise.h"

enum { CK_NOISE_TILE = 2048 };

/// A block of a matrix of `width` columns.
typedef struct ck_noise_block {
  uint32_t row;     ///< of the block's first row, in the whole batch: `ck_rules.row` plus the row in the matrix
  uint32_t column;  ///< of the block's first column
  uint32_t width;   ///< columns of the whole matrix
  size_t rows, columns;
} ck_noise_block;

/// y[r·y_stride + c] = the rules of x[r·x_stride + c], in order. `worker` goes to callbacks.
/// x and y are the same memory with the same stride, or apart. No rules: a copy.
typedef void (*ck_rules_kernel)(const ck_rules* rules, int32_t worker, const ck_noise_block* block, const float* x,
                                size_t x_stride, float* y, size_t y_stride);

typedef struct ck_noise_kernels {
  void (*words)(const ck_address* address, size_t rows, size_t columns, uint32_t* out, size_t stride);
  void (*fill)(const ck_draw* draw, int32_t worker, const ck_address* address, size_t rows, size_t columns, float* out,
               size_t stride);
  ck_rules_kernel apply;
  /// The same with dy for x and dx for y: dx = dy·a for each rule, the last rule first.
  ck_rules_kernel apply_gradient;
  /// The draws of a rule times dy, for the gradient of its scales: chains down the columns, or sums along the rows. dy
  /// begins with the block; `slopes` and `gradient` begin with its columns.
  void (*scale_gradient_columns)(const ck_rule* rule, int32_t worker, const ck_noise_block* block, const float* dy,
                                 size_t dy_stride, const float* slopes, float* gradient);
  /// `sums` begins with the block's rows, which are whole.
  void (*scale_gradient_rows)(const ck_rule* rule, int32_t worker, const ck_noise_block* block, const float* dy,
                              size_t dy_stride, float slope, float* sums);
} ck_noise_kernels;

#endif
