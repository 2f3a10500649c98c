/// Optimizer updates: one pass over a parameter, which applies its gradient. The arrays do not overlap.
#ifndef CK_OPTIMIZER_H
#define CK_OPTIMIZER_H

#include "ck_noise.h"

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

/// PyTorch's RMSprop (Tieleman & Hinton 2012). g' = g + decay·w; v = smoothing·v + (1 - smoothing)·g'²; with `mean`:
/// m += (1 - smoothing)·(g' - m), and max(v - m², 0) in the place of v below (Graves 2013); d = g' / (sqrt(v) + epsilon);
/// with `velocity`: u = momentum·u + d, in the place of d; w -= rate·d. `mean` and `velocity` may be NULL.
typedef struct ck_rmsprop {
  double learning_rate, smoothing, epsilon, weight_decay, momentum;
} ck_rmsprop;
void ck_rmsprop_update(const ck_execution* execution, const ck_rmsprop* rmsprop, size_t count, float* weight,
                       const float* gradient, float* square, float* mean, float* velocity);

/// Adagrad (Duchi, Hazan & Singer 2011). g' = g + decay·w; s += g'²; w -= rate·g' / (sqrt(s) + epsilon).
typedef struct ck_adagrad {
  double learning_rate, epsilon, weight_decay;
} ck_adagrad;
void ck_adagrad_update(const ck_execution* execution, const ck_adagrad* adagrad, size_t count, float* weight,
                       const float* gradient, float* square_sum);

/// Lion (Chen et al. 2023). w = (1 - rate·decay)·w - rate·sign(beta1·m + (1 - beta1)·g); then m = beta2·m + (1 - beta2)·g.
typedef struct ck_lion {
  double learning_rate, beta1, beta2, weight_decay;
} ck_lion;
void ck_lion_update(const ck_execution* execution, const ck_lion* lion, size_t count, float* weight,
                    const float* gradient, float* mean);

/// Langevin dynamics with standard normal draws z (Welling & Teh 2011): w += -rate·(g + decay·w) + sqrt(2·rate·temperature)·z.
/// With `square`, preconditioned (Li et al. 2016, without the term Γ): v = smoothing·v + (1 - smoothing)·g²;
/// G = 1 / (sqrt(v) + epsilon); w += -rate·G·(g + decay·w) + sqrt(2·rate·temperature·G)·z. `square` may be NULL.
/// The arrays are matrices of `rows` × `columns`, the draws those of `address`, whose width is `columns`; nothing is drawn
/// where the factor on z is 0.
typedef struct ck_langevin {
  double learning_rate, weight_decay, temperature, smoothing, epsilon;
} ck_langevin;
void ck_langevin_update(const ck_execution* execution, const ck_langevin* langevin, const ck_address* address,
                        size_t rows, size_t columns, float* weight, const float* gradient, float* square);

/// Multiplies each row whose norm is above `limit` by limit / norm, rounded to float once. The squares are summed in double,
/// in sixteen chains (column mod 16), then a tree. A row that is not finite stays as it is.
void ck_limit_row_norms(const ck_execution* execution, size_t rows, size_t columns, double limit, float* weight);
/// average += share·(x - average); computed from x back where the share is above a half.
void ck_move_towards(const ck_execution* execution, double share, size_t count, const float* x, float* average);
/// out = weight + factor·gradient, rounded once.
void ck_perturb(const ck_execution* execution, float factor, size_t count, const float* weight, const float* gradient,
                float* out);

#endif
