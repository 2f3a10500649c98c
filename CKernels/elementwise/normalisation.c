// Layer normalisation, shared out by rows, and batch normalisation, whose sums are shared out by columns.
#include "runtime/parallel.h"
#include "simd/kernels.h"

typedef struct ck_normalisation_call {
  const ck_elementwise_kernels* kernels;
  size_t rows, columns;
  float epsilon;
  const float *x, *scale, *shift, *dy;
  float *y, *mean, *rest, *variance;
  const ck_column_norm* norm;
} ck_normalisation_call;

// Columns that lie in lines of memory of their own.
enum { CK_COLUMNS_TOGETHER = 64 };

static int32_t ck_normalisation_threads(const ck_execution* execution, size_t rows, size_t columns, size_t pieces) {
  return ck_threads_for(execution, 6 * (double)rows * (double)columns, pieces);
}

static void ck_layer_norm_share(void* context, ck_team team) {
  const ck_normalisation_call* call = context;
  const ck_row_share share = ck_share_rows(call->rows, call->columns, 1, team);
  call->kernels->layer_norm(share.count, call->columns, call->epsilon, call->x + share.place, call->scale, call->shift,
                            call->y + share.place);
}

void ck_layer_norm(const ck_execution* execution, size_t rows, size_t columns, float epsilon, const float* x,
                   const float* scale, const float* shift, float* y) {
  ck_normalisation_call call = {.kernels = &execution->kernels->elementwise,
                                .rows = rows,
                                .columns = columns,
                                .epsilon = epsilon,
                                .x = x,
                                .scale = scale,
                                .shift = shift,
                                .y = y};
  ck_parallel(ck_normalisation_threads(execution, rows, columns, rows), ck_layer_norm_share, &call);
}

static void ck_layer_norm_gradient_share(void* context, ck_team team) {
  const ck_normalisation_call* call = context;
  const ck_row_share share = ck_share_rows(call->rows, call->columns, 1, team);
  call->kernels->layer_norm_gradient(share.count, call->columns, call->epsilon, call->x + share.place, call->scale,
                                     call->dy + share.place, call->y + share.place);
}

void ck_layer_norm_gradient(const ck_execution* execution, size_t rows, size_t columns, float epsilon, const float* x,
                            const float* scale, const float* dy, float* dx) {
  ck_normalisation_call call = {.kernels = &execution->kernels->elementwise,
                                .rows = rows,
                                .columns = columns,
                                .epsilon = epsilon,
                                .x = x,
                                .scale = scale,
                                .dy = dy,
                                .y = dx};
  ck_parallel(ck_normalisation_threads(execution, rows, columns, rows), ck_layer_norm_gradient_share, &call);
}

static void ck_column_moments_share(void* context, ck_team team) {
  const ck_normalisation_call* call = context;
  ck_range range = ck_share(call->columns, CK_COLUMNS_TOGETHER, team);
  call->kernels->column_moments(call->rows, call->columns, range.begin, range.end, call->x, call->mean, call->rest,
                                call->variance);
}

void ck_column_moments(const ck_execution* execution, size_t rows, size_t columns, const float* x, float* mean,
                       float* rest, float* variance) {
  ck_normalisation_call call = {.kernels = &execution->kernels->elementwise,
                                .rows = rows,
                                .columns = columns,
                                .x = x,
                                .mean = mean,
                                .rest = rest,
                                .variance = variance};
  ck_parallel(ck_normalisation_threads(execution, rows, columns, columns / CK_COLUMNS_TOGETHER),
              ck_column_moments_share, &call);
}

static void ck_normalise_columns_share(void* context, ck_team team) {
  const ck_normalisation_call* call = context;
  const ck_row_share share = ck_share_rows(call->rows, call->columns, 1, team);
  call->kernels->normalise_columns(share.count, call->columns, call->norm, call->x + share.place,
                                   call->y + share.place);
}

void ck_normalise_columns(const ck_execution* execution, size_t rows, size_t columns, const ck_column_norm* norm,
                          const float* x, float* y) {
  ck_normalisation_call call = {
      .kernels = &execution->kernels->elementwise, .rows = rows, .columns = columns, .x = x, .y = y, .norm = norm};
  ck_parallel(ck_threads_for(execution, (double)rows * (double)columns, rows), ck_normalise_columns_share, &call);
}

static void ck_batch_norm_gradient_share(void* context, ck_team team) {
  const ck_normalisation_call* call = context;
  ck_range range = ck_share(call->columns, CK_COLUMNS_TOGETHER, team);
  call->kernels->batch_norm_gradient(call->rows, call->columns, range.begin, range.end, call->norm, call->x, call->dy,
                                     call->y);
}

void ck_batch_norm_gradient(const ck_execution* execution, size_t rows, size_t columns, const ck_column_norm* norm,
                            const float* x, const float* dy, float* dx) {
  ck_normalisation_call call = {.kernels = &execution->kernels->elementwise,
                                .rows = rows,
                                .columns = columns,
                                .x = x,
                                .dy = dy,
                                .y = dx,
                                .norm = norm};
  ck_parallel(ck_normalisation_threads(execution, rows, columns, columns / CK_COLUMNS_TOGETHER),
              ck_batch_norm_gradient_share, &call);
}
