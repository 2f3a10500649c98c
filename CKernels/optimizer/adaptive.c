// RMSprop, Adagrad and Lion on a whole parameter, shared out among threads in whole lines of memory. Factors of a step
// are computed in double and rounded to float once.
#include "optimizer/move.h"
#include "runtime/parallel.h"
#include "simd/kernels.h"

typedef struct ck_adaptive_update {
  const ck_optimizer_kernels* kernels;
  const void* factors;
  size_t count;
  float* weight;
  const float* gradient;
  float *square, *mean, *velocity;
} ck_adaptive_update;

static float* ck_from(float* p, size_t begin) { return p ? p + begin : NULL; }

static void ck_rmsprop_share(void* context, ck_team team) {
  const ck_adaptive_update* update = context;
  ck_range range = ck_share(update->count, CK_LINE, team);
  size_t begin = range.begin;
  update->kernels->rmsprop(update->factors, range.end - begin, update->weight + begin, update->gradient + begin,
                           update->square + begin, ck_from(update->mean, begin), ck_from(update->velocity, begin));
}

void ck_rmsprop_update(const ck_execution* execution, const ck_rmsprop* rmsprop, size_t count, float* weight,
                       const float* gradient, float* square, float* mean, float* velocity) {
  ck_rmsprop_factors factors = {
      .decay = (float)rmsprop->weight_decay,
      .keep = (float)rmsprop->smoothing,
      .rest = (float)(1 - rmsprop->smoothing),
      .mean = ck_move_by(1 - rmsprop->smoothing),
      .epsilon = (float)rmsprop->epsilon,
      .momentum = (float)rmsprop->momentum,
      .step = (float)rmsprop->learning_rate,
  };
  ck_adaptive_update update = {
      &execution->kernels->optimizer, &factors, count, weight, gradient, square, mean, velocity};
  ck_parallel(ck_threads_for(execution, 4 * (double)count, count / CK_LINE), ck_rmsprop_share, &update);
}

static void ck_adagrad_share(void* context, ck_team team) {
  const ck_adaptive_update* update = context;
  ck_range range = ck_share(update->count, CK_LINE, team);
  size_t begin = range.begin;
  update->kernels->adagrad(update->factors, range.end - begin, update->weight + begin, update->gradient + begin,
                           update->square + begin);
}

void ck_adagrad_update(const ck_execution* execution, const ck_adagrad* adagrad, size_t count, float* weight,
                       const float* gradient, float* square_sum) {
  ck_adagrad_factors factors = {
      .decay = (float)adagrad->weight_decay,
      .epsilon = (float)adagrad->epsilon,
      .step = (float)adagrad->learning_rate,
  };
  ck_adaptive_update update = {
      &execution->kernels->optimizer, &factors, count, weight, gradient, square_sum, NULL, NULL};
  ck_parallel(ck_threads_for(execution, 3 * (double)count, count / CK_LINE), ck_adagrad_share, &update);
}

static void ck_lion_share(void* context, ck_team team) {
  const ck_adaptive_update* update = context;
  ck_range range = ck_share(update->count, CK_LINE, team);
  size_t begin = range.begin;
  update->kernels->lion(update->factors, range.end - begin, update->weight + begin, update->gradient + begin,
                        update->mean + begin);
}

void ck_lion_update(const ck_execution* execution, const ck_lion* lion, size_t count, float* weight,
                    const float* gradient, float* mean) {
  ck_lion_factors factors = {
      .shrink = (float)(1 - lion->learning_rate * lion->weight_decay),
      .keep_in_step = (float)lion->beta1,
      .rest_in_step = (float)(1 - lion->beta1),
      .keep = (float)lion->beta2,
      .rest = (float)(1 - lion->beta2),
      .step = (float)lion->learning_rate,
  };
  ck_adaptive_update update = {&execution->kernels->optimizer, &factors, count, weight, gradient, NULL, mean, NULL};
  ck_parallel(ck_threads_for(execution, 2 * (double)count, count / CK_LINE), ck_lion_share, &update);
}
