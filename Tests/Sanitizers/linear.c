// The products: every transposition, with and without a start value, bias, packed weight and noise at each site.
#include "support.h"

// Three lengths whose product stays small enough for the scalar kernels, now and then large enough for several threads,
// which take columns by turns over several blocks of k, or of few columns by which many rows pass, a part of them at a time.
static void choose_shape(choices* chooser, size_t shape[3]) {
  if (choose_below(chooser, 16) == 0) {
    shape[0] = 5 + choose_below(chooser, 20), shape[1] = 260 + choose_below(chooser, 60), shape[2] = 2100;
    return;
  }
  if (choose_below(chooser, 16) == 0) {
    shape[0] = 1100 + choose_below(chooser, 1000), shape[1] = 560 + choose_below(chooser, 60);
    shape[2] = 1 + choose_below(chooser, 6);
    return;
  }
  double most = choose_below(chooser, 6) ? 4e5 : 4e6;
  do {
    for (int i = 0; i < 3; i++) shape[i] = choose_length(chooser, 600);
  } while ((double)(shape[0] + 1) * (double)(shape[1] + 1) * (double)(shape[2] + 1) > most);
}

void check_matmul(choices* chooser) {
  size_t shape[3];
  choose_shape(chooser, shape);
  size_t m = shape[0], n = shape[1], k = shape[2];
  bool transpose_a = choose_yes(chooser), transpose_b = choose_yes(chooser), accumulate = choose_yes(chooser);
  bool special = choose_below(chooser, 4) == 0;
  floats a = floats_random(chooser, m * k, special), b = floats_random(chooser, k * n, special);
  floats start = floats_random(chooser, m * n, special), reference = {0};
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats c = accumulate ? floats_copy(&runs, start) : floats_unwritten(&runs, m * n);
    expect_ok(ck_matmul(&execution, transpose_a, transpose_b, m, n, k, a.at, b.at, accumulate, c.at), "ck_matmul", i);
    if (i == 0) {
      reference = c;
      continue;
    }
    compare("ck_matmul", i, reference, c);
    floats_free(&c);
  }
  floats_free(&a), floats_free(&b), floats_free(&start), floats_free(&reference);
}

void check_linear(choices* chooser) {
  size_t shape[3];
  choose_shape(chooser, shape);
  noise_case at_input, at_weight, at_output;
  noise_case_choose(&at_input, chooser, shape[0], shape[1]);
  noise_case_choose(&at_weight, chooser, shape[2], shape[1]);
  noise_case_choose(&at_output, chooser, shape[0], shape[2]);
  ck_linear linear = {
      .batch = shape[0],
      .inputs = shape[1],
      .outputs = shape[2],
      .input_rules = noise_case_rules(&at_input),
      .weight_rules = choose_yes(chooser) ? noise_case_rules(&at_weight) : (ck_rules){NULL, 0, 0},
      .output_rules = noise_case_rules(&at_output),
  };
  // The input and the output are in one matrix of samples; the weight's rows are its own.
  linear.output_rules.row = linear.input_rules.row;
  size_t batch = linear.batch, inputs = linear.inputs, outputs = linear.outputs;
  bool special = choose_below(chooser, 4) == 0, has_bias = choose_yes(chooser);
  floats x = floats_random(chooser, batch * inputs, special);
  floats weight = floats_random(chooser, outputs * inputs, false);
  floats bias = floats_random(chooser, outputs, false);
  floats dy = floats_random(chooser, batch * outputs, special);
  bool accumulate = choose_yes(chooser);
  floats dweight_start = floats_random(chooser, outputs * inputs, false);
  floats dbias_start = floats_random(chooser, outputs, false);
  floats references[4] = {0};
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats y = floats_unwritten(&runs, batch * outputs), dx = floats_unwritten(&runs, batch * inputs);
    floats dweight = accumulate ? floats_copy(&runs, dweight_start) : floats_unwritten(&runs, outputs * inputs);
    floats dbias = floats_copy(&runs, dbias_start);
    floats packed = {0};
    if (i > 0 && linear.weight_rules.count == 0 && choose_yes(&runs)) {
      packed = floats_unwritten(&runs, ck_linear_packed_count(execution.kernels, inputs, outputs));
      expect_ok(ck_linear_pack(&execution, inputs, outputs, weight.at, packed.at), "ck_linear_pack", i);
    }
    float* bias_or_none = has_bias ? bias.at : NULL;
    float* dbias_or_none = has_bias ? dbias.at : NULL;
    expect_ok(ck_linear_forward(&execution, &linear, x.at, packed.at ? NULL : weight.at, packed.at, bias_or_none, y.at),
              "ck_linear_forward", i);
    expect_ok(ck_linear_input_gradient(&execution, &linear, dy.at, weight.at, dx.at), "ck_linear_input_gradient", i);
    expect_ok(ck_linear_weight_gradient(&execution, &linear, x.at, dy.at, accumulate, dweight.at, dbias_or_none),
              "ck_linear_weight_gradient", i);
    floats_free(&packed);
    floats results[4] = {y, dx, dweight, dbias};
    if (i == 0) {
      memcpy(references, results, sizeof results);
      continue;
    }
    compare("ck_linear_forward", i, references[0], y);
    compare("ck_linear_input_gradient", i, references[1], dx);
    compare("ck_linear_weight_gradient: weight", i, references[2], dweight);
    compare("ck_linear_weight_gradient: bias", i, references[3], dbias);
    for (int k = 0; k < 4; k++) floats_free(&results[k]);
  }
  for (int k = 0; k < 4; k++) floats_free(&references[k]);
  floats_free(&x), floats_free(&weight), floats_free(&bias), floats_free(&dy);
  floats_free(&dweight_start), floats_free(&dbias_start);
  noise_case_free(&at_input), noise_case_free(&at_weight), noise_case_free(&at_output);
}
