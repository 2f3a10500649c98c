// One kernel call on one thread, for callgrind, which counts what happens within `measured`: count WORKLOAD BATCH INPUTS OUTPUTS.
// The call is made once before, so that memory and caches are as in a row of calls. What is no product is of BATCH rows of INPUTS
// columns.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "include/CKernels.h"

static ck_execution execution;
static ck_linear linear;
static ck_draw draw;
static ck_address address = {.key = 1};
static float *x, *weight, *bias, *y;
static size_t elements;

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

// Of what is no product: its inputs and gradients, all normal draws, and what it writes; sums of squares are positive.
static struct {
  float *input, *gradient, *output, *mean, *square;
  float *scale, *shift;  // one a column
  float* losses;         // one an element, of which a loss by rows uses the first
  ptrdiff_t* labels;
} data;

#define CALL(name, ...) \
  static void name(void) { __VA_ARGS__; }
#define UNARY(name, function)                                                   \
  CALL(name, ck_unary(&execution, function, elements, data.input, data.output)) \
  CALL(name##_gradient, ck_unary_gradient(&execution, function, elements, data.input, data.gradient, data.output))
#define PARAMETRIC(name, function, a, b)                                                   \
  CALL(name, ck_parametric(&execution, function, a, b, elements, data.input, data.output)) \
  CALL(name##_gradient,                                                                    \
       ck_parametric_gradient(&execution, function, a, b, elements, data.input, data.gradient, data.output))
UNARY(relu, CK_RELU)
UNARY(sigmoid, CK_SIGMOID)
UNARY(hyperbolic_tangent, CK_TANH)
UNARY(gelu, CK_GELU)
UNARY(softplus, CK_SOFTPLUS)
UNARY(silu, CK_SILU)
PARAMETRIC(leaky_relu, CK_LEAKY_RELU, 0.01f, 1)
PARAMETRIC(elu, CK_ELU, 1, 1)

CALL(layer_norm,
     ck_layer_norm(&execution, linear.batch, linear.inputs, 1e-5f, data.input, data.scale, data.shift, data.output))
CALL(layer_norm_gradient, ck_layer_norm_gradient(&execution, linear.batch, linear.inputs, 1e-5f, data.input, data.scale,
                                                 data.gradient, data.output))
CALL(column_moments, ck_column_moments(&execution, linear.batch, linear.inputs, data.input, data.output,
                                       data.output + linear.inputs, data.output + 2 * linear.inputs))
static ck_column_norm column_norm(void) {
  return (ck_column_norm){data.mean, data.mean + linear.inputs, data.square, data.scale, data.shift};
}
CALL(normalise_columns, const ck_column_norm norm = column_norm();
     ck_normalise_columns(&execution, linear.batch, linear.inputs, &norm, data.input, data.output))
CALL(batch_norm_gradient, const ck_column_norm norm = column_norm();
     ck_batch_norm_gradient(&execution, linear.batch, linear.inputs, &norm, data.input, data.gradient, data.output))

CALL(softmax, ck_softmax(&execution, linear.batch, linear.inputs, data.input, data.output))
CALL(softmax_gradient,
     ck_softmax_gradient(&execution, linear.batch, linear.inputs, data.input, data.gradient, data.output))
CALL(cross_entropy, ck_softmax_cross_entropy(&execution, linear.batch, linear.inputs, data.input, data.labels, 1,
                                             data.losses, data.output))
CALL(smoothed_cross_entropy, ck_smoothed_cross_entropy(&execution, linear.batch, linear.inputs, data.input, data.labels,
                                                       data.square, 0.1f, 1, data.losses, data.output))
#define POINTWISE(name, loss) \
  CALL(name, ck_pointwise_losses(&execution, loss, elements, 1, data.input, data.gradient, 1, data.losses, data.output))
POINTWISE(binary_cross_entropy, CK_BINARY_CROSS_ENTROPY)
POINTWISE(absolute_error, CK_ABSOLUTE_ERROR)
POINTWISE(huber, CK_HUBER)

CALL(sgd, const ck_sgd sgd = {.learning_rate = 1e-2, .gradient_scale = 1};
     ck_sgd_update(&execution, &sgd, elements, data.output, data.gradient, NULL))
CALL(momentum, const ck_sgd sgd = {.learning_rate = 1e-2, .momentum = 0.9, .gradient_scale = 1};
     ck_sgd_update(&execution, &sgd, elements, data.output, data.gradient, data.mean))
CALL(adam, const ck_adam adam = {.learning_rate = 1e-3,
                                 .beta1 = 0.9,
                                 .beta2 = 0.999,
                                 .epsilon = 1e-8,
                                 .correction1 = 0.19,
                                 .correction2 = 0.002,
                                 .gradient_scale = 1};
     ck_adam_update(&execution, &adam, elements, data.output, data.gradient, data.mean, data.square))
CALL(rmsprop, const ck_rmsprop rmsprop = {.learning_rate = 1e-2, .smoothing = 0.99, .epsilon = 1e-8};
     ck_rmsprop_update(&execution, &rmsprop, elements, data.output, data.gradient, data.square, NULL, NULL))
CALL(centred_rmsprop,
     const ck_rmsprop rmsprop = {.learning_rate = 1e-2, .smoothing = 0.99, .epsilon = 1e-8, .momentum = 0.9};
     ck_rmsprop_update(&execution, &rmsprop, elements, data.output, data.gradient, data.square, data.mean, data.input))
CALL(adagrad, const ck_adagrad adagrad = {.learning_rate = 1e-2, .epsilon = 1e-10};
     ck_adagrad_update(&execution, &adagrad, elements, data.output, data.gradient, data.square))
CALL(lion, const ck_lion lion = {.learning_rate = 1e-4, .beta1 = 0.9, .beta2 = 0.99, .weight_decay = 0.1};
     ck_lion_update(&execution, &lion, elements, data.output, data.gradient, data.mean))
static void langevin(float* square) {
  const ck_langevin langevin = {.learning_rate = 1e-3, .temperature = 1, .smoothing = 0.99, .epsilon = 1e-5};
  ck_langevin_update(&execution, &langevin, &address, linear.batch, linear.inputs, data.output, data.gradient, square);
}
CALL(sgld, langevin(NULL))
CALL(preconditioned_sgld, langevin(data.square))
CALL(limit_row_norms, ck_limit_row_norms(&execution, linear.batch, linear.inputs, 1, data.output))
CALL(move_towards, ck_move_towards(&execution, 0.01, elements, data.input, data.output))

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
    {"relu", relu, 0},
    {"relu-gradient", relu_gradient, 0},
    {"sigmoid", sigmoid, 0},
    {"sigmoid-gradient", sigmoid_gradient, 0},
    {"tanh", hyperbolic_tangent, 0},
    {"tanh-gradient", hyperbolic_tangent_gradient, 0},
    {"gelu", gelu, 0},
    {"gelu-gradient", gelu_gradient, 0},
    {"softplus", softplus, 0},
    {"softplus-gradient", softplus_gradient, 0},
    {"silu", silu, 0},
    {"silu-gradient", silu_gradient, 0},
    {"leaky-relu", leaky_relu, 0},
    {"leaky-relu-gradient", leaky_relu_gradient, 0},
    {"elu", elu, 0},
    {"elu-gradient", elu_gradient, 0},
    {"layer-norm", layer_norm, 0},
    {"layer-norm-gradient", layer_norm_gradient, 0},
    {"column-moments", column_moments, 0},
    {"normalise-columns", normalise_columns, 0},
    {"batch-norm-gradient", batch_norm_gradient, 0},
    {"softmax", softmax, 0},
    {"softmax-gradient", softmax_gradient, 0},
    {"cross-entropy", cross_entropy, 0},
    {"smoothed-cross-entropy", smoothed_cross_entropy, 0},
    {"binary-cross-entropy", binary_cross_entropy, 0},
    {"absolute-error", absolute_error, 0},
    {"huber", huber, 0},
    {"sgd", sgd, 0},
    {"sgd-with-momentum", momentum, 0},
    {"adam", adam, 0},
    {"rmsprop", rmsprop, 0},
    {"centred-rmsprop", centred_rmsprop, 0},
    {"adagrad", adagrad, 0},
    {"lion", lion, 0},
    {"sgld", sgld, 0},
    {"preconditioned-sgld", preconditioned_sgld, 0},
    {"limit-row-norms", limit_row_norms, 0},
    {"move-towards", move_towards, 0},
};

// Where nothing is a product: `outputs` is 0.
static void prepare_data(void) {
  data.input = filled(elements, 7), data.gradient = filled(elements, 8), data.output = filled(elements, 9);
  data.mean = filled(elements, 10), data.square = filled(elements, 11), data.losses = filled(elements, 12);
  data.scale = filled(linear.inputs, 13), data.shift = filled(linear.inputs, 14);
  for (size_t i = 0; i < elements; i++) data.square[i] = data.square[i] * data.square[i] + 0.01f;
  data.labels = malloc(linear.batch * sizeof(ptrdiff_t));
  if (!data.labels) abort();
  for (size_t i = 0; i < linear.batch; i++) data.labels[i] = (ptrdiff_t)(i * 7 % linear.inputs);
}

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
  elements = batch * inputs;
  if (outputs == 0) prepare_data();
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
