// How far a running mean moves.
#ifndef CK_MOVE_H
#define CK_MOVE_H

#include "optimizer/optimizer_kernels.h"

/// By a share of the way; from the nearer end, so that little is rounded.
static inline ck_move ck_move_by(double share) {
  const bool from_old = share < 0.5;
  return (ck_move){(float)(from_old ? share : share - 1), from_old};
}

#endif
