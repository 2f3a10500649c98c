// The elementwise kernels at the width of one instruction set, and their row of its table.
#include "elementwise/unary_core.h"

#include "elementwise/gradients_core.h"

#include "elementwise/parametric_core.h"

#include "elementwise/binary_core.h"

#include "elementwise/reductions_core.h"

#include "elementwise/softmax_core.h"

#include "elementwise/smoothed_cross_entropy_core.h"

#include "elementwise/pointwise_losses_core.h"

#include "elementwise/normalisation_core.h"

#define CK_ELEMENTWISE_KERNELS                                  \
  {                                                             \
      .unary = CK_UNARY_KERNELS,                                \
      .gradient = CK_GRADIENT_KERNELS,                          \
      .parametric = CK_PARAMETRIC_KERNELS,                      \
      .parametric_gradient = CK_PARAMETRIC_GRADIENT_KERNELS,    \
      .binary = CK_BINARY_KERNELS,                              \
      .binary_with_value = CK_BINARY_WITH_VALUE_KERNELS,        \
      .axpy = ck_axpy_part,                                     \
      .row_sums = ck_row_sums_part,                             \
      .column_sums = ck_column_sums_part,                       \
      .row_root_mean_squares = ck_row_root_mean_squares_part,   \
      .row_maxima = ck_row_maxima_part,                         \
      .sum = ck_sum_part,                                       \
      .sum_of_squares = ck_sum_of_squares_part,                 \
      .softmax = ck_softmax_part,                               \
      .cross_entropy = ck_cross_entropy_part,                   \
      .softmax_gradient = ck_softmax_gradient_part,             \
      .smoothed_cross_entropy = ck_smoothed_cross_entropy_part, \
      .pointwise_losses = CK_POINTWISE_LOSS_KERNELS,            \
      .layer_norm = ck_layer_norm_part,                         \
      .layer_norm_gradient = ck_layer_norm_gradient_part,       \
      .column_moments = ck_column_moments_part,                 \
      .normalise_columns = ck_normalise_columns_part,           \
      .batch_norm_gradient = ck_batch_norm_gradient_part,       \
  }
