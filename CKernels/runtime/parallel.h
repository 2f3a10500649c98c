// Teams of threads. The only place that knows OpenMP is parallel.c: kernels are called by pointer, since target
// attributes do not reach a region that OpenMP outlines.
#ifndef CK_PARALLEL_H
#define CK_PARALLEL_H

#include "include/ck_runtime.h"

typedef struct ck_team {
  int32_t worker, workers;
} ck_team;

typedef void (*ck_body)(void* context, ck_team team);

/// Calls `body` once on each of up to `threads` threads. Inside a team it runs on the calling thread alone.
void ck_parallel(int32_t threads, ck_body body, void* context);
/// Every thread of the team waits here for the others. Called by all or by none.
void ck_barrier(ck_team team);

/// Threads worth starting for `work` (in elementary operations, about a quarter nanosecond each) in pieces of `pieces`.
int32_t ck_threads_for(const ck_execution* execution, double work, size_t pieces);

/// Floats of a cache line: shares of an array are whole lines, so that no two threads write to one.
enum { CK_LINE = 16 };

typedef struct ck_range {
  size_t begin, end;
} ck_range;

/// The share of `count` items that falls to one worker, in whole multiples of `unit` but for the last.
static inline ck_range ck_share(size_t count, size_t unit, ck_team team) {
  size_t units = (count + unit - 1) / unit;
  size_t begin = units * (size_t)team.worker / (size_t)team.workers * unit;
  size_t end = units * ((size_t)team.worker + 1) / (size_t)team.workers * unit;
  return (ck_range){begin < count ? begin : count, end < count ? end : count};
}

typedef struct ck_row_share {
  /// The first row, how many there are, and the place of the first row's first element.
  size_t begin, count, place;
} ck_row_share;

/// The rows of a matrix that fall to one worker, in whole multiples of `unit` but for the last.
static inline ck_row_share ck_share_rows(size_t rows, size_t columns, size_t unit, ck_team team) {
  const ck_range range = ck_share(rows, unit, team);
  return (ck_row_share){range.begin, range.end - range.begin, range.begin * columns};
}

#endif
