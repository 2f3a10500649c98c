// The vector types and operations that every kernel is written in, at the width of the instruction set that includes
// this file: CK_LANES floats. Only IEEE operations (+, -, ×, ÷, sqrt, fma, conversions, compares), so that every width
// gives the same bits. Not guarded against a second inclusion: it belongs to one instance (simd/instance.h,
// and simd/single_core.h at the width of one).
#ifndef CK_LANES
#error "simd/core.h is included by simd/instance.h and simd/single_core.h alone"
#endif
#ifdef __FAST_MATH__
#error "fast-math changes bits"
#endif
#pragma STDC FP_CONTRACT OFF

#define CK_INLINE static inline __attribute__((always_inline, unused))

typedef float ck_f32 __attribute__((ext_vector_type(CK_LANES)));
typedef int32_t ck_i32 __attribute__((ext_vector_type(CK_LANES)));
typedef uint32_t ck_u32 __attribute__((ext_vector_type(CK_LANES)));
// Half a vector of floats, whose doubles and 64-bit integers fill a register; of one float, itself.
#define CK_HALF (CK_LANES > 1 ? CK_LANES / 2 : 1)
typedef uint64_t ck_u64 __attribute__((ext_vector_type(CK_HALF)));

// The same, for memory of any alignment that holds other types too.
typedef ck_f32 ck_f32_memory __attribute__((aligned(4), may_alias));
typedef ck_u32 ck_u32_memory __attribute__((aligned(4), may_alias));

CK_INLINE ck_f32 ck_splat(float x) { return (ck_f32)(x); }
CK_INLINE ck_i32 ck_splat_i(int32_t x) { return (ck_i32)(x); }
CK_INLINE ck_u32 ck_splat_u(uint32_t x) { return (ck_u32)(x); }

CK_INLINE ck_f32 ck_load(const float* p) { return *(const ck_f32_memory*)p; }
CK_INLINE void ck_store(float* p, ck_f32 x) { *(ck_f32_memory*)p = x; }
CK_INLINE ck_u32 ck_load_u(const uint32_t* p) { return *(const ck_u32_memory*)p; }
CK_INLINE void ck_store_u(uint32_t* p, ck_u32 x) { *(ck_u32_memory*)p = x; }

CK_INLINE ck_i32 ck_lane_numbers(void) {
  ck_i32 lanes;
  for (int i = 0; i < CK_LANES; i++) lanes[i] = i;
  return lanes;
}

// The first `count` < CK_LANES elements; the others read as 0 and are not touched.
#if CK_LANES == 16
CK_INLINE ck_f32 ck_load_some(const float* p, size_t count) {
  return (ck_f32)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), p);
}
CK_INLINE void ck_store_some(float* p, ck_f32 x, size_t count) {
  _mm512_mask_storeu_ps(p, (__mmask16)((1u << count) - 1), (__m512)x);
}
#elif CK_LANES == 8
CK_INLINE ck_f32 ck_load_some(const float* p, size_t count) {
  return (ck_f32)_mm256_maskload_ps(p, (__m256i)(ck_lane_numbers() < ck_splat_i((int32_t)count)));
}
// By parts: a masked store is microcode on some processors, twenty times as slow.
CK_INLINE void ck_store_some(float* p, ck_f32 x, size_t count) {
  __m128 part = _mm256_castps256_ps128((__m256)x);
  if (count & 4) {
    _mm_storeu_ps(p, part);
    part = _mm256_extractf128_ps((__m256)x, 1), p += 4;
  }
  if (count & 2) {
    _mm_storel_pi((__m64*)p, part);
    part = _mm_movehl_ps(part, part), p += 2;
  }
  if (count & 1) _mm_store_ss(p, part);
}
#else
CK_INLINE ck_f32 ck_load_some(const float* p, size_t count) {
  float lanes[CK_LANES] = {0};
  __builtin_memcpy(lanes, p, count * sizeof(float));
  return ck_load(lanes);
}
CK_INLINE void ck_store_some(float* p, ck_f32 x, size_t count) {
  float lanes[CK_LANES];
  ck_store(lanes, x);
  __builtin_memcpy(p, lanes, count * sizeof(float));
}
#endif

// A vector, or the first `left` elements of the last one.
CK_INLINE ck_f32 ck_load_up_to(const float* p, size_t left) {
  return left < CK_LANES ? ck_load_some(p, left) : ck_load(p);
}
CK_INLINE void ck_store_up_to(float* p, ck_f32 x, size_t left) {
  if (left < CK_LANES) {
    ck_store_some(p, x, left);
  } else {
    ck_store(p, x);
  }
}

CK_INLINE ck_f32 ck_fma(ck_f32 a, ck_f32 b, ck_f32 c) { return __builtin_elementwise_fma(a, b, c); }
CK_INLINE ck_f32 ck_sqrt(ck_f32 x) { return __builtin_elementwise_sqrt(x); }
CK_INLINE ck_i32 ck_bits(ck_f32 x) { return (ck_i32)x; }
CK_INLINE ck_f32 ck_from_bits(ck_i32 x) { return (ck_f32)x; }
// Signed conversions only, never out of range: instruction sets differ elsewhere.
CK_INLINE ck_f32 ck_to_float(ck_i32 x) { return __builtin_convertvector(x, ck_f32); }
CK_INLINE ck_i32 ck_truncate(ck_f32 x) { return __builtin_convertvector(x, ck_i32); }
// Lane by lane: mask (all ones or zeros, as a comparison gives) ? a : b.
CK_INLINE ck_f32 ck_select(ck_i32 mask, ck_f32 a, ck_f32 b) {
  return (ck_f32)((mask & (ck_i32)a) | (~mask & (ck_i32)b));
}
