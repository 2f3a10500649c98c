// One kernel call on one thread, for callgrind, which counts what happens within `measured`: count WORKLOAD BATCH INPUTS OUTPUTS.
// The call is made once before, so that memory and caches are as in a row of calls. A fill is of BATCH rows of INPUTS columns.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "include/CKernels.h"

static ck_execution execution;
static ck_linear linear;
static ck_draw draw;
static ck_address address = {.key = 1};
static float *x, *weight, *bias, *y;

static float* filled(size_t count, uint64_t key) {
  float* values = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
  if (!values) abort();
  const ck_draw normal = {.distribution = CK_GAUSSIAN, .b = 1};
  for (size_t i = 0; i < count; i += 1024) {
    const ck_address row = {.key = key, .row = (uint32_t)(i / 1024), .width = 1024};
    ck_fill(&execution, &normal, &row, 1, count - i < 1024 ? count - i : 1024, values + i, 1024);
  }
  return values;
}

static void forward(void) { ck_linear_forward(&execution, &linear, x, weight, NULL, NULL, y); }
static void input_gradient(void) { ck_linear_input_gradient(&execution, &linear, y, weight, x); }
static void weight_gradient(void) { ck_linear_weight_gradient(&execution, &linear, x, y, true, weight, bias); }
static void fill(void) { ck_fill(&execution, &draw, &address, linear.batch, linear.inputs, x, linear.inputs); }

static const struct {
  const char* name;
  void (*call)(void);
  ck_distribution drawn;
} workloads[] = {
    {"forward", forward, 0},
    {"forward-with-input-noise", forward, 0},
    {"forward-with-output-noise", forward, 0},
    {"input-gradient", input_gradient, 0},
    {"weight-gradient", weight_gradient, 0},
    {"gaussian", fill, CK_GAUSSIAN},
    {"uniform", fill, CK_UNIFORM},
    {"bernoulli", fill, CK_BERNOULLI},
    {"log-normal", fill, CK_LOG_NORMAL},
};

// Not inlined: callgrind knows it by its name.
__attribute__((noinline)) static void measured(void (*call)(void)) {
  call();
  __asm__ volatile("" ::: "memory");
}

int main(int count, char** arguments) {
  execution = (ck_execution){ck_kernels_named("avx2"), 1};
  if (!execution.kernels) return fputs("count: this processor does not run avx2\n", stderr), 1;
  if (count != 5) return fputs("usage: count WORKLOAD BATCH INPUTS OUTPUTS\n", stderr), 2;
  const size_t batch = strtoul(arguments[2], NULL, 10), inputs = strtoul(arguments[3], NULL, 10);
  const size_t outputs = strtoul(arguments[4], NULL, 10);
  linear = (ck_linear){.batch = batch, .inputs = inputs, .outputs = outputs};
  address.width = (uint32_t)inputs;
  x = filled(batch * inputs, 1), weight = filled(outputs * inputs, 2), bias = filled(outputs, 6),
  y = filled(batch * outputs, 3);
  ck_rule noise = {.kind = CK_ADD, .scale = 1, .draw = {.distribution = CK_GAUSSIAN, .b = 0.1f}, .key = 4, .step = 5};
  if (strstr(arguments[1], "input-noise")) linear.input_rules = (ck_rules){&noise, 1, 0};
  if (strstr(arguments[1], "output-noise")) linear.output_rules = (ck_rules){&noise, 1, 0};
  for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++) {
    if (strcmp(workloads[i].name, arguments[1]) != 0) continue;
    draw = (ck_draw){.distribution = workloads[i].drawn, .b = 1, .chance = ck_chance_make(0.5)};
    workloads[i].call();
    measured(workloads[i].call);
    return 0;
  }
  return fprintf(stderr, "count: no workload %s\n", arguments[1]), 2;
}
