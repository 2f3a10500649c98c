// The elementwise kernels of one instruction set. Each works through its part alone; the C files beside share out the
// whole. Every NaN that they make is the quiet NaN 0x7fc00000.
#ifndef CK_ELEMENTWISE_KERNELS_H
#define CK_ELEMENTWISE_KERNELS_H

#include "include/ck_elementwise.h"

enum { CK_UNARY_COUNT = CK_SOFTPLUS + 1, CK_BINARY_COUNT = CK_MINIMUM + 1 };

typedef struct ck_elementwise_kernels {
  // By ck_unary_function and ck_binary_function; where a function has no gradient, NULL.
  void (*unary[CK_UNARY_COUNT])(size_t count, const float* x, float* y);
  void (*gradient[CK_UNARY_COUNT])(size_t count, const float* saved, const float* dy, float* dx);
  void (*binary[CK_BINARY_COUNT])(size_t count, const float* x, const float* y, float* z);
  void (*binary_with_value[CK_BINARY_COUNT])(size_t count, const float* x, float y, float* z);
  void (*axpy)(size_t count, float a, const float* x, float* y);

  void (*row_sums)(size_t rows, size_t columns, const float* x, float* sums);
  // Columns begin ..< end of a matrix of `columns` columns.
  void (*column_sums)(size_t rows, size_t columns, size_t begin, size_t end, const float* x, float* sums);
  void (*row_root_mean_squares)(size_t rows, size_t columns, const uint32_t* lengths, float factor, const float* x,
                                float* out);
  void (*row_maxima)(size_t rows, size_t columns, const float* x, float* maxima, int32_t* indices);
  double (*sum)(size_t count, const float* x);
  double (*sum_of_squares)(size_t count, const float* x);

  void (*softmax)(size_t rows, size_t columns, const float* x, float* y);
  void (*cross_entropy)(size_t rows, size_t columns, const float* logits, const ptrdiff_t* labels, float scale,
                        float* losses, float* gradient);
} ck_elementwise_kernels;

#endif
