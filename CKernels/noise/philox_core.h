// Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011) on many blocks at once. A word lies in the low half of a 64-bit lane,
// where the wide multiplication wants it; the high half holds rubbish that the next multiplication ignores. Even and odd
// blocks are apart until the last round joins them, so that words end in contiguous lanes.

#define CK_PHILOX_M0 0xD2511F53u
#define CK_PHILOX_M1 0xCD9E8D57u
#define CK_PHILOX_W0 0x9E3779B9u
#define CK_PHILOX_W1 0xBB67AE85u

// What all blocks of one key, step and plane share.
typedef struct ck_philox {
  uint64_t keys[10][2];
  uint32_t step[2];
  uint32_t plane;  // in the top eight bits, to be joined with the block
} ck_philox;

CK_INLINE ck_philox ck_philox_make(const ck_address* address) {
  ck_philox philox = {.step = {(uint32_t)address->step, (uint32_t)(address->step >> 32)},
                      .plane = address->plane << 24};
  uint32_t key0 = (uint32_t)address->key, key1 = (uint32_t)(address->key >> 32);
  for (int round = 0; round < 10; round++, key0 += CK_PHILOX_W0, key1 += CK_PHILOX_W1) {
    philox.keys[round][0] = key0;
    philox.keys[round][1] = key1;
  }
  return philox;
}

CK_INLINE ck_u64 ck_splat_l(uint64_t x) { return (ck_u64)(x); }
CK_INLINE ck_u64 ck_low(ck_u64 x) { return x & 0xFFFFFFFFu; }
// The words of CK_LANES blocks: [0] of the even ones, [1] of the odd.
typedef struct ck_counters {
  ck_u64 word[2][4];
} ck_counters;

// High halves moved low by a shuffle, which runs beside a shift on another port of the processor.
CK_INLINE ck_u64 ck_high(ck_u64 x) {
#if CK_LANES == 16
  return (ck_u64)__builtin_shufflevector((ck_u32)x, (ck_u32)x, 1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 15);
#elif CK_LANES == 8
  return (ck_u64)__builtin_shufflevector((ck_u32)x, (ck_u32)x, 1, 1, 3, 3, 5, 5, 7, 7);
#else
  return x >> 32;
#endif
}

// Low halves of two vectors, by turns. (As shifts, the compiler would merge them with the multiplications before.)
CK_INLINE ck_u32 ck_interleave_low(ck_u64 even, ck_u64 odd) {
#if CK_LANES == 16
  return __builtin_shufflevector((ck_u32)even, (ck_u32)odd, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);
#elif CK_LANES == 8
  return __builtin_shufflevector((ck_u32)even, (ck_u32)odd, 0, 8, 2, 10, 4, 12, 6, 14);
#else
  return __builtin_shufflevector((ck_u32)even, (ck_u32)odd, 0, 4, 2, 6);
#endif
}

// The high halves.
CK_INLINE ck_u32 ck_interleave_high(ck_u64 even, ck_u64 odd) {
#if CK_LANES == 16
  return __builtin_shufflevector((ck_u32)even, (ck_u32)odd, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
#elif CK_LANES == 8
  return __builtin_shufflevector((ck_u32)even, (ck_u32)odd, 1, 9, 3, 11, 5, 13, 7, 15);
#else
  return __builtin_shufflevector((ck_u32)even, (ck_u32)odd, 1, 5, 3, 7);
#endif
}

// Rounds from `first` to the last but one, of all vectors by turns: several hide the multiplication's latency.
CK_INLINE void ck_philox_rounds(const ck_philox* philox, int first, int vectors, ck_counters* c) {
#pragma unroll
  for (int round = first; round < 9; round++) {
    ck_u64 key0 = ck_splat_l(philox->keys[round][0]), key1 = ck_splat_l(philox->keys[round][1]);
#pragma unroll
    for (int i = 0; i < 2 * vectors; i++) {
      ck_u64* word = c[i / 2].word[i % 2];
      ck_u64 product0 = ck_low(word[0]) * ck_splat_l(CK_PHILOX_M0);
      ck_u64 product1 = ck_low(word[2]) * ck_splat_l(CK_PHILOX_M1);
      word[0] = ck_high(product1) ^ word[1] ^ key0;
      word[1] = product1;
      word[2] = (product0 >> 32) ^ word[3] ^ key1;
      word[3] = product0;
    }
  }
}

// The last round. Even and odd blocks are joined before its exclusive ors, which then take half the operations.
CK_INLINE void ck_philox_last(const ck_philox* philox, const ck_counters* c, ck_u32 words[4]) {
  const ck_u64 *even = c->word[0], *odd = c->word[1];
  ck_u64 even0 = ck_low(even[0]) * ck_splat_l(CK_PHILOX_M0), odd0 = ck_low(odd[0]) * ck_splat_l(CK_PHILOX_M0);
  ck_u64 even1 = ck_low(even[2]) * ck_splat_l(CK_PHILOX_M1), odd1 = ck_low(odd[2]) * ck_splat_l(CK_PHILOX_M1);
  ck_u32 key0 = ck_splat_u((uint32_t)philox->keys[9][0]), key1 = ck_splat_u((uint32_t)philox->keys[9][1]);
  words[0] = ck_interleave_high(even1, odd1) ^ ck_interleave_low(even[1], odd[1]) ^ key0;
  words[1] = ck_interleave_low(even1, odd1);
  words[2] = ck_interleave_high(even0, odd0) ^ ck_interleave_low(even[3], odd[3]) ^ key1;
  words[3] = ck_interleave_low(even0, odd0);
}

// All rounds from `first` on. Sixteen registers hold the state of one vector of eight blocks, thirty-two of two vectors.
CK_INLINE void ck_philox_words(const ck_philox* philox, int first, int vectors, ck_counters* c, ck_u32 words[][4]) {
  const int together = CK_LANES == 8 ? 1 : vectors;
#pragma unroll
  for (int i = 0; i < vectors; i += together) ck_philox_rounds(philox, first, together, c + i);
#pragma unroll
  for (int i = 0; i < vectors; i++) ck_philox_last(philox, &c[i], words[i]);
}

// What the first two rounds of 16 blocks of a row come to, where nothing but the block differs from lane to lane: all in
// scalars but for the first product, and that a multiple.
typedef struct ck_philox_row {
  uint64_t product, first2, second0, second2, second3;
} ck_philox_row;

CK_INLINE void ck_philox_row_make(const ck_philox* philox, uint32_t row, uint32_t block, ck_philox_row* out) {
  uint64_t product1 = (uint64_t)philox->step[0] * CK_PHILOX_M1;
  uint64_t word0 = (uint32_t)(product1 >> 32) ^ row ^ (uint32_t)philox->keys[0][0];
  uint64_t product0 = word0 * CK_PHILOX_M0;
  out->product = (uint64_t)(block | philox->plane) * CK_PHILOX_M0;
  out->first2 = philox->step[1] ^ philox->keys[0][1];
  out->second0 = (uint32_t)product1 ^ philox->keys[1][0];
  out->second2 = product0 >> 32 ^ philox->keys[1][1];
  out->second3 = (uint32_t)product0;
}

// The state after two rounds of CK_LANES of the blocks, from the `first` on.
CK_INLINE void ck_philox_start_in_row(const ck_philox_row* row, uint32_t first, ck_counters* c) {
#pragma unroll
  for (uint32_t half = 0; half < 2; half++) {
    ck_u64* word = c->word[half];
    ck_u64 multiples;
    for (uint32_t i = 0; i < CK_LANES / 2; i++) multiples[i] = (uint64_t)CK_PHILOX_M0 * (first + 2 * i + half);
    ck_u64 product0 = ck_splat_l(row->product) + multiples;
    ck_u64 product1 = ck_low(product0 >> 32 ^ ck_splat_l(row->first2)) * ck_splat_l(CK_PHILOX_M1);
    word[0] = product1 >> 32 ^ ck_splat_l(row->second0);
    word[1] = product1;
    word[2] = product0 ^ ck_splat_l(row->second2);
    word[3] = ck_splat_l(row->second3);
  }
}

// The state after one round of any CK_LANES blocks and rows.
CK_INLINE void ck_philox_start(const ck_philox* philox, ck_u32 block, ck_u32 row, ck_counters* c) {
  uint64_t product1 = (uint64_t)philox->step[0] * CK_PHILOX_M1;
  uint64_t first0 = (uint32_t)(product1 >> 32) ^ (uint32_t)philox->keys[0][0];
  uint64_t first2 = philox->step[1] ^ philox->keys[0][1];
  ck_u64 blocks = (ck_u64)(block | ck_splat_u(philox->plane)), rows = (ck_u64)row;
#pragma unroll
  for (int half = 0; half < 2; half++) {
    ck_u64* word = c->word[half];
    ck_u64 product0 = ck_low(half ? blocks >> 32 : blocks) * ck_splat_l(CK_PHILOX_M0);
    word[0] = (half ? rows >> 32 : rows) ^ ck_splat_l(first0);
    word[1] = ck_splat_l((uint32_t)product1);
    word[2] = product0 >> 32 ^ ck_splat_l(first2);
    word[3] = product0;
  }
}
