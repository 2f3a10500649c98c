// The elementary functions of one number: the first lane of the best instance's vectors, so the bits of the array forms.
#include "include/ck_math.h"

#include <stdatomic.h>

#include "simd/kernels.h"

// The choice of instance is a constant of the process: whoever is first looks it up, and all find the same.
static const ck_kernels* ck_best(void) {
  static _Atomic(const ck_kernels*) best;
  const ck_kernels* kernels = atomic_load_explicit(&best, memory_order_relaxed);
  if (!kernels) {
    kernels = ck_kernels_at(0);
    atomic_store_explicit(&best, kernels, memory_order_relaxed);
  }
  return kernels;
}

static float ck_scalar(ck_unary_function function, float x) { return ck_best()->elementwise.scalar[function](x); }

float ck_logf(float x) { return ck_scalar(CK_LOGARITHM, x); }
float ck_expf(float x) { return ck_scalar(CK_EXPONENTIAL, x); }
float ck_sinf(float x) { return ck_scalar(CK_SINE, x); }
float ck_cosf(float x) { return ck_scalar(CK_COSINE, x); }
float ck_tanf(float x) { return ck_scalar(CK_TANGENT, x); }
float ck_tanhf(float x) { return ck_scalar(CK_TANH, x); }
float ck_erff(float x) { return ck_scalar(CK_ERF, x); }
float ck_inverse_normalf(float p) { return ck_scalar(CK_INVERSE_NORMAL, p); }
float ck_powf(float x, float y) { return ck_best()->elementwise.scalar_power(x, y); }
