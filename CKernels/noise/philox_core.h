// Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011) on many blocks at once. A word lies in the low half of a 64-bit lane,
// where the wide multiplication wants it; the high half holds rubbish that the next multiplication ignores. Even and odd
// blocks are apart until the last step joins them, so that words end in contiguous lanes.

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
CK_INLINE ck_u64 ck_lane_numbers_l(void) {
  ck_u64 lanes;
  for (int i = 0; i < CK_LANES / 2; i++) lanes[i] = (uint64_t)i;
  return lanes;
}

// The words of CK_LANES blocks: [0] of the even ones, [1] of the odd.
typedef struct ck_counters {
  ck_u64 word[2][4];
} ck_counters;

CK_INLINE void ck_philox_rounds(const ck_philox* philox, int first, ck_counters* c) {
#pragma unroll
  for (int round = first; round < 10; round++) {
#pragma unroll
    for (int half = 0; half < 2; half++) {
      ck_u64* word = c->word[half];
      ck_u64 product0 = ck_low(word[0]) * ck_splat_l(CK_PHILOX_M0);
      ck_u64 product1 = ck_low(word[2]) * ck_splat_l(CK_PHILOX_M1);
      word[0] = (product1 >> 32) ^ word[1] ^ ck_splat_l(philox->keys[round][0]);
      word[1] = product1;
      word[2] = (product0 >> 32) ^ word[3] ^ ck_splat_l(philox->keys[round][1]);
      word[3] = product0;
    }
  }
}

CK_INLINE void ck_join(const ck_counters* c, ck_u32 words[4]) {
#pragma unroll
  for (int i = 0; i < 4; i++) words[i] = (ck_u32)(ck_low(c->word[0][i]) | c->word[1][i] << 32);
}

// What the first two rounds come to in a row, where nothing but the block differs from lane to lane.
typedef struct ck_philox_row {
  uint64_t first2, second0, second2, second3;
} ck_philox_row;

CK_INLINE ck_philox_row ck_philox_row_make(const ck_philox* philox, uint32_t row) {
  uint64_t product1 = (uint64_t)philox->step[0] * CK_PHILOX_M1;
  uint64_t word0 = (uint32_t)(product1 >> 32) ^ row ^ (uint32_t)philox->keys[0][0];
  uint64_t product0 = word0 * CK_PHILOX_M0;
  return (ck_philox_row){.first2 = philox->step[1] ^ philox->keys[0][1],
                         .second0 = (uint32_t)product1 ^ philox->keys[1][0],
                         .second2 = product0 >> 32 ^ philox->keys[1][1],
                         .second3 = (uint32_t)product0};
}

// The words of CK_LANES consecutive blocks of a row.
CK_INLINE void ck_philox_in_row(const ck_philox* philox, const ck_philox_row* row, uint32_t block, ck_u32 words[4]) {
  ck_u64 even = ck_splat_l(block | philox->plane) + ck_lane_numbers_l() * ck_splat_l(2);
  ck_counters c;
#pragma unroll
  for (int half = 0; half < 2; half++) {
    ck_u64* word = c.word[half];
    ck_u64 product0 = (even + ck_splat_l((uint64_t)half)) * ck_splat_l(CK_PHILOX_M0);
    ck_u64 product1 = ck_low(product0 >> 32 ^ ck_splat_l(row->first2)) * ck_splat_l(CK_PHILOX_M1);
    word[0] = product1 >> 32 ^ ck_splat_l(row->second0);
    word[1] = product1;
    word[2] = product0 ^ ck_splat_l(row->second2);
    word[3] = ck_splat_l(row->second3);
  }
  ck_philox_rounds(philox, 2, &c);
  ck_join(&c, words);
}

// The words of any CK_LANES blocks and rows.
CK_INLINE void ck_philox_any(const ck_philox* philox, ck_u32 block, ck_u32 row, ck_u32 words[4]) {
  uint64_t product1 = (uint64_t)philox->step[0] * CK_PHILOX_M1;
  uint64_t first0 = (uint32_t)(product1 >> 32) ^ (uint32_t)philox->keys[0][0];
  uint64_t first2 = philox->step[1] ^ philox->keys[0][1];
  ck_u64 blocks = (ck_u64)(block | ck_splat_u(philox->plane)), rows = (ck_u64)row;
  ck_counters c;
#pragma unroll
  for (int half = 0; half < 2; half++) {
    ck_u64* word = c.word[half];
    ck_u64 product0 = ck_low(half ? blocks >> 32 : blocks) * ck_splat_l(CK_PHILOX_M0);
    word[0] = (half ? rows >> 32 : rows) ^ ck_splat_l(first0);
    word[1] = ck_splat_l((uint32_t)product1);
    word[2] = product0 >> 32 ^ ck_splat_l(first2);
    word[3] = product0;
  }
  ck_philox_rounds(philox, 1, &c);
  ck_join(&c, words);
}
