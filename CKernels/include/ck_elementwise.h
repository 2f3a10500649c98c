/// Elementwise functions, activations, reductions in a fixed order, losses. The bits depend on neither the instruction set
/// nor the threads, those of a NaN included: one that is computed is the quiet NaN 0x7fc00000.
#ifndef CK_ELEMENTWISE_H
#define CK_ELEMENTWISE_H

#include "ck_runtime.h"

typedef enum ck_unary_function {
  CK_NEGATE = 0,
  CK_ABSOLUTE = 1,
  CK_SQUARE_ROOT = 2,
  CK_EXPONENTIAL = 3,
  CK_LOGARITHM = 4,
  CK_SINE = 5,
  CK_COSINE = 6,
  CK_TANGENT = 7,
  CK_TANH = 8,
  CK_ERF = 9,
  CK_INVERSE_NORMAL = 10,
  CK_RELU = 11,      ///< x > 0 ? x : 0, NaN stays NaN
  CK_SIGMOID = 12,   ///< 1 / (1 + e^-x), 2.5 ulp
  CK_GELU = 13,      ///< x·Φ(x) itself, not the tanh approximation: 7 ulp above -12.9, its limit 0 at -inf
  CK_SOFTPLUS = 14,  ///< log(1 + e^x), 2 ulp above -87.33, 0 below
  CK_SILU = 15,      ///< x / (1 + e^-x), 3 ulp above -88, its limit 0 at -inf
} ck_unary_function;

/// y = f(x). x and y may be the same memory.
void ck_unary(const ck_execution* execution, ck_unary_function function, size_t count, const float* x, float* y);
/// dx = dy·f'(x); for CK_RELU, CK_SIGMOID, CK_TANH, CK_GELU, CK_SOFTPLUS and CK_SILU. `saved` is the output y for sigmoid
/// and tanh, the input x for the others.
/// dx may be the memory of dy or of `saved`. ReLU's selects: 0 where x <= 0 whatever dy, NaN where x is.
void ck_unary_gradient(const ck_execution* execution, ck_unary_function function, size_t count, const float* saved,
                       const float* dy, float* dx);

/// Functions with numbers a and b of their own.
typedef enum ck_parametric_function {
  CK_LEAKY_RELU = 0,       ///< x > 0 ? x : a·x
  CK_ELU = 1,              ///< x > 0 ? b·x : a·b·(e^x - 1), whose error is 2.5 ulp
  CK_SCALED_SOFTPLUS = 2,  ///< log(1 + e^(a·x)) / a
} ck_parametric_function;

/// y = f(x; a, b). x and y may be the same memory.
void ck_parametric(const ck_execution* execution, ck_parametric_function function, float a, float b, size_t count,
                   const float* x, float* y);
/// dx = dy·f'(x; a, b). dx may be the memory of dy or of x.
void ck_parametric_gradient(const ck_execution* execution, ck_parametric_function function, float a, float b,
                            size_t count, const float* x, const float* dy, float* dx);

typedef enum ck_binary_function {
  CK_PLUS = 0,
  CK_MINUS = 1,
  CK_TIMES = 2,
  CK_DIVIDE = 3,
  CK_POWER = 4,
  CK_MAXIMUM = 5,  ///< NaN if either is; of 0 and -0 the second
  CK_MINIMUM = 6,  ///< likewise
} ck_binary_function;

/// z[r,c] = f(x[r,c], y[r·row_stride + c·column_stride]): strides of 0 broadcast y over rows, columns or both.
/// z may be the memory of x, and of y where it lies as x does.
void ck_binary(const ck_execution* execution, ck_binary_function function, size_t rows, size_t columns, const float* x,
               const float* y, size_t y_row_stride, size_t y_column_stride, float* z);
/// y = fma(a, x, y).
void ck_axpy(const ck_execution* execution, size_t count, float a, const float* x, float* y);

/// Sums along a row: sixteen chains (column mod 16), then a tree 8, 4, 2, 1.
void ck_row_sums(const ck_execution* execution, size_t rows, size_t columns, const float* x, float* sums);
/// Sums down a column: one ascending chain from the stored value.
void ck_column_sums(const ck_execution* execution, size_t rows, size_t columns, const float* x, float* sums);
/// out[r] = factor·√(Σ_c x[r,c]² / n) of the first n = lengths[r] <= columns of a row, of all where `lengths` is NULL; 0 of
/// none. The squares are summed in double, in sixteen chains (column mod 16), then a tree; the rest is computed in double
/// too, and rounded once.
void ck_row_root_mean_squares(const ck_execution* execution, size_t rows, size_t columns, const uint32_t* lengths,
                              float factor, const float* x, float* out);
/// The greatest of each row (NaN if it holds one) and its first index; either may be NULL. columns >= 1, and
/// at most INT32_MAX where indices are asked for.
void ck_row_maxima(const ck_execution* execution, size_t rows, size_t columns, const float* x, float* maxima,
                   int32_t* indices);
/// The sum, and the sum of squares, in double, in an order that depends on `count` alone: parts of max(4096, count / 64
/// rounded up to a multiple of 16) elements, each summed in sixteen chains and a tree, then their sums in ascending order.
double ck_sum(const ck_execution* execution, size_t count, const float* x);
double ck_sum_of_squares(const ck_execution* execution, size_t count, const float* x);

/// losses[r] = log Σ exp(logits[r,·]) - logits[r, labels[r]]; gradient[r,c] = (softmax - onehot)·scale unless NULL.
/// Labels are in range (checked by the caller). columns >= 1. The gradient may take the logits' memory.
/// A NaN or +inf makes its row NaN; -inf has probability 0, unless the whole row is -inf, which gives NaN.
void ck_softmax_cross_entropy(const ck_execution* execution, size_t rows, size_t columns, const float* logits,
                              const ptrdiff_t* labels, float scale, float* losses, float* gradient);
/// y = softmax of each row, with the same special cases; x and y may be the same memory.
void ck_softmax(const ck_execution* execution, size_t rows, size_t columns, const float* x, float* y);
/// dx = y·(dy - Σ_c y·dy) of each row of a softmax y; the sum in the order of ck_row_sums. dx may be the memory of dy.
void ck_softmax_gradient(const ck_execution* execution, size_t rows, size_t columns, const float* y, const float* dy,
                         float* dx);

/// Cross-entropy with a weight for each class, and a part of each label given to all classes alike:
/// losses[r] = Σ_c t[c]·(log Σ exp(logits[r,·]) - logits[r,c]), gradient[r,c] = (softmax·Σ_c t[c] - t[c])·scale unless
/// NULL, with t[c] = weights[c]·((1 - smoothing)·[c is the label] + smoothing / columns). `weights` may be NULL: all 1.
/// A class without weight adds nothing, whatever its logit. Else as ck_softmax_cross_entropy.
void ck_smoothed_cross_entropy(const ck_execution* execution, size_t rows, size_t columns, const float* logits,
                               const ptrdiff_t* labels, const float* weights, float smoothing, float scale,
                               float* losses, float* gradient);

/// Losses of each element on its own, of a prediction x and a target t.
typedef enum ck_pointwise_loss {
  CK_BINARY_CROSS_ENTROPY = 0,  ///< log(1 + e^x) - t·x, x a logit
  CK_ABSOLUTE_ERROR = 1,        ///< |x - t|, of slope 0 at 0
  CK_HUBER = 2,                 ///< d²/2 of d = |x - t| up to delta, delta·(d - delta/2) beyond
} ck_pointwise_loss;

/// losses[i] = loss(x[i], targets[i]) and gradient[i] = dloss/dx·scale. `delta` is Huber's.
void ck_pointwise_losses(const ck_execution* execution, ck_pointwise_loss loss, size_t count, float delta,
                         const float* x, const float* targets, float scale, float* losses, float* gradient);

#endif
