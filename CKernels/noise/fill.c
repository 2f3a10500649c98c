// Draws of a whole matrix, shared among threads.
#include "noise/share.h"
#include "simd/kernels.h"

typedef struct ck_fill_work {
  const ck_kernels* kernels;
  const ck_draw* draw;  // NULL: the words themselves
  const ck_address* address;
  size_t rows, columns, stride;
  void* out;
} ck_fill_work;

static void ck_fill_share(void* context, ck_team team) {
  const ck_fill_work* work = context;
  ck_noise_block share = ck_noise_share(
      (ck_noise_block){work->address->row, work->address->column, work->address->width, work->rows, work->columns},
      team);
  ck_address address = *work->address;
  size_t place = (size_t)(share.row - address.row) * work->stride + (share.column - address.column);
  address.row = share.row, address.column = share.column;
  const ck_noise_kernels* noise = &work->kernels->noise;
  if (work->draw) {
    noise->fill(work->draw, team.worker, &address, share.rows, share.columns, (float*)work->out + place, work->stride);
  } else {
    noise->words(&address, share.rows, share.columns, (uint32_t*)work->out + place, work->stride);
  }
}

static void ck_fill_parallel(const ck_execution* execution, ck_fill_work work) {
  work.kernels = execution->kernels;
  double elements = (double)work.rows * (double)work.columns;
  ck_parallel(ck_threads_for(execution, 2 * elements, (size_t)(elements / CK_NOISE_TILE)), ck_fill_share, &work);
}

ck_status ck_fill(const ck_execution* execution, const ck_draw* draw, const ck_address* address, size_t rows,
                  size_t columns, float* out, size_t stride) {
  ck_fill_parallel(
      execution,
      (ck_fill_work){.draw = draw, .address = address, .rows = rows, .columns = columns, .stride = stride, .out = out});
  return CK_OK;
}

ck_status ck_fill_words(const ck_execution* execution, const ck_address* address, size_t rows, size_t columns,
                        uint32_t* out, size_t stride) {
  ck_fill_parallel(
      execution,
      (ck_fill_work){.draw = NULL, .address = address, .rows = rows, .columns = columns, .stride = stride, .out = out});
  return CK_OK;
}
