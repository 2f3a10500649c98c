/// Optimizer updates: one pass over a parameter, which applies its gradient. The arrays do not overlap.
#ifndef CK_OPTIMIZER_H
#define CK_OPTIMIZER_H

#include "ck_runtime.h"

/// PyTorch's SGD. g' = g·gradient_scale + decay·w; with momentum: v = first ? g' : momentum·v + g'; w -= rate·(nesterov ? g' + momentum·v : v).
/// `velocity` is NULL where momentum is 0.
typedef struct ck_sgd {
  double learning_rate, momentum, weight_decay;  // rounded to float once
  float gradient_scale;
  bool nesterov, first;
} ck_sgd;
void ck_sgd_update(const ck_execution* execution, const ck_sgd* sgd, size_t count, float* weight, const float* gradient,
                   float* velocity);

/// Adam (Kingma & Ba 2015); with `decoupled` weight decay AdamW (Loshchilov & Hutter 2019).
/// g' = g·gradient_scale (+ decay·w unless decoupled); m += (1 - beta1)·(g' - m); v = beta2·v + (1 - beta2)·g'²;
/// w = (decoupled ? (1 - rate·decay)·w : w) - rate / correction1·m / (sqrt(v) / sqrt(correction2) + epsilon).
/// correction1 = 1 - beta1^t, correction2 = 1 - beta2^t.
typedef struct ck_adam {
  double learning_rate, beta1, beta2, epsilon, weight_decay, correction1, correction2;
  float gradient_scale;
  bool decoupled;
} ck_adam;
void ck_adam_update(const ck_execution* execution, const ck_adam* adam, size_t count, float* weight,
                    const float* gradient, float* first_moment, float* second_moment);

#endif
