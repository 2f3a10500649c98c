// Softmax and cross-entropy, shared out by rows.
#include "runtime/parallel.h"
#include "simd/kernels.h"

typedef struct ck_softmax_call {
  const ck_elementwise_kernels* kernels;
  size_t rows, columns;
  const float* x;
  const ptrdiff_t* labels;
  float scale;
  float *losses, *y;
} ck_softmax_call;

// About eight operations an element and a hundred a row.
static int32_t ck_softmax_threads(const ck_execution* execution, size_t rows, size_t columns) {
  return ck_threads_for(execution, (double)rows * (100 + 8 * (double)columns), rows);
}

static void ck_softmax_share(void* context, ck_team team) {
  const ck_softmax_call* call = context;
  ck_range range = ck_share(call->rows, 1, team);
  size_t place = range.begin * call->columns;
  call->kernels->softmax(range.end - range.begin, call->columns, call->x + place, call->y + place);
}

void ck_softmax(const ck_execution* execution, size_t rows, size_t columns, const float* x, float* y) {
  ck_softmax_call call = {
      .kernels = &execution->kernels->elementwise, .rows = rows, .columns = columns, .x = x, .y = y};
  ck_parallel(ck_softmax_threads(execution, rows, columns), ck_softmax_share, &call);
}

static void ck_cross_entropy_share(void* context, ck_team team) {
  const ck_softmax_call* call = context;
  ck_range range = ck_share(call->rows, 1, team);
  size_t place = range.begin * call->columns;
  call->kernels->cross_entropy(range.end - range.begin, call->columns, call->x + place, call->labels + range.begin,
                               call->scale, call->losses + range.begin, call->y ? call->y + place : NULL);
}

void ck_softmax_cross_entropy(const ck_execution* execution, size_t rows, size_t columns, const float* logits,
                              const ptrdiff_t* labels, float scale, float* losses, float* gradient) {
  ck_softmax_call call = {&execution->kernels->elementwise, rows, columns, logits, labels, scale, losses, gradient};
  ck_parallel(ck_softmax_threads(execution, rows, columns), ck_cross_entropy_share, &call);
}
