// Preparing operands: a block with its site's rules applied, and a block of a transposed a turned into rows.
#include "linear/product.h"
#include "noise/share.h"

ck_site ck_site_forward(ck_rules rules) { return (ck_site){rules, false}; }

ck_site ck_site_gradient(ck_rules rules) {
  for (int32_t i = 0; i < rules.count; i++) {
    if (rules.items[i].kind != CK_ADD) return (ck_site){rules, true};
  }
  return (ck_site){{NULL, 0, 0}, true};
}

void ck_prepare_site(const ck_plan* plan, const ck_operand* operand, size_t width, ck_range rows, ck_range columns,
                     float* to, size_t to_stride, ck_team team) {
  const ck_rules* rules = &operand->site.rules;
  const ck_noise_kernels* noise = &plan->execution->kernels->noise;
  const ck_noise_block block = {rules->row + (uint32_t)rows.begin, (uint32_t)columns.begin, (uint32_t)width,
                                rows.end - rows.begin, columns.end - columns.begin};
  const ck_noise_block share = ck_noise_share(block, team);
  if (share.rows == 0 || share.columns == 0) return;
  const size_t row = share.row - block.row, column = share.column - block.column;
  const float* from = operand->data + (rows.begin + row) * width + columns.begin + column;
  (operand->site.gradient ? noise->apply_gradient : noise->apply)(rules, team.worker, &share, from, width,
                                                                  to + row * to_stride + column, to_stride);
}

void ck_prepare_rows(const ck_plan* plan, ck_block block, ck_view from, ck_team team) {
  const ck_range rows = ck_share(block.m.end - block.m.begin, 16, team);
  const size_t count = rows.end - rows.begin, depth = block.k.end - block.k.begin;
  if (count == 0) return;
  const float* data = from.data + rows.begin;
  plan->kernels->transpose(depth, count, data, from.stride, plan->a_rows + rows.begin * plan->a_rows_stride,
                           plan->a_rows_stride);
  if (plan->product->a_row_sums && block.n.begin == 0) {
    plan->kernels->add_rows(depth, count, data, from.stride, plan->product->a_row_sums + block.m.begin + rows.begin);
  }
}
