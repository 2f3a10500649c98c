// The elementary functions of one number: each costs a draw of a user's distribution a few nanoseconds, so that a call
// is a load and a jump.
#include "include/ck_math.h"

#include <stdatomic.h>

#include "simd/kernels.h"
#include "simd/single.h"

static const ck_single_functions ck_single_first;

// The choice is a constant of the process: whoever is first looks it up, and all find the same.
static _Atomic(const ck_single_functions*) ck_single_chosen = &ck_single_first;

static const ck_single_functions* ck_single(void) {
  return atomic_load_explicit(&ck_single_chosen, memory_order_relaxed);
}

static const ck_single_functions* ck_choose_single(void) {
  const ck_single_functions* functions = &ck_single_plain;
#if defined(__x86_64__)
  if (ck_kernels_at(0) != &ck_kernels_scalar) functions = &ck_single_fused;
#endif
  atomic_store_explicit(&ck_single_chosen, functions, memory_order_relaxed);
  return functions;
}

// Until the choice is made, these make it.
static float ck_first_log(float x) { return ck_choose_single()->log(x); }
static float ck_first_exp(float x) { return ck_choose_single()->exp(x); }
static float ck_first_sin(float x) { return ck_choose_single()->sin(x); }
static float ck_first_cos(float x) { return ck_choose_single()->cos(x); }
static float ck_first_tan(float x) { return ck_choose_single()->tan(x); }
static float ck_first_tanh(float x) { return ck_choose_single()->tanh(x); }
static float ck_first_erf(float x) { return ck_choose_single()->erf(x); }
static float ck_first_inverse_normal(float p) { return ck_choose_single()->inverse_normal(p); }
static float ck_first_pow(float x, float y) { return ck_choose_single()->pow(x, y); }

static const ck_single_functions ck_single_first = {
    .log = ck_first_log,
    .exp = ck_first_exp,
    .sin = ck_first_sin,
    .cos = ck_first_cos,
    .tan = ck_first_tan,
    .tanh = ck_first_tanh,
    .erf = ck_first_erf,
    .inverse_normal = ck_first_inverse_normal,
    .pow = ck_first_pow,
};

float ck_logf(float x) { return ck_single()->log(x); }
float ck_expf(float x) { return ck_single()->exp(x); }
float ck_sinf(float x) { return ck_single()->sin(x); }
float ck_cosf(float x) { return ck_single()->cos(x); }
float ck_tanf(float x) { return ck_single()->tan(x); }
float ck_tanhf(float x) { return ck_single()->tanh(x); }
float ck_erff(float x) { return ck_single()->erf(x); }
float ck_inverse_normalf(float p) { return ck_single()->inverse_normal(p); }
float ck_powf(float x, float y) { return ck_single()->pow(x, y); }
