// Losses of each element on its own, shared out among threads in whole lines of memory.
#include "runtime/parallel.h"
#include "simd/kernels.h"

typedef struct ck_pointwise_losses_call {
  const ck_elementwise_kernels* kernels;
  ck_pointwise_loss loss;
  size_t count;
  float delta, scale;
  const float *x, *targets;
  float *losses, *gradient;
} ck_pointwise_losses_call;

static void ck_pointwise_losses_share(void* context, ck_team team) {
  const ck_pointwise_losses_call* call = context;
  ck_range range = ck_share(call->count, CK_LINE, team);
  call->kernels->pointwise_losses[call->loss](range.end - range.begin, call->delta, call->x + range.begin,
                                              call->targets + range.begin, call->scale, call->losses + range.begin,
                                              call->gradient + range.begin);
}

void ck_pointwise_losses(const ck_execution* execution, ck_pointwise_loss loss, size_t count, float delta,
                         const float* x, const float* targets, float scale, float* losses, float* gradient) {
  ck_pointwise_losses_call call = {
      &execution->kernels->elementwise, loss, count, delta, scale, x, targets, losses, gradient};
  double work = loss == CK_BINARY_CROSS_ENTROPY ? 4 : 1;
  ck_parallel(ck_threads_for(execution, work * (double)count, count / CK_LINE), ck_pointwise_losses_share, &call);
}
