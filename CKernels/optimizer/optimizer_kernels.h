// The optimizer kernels of one instruction set.
#ifndef CK_OPTIMIZER_KERNELS_H
#define CK_OPTIMIZER_KERNELS_H

#include "include/ck_optimizer.h"

typedef struct ck_optimizer_kernels {
  int placeholder;
} ck_optimizer_kernels;

#endif
