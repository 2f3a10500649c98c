// Rules on a whole matrix, shared among threads.
#include "noise/share.h"
#include "simd/kernels.h"

typedef struct ck_rules_work {
  ck_rules_kernel kernel;
  const ck_rules* rules;
  size_t rows, columns;
  const float* x;
  float* y;
} ck_rules_work;

static void ck_rules_share(void* context, ck_team team) {
  const ck_rules_work* work = context;
  ck_noise_block share =
      ck_noise_share((ck_noise_block){work->rules->row, 0, (uint32_t)work->columns, work->rows, work->columns}, team);
  size_t place = (size_t)(share.row - work->rules->row) * work->columns + share.column;
  work->kernel(work->rules, team.worker, &share, work->x + place, work->columns, work->y + place, work->columns);
}

static ck_status ck_rules_parallel(const ck_execution* execution, ck_rules_work work) {
  double elements = (double)work.rows * (double)work.columns;
  ck_parallel(ck_threads_for(execution, 2 * elements * (1 + work.rules->count), (size_t)(elements / CK_NOISE_TILE)),
              ck_rules_share, &work);
  return CK_OK;
}

ck_status ck_apply_rules(const ck_execution* execution, ck_rules rules, size_t rows, size_t columns, const float* x,
                         float* y) {
  return ck_rules_parallel(execution, (ck_rules_work){execution->kernels->noise.apply, &rules, rows, columns, x, y});
}

ck_status ck_apply_rules_gradient(const ck_execution* execution, ck_rules rules, size_t rows, size_t columns,
                                  const float* dy, float* dx) {
  return ck_rules_parallel(execution,
                           (ck_rules_work){execution->kernels->noise.apply_gradient, &rules, rows, columns, dy, dx});
}
