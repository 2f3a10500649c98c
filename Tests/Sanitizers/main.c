// Runs every entry point of CKernels with random shapes, rules, instruction sets and thread counts on buffers of exactly
// the size that may be touched. Built by `run` with a sanitizer, which sees what is touched beyond; the program itself
// compares every result, bit for bit, with the scalar kernels on one thread.
#include "support.h"

static const struct {
  const char* name;
  void (*check)(choices*);
} parts[] = {
    {"noise", check_noise},
    {"rules", check_rules},
    {"scales", check_scales},
    {"matmul", check_matmul},
    {"linear", check_linear},
    {"math", check_math},
    {"elementwise", check_elementwise},
    {"losses", check_losses},
    {"memory", check_memory},
    {"optimizer", check_optimizer},
    {"adaptive", check_adaptive},
    {"langevin", check_langevin},
    {"callers", check_callers},
    {"parametric", check_parametric},
    {"normalisation", check_normalisation},
    {"smoothed", check_smoothed},
};

int main(int argc, char** argv) {
  if (argc == 2 && strcmp(argv[1], "golden") == 0) return print_golden();
  int rounds = argc > 1 ? atoi(argv[1]) : 20;
  uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
  const char* only = argc > 3 ? argv[3] : NULL;
  if (rounds < 1) {
    fprintf(stderr, "usage: %s [rounds, at least 1] [seed] [part]\n", argv[0]);
    return 2;
  }
  expect(ck_kernels_named("scalar") == ck_kernels_at(ck_kernels_count() - 1), "ck_kernels_named", 0);
  expect(ck_kernels_named("nonsense") == NULL && ck_kernels_at(-1) == NULL, "ck_kernels_named", 0);
  expect(ck_available_threads() >= 1, "ck_available_threads", 0);
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("kernels:");
  for (int32_t i = 0; i < ck_kernels_count(); i++) printf(" %s", ck_kernels_name(ck_kernels_at(i)));
  printf("; OpenMP %s; seed %llu\n", ck_has_openmp() ? "on" : "off", (unsigned long long)seed);

  int cases = 0;
  for (int round = 0; round < rounds; round++) {
    for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
      if (only && strcmp(only, parts[part].name) != 0) continue;
      choices chooser = {seed * 1000003 + (uint64_t)round * 31 + part};
      if (getenv("VERBOSE")) fprintf(stderr, "round %d, %s\n", round, parts[part].name);
      parts[part].check(&chooser);
      cases++;
    }
  }
  printf("%d cases, each on %d combinations of instruction set and thread count: all equal to the bit\n", cases,
         executions_count());
  printf("digest %016llx\n", (unsigned long long)digest_of_references());
  return cases == 0;
}
