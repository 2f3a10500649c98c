// The elementwise kernels of one instruction set.
#ifndef CK_ELEMENTWISE_KERNELS_H
#define CK_ELEMENTWISE_KERNELS_H

#include "include/ck_elementwise.h"

typedef struct ck_elementwise_kernels {
  int placeholder;
} ck_elementwise_kernels;

#endif
