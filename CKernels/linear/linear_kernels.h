// The linear kernels of one instruction set.
#ifndef CK_LINEAR_KERNELS_H
#define CK_LINEAR_KERNELS_H

#include "include/ck_linear.h"

typedef struct ck_linear_kernels {
  int placeholder;
} ck_linear_kernels;

#endif
