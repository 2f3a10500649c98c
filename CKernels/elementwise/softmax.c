// Softmax and cross-entropy, shared out by rows.
#include "runtime/parallel.h"
#include "simd/kernels.h"

typedef struct ck_softmax_call {
  const ck_elementwise_kernels* kernels;
  size_t rows, columns;
  const float *x, *dy, *weights;
  const ptrdiff_t* labels;
  float scale, smoothing, weight_sum;
  float *losses, *y;
} ck_softmax_call;

// About eight operations an element and a hundred a row.
static int32_t ck_softmax_threads(const ck_execution* execution, size_t rows, size_t columns) {
  return ck_threads_for(execution, (double)rows * (100 + 8 * (double)columns), rows);
}

static void ck_softmax_share(void* context, ck_team team) {
  const ck_softmax_call* call = context;
  const ck_row_share share = ck_share_rows(call->rows, call->columns, 1, team);
  call->kernels->softmax(share.count, call->columns, call->x + share.place, call->y + share.place);
}

void ck_softmax(const ck_execution* execution, size_t rows, size_t columns, const float* x, float* y) {
  ck_softmax_call call = {
      .kernels = &execution->kernels->elementwise, .rows = rows, .columns = columns, .x = x, .y = y};
  ck_parallel(ck_softmax_threads(execution, rows, columns), ck_softmax_share, &call);
}

static void ck_softmax_gradient_share(void* context, ck_team team) {
  const ck_softmax_call* call = context;
  const ck_row_share share = ck_share_rows(call->rows, call->columns, 1, team);
  call->kernels->softmax_gradient(share.count, call->columns, call->x + share.place, call->dy + share.place,
                                  call->y + share.place);
}

void ck_softmax_gradient(const ck_execution* execution, size_t rows, size_t columns, const float* y, const float* dy,
                         float* dx) {
  ck_softmax_call call = {
      .kernels = &execution->kernels->elementwise, .rows = rows, .columns = columns, .x = y, .dy = dy, .y = dx};
  ck_parallel(ck_threads_for(execution, 2 * (double)rows * (double)columns, rows), ck_softmax_gradient_share, &call);
}

static void ck_cross_entropy_share(void* context, ck_team team) {
  const ck_softmax_call* call = context;
  const ck_row_share share = ck_share_rows(call->rows, call->columns, 1, team);
  call->kernels->cross_entropy(share.count, call->columns, call->x + share.place, call->labels + share.begin,
                               call->scale, call->losses + share.begin, call->y ? call->y + share.place : NULL);
}

void ck_softmax_cross_entropy(const ck_execution* execution, size_t rows, size_t columns, const float* logits,
                              const ptrdiff_t* labels, float scale, float* losses, float* gradient) {
  ck_softmax_call call = {.kernels = &execution->kernels->elementwise,
                          .rows = rows,
                          .columns = columns,
                          .x = logits,
                          .labels = labels,
                          .scale = scale,
                          .losses = losses,
                          .y = gradient};
  ck_parallel(ck_softmax_threads(execution, rows, columns), ck_cross_entropy_share, &call);
}

static void ck_smoothed_cross_entropy_share(void* context, ck_team team) {
  const ck_softmax_call* call = context;
  const ck_row_share share = ck_share_rows(call->rows, call->columns, 1, team);
  call->kernels->smoothed_cross_entropy(share.count, call->columns, call->x + share.place, call->labels + share.begin,
                                        call->weights, call->weight_sum, call->smoothing, call->scale,
                                        call->losses + share.begin, call->y ? call->y + share.place : NULL);
}

void ck_smoothed_cross_entropy(const ck_execution* execution, size_t rows, size_t columns, const float* logits,
                               const ptrdiff_t* labels, const float* weights, float smoothing, float scale,
                               float* losses, float* gradient) {
  const ck_elementwise_kernels* kernels = &execution->kernels->elementwise;
  ck_softmax_call call = {.kernels = kernels,
                          .rows = rows,
                          .columns = columns,
                          .x = logits,
                          .weights = weights,
                          .labels = labels,
                          .scale = scale,
                          .smoothing = smoothing,
                          .weight_sum = weights ? (float)kernels->sum(columns, weights) : (float)columns,
                          .losses = losses,
                          .y = gradient};
  ck_parallel(ck_softmax_threads(execution, rows, columns), ck_smoothed_cross_entropy_share, &call);
}
