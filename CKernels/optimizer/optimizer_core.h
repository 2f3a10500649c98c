// One pass over a parameter: each vector of weight, gradient and state is read once; those of weight and state are written
// once. What a step leaves out (weight decay 0, momentum 0) is not computed: an infinite weight would make 0·w a NaN. What
// is fused and what is rounded twice is as in PyTorch's vector code, so that SGD gives its bits and Adam's differ in few
// elements, by one ulp.

CK_INLINE void ck_sgd_one(const ck_sgd_factors* sgd, ck_f32* weight, ck_f32 g, ck_f32* velocity) {
  g *= ck_splat(sgd->gradient_scale);
  if (sgd->decay != 0) g = ck_fma(ck_splat(sgd->decay), *weight, g);
  if (velocity) {
    ck_f32 momentum = ck_splat(sgd->momentum);
    *velocity = sgd->first ? g : momentum * *velocity + g;
    g = sgd->nesterov ? ck_fma(momentum, *velocity, g) : *velocity;
  }
  *weight = ck_fma(ck_splat(-sgd->step), g, *weight);
}

CK_INLINE void ck_sgd_range(const ck_sgd_factors* sgd, size_t count, float* weight, const float* gradient,
                            float* velocity) {
  size_t i = 0;
  for (; i + CK_LANES <= count; i += CK_LANES) {
    ck_f32 w = ck_load(weight + i), v = ck_splat(0.0f);
    if (velocity && !sgd->first) v = ck_load(velocity + i);
    ck_sgd_one(sgd, &w, ck_load(gradient + i), velocity ? &v : NULL);
    ck_store(weight + i, w);
    if (velocity) ck_store(velocity + i, v);
  }
  size_t rest = count - i;
  if (rest == 0) return;
  ck_f32 w = ck_load_some(weight + i, rest), v = ck_splat(0.0f);
  if (velocity && !sgd->first) v = ck_load_some(velocity + i, rest);
  ck_sgd_one(sgd, &w, ck_load_some(gradient + i, rest), velocity ? &v : NULL);
  ck_store_some(weight + i, w, rest);
  if (velocity) ck_store_some(velocity + i, v, rest);
}

// The factors are copied, so that no store can change them. The usual step has a loop of its own, without branches.
static void ck_sgd_part(const ck_sgd_factors* factors, size_t count, float* weight, const float* gradient,
                        float* velocity) {
  ck_sgd_factors sgd = *factors;
  if (sgd.decay == 0 && !velocity) {
    sgd.decay = 0;
    ck_sgd_range(&sgd, count, weight, gradient, NULL);
  } else {
    ck_sgd_range(&sgd, count, weight, gradient, velocity);
  }
}

CK_INLINE ck_f32 ck_moved(ck_move move, ck_f32 old, ck_f32 x) {
  return ck_fma(ck_splat(move.factor), x - old, move.from_old ? old : x);
}

CK_INLINE void ck_adam_one(const ck_adam_factors* adam, ck_f32* weight, ck_f32 g, ck_f32* first, ck_f32* second) {
  g *= ck_splat(adam->gradient_scale);
  if (adam->decay != 0) g = ck_fma(ck_splat(adam->decay), *weight, g);
  if (adam->shrink != 1) *weight *= ck_splat(adam->shrink);
  *first = ck_moved(adam->first, *first, g);
  *second = ck_fma(ck_splat(adam->second_factor) * g, g, ck_splat(adam->beta2) * *second);
  ck_f32 denominator = ck_sqrt(*second) / ck_splat(adam->root_correction) + ck_splat(adam->epsilon);
  *weight -= ck_splat(adam->step) * *first / denominator;
}

static void ck_adam_part(const ck_adam_factors* factors, size_t count, float* weight, const float* gradient,
                         float* first_moment, float* second_moment) {
  const ck_adam_factors adam = *factors;
  size_t i = 0;
  for (; i + CK_LANES <= count; i += CK_LANES) {
    ck_f32 w = ck_load(weight + i), m = ck_load(first_moment + i), v = ck_load(second_moment + i);
    ck_adam_one(&adam, &w, ck_load(gradient + i), &m, &v);
    ck_store(weight + i, w);
    ck_store(first_moment + i, m);
    ck_store(second_moment + i, v);
  }
  size_t rest = count - i;
  if (rest == 0) return;
  ck_f32 w = ck_load_some(weight + i, rest), m = ck_load_some(first_moment + i, rest);
  ck_f32 v = ck_load_some(second_moment + i, rest);
  ck_adam_one(&adam, &w, ck_load_some(gradient + i, rest), &m, &v);
  ck_store_some(weight + i, w, rest);
  ck_store_some(first_moment + i, m, rest);
  ck_store_some(second_moment + i, v, rest);
}

#include "optimizer/adaptive_core.h"

#include "optimizer/langevin_core.h"

#include "optimizer/weights_core.h"

#define CK_OPTIMIZER_KERNELS                      \
  {                                               \
      .sgd = ck_sgd_part,                         \
      .adam = ck_adam_part,                       \
      .rmsprop = ck_rmsprop_part,                 \
      .adagrad = ck_adagrad_part,                 \
      .lion = ck_lion_part,                       \
      .langevin = ck_langevin_part,               \
      .limit_row_norms = ck_limit_row_norms_part, \
      .move_towards = ck_move_towards_part,       \
      .perturb = ck_perturb_part,                 \
  }
