// The part of a matrix that falls to one worker: whole rows where there are enough, else columns; cut where blocks of
// words end, so that none is drawn twice.
#ifndef CK_NOISE_SHARE_H
#define CK_NOISE_SHARE_H

#include "noise/noise_kernels.h"
#include "runtime/parallel.h"

static inline ck_noise_block ck_noise_share(ck_noise_block block, ck_team team) {
  bool narrow = block.width <= 32;
  if (narrow || block.rows >= 4 * (size_t)team.workers) {
    size_t skip = narrow ? block.row % 8 : 0;
    ck_range range = ck_share(skip + block.rows, narrow ? 8 : 1, team);
    if (range.begin != 0) range.begin -= skip;
    range.end = range.end < skip ? 0 : range.end - skip;
    block.row += (uint32_t)range.begin;
    block.rows = range.end - range.begin;
  } else {
    size_t skip = block.column % 128;
    ck_range range = ck_share(skip + block.columns, 128, team);
    if (range.begin != 0) range.begin -= skip;
    range.end = range.end < skip ? 0 : range.end - skip;
    block.column += (uint32_t)range.begin;
    block.columns = range.end - range.begin;
  }
  return block;
}

#endif
