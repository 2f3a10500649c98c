/// The linear layer's three products and a general one. Every output element is one chain of fused multiply-adds in
/// ascending k from its start value, on every instruction set, tile and thread count.
#ifndef CK_LINEAR_H
#define CK_LINEAR_H

#include "ck_noise.h"

/// c[m,n] = start + Σ_k a[m,k]·b[k,n]; a is [m,k] or, transposed, [k,m]; b is [k,n] or, transposed, [n,k].
/// `accumulate`: the chain starts from c, else from 0 and c is not read.
ck_status ck_matmul(const ck_execution* execution, bool transpose_a, bool transpose_b, size_t m, size_t n, size_t k,
                    const float* a, const float* b, bool accumulate, float* c);

/// Shapes of a linear layer: x [batch, inputs], weight [outputs, inputs], bias [outputs] or NULL, y [batch, outputs]; and the
/// rules on three of them. A bias with rules is a vector that the caller prepares.
typedef struct ck_linear {
  size_t batch, inputs, outputs;
  ck_rules input_rules, weight_rules, output_rules;
} ck_linear;

/// The weight as the forward product reads it, for a model that no longer changes.
/// Size in floats, and the packing for the same kernels. The layout depends on the instruction set.
size_t ck_linear_packed_count(const ck_kernels* kernels, size_t inputs, size_t outputs);
ck_status ck_linear_pack(const ck_execution* execution, size_t inputs, size_t outputs, const float* weight,
                         float* packed);

/// y = output_rules(input_rules(x)·weight_rules(weight)ᵀ + bias). `packed` (made by the same kernels) takes weight's place
/// if not NULL, where weight has no rules.
ck_status ck_linear_forward(const ck_execution* execution, const ck_linear* linear, const float* x, const float* weight,
                            const float* packed, const float* bias, float* y);
/// dx = input_rules'((output_rules' dy)·weight_rules(weight)).
ck_status ck_linear_input_gradient(const ck_execution* execution, const ck_linear* linear, const float* dy,
                                   const float* weight, float* dx);
/// The gradient of weight_rules(weight); that of the weight is it through ck_apply_rules_gradient, once the sum is complete.
/// dweight[o,i] = start + Σ_rows (output_rules' dy)[row,o]·input_rules(x)[row,i], in ascending rows. With `accumulate` it
/// goes on from its stored values; without, from 0, and is not read. dbias[o] + Σ_rows (output_rules' dy)[row,o] always goes
/// on from the stored values; dbias may be NULL.
ck_status ck_linear_weight_gradient(const ck_execution* execution, const ck_linear* linear, const float* x,
                                    const float* dy, bool accumulate, float* dweight, float* dbias);

#endif
