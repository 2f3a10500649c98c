// Langevin dynamics on a whole parameter, shared out among threads where blocks of random words end.
#include "noise/share.h"
#include "simd/kernels.h"

typedef struct ck_langevin_call {
  const ck_optimizer_kernels* kernels;
  const ck_langevin_factors* factors;
  const ck_address* address;
  size_t rows, columns;
  float* weight;
  const float* gradient;
  float* square;
} ck_langevin_call;

static void ck_langevin_share(void* context, ck_team team) {
  const ck_langevin_call* call = context;
  ck_address address = *call->address;
  ck_noise_block share =
      ck_noise_share((ck_noise_block){address.row, address.column, address.width, call->rows, call->columns}, team);
  size_t begin = (size_t)(share.row - address.row) * call->columns + (share.column - address.column);
  address.row = share.row, address.column = share.column;
  call->kernels->langevin(call->factors, &address, share.rows, share.columns, call->columns, call->weight + begin,
                          call->gradient + begin, call->square ? call->square + begin : NULL);
}

void ck_langevin_update(const ck_execution* execution, const ck_langevin* langevin, const ck_address* address,
                        size_t rows, size_t columns, float* weight, const float* gradient, float* square) {
  const double variance = 2 * langevin->learning_rate * langevin->temperature;
  ck_langevin_factors factors = {
      .decay = (float)langevin->weight_decay,
      .step = (float)langevin->learning_rate,
      .noise = (float)(square ? variance : __builtin_sqrt(variance)),
      .keep = (float)langevin->smoothing,
      .rest = (float)(1 - langevin->smoothing),
      .epsilon = (float)langevin->epsilon,
  };
  ck_langevin_call call = {&execution->kernels->optimizer, &factors, address, rows, columns, weight, gradient, square};
  double elements = (double)rows * (double)columns;
  ck_parallel(ck_threads_for(execution, 4 * elements, (size_t)(elements / CK_NOISE_TILE)), ck_langevin_share, &call);
}
