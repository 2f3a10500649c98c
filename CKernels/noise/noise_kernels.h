// The noise kernels of one instruction set.
#ifndef CK_NOISE_KERNELS_H
#define CK_NOISE_KERNELS_H

#include "include/ck_noise.h"

typedef struct ck_noise_kernels {
  int placeholder;
} ck_noise_kernels;

#endif
