#include "support.h"

static const int32_t thread_counts[] = {1, 2, 3, 7};
enum { THREAD_COUNTS = sizeof thread_counts / sizeof *thread_counts };

uint64_t choose_bits(choices* chooser) {
  uint64_t z = (chooser->state += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}
choices branch(choices* from) { return (choices){choose_bits(from)}; }
size_t choose_below(choices* chooser, size_t bound) { return bound ? choose_bits(chooser) % bound : 0; }
bool choose_yes(choices* chooser) { return choose_bits(chooser) >> 63; }
double choose_unit(choices* chooser) { return (double)(choose_bits(chooser) >> 11) * 0x1p-53; }

size_t choose_length(choices* chooser, size_t limit) {
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

float choose_float(choices* chooser, bool special) {
  if (special && choose_below(chooser, 40) == 0) {
    static const float specials[] = {0.0f, -0.0f, INFINITY, -INFINITY, NAN, 1e-40f, 3e38f, 1.0f, -1.0f};
    return specials[choose_below(chooser, sizeof specials / sizeof *specials)];
  }
  return (float)((choose_unit(chooser) - 0.5) * pow(2, (double)choose_below(chooser, 8)));
}

static floats floats_make(choices* chooser, size_t count) {
  size_t offset = choose_below(chooser, 4);
  char* allocation = malloc((offset + count) * sizeof(float));
  if (!allocation) abort();
  return (floats){allocation, (float*)(void*)(allocation + offset * sizeof(float)), count};
}

floats floats_random(choices* chooser, size_t count, bool special) {
  floats made = floats_make(chooser, count);
  for (size_t i = 0; i < count; i++) made.at[i] = choose_float(chooser, special);
  return made;
}

floats floats_copy(choices* chooser, floats source) {
  floats made = floats_make(chooser, source.count);
  memcpy(made.at, source.at, source.count * sizeof(float));
  return made;
}

floats floats_unwritten(choices* chooser, size_t count) {
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

static uint64_t digest = 0xcbf29ce484222325;
uint64_t digest_of_references(void) { return digest; }

void compare(const char* what, int32_t execution, floats reference, floats received) {
  // FNV-1a, once a reference: the second execution is there on every machine.
  for (size_t i = 0; execution == 1 && i < reference.count; i++) {
    uint32_t bits = 0x7fc00000;
    if (!isnan(reference.at[i])) memcpy(&bits, &reference.at[i], sizeof bits);
    digest = (digest ^ bits) * 0x100000001b3;
  }
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
