// x^y = 2^(y·log2 |x|), in double precision: y·log2 x reaches 150, so the logarithm needs some twelve bits more than a
// float has, and a pair of floats takes longer. Multiplications and additions are rounded one by one: a processor
// without fused multiply-adds has no other double arithmetic that is quick.
// log2 m = s·l(s²), s = (m - 1)/(m + 1), m in [sqrt ½, sqrt 2) (relative error 2^-45); 2^g, |g| <= ½, of degree 7 (2^-34).

// Half a vector of floats at a time.
typedef float ck_f32_half __attribute__((ext_vector_type(CK_HALF)));
typedef double ck_f64 __attribute__((ext_vector_type(CK_HALF)));
typedef int64_t ck_i64 __attribute__((ext_vector_type(CK_HALF)));

// 2^(y·(exponent + log2 m)), rounded to float once: a subnormal result is rounded where its last bit is.
CK_INLINE ck_f32_half ck_pow_half(ck_f32_half y, ck_f32_half exponent, ck_f32_half mantissa) {
  ck_f64 m = __builtin_convertvector(mantissa, ck_f64);
  ck_f64 s = (m - 1.0) / (m + 1.0), square = s * s;
  ck_f64 l = square * 0x1.21b0683a5f2f9p-2 + 0x1.47955ed1ebe32p-2;
  l = l * square + 0x1.a61a2e9775503p-2;
  l = l * square + 0x1.2776c2937973ap-1;
  l = l * square + 0x1.ec709dc53c381p-1;
  l = l * square + 0x1.71547652b8251p+1;
  ck_f64 z = __builtin_convertvector(y, ck_f64) * (__builtin_convertvector(exponent, ck_f64) + s * l);
  ck_i64 above = z > 200.0, below = z < -200.0;  // far enough for infinity and 0
  z = (ck_f64)((above & (ck_i64)(ck_f64)(200.0)) | (below & (ck_i64)(ck_f64)(-200.0)) | (~(above | below) & (ck_i64)z));
  ck_f64 shifted = z + 0x1.8p52, g = z - (shifted - 0x1.8p52);
  ck_f64 p = g * 0x1.fe1775bb42027p-17 + 0x1.446a233d4c8f5p-13;
  p = p * g + 0x1.5d8a709cd4077p-10;
  p = p * g + 0x1.3b29dc3cac7aap-7;
  p = p * g + 0x1.c6b08aaf13747p-5;
  p = p * g + 0x1.ebfbe0a4c3627p-3;
  p = p * g + 0x1.62e42ff116378p-1;
  p = p * g + 0x1.ffffffffabb9ap-1;
  return __builtin_convertvector((ck_f64)((ck_u64)p + ((ck_u64)shifted << 52)), ck_f32_half);
}

// |x|^y for finite x other than 0.
CK_INLINE ck_f32 ck_pow_ordinary(ck_f32 x, ck_f32 y) {
  ck_f32 m, e = ck_split(x, &m);
#if CK_LANES == 1
  return ck_pow_half(y, e, m);
#else
  ck_f32 z;
  z.lo = ck_pow_half(y.lo, e.lo, m.lo);
  z.hi = ck_pow_half(y.hi, e.hi, m.hi);
  return z;
#endif
}

// All ones where y is an odd integer; `integer` gets the same for any integer (the infinities are even integers).
CK_INLINE ck_i32 ck_is_odd(ck_f32 y, ck_i32* integer) {
  ck_i32 small = ck_absolute(y) < ck_splat(0x1p24f);  // from there on every float is even
  ck_i32 truncated = ck_truncate(ck_select(small, y, ck_splat(0.0f)));
  *integer = ~small | (ck_to_float(truncated) == y);
  return small & *integer & -(truncated & ck_splat_i(1));
}

// Error at most 0.502 ulp, C99's special cases (annex F.10.4.4).
CK_INLINE ck_f32 ck_pow_v(ck_f32 x, ck_f32 y) {
  ck_f32 base = ck_absolute(x), zero = ck_splat(0.0f), one = ck_splat(1.0f);
  ck_i32 integer, odd = ck_is_odd(y, &integer);
  ck_i32 ordinary = (base > zero) & (base < ck_infinity());
  ck_f32 z = ck_pow_ordinary(ck_select(ordinary, base, one), y);
  // At 0 and infinity only the signs of y and log |x| count; likewise at an infinite y.
  ck_i32 infinite_y = ck_absolute(y) == ck_infinity();
  ck_i32 grows = (base > one) ^ (y < zero);
  z = ck_select(~ordinary | infinite_y, ck_select(grows, ck_infinity(), zero), z);
  z = ck_select(odd, ck_copy_sign(z, x), z);
  z = ck_select((x < zero) & ordinary & ~integer, ck_nan(), z);
  z = ck_select(ck_is_nan(x) | ck_is_nan(y), ck_nan(), z);
  return ck_select((y == zero) | (x == one) | ((base == one) & infinite_y), one, z);
}
