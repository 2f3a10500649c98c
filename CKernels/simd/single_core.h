// The elementary functions at the width of one: the arrays' source, hence their bits. The including file sets
// CK_SINGLE, the table's name, and the target attributes around this.
#define CK_LANES 1
#include "simd/core.h"

#include "simd/math_core.h"

#define CK_SINGLE_FUNCTION(name, function) \
  static float ck_single_##name(float x) { return function(ck_splat(x))[0]; }

CK_SINGLE_FUNCTION(exp, ck_exp_v)
CK_SINGLE_FUNCTION(sin, ck_sin_v)
CK_SINGLE_FUNCTION(cos, ck_cos_v)
CK_SINGLE_FUNCTION(tan, ck_tan_v)
CK_SINGLE_FUNCTION(tanh, ck_tanh_v)
CK_SINGLE_FUNCTION(erf, ck_erf_v)
CK_SINGLE_FUNCTION(inverse_normal, ck_inverse_normal_v)

static float ck_single_pow(float x, float y) { return ck_pow_v(ck_splat(x), ck_splat(y))[0]; }

// A number costs the length of its chain of operations: one that is normal and above 0 does not wait for the others'.
static float ck_single_log(float x) {
  ck_i32 bits = ck_bits(ck_splat(x));
  bool normal = (uint32_t)bits[0] - 0x00800000 < 0x7f000000;
  if (__builtin_expect(!normal, false)) return ck_log_v(ck_splat(x))[0];
  ck_f32 m;
  ck_i32 exponent = ck_split_normal(bits, &m);
  return ck_log_of_split(ck_to_float(exponent), m)[0];
}

const ck_single_functions CK_SINGLE = {
    .log = ck_single_log,
    .exp = ck_single_exp,
    .sin = ck_single_sin,
    .cos = ck_single_cos,
    .tan = ck_single_tan,
    .tanh = ck_single_tanh,
    .erf = ck_single_erf,
    .inverse_normal = ck_single_inverse_normal,
    .pow = ck_single_pow,
};
