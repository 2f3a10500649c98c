// Activations with numbers of their own, normalisation, the gradient of softmax, losses of elements and of smoothed labels.
#include "support.h"

enum { MOST_RESULTS = 8 };

// Compares what a run wrote with the first run's, which is kept, and frees it.
static void compare_all(int32_t run, int count, const char* const names[], floats references[], floats results[]) {
  for (int k = 0; k < count; k++) {
    if (run == 0) {
      references[k] = results[k];
    } else {
      compare(names[k], run, references[k], results[k]);
      floats_free(&results[k]);
    }
  }
}

static void free_all(int count, floats all[]) {
  for (int k = 0; k < count; k++) floats_free(&all[k]);
}

void check_parametric(choices* chooser) {
  static const char* const names[] = {"ck_parametric", "ck_parametric_gradient", "ck_pointwise_losses",
                                      "ck_pointwise_losses: gradient"};
  size_t count = choose_length(chooser, choose_below(chooser, 8) ? 600 : 200000);
  ck_parametric_function function = (ck_parametric_function)choose_below(chooser, CK_SCALED_SOFTPLUS + 1);
  ck_pointwise_loss loss = (ck_pointwise_loss)choose_below(chooser, CK_HUBER + 1);
  floats x = floats_random(chooser, count, true), dy = floats_random(chooser, count, true);
  float a = 0.1f + (float)choose_unit(chooser), b = 0.1f + (float)choose_unit(chooser);
  floats references[MOST_RESULTS];
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats results[] = {floats_unwritten(&runs, count), floats_unwritten(&runs, count), floats_unwritten(&runs, count),
                        floats_unwritten(&runs, count)};
    ck_parametric(&execution, function, a, b, count, x.at, results[0].at);
    ck_parametric_gradient(&execution, function, a, b, count, x.at, dy.at, results[1].at);
    ck_pointwise_losses(&execution, loss, count, a, x.at, dy.at, b, results[2].at, results[3].at);
    compare_all(i, 4, names, references, results);
  }
  free_all(4, references);
  floats_free(&x), floats_free(&dy);
}

void check_normalisation(choices* chooser) {
  static const char* const names[] = {
      "ck_layer_norm",           "ck_layer_norm_gradient",      "ck_column_moments: mean",
      "ck_column_moments: rest", "ck_column_moments: variance", "ck_normalise_columns",
      "ck_batch_norm_gradient",  "ck_softmax_gradient"};
  size_t columns = 1 + choose_length(chooser, 300);
  size_t rows = 1 + choose_length(chooser, choose_below(chooser, 8) ? 70 : 1000), count = rows * columns;
  bool special = choose_below(chooser, 3) == 0, scaled = choose_yes(chooser);
  floats x = floats_random(chooser, count, special), dy = floats_random(chooser, count, special);
  floats scale = floats_random(chooser, columns, false), shift = floats_random(chooser, columns, false);
  const float *scale_at = scaled ? scale.at : NULL, *shift_at = scaled ? shift.at : NULL;
  floats references[MOST_RESULTS];
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats results[MOST_RESULTS];
    for (int k = 0; k < MOST_RESULTS; k++) results[k] = floats_unwritten(&runs, k >= 2 && k < 5 ? columns : count);
    ck_layer_norm(&execution, rows, columns, 1e-5f, x.at, scale_at, shift_at, results[0].at);
    ck_layer_norm_gradient(&execution, rows, columns, 1e-5f, x.at, scale_at, dy.at, results[1].at);
    ck_column_moments(&execution, rows, columns, x.at, results[2].at, results[3].at, results[4].at);
    ck_column_norm norm = {results[2].at, results[3].at, results[4].at, scale_at, shift_at};
    ck_normalise_columns(&execution, rows, columns, &norm, x.at, results[5].at);
    ck_batch_norm_gradient(&execution, rows, columns, &norm, x.at, dy.at, results[6].at);
    ck_softmax_gradient(&execution, rows, columns, x.at, dy.at, results[7].at);
    compare_all(i, MOST_RESULTS, names, references, results);
  }
  free_all(MOST_RESULTS, references);
  floats_free(&x), floats_free(&dy), floats_free(&scale), floats_free(&shift);
}

void check_smoothed(choices* chooser) {
  static const char* const names[] = {"ck_smoothed_cross_entropy: losses", "ck_smoothed_cross_entropy: gradient"};
  size_t columns = 1 + choose_length(chooser, 300), rows = choose_length(chooser, choose_below(chooser, 8) ? 70 : 1000);
  floats logits = floats_random(chooser, rows * columns, choose_below(chooser, 3) == 0);
  floats weights = floats_random(chooser, columns, false);
  for (size_t c = 0; c < columns; c++) weights.at[c] = fabsf(weights.at[c]);
  ptrdiff_t* labels = malloc(rows * sizeof(ptrdiff_t));
  for (size_t r = 0; r < rows; r++) labels[r] = (ptrdiff_t)choose_below(chooser, columns);
  float smoothing = choose_yes(chooser) ? (float)choose_unit(chooser) : 0, scale = (float)choose_unit(chooser);
  const float* weights_at = choose_yes(chooser) ? weights.at : NULL;
  floats references[MOST_RESULTS];
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    bool in_place = i > 0 && choose_yes(&runs);
    floats results[] = {floats_unwritten(&runs, rows),
                        in_place ? floats_copy(&runs, logits) : floats_unwritten(&runs, logits.count)};
    ck_smoothed_cross_entropy(&execution, rows, columns, logits.at, labels, weights_at, smoothing, scale, results[0].at,
                              NULL);
    ck_smoothed_cross_entropy(&execution, rows, columns, in_place ? results[1].at : logits.at, labels, weights_at,
                              smoothing, scale, results[0].at, results[1].at);
    compare_all(i, 2, names, references, results);
  }
  free_all(2, references);
  free(labels);
  floats_free(&logits), floats_free(&weights);
}
