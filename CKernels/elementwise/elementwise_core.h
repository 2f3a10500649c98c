// The elementwise kernels at the width of one instruction set, and their row of its table.
#include "elementwise/unary_core.h"

#include "elementwise/gradients_core.h"

#include "elementwise/binary_core.h"

#include "elementwise/reductions_core.h"

#include "elementwise/softmax_core.h"

#define CK_ELEMENTWISE_KERNELS                                \
  {                                                           \
      .unary = CK_UNARY_KERNELS,                              \
      .gradient = CK_GRADIENT_KERNELS,                        \
      .binary = CK_BINARY_KERNELS,                            \
      .binary_with_value = CK_BINARY_WITH_VALUE_KERNELS,      \
      .axpy = ck_axpy_part,                                   \
      .row_sums = ck_row_sums_part,                           \
      .column_sums = ck_column_sums_part,                     \
      .row_root_mean_squares = ck_row_root_mean_squares_part, \
      .row_maxima = ck_row_maxima_part,                       \
      .sum = ck_sum_part,                                     \
      .sum_of_squares = ck_sum_of_squares_part,               \
      .softmax = ck_softmax_part,                             \
      .cross_entropy = ck_cross_entropy_part,                 \
  }
