// Functions of two arrays. The elements, in the order of memory, are shared out among threads; each share goes through
// its rows, or the ends of them, one by one.
#include "runtime/parallel.h"
#include "simd/kernels.h"

enum { CK_GATHERED = 256 };

typedef struct ck_binary_call {
  const ck_elementwise_kernels* kernels;
  ck_binary_function function;
  size_t rows, columns, row_stride, column_stride;
  const float *x, *y;
  float* z;
} ck_binary_call;

// `count` elements of one row; y is the first one's.
static void ck_binary_row(const ck_binary_call* call, size_t count, const float* x, const float* y, float* z) {
  if (call->column_stride == 0) {
    call->kernels->binary_with_value[call->function](count, x, *y, z);
  } else if (call->column_stride == 1) {
    call->kernels->binary[call->function](count, x, y, z);
  } else {
    float gathered[CK_GATHERED];
    for (size_t done = 0; done < count; done += CK_GATHERED) {
      size_t some = count - done < CK_GATHERED ? count - done : CK_GATHERED;
      for (size_t i = 0; i < some; i++) gathered[i] = y[(done + i) * call->column_stride];
      call->kernels->binary[call->function](some, x + done, gathered, z + done);
    }
  }
}

static void ck_binary_share(void* context, ck_team team) {
  const ck_binary_call* call = context;
  ck_range range = ck_share(call->rows * call->columns, CK_LINE, team);
  for (size_t place = range.begin; place < range.end;) {
    size_t row = place / call->columns, column = place % call->columns;
    size_t count = call->columns - column < range.end - place ? call->columns - column : range.end - place;
    const float* y = call->y + row * call->row_stride + column * call->column_stride;
    ck_binary_row(call, count, call->x + place, y, call->z + place);
    place += count;
  }
}

void ck_binary(const ck_execution* execution, ck_binary_function function, size_t rows, size_t columns, const float* x,
               const float* y, size_t y_row_stride, size_t y_column_stride, float* z) {
  size_t count = rows * columns;
  if (count == 0) return;
  // One long row where y is as regular as that.
  if (columns == 1) {
    columns = rows, rows = 1, y_column_stride = y_row_stride;
  } else if (y_row_stride == columns * y_column_stride) {
    columns = count, rows = 1;
  }
  ck_binary_call call = {
      &execution->kernels->elementwise, function, rows, columns, y_row_stride, y_column_stride, x, y, z};
  double work = function == CK_POWER ? 8 : 1;
  ck_parallel(ck_threads_for(execution, work * (double)count, count / CK_LINE), ck_binary_share, &call);
}

typedef struct ck_axpy_call {
  const ck_elementwise_kernels* kernels;
  size_t count;
  float a;
  const float* x;
  float* y;
} ck_axpy_call;

static void ck_axpy_share(void* context, ck_team team) {
  const ck_axpy_call* call = context;
  ck_range range = ck_share(call->count, CK_LINE, team);
  call->kernels->axpy(range.end - range.begin, call->a, call->x + range.begin, call->y + range.begin);
}

void ck_axpy(const ck_execution* execution, size_t count, float a, const float* x, float* y) {
  ck_axpy_call call = {&execution->kernels->elementwise, count, a, x, y};
  ck_parallel(ck_threads_for(execution, (double)count, count / CK_LINE), ck_axpy_share, &call);
}
