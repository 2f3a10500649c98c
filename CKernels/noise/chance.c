// Probabilities as thresholds of a word or half a word, and the guide to many of them.
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

void ck_inversion_guide(const uint32_t* thresholds, uint32_t* guide) {
  const uint32_t numbers = 1u << 11;
  uint32_t j = 0;
  for (uint32_t entry = 0; entry < CK_INVERSION_GUIDES; entry++) {
    uint32_t first = entry * numbers, end = first + numbers;
    while (thresholds[j] <= first) j++;
    bool ends = thresholds[j] < end;
    uint32_t count = ends ? thresholds[j] - first : numbers;
    uint32_t searched = ends && thresholds[j + 1] < end;
    guide[entry] = searched << 31 | j << 12 | count;
  }
}
