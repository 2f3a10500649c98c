// Functions of one and two operands, reductions, losses, and the scalar forms of the elementary functions.
#include "support.h"

static const ck_unary_function last_unary = CK_SILU;
static const ck_binary_function last_binary = CK_MINIMUM;

static void check_unary(choices* chooser) {
  size_t count = choose_length(chooser, choose_below(chooser, 8) ? 600 : 200000);
  ck_unary_function function = (ck_unary_function)choose_below(chooser, (size_t)last_unary + 1);
  static const ck_unary_function with_gradient[] = {CK_RELU, CK_SIGMOID, CK_TANH, CK_GELU, CK_SOFTPLUS, CK_SILU};
  ck_unary_function activation = with_gradient[choose_below(chooser, 6)];
  floats x = floats_random(chooser, count, true), dy = floats_random(chooser, count, true);
  float a = choose_float(chooser, false);
  floats references[3] = {0};
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    bool in_place = i > 0 && choose_yes(&runs);
    floats y = in_place ? floats_copy(&runs, x) : floats_unwritten(&runs, count);
    floats dx = floats_unwritten(&runs, count), sum = floats_copy(&runs, dy);
    ck_unary(&execution, function, count, in_place ? y.at : x.at, y.at);
    ck_unary_gradient(&execution, activation, count, x.at, dy.at, dx.at);
    ck_axpy(&execution, count, a, x.at, sum.at);
    floats results[3] = {y, dx, sum};
    if (i == 0) {
      memcpy(references, results, sizeof results);
      continue;
    }
    compare("ck_unary", i, references[0], y);
    compare("ck_unary_gradient", i, references[1], dx);
    compare("ck_axpy", i, references[2], sum);
    for (int k = 0; k < 3; k++) floats_free(&results[k]);
  }
  for (int k = 0; k < 3; k++) floats_free(&references[k]);
  floats_free(&x), floats_free(&dy);
}

static void check_binary(choices* chooser) {
  size_t columns = choose_length(chooser, 300), rows = choose_length(chooser, choose_below(chooser, 8) ? 70 : 1000);
  ck_binary_function function = (ck_binary_function)choose_below(chooser, (size_t)last_binary + 1);
  bool by_row = choose_yes(chooser), by_column = choose_yes(chooser);
  size_t column_stride = by_column ? 1 : 0, row_stride = by_row ? (by_column ? columns : 1) : 0;
  bool empty = rows == 0 || columns == 0;
  floats x = floats_random(chooser, rows * columns, true);
  size_t needed = empty ? 0 : (rows - 1) * row_stride + (columns - 1) * column_stride + 1;
  floats y = floats_random(chooser, needed, true), reference = {0};
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats z = floats_unwritten(&runs, rows * columns);
    ck_binary(&execution, function, rows, columns, x.at, y.at, row_stride, column_stride, z.at);
    if (i == 0) {
      reference = z;
      continue;
    }
    compare("ck_binary", i, reference, z);
    floats_free(&z);
  }
  floats_free(&x), floats_free(&y), floats_free(&reference);
}

static void check_reductions(choices* chooser) {
  size_t columns = 1 + choose_length(chooser, 300), rows = choose_length(chooser, choose_below(chooser, 8) ? 70 : 1000);
  bool special = choose_below(chooser, 3) == 0;
  floats x = floats_random(chooser, rows * columns, special), start = floats_random(chooser, columns, false);
  floats references[3] = {0};
  int32_t* first_indices = NULL;
  double sum = 0, squares = 0;
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats row_sums = floats_unwritten(&runs, rows), maxima = floats_unwritten(&runs, rows);
    floats column_sums = floats_copy(&runs, start);
    int32_t* indices = malloc(rows * sizeof(int32_t));
    ck_row_sums(&execution, rows, columns, x.at, row_sums.at);
    ck_column_sums(&execution, rows, columns, x.at, column_sums.at);
    ck_row_maxima(&execution, rows, columns, x.at, maxima.at, indices);
    ck_row_maxima(&execution, rows, columns, x.at, NULL, indices);
    ck_row_maxima(&execution, rows, columns, x.at, maxima.at, NULL);
    double s = ck_sum(&execution, x.count, x.at), q = ck_sum_of_squares(&execution, x.count, x.at);
    floats results[3] = {row_sums, column_sums, maxima};
    if (i == 0) {
      memcpy(references, results, sizeof results);
      first_indices = indices, sum = s, squares = q;
      continue;
    }
    compare("ck_row_sums", i, references[0], row_sums);
    compare("ck_column_sums", i, references[1], column_sums);
    compare("ck_row_maxima", i, references[2], maxima);
    expect(memcmp(first_indices, indices, rows * sizeof(int32_t)) == 0, "ck_row_maxima: indices", i);
    expect(s == sum || (isnan(s) && isnan(sum)), "ck_sum", i);
    expect(q == squares || (isnan(q) && isnan(squares)), "ck_sum_of_squares", i);
    for (int k = 0; k < 3; k++) floats_free(&results[k]);
    free(indices);
  }
  for (int k = 0; k < 3; k++) floats_free(&references[k]);
  free(first_indices);
  floats_free(&x), floats_free(&start);
}

void check_elementwise(choices* chooser) {
  check_unary(chooser);
  check_binary(chooser);
  check_reductions(chooser);
}

void check_losses(choices* chooser) {
  size_t columns = 1 + choose_length(chooser, 300), rows = choose_length(chooser, choose_below(chooser, 8) ? 70 : 1000);
  floats logits = floats_random(chooser, rows * columns, choose_below(chooser, 3) == 0), references[3] = {0};
  ptrdiff_t* labels = malloc(rows * sizeof(ptrdiff_t));
  for (size_t r = 0; r < rows; r++) labels[r] = (ptrdiff_t)choose_below(chooser, columns);
  float scale = (float)choose_unit(chooser);
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats losses = floats_unwritten(&runs, rows), gradient = floats_unwritten(&runs, logits.count);
    floats softmax = floats_unwritten(&runs, logits.count);
    ck_softmax_cross_entropy(&execution, rows, columns, logits.at, labels, scale, losses.at, NULL);
    ck_softmax_cross_entropy(&execution, rows, columns, logits.at, labels, scale, losses.at, gradient.at);
    ck_softmax(&execution, rows, columns, logits.at, softmax.at);
    floats results[3] = {losses, gradient, softmax};
    if (i == 0) {
      memcpy(references, results, sizeof results);
      continue;
    }
    compare("ck_softmax_cross_entropy: losses", i, references[0], losses);
    compare("ck_softmax_cross_entropy: gradient", i, references[1], gradient);
    compare("ck_softmax", i, references[2], softmax);
    for (int k = 0; k < 3; k++) floats_free(&results[k]);
  }
  for (int k = 0; k < 3; k++) floats_free(&references[k]);
  free(labels);
  floats_free(&logits);
}

// The scalar form of a function gives the bits of the form over an array.
void check_math(choices* chooser) {
  static const struct {
    ck_unary_function function;
    float (*scalar)(float);
    const char* name;
  } pairs[] = {
      {CK_EXPONENTIAL, ck_expf, "ck_expf"}, {CK_LOGARITHM, ck_logf, "ck_logf"},
      {CK_SINE, ck_sinf, "ck_sinf"},        {CK_COSINE, ck_cosf, "ck_cosf"},
      {CK_TANGENT, ck_tanf, "ck_tanf"},     {CK_TANH, ck_tanhf, "ck_tanhf"},
      {CK_ERF, ck_erff, "ck_erff"},         {CK_INVERSE_NORMAL, ck_inverse_normalf, "ck_inverse_normalf"},
  };
  size_t count = 1 + choose_length(chooser, 100);
  floats x = floats_random(chooser, count, true), second = floats_random(chooser, count, true);
  if (choose_yes(chooser)) {
    // Every bit pattern is an input.
    for (size_t k = 0; k < count; k++) {
      uint32_t bits = (uint32_t)choose_bits(chooser);
      memcpy(&x.at[k], &bits, sizeof bits);
    }
  }
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats over_array = floats_unwritten(&runs, count), one_by_one = floats_unwritten(&runs, count);
    for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
      ck_unary(&execution, pairs[p].function, count, x.at, over_array.at);
      for (size_t k = 0; k < count; k++) one_by_one.at[k] = pairs[p].scalar(x.at[k]);
      compare(pairs[p].name, i, over_array, one_by_one);
    }
    ck_binary(&execution, CK_POWER, 1, count, x.at, second.at, count, 1, over_array.at);
    for (size_t k = 0; k < count; k++) one_by_one.at[k] = ck_powf(x.at[k], second.at[k]);
    compare("ck_powf", i, over_array, one_by_one);
    floats_free(&over_array), floats_free(&one_by_one);
  }
  floats_free(&x), floats_free(&second);
}
