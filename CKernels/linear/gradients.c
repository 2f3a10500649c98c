// The linear layer backwards. The input's gradient is a product over outputs: dx[batch, inputs] = dy[batch, outputs]·weight.
// The weight's is one over the rows of the batch, dweight[outputs, inputs] += dyᵀ·x, in ascending rows from the stored
// values or from 0; the bias's is an ascending sum of dy's rows. The rules' draws are made again, never stored; a rule
// that only adds changes no gradient and is not drawn.
#include "linear/product.h"

ck_status ck_linear_input_gradient(const ck_execution* execution, const ck_linear* linear, const float* dy,
                                   const float* weight, float* dx) {
  const ck_product product = {
      .m = linear->batch,
      .n = linear->inputs,
      .k = linear->outputs,
      .a = {.data = dy, .site = ck_site_gradient(linear->output_rules)},
      .b = {.data = weight, .site = ck_site_forward(linear->weight_rules)},
      .c = dx,
      .c_site = ck_site_gradient(linear->input_rules),
  };
  return ck_product_run(execution, &product);
}

ck_status ck_linear_weight_gradient(const ck_execution* execution, const ck_linear* linear, const float* x,
                                    const float* dy, bool accumulate, float* dweight, float* dbias) {
  const ck_product product = {
      .m = linear->outputs,
      .n = linear->inputs,
      .k = linear->batch,
      .a = {.data = dy, .transposed = true, .site = ck_site_gradient(linear->output_rules)},
      .b = {.data = x, .site = ck_site_forward(linear->input_rules)},
      .accumulate = accumulate,
      .c = dweight,
      .a_row_sums = dbias,
  };
  return ck_product_run(execution, &product);
}
