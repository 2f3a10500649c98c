// The noise kernels, width-generic: generator, transforms, what becomes of a draw, draws of a tile, rules on a block.
#include "noise/philox_core.h"

#include "noise/gaussian_core.h"

#include "noise/quantiles_core.h"

#include "noise/combine_core.h"

#include "noise/draws_core.h"

#include "noise/wide_core.h"

#include "noise/narrow_core.h"

#include "noise/fill_core.h"

#include "noise/piece_core.h"

#include "noise/rules_core.h"

#define CK_NOISE_KERNELS                                         \
  {                                                              \
      .words = ck_noise_words,                                   \
      .fill = ck_noise_fill,                                     \
      .apply = ck_noise_apply,                                   \
      .apply_gradient = ck_noise_apply_gradient,                 \
      .scale_gradient_columns = ck_noise_scale_gradient_columns, \
      .scale_gradient_rows = ck_noise_scale_gradient_rows,       \
  }
