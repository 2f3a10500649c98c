// Preparing operands: a block with its site's rules applied, and a block of a transposed a turned into rows.
#include "linear/product.h"
#include "noise/share.h"

ck_site ck_site_forward(ck_rules rules) { return (ck_site){rules, false}; }

ck_site ck_site_gradient(ck_rules rules) {
  for (int32_t i = 0; i < rules.count; i++) {
    const ck_rule_kind kind = rules.items[i].kind;
    if (kind != CK_ADD && kind != CK_ADD_SHOT) return (ck_site){rules, true};
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

void ck_add_sums(const ck_plan* plan, ck_range range, size_t depth, ck_view from, float* sums, ck_team team) {
  const ck_range share = ck_share(range.end - range.begin, 16, team);
  if (!sums || share.begin == share.end) return;
  plan->kernels->add_rows(depth, share.end - share.begin, from.data + share.begin, from.stride,
                          sums + range.begin + share.begin);
}

void ck_prepare_rows(const ck_plan* plan, ck_block block, ck_view from, ck_team team) {
  const ck_range rows = ck_share(block.m.end - block.m.begin, 16, team);
  const size_t depth = block.k.end - block.k.begin, stride = plan->a_rows_stride;
  float* sums = block.n.begin == 0 ? plan->product->a_row_sums : NULL;
  for (size_t row = rows.begin, count; row < rows.end; row += count) {
    count = rows.end - row < 64 ? rows.end - row : 64;
    plan->kernels->transpose(depth, count, from.data + row, from.stride, plan->a_rows + row * stride, stride, true);
    if (sums) plan->kernels->add_rows(depth, count, from.data + row, from.stride, sums + block.m.begin + row);
  }
}
