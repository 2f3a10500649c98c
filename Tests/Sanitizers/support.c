#include "support.h"

static const int32_t thread_counts[] = {1, 2, 3, 7};
enum { THREAD_COUNTS = sizeof thread_counts / sizeof *thread_counts };

uint64_t choose_bits(chooser* chooser) {
  uint64_t z = (chooser->state += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}
size_t choose_below(chooser* chooser, size_t bound) { return bound ? choose_bits(chooser) % bound : 0; }
bool choose_yes(chooser* chooser) { return choose_bits(chooser) >> 63; }
double choose_unit(chooser* chooser) { return (double)(choose_bits(chooser) >> 11) * 0x1p-53; }

size_t choose_length(chooser* chooser, size_t limit) {
  static const size_t edges[] = {1, 4, 6, 8, 16, 32, 64, 128, 512};
  size_t length;
  switch (choose_below(chooser, 4)) {
    case 0:
      length = choose_below(chooser, 20);
      break;
    case 1:
      length = choose_below(chooser, limit + 1);
      break;
    default: {
      size_t edge = edges[choose_below(chooser, sizeof edges / sizeof *edges)];
      length = edge * (1 + choose_below(chooser, 3)) + choose_below(chooser, 3) - 1;
    }
  }
  return length > limit ? limit : length;
}

float choose_float(chooser* chooser, bool special) {
  if (special && choose_below(chooser, 40) == 0) {
    static const float specials[] = {0.0f, -0.0f, INFINITY, -INFINITY, NAN, 1e-40f, 3e38f, 1.0f, -1.0f};
    return specials[choose_below(chooser, sizeof specials / sizeof *specials)];
  }
  return (float)((choose_unit(chooser) - 0.5) * pow(2, (double)choose_below(chooser, 8)));
}

static floats floats_make(chooser* chooser, size_t count) {
  size_t offset = choose_below(chooser, 4);
  char* allocation = malloc((offset + count) * sizeof(float));
  if (!allocation) abort();
  return (floats){allocation, (float*)(void*)(allocation + offset * sizeof(float)), count};
}

floats floats_random(chooser* chooser, size_t count, bool special) {
  floats made = floats_make(chooser, count);
  for (size_t i = 0; i < count; i++) made.at[i] = choose_float(chooser, special);
  return made;
}

floats floats_copy(chooser* chooser, floats source) {
  floats made = floats_make(chooser, source.count);
  memcpy(made.at, source.at, source.count * sizeof(float));
  return made;
}

floats floats_unwritten(chooser* chooser, size_t count) {
  floats made = floats_make(chooser, count);
  float mark = -1e30f * (float)(1 + choose_unit(chooser));
  for (size_t i = 0; i < count; i++) made.at[i] = mark;
  return made;
}

void floats_free(floats* floats) {
  free(floats->allocation);
  *floats = (struct floats){0};
}

int32_t executions_count(void) { return ck_kernels_count() * THREAD_COUNTS; }

ck_execution execution_at(int32_t index) {
  // The last of the kernels is the scalar one.
  int32_t kernels = ck_kernels_count() - 1 - index / THREAD_COUNTS;
  return (ck_execution){ck_kernels_at(kernels), thread_counts[index % THREAD_COUNTS]};
}

static _Noreturn void stop(const char* what, int32_t index) {
  ck_execution execution = execution_at(index);
  fprintf(stderr, "failed: %s (%s, %d threads)\n", what, ck_kernels_name(execution.kernels), execution.threads);
  exit(1);
}

void expect(bool condition, const char* what, int32_t execution) {
  if (!condition) stop(what, execution);
}

void expect_ok(ck_status status, const char* what, int32_t execution) { expect(status == CK_OK, what, execution); }

void compare(const char* what, int32_t execution, floats reference, floats received) {
  for (size_t i = 0; i < reference.count; i++) {
    uint32_t a, b;
    memcpy(&a, &reference.at[i], sizeof a);
    memcpy(&b, &received.at[i], sizeof b);
    if (a == b || (isnan(reference.at[i]) && isnan(received.at[i]))) continue;
    fprintf(stderr, "element %zu of %zu: scalar on one thread gives %a, this %a\n", i, reference.count,
            (double)reference.at[i], (double)received.at[i]);
    stop(what, execution);
  }
}
