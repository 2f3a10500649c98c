// The optimizer kernels of one instruction set: `count` elements of a parameter, or some of its rows.
#ifndef CK_OPTIMIZER_KERNELS_H
#define CK_OPTIMIZER_KERNELS_H

#include "include/ck_noise.h"
#include "include/ck_optimizer.h"

// A running mean m moves towards x by a share: factor·(x - m), added to m, or, where the share is above a half, to x.
typedef struct ck_move {
  float factor;
  bool from_old;
} ck_move;

// What a step of Adam multiplies and adds, rounded to float once from double (see update.c).
typedef struct ck_adam_factors {
  float gradient_scale, decay, shrink, epsilon;
  ck_move first;
  float beta2, second_factor;
  float root_correction, step;
} ck_adam_factors;

// What a step of SGD multiplies, rounded likewise.
typedef struct ck_sgd_factors {
  float gradient_scale, decay, momentum, step;
  bool nesterov, first;
} ck_sgd_factors;

// What a step of RMSprop, of Adagrad and of Lion multiplies, rounded likewise.
typedef struct ck_rmsprop_factors {
  float decay, keep, rest;  ///< `keep` of the running mean of squares, `rest` of the new one
  ck_move mean;
  float epsilon, momentum, step;
} ck_rmsprop_factors;
typedef struct ck_adagrad_factors {
  float decay, epsilon, step;
} ck_adagrad_factors;
typedef struct ck_lion_factors {
  float shrink, keep_in_step, rest_in_step, keep, rest, step;
} ck_lion_factors;

// What a step of Langevin dynamics multiplies. `noise` is the variance of the noise where there is a preconditioner, else
// its standard deviation; at 0 nothing is drawn.
typedef struct ck_langevin_factors {
  float decay, step, noise, keep, rest, epsilon;
} ck_langevin_factors;

typedef struct ck_optimizer_kernels {
  void (*sgd)(const ck_sgd_factors* sgd, size_t count, float* weight, const float* gradient, float* velocity);
  void (*adam)(const ck_adam_factors* adam, size_t count, float* weight, const float* gradient, float* first_moment,
               float* second_moment);
  void (*rmsprop)(const ck_rmsprop_factors* rmsprop, size_t count, float* weight, const float* gradient, float* square,
                  float* mean, float* velocity);
  void (*adagrad)(const ck_adagrad_factors* adagrad, size_t count, float* weight, const float* gradient,
                  float* square_sum);
  void (*lion)(const ck_lion_factors* lion, size_t count, float* weight, const float* gradient, float* mean);
  // A block of `rows` × `columns` at the address, of arrays whose rows are `stride` apart and which begin with the block.
  void (*langevin)(const ck_langevin_factors* langevin, const ck_address* address, size_t rows, size_t columns,
                   size_t stride, float* weight, const float* gradient, float* square);
  void (*limit_row_norms)(size_t rows, size_t columns, double limit, float* weight);
  void (*move_towards)(const ck_move* move, size_t count, const float* x, float* average);
  void (*perturb)(float factor, size_t count, const float* weight, const float* gradient, float* out);
} ck_optimizer_kernels;

#endif
