// The general product: rows and columns of either operand as they lie or transposed.
#include "linear/product.h"

ck_status ck_matmul(const ck_execution* execution, bool transpose_a, bool transpose_b, size_t m, size_t n, size_t k,
                    const float* a, const float* b, bool accumulate, float* c) {
  const ck_product product = {
      .m = m,
      .n = n,
      .k = k,
      .a = {.data = a, .transposed = transpose_a},
      .b = {.data = b, .transposed = transpose_b},
      .accumulate = accumulate,
      .c = c,
  };
  return ck_product_run(execution, &product);
}
