// The elementwise kernels of one instruction set. Each works through its part alone; the C files beside share out the
// whole. Every NaN that they make is the quiet NaN 0x7fc00000.
#ifndef CK_ELEMENTWISE_KERNELS_H
#define CK_ELEMENTWISE_KERNELS_H

#include "include/ck_elementwise.h"
#include "include/ck_normalisation.h"

enum {
  CK_UNARY_COUNT = CK_SILU + 1,
  CK_PARAMETRIC_COUNT = CK_SCALED_SOFTPLUS + 1,
  CK_BINARY_COUNT = CK_MINIMUM + 1,
  CK_POINTWISE_LOSS_COUNT = CK_HUBER + 1,
};

typedef struct ck_elementwise_kernels {
  // By ck_unary_function and ck_binary_function; where a function has no gradient, NULL.
  void (*unary[CK_UNARY_COUNT])(size_t count, const float* x, float* y);
  void (*gradient[CK_UNARY_COUNT])(size_t count, const float* saved, const float* dy, float* dx);
  void (*parametric[CK_PARAMETRIC_COUNT])(size_t count, float a, float b, const float* x, float* y);
  void (*parametric_gradient[CK_PARAMETRIC_COUNT])(size_t count, float a, float b, const float* x, const float* dy,
                                                   float* dx);
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
  void (*softmax_gradient)(size_t rows, size_t columns, const float* y, const float* dy, float* dx);
  void (*smoothed_cross_entropy)(size_t rows, size_t columns, const float* logits, const ptrdiff_t* labels,
                                 const float* weights, float weight_sum, float smoothing, float scale, float* losses,
                                 float* gradient);
  void (*pointwise_losses[CK_POINTWISE_LOSS_COUNT])(size_t count, float delta, const float* x, const float* targets,
                                                    float scale, float* losses, float* gradient);

  void (*layer_norm)(size_t rows, size_t columns, float epsilon, const float* x, const float* scale, const float* shift,
                     float* y);
  void (*layer_norm_gradient)(size_t rows, size_t columns, float epsilon, const float* x, const float* scale,
                              const float* dy, float* dx);
  // Columns begin ..< end, as for column_sums.
  void (*column_moments)(size_t rows, size_t columns, size_t begin, size_t end, const float* x, float* mean,
                         float* rest, float* variance);
  void (*normalise_columns)(size_t rows, size_t columns, const ck_column_norm* norm, const float* x, float* y);
  void (*batch_norm_gradient)(size_t rows, size_t columns, size_t begin, size_t end, const ck_column_norm* norm,
                              const float* x, const float* dy, float* dx);
} ck_elementwise_kernels;

#endif
