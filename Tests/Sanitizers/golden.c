// Prints hashes whose right values are known: of 2^20 draws of each distribution in both layouts, those of
// Tests/CKernelsTests/NoiseGoldenTests.swift in their order, and of the weights that a short training run gives.
#include "support.h"

typedef struct golden_draw {
  const char* name;
  ck_distribution distribution;
  float a, b, c;
  double probability;
} golden_draw;

static const golden_draw draws[] = {
    {"unit", CK_UNIT, 0, 0, 0, 0},
    {"uniform", CK_UNIFORM, -0.3f, 1.7f, 0, 0},
    {"bernoulli, 16 bits", CK_BERNOULLI, 0, 0, 0, 0.3},
    {"bernoulli, 32 bits", CK_BERNOULLI, 0, 0, 0, 0.995},
    {"never", CK_BERNOULLI, 0, 0, 0, 0},
    {"always", CK_BERNOULLI, 0, 0, 0, 1},
    {"salt and pepper, 16 bits", CK_SALT_AND_PEPPER, -1, 2, 0, 0.4},
    {"salt and pepper, 32 bits", CK_SALT_AND_PEPPER, -1, 2, 0, 0.01},
    {"salt or pepper", CK_SALT_AND_PEPPER, -1, 2, 0, 1},
    {"impulse", CK_SALT_AND_PEPPER, 2, 2, 0, 0.4},
    {"laplace", CK_LAPLACE, 0, 1.5f, 0, 0},
    {"logistic", CK_LOGISTIC, 0, 1.5f, 0, 0},
    {"exponential", CK_EXPONENTIAL_DRAW, 0, 1.5f, 0, 0},
    {"triangular", CK_TRIANGULAR, -0.3f, 1.7f, 1.1f, 0},
    {"triangular, falling", CK_TRIANGULAR, -0.3f, 1.7f, -0.3f, 0},
    {"poisson", CK_POISSON, 0, 0, 0, 0},
    {"gaussian", CK_GAUSSIAN, 0.5f, 2, 0, 0},
    {"log-normal", CK_LOG_NORMAL, -0.1f, 0.5f, 0, 0},
};

// FNV-1a of the bytes.
static uint64_t hash(const float* values, size_t count) {
  const unsigned char* bytes = (const unsigned char*)values;
  uint64_t hash = 0xcbf29ce484222325;
  for (size_t i = 0; i < count * sizeof(float); i++) hash = (hash ^ bytes[i]) * 0x100000001b3;
  return hash;
}

static float* numbers(size_t count) {
  float* made = calloc(count, sizeof(float));
  if (!made) abort();
  return made;
}

// 0, 1 … 22 with probabilities of 2^-1, 2^-2 … 2^-23, and 23 with that of 22.
static ck_inversion halves(void) {
  static uint32_t thresholds[24], guide[CK_INVERSION_GUIDES];
  for (int j = 0; j < 23; j++) thresholds[j] = (1u << 23) - (1u << (22 - j));
  thresholds[23] = 1u << 23;
  ck_inversion_guide(thresholds, guide);
  return (ck_inversion){thresholds, guide, 0};
}

static uint64_t hash_of_draws(const ck_execution* execution, const golden_draw* golden, size_t rows, size_t columns) {
  ck_draw draw = {.distribution = golden->distribution,
                  .a = golden->a,
                  .b = golden->b,
                  .c = golden->c,
                  .chance = ck_chance_make(golden->probability),
                  .inversion = halves()};
  ck_address address = {
      .key = 0x0123456789abcdef, .step = 0xfedcba9876543210, .row = 100, .width = (uint32_t)columns, .plane = 3};
  float* out = numbers(rows * columns);
  expect_ok(ck_fill(execution, &draw, &address, rows, columns, out, columns), "ck_fill", 0);
  uint64_t result = hash(out, rows * columns);
  free(out);
  return result;
}

enum { BATCH = 33, INPUTS = 40, HIDDEN = 70, CLASSES = 10, STEPS = 12 };

// A layer of the network: its weight, its gradient and the two running means of Adam.
typedef struct layer {
  ck_linear linear;
  float *weight, *gradient, *mean, *square;
} layer;

static layer layer_make(const ck_execution* execution, size_t inputs, size_t outputs, uint64_t key, ck_rules at_input,
                        ck_rules at_output) {
  size_t count = inputs * outputs;
  layer made = {{BATCH, inputs, outputs, at_input, {NULL, 0, 0}, at_output},
                numbers(count),
                numbers(count),
                numbers(count),
                numbers(count)};
  ck_draw draw = {.distribution = CK_UNIFORM, .a = -0.15f, .b = 0.15f};
  ck_address address = {.key = key, .width = (uint32_t)inputs};
  expect_ok(ck_fill(execution, &draw, &address, outputs, inputs, made.weight, inputs), "ck_fill", 0);
  return made;
}

// Products alone, no pow: its bits are each system's own.
static double power(double base, int exponent) { return exponent == 0 ? 1 : base * power(base, exponent - 1); }

static void layer_step(const ck_execution* execution, layer* layer, const float* x, const float* dy, int t) {
  expect_ok(ck_linear_weight_gradient(execution, &layer->linear, x, dy, false, layer->gradient, NULL),
            "ck_linear_weight_gradient", 0);
  ck_adam adam = {.learning_rate = 0.01,
                  .beta1 = 0.9,
                  .beta2 = 0.999,
                  .epsilon = 1e-8,
                  .correction1 = 1 - power(0.9, t),
                  .correction2 = 1 - power(0.999, t),
                  .gradient_scale = 1};
  ck_adam_update(execution, &adam, layer->linear.inputs * layer->linear.outputs, layer->weight, layer->gradient,
                 layer->mean, layer->square);
}

static uint64_t layer_end(layer* layer) {
  uint64_t result = hash(layer->weight, layer->linear.inputs * layer->linear.outputs);
  free(layer->weight), free(layer->gradient), free(layer->mean), free(layer->square);
  return result;
}

// A network of two layers with Gaussian noise at the input and dropout after the first, trained on Gaussian inputs.
static uint64_t hash_of_training(const ck_execution* execution) {
  ck_rule gaussian = {.kind = CK_ADD, .scale = 1, .draw = {.distribution = CK_GAUSSIAN, .b = 0.2f}, .key = 11};
  ck_rule dropout = {.kind = CK_DROPOUT, .keep = 1.25f, .chance = ck_chance_make(0.2), .key = 12};
  layer first = layer_make(execution, INPUTS, HIDDEN, 1, (ck_rules){&gaussian, 1, 0}, (ck_rules){&dropout, 1, 0});
  layer second = layer_make(execution, HIDDEN, CLASSES, 2, (ck_rules){NULL, 0, 0}, (ck_rules){NULL, 0, 0});
  float *x = numbers(BATCH * INPUTS), *sums = numbers(BATCH * HIDDEN), *hidden = numbers(BATCH * HIDDEN);
  float *logits = numbers(BATCH * CLASSES), *losses = numbers(BATCH);
  ptrdiff_t labels[BATCH];
  for (int t = 0; t < STEPS; t++) {
    gaussian.step = dropout.step = (uint64_t)t;
    ck_draw draw = {.distribution = CK_GAUSSIAN, .b = 1};
    ck_address address = {.key = 3, .step = (uint64_t)t, .width = INPUTS};
    expect_ok(ck_fill(execution, &draw, &address, BATCH, INPUTS, x, INPUTS), "ck_fill", 0);
    for (int r = 0; r < BATCH; r++) labels[r] = (r + t) % CLASSES;
    expect_ok(ck_linear_forward(execution, &first.linear, x, first.weight, NULL, NULL, sums), "ck_linear_forward", 0);
    ck_unary(execution, CK_RELU, BATCH * HIDDEN, sums, hidden);
    expect_ok(ck_linear_forward(execution, &second.linear, hidden, second.weight, NULL, NULL, logits),
              "ck_linear_forward", 0);
    ck_softmax_cross_entropy(execution, BATCH, CLASSES, logits, labels, 1.0f / BATCH, losses, logits);
    float* dhidden = numbers(BATCH * HIDDEN);
    expect_ok(ck_linear_input_gradient(execution, &second.linear, logits, second.weight, dhidden),
              "ck_linear_input_gradient", 0);
    layer_step(execution, &second, hidden, logits, t + 1);
    ck_unary_gradient(execution, CK_RELU, BATCH * HIDDEN, sums, dhidden, dhidden);
    layer_step(execution, &first, x, dhidden, t + 1);
    free(dhidden);
  }
  free(x), free(sums), free(hidden), free(logits), free(losses);
  uint64_t result = layer_end(&first);
  return result ^ layer_end(&second) * 3;
}

int print_golden(void) {
  ck_execution execution = {ck_kernels_at(0), 1};
  for (size_t i = 0; i < sizeof draws / sizeof *draws; i++) {
    printf("%016llX %016llX %s\n", (unsigned long long)hash_of_draws(&execution, &draws[i], 1024, 1024),
           (unsigned long long)hash_of_draws(&execution, &draws[i], 1 << 16, 16), draws[i].name);
  }
  printf("%016llX training\n", (unsigned long long)hash_of_training(&execution));
  return 0;
}
