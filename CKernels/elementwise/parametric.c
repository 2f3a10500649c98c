// Functions of one array with numbers of their own, shared out among threads in whole lines of memory.
#include "runtime/parallel.h"
#include "simd/kernels.h"

typedef struct ck_parametric_call {
  const ck_elementwise_kernels* kernels;
  ck_parametric_function function;
  float a, b;
  size_t count;
  const float *x, *dy;
  float* y;
} ck_parametric_call;

static void ck_parametric_share(void* context, ck_team team) {
  const ck_parametric_call* call = context;
  ck_range range = ck_share(call->count, CK_LINE, team);
  call->kernels->parametric[call->function](range.end - range.begin, call->a, call->b, call->x + range.begin,
                                            call->y + range.begin);
}

static void ck_parametric_gradient_share(void* context, ck_team team) {
  const ck_parametric_call* call = context;
  ck_range range = ck_share(call->count, CK_LINE, team);
  call->kernels->parametric_gradient[call->function](range.end - range.begin, call->a, call->b, call->x + range.begin,
                                                     call->dy + range.begin, call->y + range.begin);
}

static int32_t ck_parametric_threads(const ck_execution* execution, ck_parametric_function function, size_t count) {
  double work = function == CK_LEAKY_RELU ? 1 : 2;
  return ck_threads_for(execution, work * (double)count, count / CK_LINE);
}

void ck_parametric(const ck_execution* execution, ck_parametric_function function, float a, float b, size_t count,
                   const float* x, float* y) {
  ck_parametric_call call = {&execution->kernels->elementwise, function, a, b, count, x, NULL, y};
  ck_parallel(ck_parametric_threads(execution, function, count), ck_parametric_share, &call);
}

void ck_parametric_gradient(const ck_execution* execution, ck_parametric_function function, float a, float b,
                            size_t count, const float* x, const float* dy, float* dx) {
  ck_parametric_call call = {&execution->kernels->elementwise, function, a, b, count, x, dy, dx};
  ck_parallel(ck_parametric_threads(execution, function, count), ck_parametric_gradient_share, &call);
}
