#include "runtime/parallel.h"

#ifdef _OPENMP
// The toolchain ships no omp.h.
extern int omp_get_thread_num(void);
extern int omp_get_num_threads(void);
extern int omp_in_parallel(void);
#endif

bool ck_has_openmp(void) {
#ifdef _OPENMP
  return true;
#else
  return false;
#endif
}

void ck_parallel(int32_t threads, ck_body body, void* context) {
#ifdef _OPENMP
  if (threads > 1 && !omp_in_parallel()) {
#pragma omp parallel num_threads(threads)
    body(context, (ck_team){omp_get_thread_num(), omp_get_num_threads()});
    return;
  }
#endif
  (void)threads;
  body(context, (ck_team){0, 1});
}

void ck_barrier(ck_team team) {
#ifdef _OPENMP
  if (team.workers > 1) {
#pragma omp barrier
  }
#else
  (void)team;
#endif
}

// A fork and join costs 0.5 µs hot and far more cold; a thread must have about eight times that to do.
static const double ck_work_per_thread = 16384;

int32_t ck_threads_for(const ck_execution* execution, double work, size_t pieces) {
#ifdef _OPENMP
  if (execution->threads <= 1 || pieces <= 1 || omp_in_parallel()) return 1;
  double worthwhile = work / ck_work_per_thread;
  int32_t threads = execution->threads;
  if (worthwhile < threads) threads = (int32_t)worthwhile;
  if (pieces < (size_t)threads) threads = (int32_t)pieces;
  return threads < 1 ? 1 : threads;
#else
  (void)execution, (void)work, (void)pieces;
  return 1;
#endif
}
