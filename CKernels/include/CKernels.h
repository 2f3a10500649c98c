/// Kernels of Dither: a plain C surface. No function prints, aborts or keeps hidden state; each that can fail returns a `ck_status`.
#ifndef CKERNELS_H
#define CKERNELS_H

#include "ck_elementwise.h"
#include "ck_linear.h"
#include "ck_math.h"
#include "ck_noise.h"
#include "ck_optimizer.h"
#include "ck_runtime.h"

#endif
