// The linear kernels at one width.
#include "linear/microkernel_core.h"

#include "linear/pack_core.h"

#include "linear/few_rows_core.h"

#include "linear/shallow_core.h"

#define CK_LINEAR_KERNELS                      \
  {                                            \
      .panel_columns = CK_PANEL_COLUMNS,       \
      .panel_stride = ck_panel_stride,         \
      .multiply = ck_multiply_panel,           \
      .few_rows = CK_FEW_ROWS,                 \
      .multiply_few = ck_multiply_few,         \
      .multiply_shallow = ck_multiply_shallow, \
      .transpose = ck_transpose_block,         \
      .copy = ck_copy_block,                   \
      .add_rows = ck_add_rows,                 \
  }
