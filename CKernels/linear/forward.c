// The linear layer forwards, y[batch, outputs] = bias + x[batch, inputs]·weight[outputs, inputs]ᵀ, and its packed weight:
// panels of `panel_columns` outputs, each `inputs` rows of the panel's outputs in whole vectors, zeros beyond the last.
#include "linear/product.h"

size_t ck_linear_packed_count(const ck_kernels* kernels, size_t inputs, size_t outputs) {
  const size_t width = kernels->linear.panel_columns, whole = outputs / width * width;
  return inputs * (whole + (outputs > whole ? kernels->linear.panel_stride(outputs - whole) : 0));
}

typedef struct ck_packing {
  const ck_linear_kernels* kernels;
  size_t inputs, outputs;
  const float* weight;
  float* packed;
} ck_packing;

static void ck_pack_body(void* context, ck_team team) {
  const ck_packing* packing = context;
  const size_t width = packing->kernels->panel_columns, inputs = packing->inputs;
  const ck_range share = ck_share(packing->outputs, width, team);
  for (size_t output = share.begin; output < share.end; output += width) {
    const size_t count = share.end - output < width ? share.end - output : width;
    packing->kernels->transpose(count, inputs, packing->weight + output * inputs, inputs,
                                packing->packed + output * inputs, packing->kernels->panel_stride(count), true);
  }
}

ck_status ck_linear_pack(const ck_execution* execution, size_t inputs, size_t outputs, const float* weight,
                         float* packed) {
  ck_packing packing = {&execution->kernels->linear, inputs, outputs, weight, packed};
  const size_t width = packing.kernels->panel_columns;
  const int32_t threads = ck_threads_for(execution, (double)inputs * (double)outputs, (outputs + width - 1) / width);
  ck_parallel(threads, ck_pack_body, &packing);
  return CK_OK;
}

ck_status ck_linear_forward(const ck_execution* execution, const ck_linear* linear, const float* x, const float* weight,
                            const float* packed, const float* bias, float* y) {
  const ck_product product = {
      .m = linear->batch,
      .n = linear->outputs,
      .k = linear->inputs,
      .a = {.data = x, .site = ck_site_forward(linear->input_rules)},
      .b = {.data = weight, .transposed = true, .site = ck_site_forward(linear->weight_rules)},
      .packed = packed,
      .bias = bias,
      .c = y,
      .c_site = ck_site_forward(linear->output_rules),
  };
  return ck_product_run(execution, &product);
}
