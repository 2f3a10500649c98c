// What the elementary functions share: special values, and rounding to the nearest integer.

// Added to and taken from |x| < 2^22 it leaves x rounded to the nearest integer, ties to even; in between, that
// integer is in the low bits.
#define CK_ROUNDING_SHIFT 0x1.8p23f

CK_INLINE ck_f32 ck_infinity(void) { return ck_from_bits(ck_splat_i(0x7f800000)); }
CK_INLINE ck_f32 ck_nan(void) { return ck_from_bits(ck_splat_i(0x7fc00000)); }
CK_INLINE ck_i32 ck_is_nan(ck_f32 x) { return x != x; }

// x, its NaNs made the same: instruction sets differ in which one an operation gives. In integers, since to the compiler
// all NaNs are one.
CK_INLINE ck_f32 ck_quiet(ck_f32 x) {
  ck_i32 is_nan = (ck_bits(x) & ck_splat_i(0x7fffffff)) > ck_splat_i(0x7f800000);
  return ck_select(is_nan, ck_nan(), x);
}

CK_INLINE ck_f32 ck_absolute(ck_f32 x) { return ck_from_bits(ck_bits(x) & ck_splat_i(0x7fffffff)); }
// |x| with the sign of `sign`.
CK_INLINE ck_f32 ck_copy_sign(ck_f32 x, ck_f32 sign) {
  ck_i32 magnitude = ck_splat_i(0x7fffffff);
  return ck_from_bits((ck_bits(x) & magnitude) | (ck_bits(sign) & ~magnitude));
}
CK_INLINE ck_i32 ck_select_i(ck_i32 mask, ck_i32 a, ck_i32 b) { return (mask & a) | (~mask & b); }
// x·2^n where both x and the result are normal: n is added to the exponent.
CK_INLINE ck_f32 ck_scale_exponent(ck_f32 x, ck_i32 n) { return (ck_f32)((ck_u32)x + ((ck_u32)n << 23)); }
