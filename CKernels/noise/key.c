// Philox4x32-10 one block at a time, and the keys of places.
#include "include/ck_noise.h"

void ck_philox4x32_10(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
  uint32_t word0 = counter[0], word1 = counter[1], word2 = counter[2], word3 = counter[3];
  uint32_t key0 = key[0], key1 = key[1];
  for (int round = 0; round < 10; round++, key0 += 0x9E3779B9u, key1 += 0xBB67AE85u) {
    uint64_t product0 = (uint64_t)word0 * 0xD2511F53u, product1 = (uint64_t)word2 * 0xCD9E8D57u;
    word0 = (uint32_t)(product1 >> 32) ^ word1 ^ key0;
    word1 = (uint32_t)product1;
    word2 = (uint32_t)(product0 >> 32) ^ word3 ^ key1;
    word3 = (uint32_t)product0;
  }
  out[0] = word0, out[1] = word1, out[2] = word2, out[3] = word3;
}

uint64_t ck_noise_key(uint64_t seed, uint32_t domain, uint32_t slot, uint32_t width, const uint8_t* path,
                      size_t count) {
  uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)}, out[4];
  uint32_t layout = width > 32 ? 0 : 0x100;
  uint32_t head[4] = {domain, slot, (uint32_t)count, 0x44490000u | layout | CK_STREAM_VERSION};  // "DI" first
  ck_philox4x32_10(head, key, out);
  for (size_t done = 0; done < count; done += 16) {
    uint32_t block[4] = {0};
    for (size_t i = done; i < count && i < done + 16; i++) block[i % 16 / 4] |= (uint32_t)path[i] << (8 * (i % 4));
    key[0] = out[0], key[1] = out[1];
    ck_philox4x32_10(block, key, out);
  }
  return (uint64_t)out[1] << 32 | out[0];
}

uint64_t ck_noise_branch(uint64_t key, uint32_t number) {
  // No draw has this counter: steps end at 2^63.
  uint32_t halves[2] = {(uint32_t)key, (uint32_t)(key >> 32)}, counter[4] = {0, 0, 0, UINT32_MAX}, out[4];
  ck_philox4x32_10(counter, halves, out);
  const uint32_t* words = out + 2 * (number % 2);
  return (uint64_t)words[1] << 32 | words[0];
}
