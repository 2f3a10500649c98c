/// Kernels of Dither: a plain C surface. No function prints or aborts; each that can fail returns a `ck_status`. What is kept
/// between calls is a pool of memory and the table of kernels once looked up: nothing that changes a result.
#ifndef CKERNELS_H
#define CKERNELS_H

#include "ck_elementwise.h"
#include "ck_linear.h"
#include "ck_math.h"
#include "ck_noise.h"
#include "ck_normalisation.h"
#include "ck_optimizer.h"
#include "ck_runtime.h"

#endif
