// Functions of one array, shared out among threads in whole lines of memory.
#include "runtime/parallel.h"
#include "simd/kernels.h"

// Roughly, in units of ck_threads_for.
static const float ck_unary_work[CK_UNARY_COUNT] = {
    [CK_NEGATE] = 1, [CK_ABSOLUTE] = 1, [CK_SQUARE_ROOT] = 1, [CK_EXPONENTIAL] = 1,    [CK_LOGARITHM] = 2,
    [CK_SINE] = 2,   [CK_COSINE] = 2,   [CK_TANGENT] = 2,     [CK_TANH] = 2,           [CK_ERF] = 2,
    [CK_RELU] = 1,   [CK_SIGMOID] = 2,  [CK_GELU] = 3,        [CK_INVERSE_NORMAL] = 5, [CK_SOFTPLUS] = 2,
    [CK_SILU] = 2,
};

typedef struct ck_unary_call {
  const ck_elementwise_kernels* kernels;
  ck_unary_function function;
  size_t count;
  const float *x, *dy;
  float* y;
} ck_unary_call;

static void ck_unary_share(void* context, ck_team team) {
  const ck_unary_call* call = context;
  ck_range range = ck_share(call->count, CK_LINE, team);
  call->kernels->unary[call->function](range.end - range.begin, call->x + range.begin, call->y + range.begin);
}

static void ck_unary_gradient_share(void* context, ck_team team) {
  const ck_unary_call* call = context;
  ck_range range = ck_share(call->count, CK_LINE, team);
  call->kernels->gradient[call->function](range.end - range.begin, call->x + range.begin, call->dy + range.begin,
                                          call->y + range.begin);
}

static int32_t ck_unary_threads(const ck_execution* execution, ck_unary_function function, size_t count) {
  return ck_threads_for(execution, ck_unary_work[function] * (double)count, count / CK_LINE);
}

void ck_unary(const ck_execution* execution, ck_unary_function function, size_t count, const float* x, float* y) {
  ck_unary_call call = {&execution->kernels->elementwise, function, count, x, NULL, y};
  ck_parallel(ck_unary_threads(execution, function, count), ck_unary_share, &call);
}

void ck_unary_gradient(const ck_execution* execution, ck_unary_function function, size_t count, const float* saved,
                       const float* dy, float* dx) {
  ck_unary_call call = {&execution->kernels->elementwise, function, count, saved, dy, dx};
  ck_parallel(ck_unary_threads(execution, function, count), ck_unary_gradient_share, &call);
}
