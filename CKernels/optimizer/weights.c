// Norms of rows, averages and a step aside, on a whole parameter.
#include "optimizer/move.h"
#include "runtime/parallel.h"
#include "simd/kernels.h"

typedef struct ck_weights_call {
  const ck_optimizer_kernels* kernels;
  size_t count, columns;  ///< count: of elements, or of rows
  double limit;
  ck_move move;
  float factor;
  const float *x, *gradient;
  float* out;
} ck_weights_call;

static void ck_limit_row_norms_share(void* context, ck_team team) {
  const ck_weights_call* call = context;
  ck_range range = ck_share(call->count, 1, team);
  call->kernels->limit_row_norms(range.end - range.begin, call->columns, call->limit,
                                 call->out + range.begin * call->columns);
}

void ck_limit_row_norms(const ck_execution* execution, size_t rows, size_t columns, double limit, float* weight) {
  ck_weights_call call = {
      .kernels = &execution->kernels->optimizer, .count = rows, .columns = columns, .limit = limit, .out = weight};
  ck_parallel(ck_threads_for(execution, (double)rows * (double)columns, rows), ck_limit_row_norms_share, &call);
}

static void ck_move_towards_share(void* context, ck_team team) {
  const ck_weights_call* call = context;
  ck_range range = ck_share(call->count, CK_LINE, team);
  call->kernels->move_towards(&call->move, range.end - range.begin, call->x + range.begin, call->out + range.begin);
}

void ck_move_towards(const ck_execution* execution, double share, size_t count, const float* x, float* average) {
  ck_weights_call call = {
      .kernels = &execution->kernels->optimizer, .count = count, .move = ck_move_by(share), .x = x, .out = average};
  ck_parallel(ck_threads_for(execution, (double)count, count / CK_LINE), ck_move_towards_share, &call);
}

static void ck_perturb_share(void* context, ck_team team) {
  const ck_weights_call* call = context;
  ck_range range = ck_share(call->count, CK_LINE, team);
  call->kernels->perturb(call->factor, range.end - range.begin, call->x + range.begin, call->gradient + range.begin,
                         call->out + range.begin);
}

void ck_perturb(const ck_execution* execution, float factor, size_t count, const float* weight, const float* gradient,
                float* out) {
  ck_weights_call call = {.kernels = &execution->kernels->optimizer,
                          .count = count,
                          .factor = factor,
                          .x = weight,
                          .gradient = gradient,
                          .out = out};
  ck_parallel(ck_threads_for(execution, (double)count, count / CK_LINE), ck_perturb_share, &call);
}
