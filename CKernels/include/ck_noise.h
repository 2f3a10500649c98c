/// Addressed noise: a draw is a pure function of (key, step, row, column, plane).
#ifndef CK_NOISE_H
#define CK_NOISE_H

#include "ck_runtime.h"

/// The version of the map from addresses to bits: part of every key.
enum { CK_STREAM_VERSION = 1 };

/// Philox4x32-10 (Salmon et al. 2011).
void ck_philox4x32_10(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/// The 64-bit key of a place: seed, domain, slot and the UTF-8 bytes of the site's path, hashed by Philox. Matrices of a
/// `width` of 32 or fewer and wider ones have different keys: their layouts would else share words.
uint64_t ck_noise_key(uint64_t seed, uint32_t domain, uint32_t slot, uint32_t width, const uint8_t* path, size_t count);

/// The key under which a component of a mixture draws, 0 or 1, of the key under which it chooses between them: each its own,
/// since a Gaussian reads its neighbour's words too.
uint64_t ck_noise_branch(uint64_t key, uint32_t number);

/// Where a tile of draws lies in the whole matrix of them.
typedef struct ck_address {
  uint64_t key;
  uint64_t step;
  uint32_t row;     ///< of the tile's first row
  uint32_t column;  ///< of the tile's first column
  uint32_t width;   ///< columns of the whole matrix, up to 2^26: 32 or fewer have the narrow layout
  uint32_t plane;   ///< 0…255: further words for the same element
} ck_address;

/// Fills a tile of `rows` × `columns`, contiguous, with draws. `worker` < the call's thread count picks per-thread state.
typedef void (*ck_fill_callback)(void* context, int32_t worker, const ck_address* address, size_t rows, size_t columns,
                                 float* tile);

typedef enum ck_distribution {
  CK_UNIT = 0,              ///< p = (2k+1)·2^-24, k = word >> 9: open, symmetric
  CK_UNIFORM = 1,           ///< a + (b - a)·p: fma(b - a, p, a)
  CK_GAUSSIAN = 2,          ///< fma(b, z, a)
  CK_LOG_NORMAL = 3,        ///< exp(fma(b, z, a))
  CK_BERNOULLI = 4,         ///< 1 with the probability `chance`, else 0
  CK_SALT_AND_PEPPER = 5,   ///< a, b with half of `chance` each, else 0
  CK_LAPLACE = 6,           ///< b·ln(2t) under the sign of p - 1/2, t = min(p, 1 - p)
  CK_LOGISTIC = 7,          ///< b·ln(t / (1 - t)) likewise
  CK_EXPONENTIAL_DRAW = 8,  ///< -b·ln(1 - p)
  CK_TRIANGULAR = 9,        ///< from a to b with the mode c
  CK_POISSON = 10,          ///< whole numbers, by `inversion`
  CK_CALLBACK = 11,
} ck_distribution;

/// A probability as it is drawn: bits 0 never, 16 or 32 if word (or half word) < threshold, 1 always.
typedef struct ck_chance {
  uint32_t threshold;
  int32_t bits;
} ck_chance;

/// 16 bits where both p and 1 - p are at least 1/64, else 32. The threshold is the even number nearest to p·2^bits, so
/// that salt and pepper have exactly half each; p < 2^-32 never comes true, 1 - p <= 2^-32 always.
ck_chance ck_chance_make(double p);
/// The probability with which it really comes true.
double ck_chance_probability(ck_chance chance);

/// Whole numbers by inversion of their distribution function: the draw is first + j for the least j with k < thresholds[j],
/// k = word >> 9.
typedef struct ck_inversion {
  const uint32_t* thresholds;  ///< ascending; the last one is 2^23
  const uint32_t* guide;       ///< as `ck_inversion_guide` makes it
  float first;
} ck_inversion;
enum { CK_INVERSION_GUIDES = 4096 };

/// Fills the guide, of CK_INVERSION_GUIDES entries, to ascending thresholds, at most 2^16: of each 2^11 successive k the j of the first in bits 12 to 27; in
/// bits 0 to 11 how many of these k it is the j of; in bit 31 whether the rest has more than one.
void ck_inversion_guide(const uint32_t* thresholds, uint32_t* guide);

typedef struct ck_draw {
  ck_distribution distribution;
  float a, b, c;
  ck_chance chance;
  ck_inversion inversion;
  ck_fill_callback callback;
  void* context;
} ck_draw;

/// `out[r·stride + c]` = the draw at the address of row r, column c of the tile.
ck_status ck_fill(const ck_execution* execution, const ck_draw* draw, const ck_address* address, size_t rows,
                  size_t columns, float* out, size_t stride);
/// The raw words, one an element.
ck_status ck_fill_words(const ck_execution* execution, const ck_address* address, size_t rows, size_t columns,
                        uint32_t* out, size_t stride);

/// What a site does with a draw d, always y = a·x + b an element, where a = 0 selects b.
typedef enum ck_rule_kind {
  CK_ADD = 0,       ///< y = fma(scale, d, x); x itself at scale 0, and no draw where that is everywhere
  CK_MULTIPLY = 1,  ///< y = x·fma(scale, d, 1 - scale): x·d at scale 1; x itself, and no draw, at scale 0
  CK_REPLACE =
      2,  ///< with `chance` (drawn in plane 255) y = d, else x; x also where CK_SALT_AND_PEPPER gives neither a nor b
  CK_DROPOUT = 3,        ///< with `chance` (drawn in plane 0) y = 0, else x·keep
  CK_ALPHA_DROPOUT = 4,  ///< with `chance` (drawn in plane 0) y = dropped, else fma(x, keep, shift); 0 if `chance` is 1
  CK_ADD_SHOT = 5,       ///< y = fma(scale·√|x|, d, x), x itself where that factor is 0; its gradient is dy
} ck_rule_kind;

/// Which elements share a draw. The element of row r and column c has the draw of row `rows ? 0 : r` and column
/// `columns ? c / columns : c` of a matrix of `width` columns. All 0: each has its own.
typedef struct ck_sharing {
  bool rows;
  uint32_t columns;
  uint32_t width;
} ck_sharing;

/// Scales that differ, of CK_ADD alone: that of row r and column c of the matrix that the rules are applied to is
/// values[r·row_stride + c·column_stride], with a column stride of 0 or 1. NULL: `ck_rule.scale` everywhere. With `lengths`
/// it is 0 from column lengths[r] on, the end of what is no padding.
typedef struct ck_scales {
  const float* values;
  size_t row_stride, column_stride;
  const uint32_t* lengths;
} ck_scales;

typedef struct ck_rule {
  ck_rule_kind kind;
  float scale;       ///< CK_ADD, CK_MULTIPLY, CK_ADD_SHOT
  float keep;        ///< CK_DROPOUT: 1 / (1 - p) of the p really drawn, 0 if p is 1; CK_ALPHA_DROPOUT: its factor
  ck_chance chance;  ///< CK_REPLACE, CK_DROPOUT, CK_ALPHA_DROPOUT
  ck_draw draw;      ///< all but CK_DROPOUT, CK_ALPHA_DROPOUT
  uint64_t key;      ///< of the matrix of draws: of its width
  uint64_t step;
  float shift, dropped;  ///< CK_ALPHA_DROPOUT
  ck_sharing sharing;
  ck_scales scales;
} ck_rule;

/// The rules of one site, applied in order. `row` is the index, in the whole batch, of the matrix's first row.
typedef struct ck_rules {
  const ck_rule* items;
  int32_t count;
  uint32_t row;
} ck_rules;

/// y = rules(x), matrices of `rows` × `columns`; x and y may be the same memory.
ck_status ck_apply_rules(const ck_execution* execution, ck_rules rules, size_t rows, size_t columns, const float* x,
                         float* y);
/// dx = dy·a, the same draws again; where a = 0, dx = 0 whatever dy. dy and dx may be the same memory.
ck_status ck_apply_rules_gradient(const ck_execution* execution, ck_rules rules, size_t rows, size_t columns,
                                  const float* dy, float* dx);

/// The gradient of the scales of the rule `index`, a CK_ADD, where each is a function of a parameter and `slopes` are
/// the derivatives. dy is the gradient of that rule's output, [rows, columns]; the draws d are made again.
/// `per_column`: gradient[c] = fma(dy, d·slopes[c], gradient[c]), one chain in ascending rows from the stored value.
/// Else there is one: gradient[0] + the sum of each row, rounded to a float, in ascending rows from the stored value; a
/// row's is that of dy·d in double, in sixteen chains (column mod 16) and a tree, times slopes[0].
ck_status ck_scale_gradient(const ck_execution* execution, ck_rules rules, int32_t index, size_t rows, size_t columns,
                            const float* dy, const float* slopes, bool per_column, float* gradient);

#endif
