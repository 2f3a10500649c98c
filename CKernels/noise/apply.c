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

typedef struct ck_scale_work {
  const ck_noise_kernels* noise;
  const ck_rule* rule;
  ck_noise_block block;
  const float *dy, *slopes;
  float *gradient, *sums;
} ck_scale_work;

static void ck_scale_columns_share(void* context, ck_team team) {
  const ck_scale_work* work = context;
  ck_noise_block block = work->block;
  const ck_range range = ck_share(block.columns, 128, team);
  block.column = (uint32_t)range.begin, block.columns = range.end - range.begin;
  work->noise->scale_gradient_columns(work->rule, team.worker, &block, work->dy + range.begin, work->block.columns,
                                      work->slopes + range.begin, work->gradient + range.begin);
}

static void ck_scale_rows_share(void* context, ck_team team) {
  const ck_scale_work* work = context;
  ck_noise_block block = work->block;
  const ck_range range = ck_share(block.rows, 8, team);
  block.row += (uint32_t)range.begin, block.rows = range.end - range.begin;
  work->noise->scale_gradient_rows(work->rule, team.worker, &block, work->dy + range.begin * block.columns,
                                   block.columns, work->slopes[0], work->sums + range.begin);
}

ck_status ck_scale_gradient(const ck_execution* execution, ck_rules rules, int32_t index, size_t rows, size_t columns,
                            const float* dy, const float* slopes, bool per_column, float* gradient) {
  if (rows == 0 || columns == 0) return CK_OK;
  ck_scale_work work = {.noise = &execution->kernels->noise,
                        .rule = &rules.items[index],
                        .block = {rules.row, 0, (uint32_t)columns, rows, columns},
                        .dy = dy,
                        .slopes = slopes,
                        .gradient = gradient};
  const double elements = 4 * (double)rows * (double)columns;
  if (per_column) {
    ck_parallel(ck_threads_for(execution, elements, columns / 128), ck_scale_columns_share, &work);
    return CK_OK;
  }
  size_t capacity;
  work.sums = ck_memory_take(rows * sizeof(float), &capacity);
  if (!work.sums) return CK_OUT_OF_MEMORY;
  ck_parallel(ck_threads_for(execution, elements, rows / 8), ck_scale_rows_share, &work);
  for (size_t r = 0; r < rows; r++) gradient[0] += work.sums[r];
  ck_memory_give(work.sums, capacity);
  return CK_OK;
}
