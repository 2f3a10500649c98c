// Sums and maxima, shared out by rows or columns, so that the order of each sum stays as it is stated; a sum of
// everything is cut into parts by its length alone, whoever adds them up.
#include "runtime/parallel.h"
#include "simd/kernels.h"

typedef struct ck_reduction {
  const ck_elementwise_kernels* kernels;
  size_t rows, columns;
  const float* x;
  float* out;
  int32_t* indices;
  float factor;
  const uint32_t* lengths;
} ck_reduction;

static int32_t ck_reduction_threads(const ck_execution* execution, size_t rows, size_t columns, size_t pieces) {
  return ck_threads_for(execution, (double)rows * (double)columns, pieces);
}

static void ck_row_sums_share(void* context, ck_team team) {
  const ck_reduction* call = context;
  const ck_row_share share = ck_share_rows(call->rows, call->columns, 4, team);
  call->kernels->row_sums(share.count, call->columns, call->x + share.place, call->out + share.begin);
}

void ck_row_sums(const ck_execution* execution, size_t rows, size_t columns, const float* x, float* sums) {
  ck_reduction call = {&execution->kernels->elementwise, rows, columns, x, sums, NULL, 0, NULL};
  ck_parallel(ck_reduction_threads(execution, rows, columns, rows / 4), ck_row_sums_share, &call);
}

static void ck_column_sums_share(void* context, ck_team team) {
  const ck_reduction* call = context;
  ck_range range = ck_share(call->columns, 64, team);
  call->kernels->column_sums(call->rows, call->columns, range.begin, range.end, call->x, call->out);
}

void ck_column_sums(const ck_execution* execution, size_t rows, size_t columns, const float* x, float* sums) {
  ck_reduction call = {&execution->kernels->elementwise, rows, columns, x, sums, NULL, 0, NULL};
  ck_parallel(ck_reduction_threads(execution, rows, columns, columns / 64), ck_column_sums_share, &call);
}

static void ck_row_root_mean_squares_share(void* context, ck_team team) {
  const ck_reduction* call = context;
  const ck_row_share share = ck_share_rows(call->rows, call->columns, 16, team);
  call->kernels->row_root_mean_squares(share.count, call->columns, call->lengths ? call->lengths + share.begin : NULL,
                                       call->factor, call->x + share.place, call->out + share.begin);
}

void ck_row_root_mean_squares(const ck_execution* execution, size_t rows, size_t columns, const uint32_t* lengths,
                              float factor, const float* x, float* out) {
  ck_reduction call = {&execution->kernels->elementwise, rows, columns, x, out, NULL, factor, lengths};
  ck_parallel(ck_reduction_threads(execution, rows, columns, rows / 16), ck_row_root_mean_squares_share, &call);
}

static void ck_row_maxima_share(void* context, ck_team team) {
  const ck_reduction* call = context;
  const ck_row_share share = ck_share_rows(call->rows, call->columns, 16, team);
  call->kernels->row_maxima(share.count, call->columns, call->x + share.place,
                            call->out ? call->out + share.begin : NULL,
                            call->indices ? call->indices + share.begin : NULL);
}

void ck_row_maxima(const ck_execution* execution, size_t rows, size_t columns, const float* x, float* maxima,
                   int32_t* indices) {
  ck_reduction call = {&execution->kernels->elementwise, rows, columns, x, maxima, indices, 0, NULL};
  ck_parallel(ck_reduction_threads(execution, rows, columns, rows / 16), ck_row_maxima_share, &call);
}

enum { CK_SUM_PARTS = 64, CK_SUM_PART = 4096, CK_SUM_UNIT = 16 };

typedef struct ck_whole_sum {
  double (*kernel)(size_t count, const float* x);
  size_t count, part;
  const float* x;
  double sums[CK_SUM_PARTS];
} ck_whole_sum;

static void ck_whole_sum_share(void* context, ck_team team) {
  ck_whole_sum* call = context;
  ck_range range = ck_share(call->count, call->part, team);
  for (size_t begin = range.begin; begin < range.end; begin += call->part) {
    size_t count = range.end - begin < call->part ? range.end - begin : call->part;
    call->sums[begin / call->part] = call->kernel(count, call->x + begin);
  }
}

// At most 64 parts, each but the last a multiple of sixteen elements and at least 4,096, summed up in ascending order.
static double ck_whole_sum_of(const ck_execution* execution, double (*kernel)(size_t, const float*), size_t count,
                              const float* x) {
  size_t part = (count + CK_SUM_PARTS - 1) / CK_SUM_PARTS;
  part = (part + CK_SUM_UNIT - 1) / CK_SUM_UNIT * CK_SUM_UNIT;
  if (part < CK_SUM_PART) part = CK_SUM_PART;
  ck_whole_sum call = {.kernel = kernel, .count = count, .part = part, .x = x};
  size_t parts = (count + part - 1) / part;
  ck_parallel(ck_threads_for(execution, (double)count, parts), ck_whole_sum_share, &call);
  double sum = 0;
  for (size_t i = 0; i < parts; i++) sum += call.sums[i];
  return sum == sum ? sum : __builtin_nan("");
}

double ck_sum(const ck_execution* execution, size_t count, const float* x) {
  return ck_whole_sum_of(execution, execution->kernels->elementwise.sum, count, x);
}

double ck_sum_of_squares(const ck_execution* execution, size_t count, const float* x) {
  return ck_whole_sum_of(execution, execution->kernels->elementwise.sum_of_squares, count, x);
}
