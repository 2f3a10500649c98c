// The optimizer kernels of one instruction set: `count` elements of a parameter.
#ifndef CK_OPTIMIZER_KERNELS_H
#define CK_OPTIMIZER_KERNELS_H

#include "include/ck_optimizer.h"

// What a step of Adam multiplies and adds, rounded to float once from double (see update.c).
typedef struct ck_adam_factors {
  float gradient_scale, decay, shrink, epsilon;
  float first_factor;   ///< of g - m, added to
  bool first_from_old;  ///< m, else g
  float beta2, second_factor;
  float root_correction, step;
} ck_adam_factors;

// What a step of SGD multiplies, rounded likewise.
typedef struct ck_sgd_factors {
  float gradient_scale, decay, momentum, step;
  bool nesterov, first;
} ck_sgd_factors;

typedef struct ck_optimizer_kernels {
  void (*sgd)(const ck_sgd_factors* sgd, size_t count, float* weight, const float* gradient, float* velocity);
  void (*adam)(const ck_adam_factors* adam, size_t count, float* weight, const float* gradient, float* first_moment,
               float* second_moment);
} ck_optimizer_kernels;

#endif
