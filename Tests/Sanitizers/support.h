// What every part of the driver shares: random shapes and values, buffers of exactly the size that a kernel may touch,
// and the comparison of each instruction set and thread count with the scalar kernels on one thread.
#ifndef SUPPORT_H
#define SUPPORT_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "include/CKernels.h"

/// SplitMix64: the driver's own choices, which a seed repeats.
typedef struct choices {
  uint64_t state;
} choices;
uint64_t choose_bits(choices* chooser);
/// Another sequence of choices, for what differs from run to run of a case: how many runs there are is the machine's.
choices branch(choices* from);
size_t choose_below(choices* chooser, size_t bound);
bool choose_yes(choices* chooser);
double choose_unit(choices* chooser);
/// A length: often 0, 1, or next to a multiple of a vector or of a tile; at most `limit`.
size_t choose_length(choices* chooser, size_t limit);
/// A normal number in most cases, now and then a zero, a subnormal, an infinity or a NaN if `special`.
float choose_float(choices* chooser, bool special);

/// Floats that end where their allocation ends, and begin at any multiple of four bytes.
typedef struct floats {
  void* allocation;
  float* at;
  size_t count;
} floats;
floats floats_random(choices* chooser, size_t count, bool special);
floats floats_copy(choices* chooser, floats source);
/// Holds a number that no kernel gives, another one at each call, so that an element left unwritten differs.
floats floats_unwritten(choices* chooser, size_t count);
void floats_free(floats* floats);

/// How many ways a case is run, and the nth: the first is scalar on one thread, the reference of all others.
int32_t executions_count(void);
ck_execution execution_at(int32_t index);

/// Stops the program if an element differs in its bits; two NaNs are the same whatever their payloads. The references also
/// go into a digest, which is the same on every machine.
void compare(const char* what, int32_t execution, floats reference, floats received);
/// Stops the program with what went wrong and where.
void expect(bool condition, const char* what, int32_t execution);
uint64_t digest_of_references(void);
void expect_ok(ck_status status, const char* what, int32_t execution);

/// Random noise: up to three rules, each of a random kind and distribution. Holds what the rules point to.
enum { MOST_RULES = 3, MOST_WORKERS = 64 };
typedef struct noise_case {
  ck_rule items[MOST_RULES];
  uint32_t row;
  int32_t count;
  uint32_t calls[MOST_WORKERS];  // of the callback, by worker: written without a lock, as per-thread state would be
  floats scales[MOST_RULES];
  uint32_t* lengths[MOST_RULES];
} noise_case;
/// For a matrix of that size: draws that elements share now and then, and scales by row or by column.
void noise_case_choose(noise_case* noise, choices* chooser, size_t rows, size_t columns);
ck_rules noise_case_rules(noise_case* noise);
void noise_case_free(noise_case* noise);
/// A draw of any distribution; `calls` is what its callback counts in.
ck_draw choose_draw(choices* chooser, uint32_t* calls);
ck_chance choose_chance(choices* chooser);

// The parts; each runs one round of cases.
void check_noise(choices* chooser);
void check_rules(choices* chooser);
void check_scales(choices* chooser);
void check_matmul(choices* chooser);
void check_linear(choices* chooser);
void check_elementwise(choices* chooser);
void check_losses(choices* chooser);
void check_parametric(choices* chooser);
void check_normalisation(choices* chooser);
void check_smoothed(choices* chooser);
void check_math(choices* chooser);
void check_optimizer(choices* chooser);
void check_adaptive(choices* chooser);
void check_langevin(choices* chooser);
void check_memory(choices* chooser);
/// Known hashes of the fastest kernels, a line each: `main golden` prints them and does nothing else.
int print_golden(void);
/// Several threads of the program's own, each with calls of its own.
void check_callers(choices* chooser);

#endif
