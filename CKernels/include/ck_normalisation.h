/// Layer normalisation along rows, batch normalisation down columns. Means are kept in two floats, `mean` and the `rest` that
/// it lacks; they and variances are summed in double: along a row sixteen chains (column mod 16) and a tree 8, 4, 2, 1, down
/// a column one ascending chain. A NaN or an infinity makes its row, or its column, NaN.
#ifndef CK_NORMALISATION_H
#define CK_NORMALISATION_H

#include "ck_runtime.h"

/// y = z·scale + shift with z[r,c] = (x[r,c] - mean of the row) / √(variance of the row + epsilon), the variance that of the
/// row's own elements (Σ (x - mean)² / columns). scale and shift are one a column; both may be NULL, and y is z. columns >= 1.
void ck_layer_norm(const ck_execution* execution, size_t rows, size_t columns, float epsilon, const float* x,
                   const float* scale, const float* shift, float* y);
/// dx = (g - mean(g) - z·mean(g·z)) / √(variance + epsilon), g = dy·scale, the means along the row.
void ck_layer_norm_gradient(const ck_execution* execution, size_t rows, size_t columns, float epsilon, const float* x,
                            const float* scale, const float* dy, float* dx);

/// The mean and the rest of it, and the variance (Σ (x - mean)² / rows), of each column. rows >= 1.
void ck_column_moments(const ck_execution* execution, size_t rows, size_t columns, const float* x, float* mean,
                       float* rest, float* variance);

/// What each column is normalised with: z = ((x - mean) - rest)·inverse, y = z·scale + shift. scale and shift may both be
/// NULL, and y is z.
typedef struct ck_column_norm {
  const float *mean, *rest, *inverse, *scale, *shift;
} ck_column_norm;

void ck_normalise_columns(const ck_execution* execution, size_t rows, size_t columns, const ck_column_norm* norm,
                          const float* x, float* y);
/// dx = inverse·scale·(dy - mean(dy) - z·mean(dy·z)), the means down the column: the gradient where mean and inverse are those
/// of x itself. rows >= 1.
void ck_batch_norm_gradient(const ck_execution* execution, size_t rows, size_t columns, const ck_column_norm* norm,
                            const float* x, const float* dy, float* dx);

#endif
