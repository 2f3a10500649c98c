// Probabilities as thresholds of a word or half a word.
#include "include/ck_noise.h"

ck_chance ck_chance_make(double p) {
  if (!(p > 0)) return (ck_chance){0, 0};
  if (p >= 1) return (ck_chance){0, 1};
  int32_t bits = p >= 1.0 / 64 && 1 - p >= 1.0 / 64 ? 16 : 32;
  // Even: salt and pepper then have exactly half each.
  uint64_t threshold = 2 * (uint64_t)(p * (double)((uint64_t)1 << (bits - 1)) + 0.5);
  if (threshold == 0) return (ck_chance){0, 0};
  if (threshold >> bits) return (ck_chance){0, 1};
  return (ck_chance){(uint32_t)threshold, bits};
}

double ck_chance_probability(ck_chance chance) {
  if (chance.bits <= 1) return chance.bits;
  return (double)chance.threshold / (double)((uint64_t)1 << chance.bits);
}
