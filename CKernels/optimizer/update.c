// Updates of a whole parameter, shared out among threads in whole lines of memory. Factors of a step are computed in
// double and rounded to float once, as PyTorch does.
#include "optimizer/move.h"
#include "runtime/parallel.h"
#include "simd/kernels.h"

typedef struct ck_update {
  const ck_optimizer_kernels* kernels;
  const ck_sgd_factors* sgd;
  const ck_adam_factors* adam;
  size_t count;
  float* weight;
  const float* gradient;
  float *first, *second;
} ck_update;

static void ck_sgd_share(void* context, ck_team team) {
  const ck_update* update = context;
  ck_range range = ck_share(update->count, CK_LINE, team);
  size_t begin = range.begin;
  update->kernels->sgd(update->sgd, range.end - begin, update->weight + begin, update->gradient + begin,
                       update->first ? update->first + begin : NULL);
}

void ck_sgd_update(const ck_execution* execution, const ck_sgd* sgd, size_t count, float* weight, const float* gradient,
                   float* velocity) {
  ck_sgd_factors factors = {
      .gradient_scale = sgd->gradient_scale,
      .decay = (float)sgd->weight_decay,
      .momentum = (float)sgd->momentum,
      .step = (float)sgd->learning_rate,
      .nesterov = sgd->nesterov,
      .first = sgd->first,
  };
  ck_update update = {&execution->kernels->optimizer, &factors, NULL, count, weight, gradient, velocity, NULL};
  ck_parallel(ck_threads_for(execution, 2 * (double)count, count / CK_LINE), ck_sgd_share, &update);
}

static void ck_adam_share(void* context, ck_team team) {
  const ck_update* update = context;
  ck_range range = ck_share(update->count, CK_LINE, team);
  size_t begin = range.begin;
  update->kernels->adam(update->adam, range.end - begin, update->weight + begin, update->gradient + begin,
                        update->first + begin, update->second + begin);
}

void ck_adam_update(const ck_execution* execution, const ck_adam* adam, size_t count, float* weight,
                    const float* gradient, float* first_moment, float* second_moment) {
  double rate = adam->learning_rate, decay = adam->weight_decay, beta1 = adam->beta1, beta2 = adam->beta2;
  ck_adam_factors factors = {
      .gradient_scale = adam->gradient_scale,
      .decay = adam->decoupled ? 0 : (float)adam->weight_decay,
      .shrink = adam->decoupled ? (float)(1 - rate * decay) : 1,
      .epsilon = (float)adam->epsilon,
      .first = ck_move_by(1 - beta1),
      .beta2 = (float)adam->beta2,
      .second_factor = (float)(1 - beta2),
      .root_correction = (float)__builtin_sqrt(adam->correction2),
      .step = (float)(rate / adam->correction1),
  };
  ck_update update = {
      &execution->kernels->optimizer, NULL, &factors, count, weight, gradient, first_moment, second_moment};
  ck_parallel(ck_threads_for(execution, 4 * (double)count, count / CK_LINE), ck_adam_share, &update);
}
