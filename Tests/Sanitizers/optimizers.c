// RMSprop, Adagrad, Lion, Langevin dynamics, and what is done to weights beside their updates.
#include "support.h"

static floats random_squares(choices* chooser, size_t count) {
  floats squares = floats_random(chooser, count, false);
  for (size_t k = 0; k < count; k++) squares.at[k] = fabsf(squares.at[k]);
  return squares;
}

// Compares what the runs after the first give with the first one's, which is kept; frees the others.
static void settle(const char* what, int32_t execution, size_t count, floats* references, floats* results) {
  if (execution == 0) {
    memcpy(references, results, count * sizeof *results);
    return;
  }
  for (size_t k = 0; k < count; k++) {
    compare(what, execution, references[k], results[k]);
    floats_free(&results[k]);
  }
}

enum { ADAPTIVE = 10, WEIGHTS = 3 };

void check_adaptive(choices* chooser) {
  size_t count = choose_length(chooser, choose_below(chooser, 8) ? 600 : 200000);
  floats weight = floats_random(chooser, count, false), gradient = floats_random(chooser, count, true);
  floats mean = floats_random(chooser, count, false), velocity = floats_random(chooser, count, false);
  floats square = random_squares(chooser, count);
  const double decay = choose_yes(chooser) ? 1e-2 : 0, share = choose_unit(chooser);
  const bool centered = choose_yes(chooser), moving = choose_yes(chooser);
  ck_rmsprop rmsprop = {1e-2, share, 1e-8, decay, 0.9};
  ck_adagrad adagrad = {1e-2, 1e-10, decay};
  ck_lion lion = {1e-4, 0.9, share, decay};
  floats references[ADAPTIVE] = {0};
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats x = floats_copy(&runs, gradient);
    floats results[ADAPTIVE] = {
        floats_copy(&runs, weight),     floats_copy(&runs, square), floats_copy(&runs, mean),
        floats_copy(&runs, velocity),   floats_copy(&runs, weight), floats_copy(&runs, square),
        floats_copy(&runs, weight),     floats_copy(&runs, mean),   floats_copy(&runs, mean),
        floats_unwritten(&runs, count),
    };
    ck_rmsprop_update(&execution, &rmsprop, count, results[0].at, x.at, results[1].at, centered ? results[2].at : NULL,
                      moving ? results[3].at : NULL);
    ck_adagrad_update(&execution, &adagrad, count, results[4].at, x.at, results[5].at);
    ck_lion_update(&execution, &lion, count, results[6].at, x.at, results[7].at);
    ck_move_towards(&execution, share, count, x.at, results[8].at);
    ck_perturb(&execution, (float)share, count, weight.at, x.at, results[9].at);
    floats_free(&x);
    settle("ck_rmsprop_update and the like", i, ADAPTIVE, references, results);
  }
  for (int k = 0; k < ADAPTIVE; k++) floats_free(&references[k]);
  floats_free(&weight), floats_free(&gradient), floats_free(&mean), floats_free(&velocity), floats_free(&square);
}

void check_langevin(choices* chooser) {
  size_t columns = choose_length(chooser, choose_yes(chooser) ? 40 : 3000);
  size_t rows = choose_length(chooser, columns < 100 ? 1500 : 60), count = rows * columns;
  floats weight = floats_random(chooser, count, false), gradient = floats_random(chooser, count, true);
  floats square = random_squares(chooser, count);
  const bool preconditioned = choose_yes(chooser);
  ck_langevin langevin = {1e-2, choose_yes(chooser) ? 1e-2 : 0, choose_yes(chooser) ? 1e-3 : 0, 0.99, 1e-5};
  ck_address address = {
      .key = choose_bits(chooser), .step = choose_bits(chooser), .row = 0, .width = (uint32_t)columns};
  floats references[WEIGHTS] = {0};
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats x = floats_copy(&runs, gradient);
    floats results[WEIGHTS] = {floats_copy(&runs, weight), floats_copy(&runs, square), floats_copy(&runs, weight)};
    ck_langevin_update(&execution, &langevin, &address, rows, columns, results[0].at, x.at,
                       preconditioned ? results[1].at : NULL);
    ck_limit_row_norms(&execution, rows, columns, 3, results[2].at);
    floats_free(&x);
    settle("ck_langevin_update and ck_limit_row_norms", i, WEIGHTS, references, results);
  }
  for (int k = 0; k < WEIGHTS; k++) floats_free(&references[k]);
  floats_free(&weight), floats_free(&gradient), floats_free(&square);
}
