/// The most fused multiply-adds that this processor does: what a matrix product can at best reach.
#ifndef PEAK_H
#define PEAK_H

#include <stdint.h>

/// Runs independent chains of fused multiply-adds in registers, on `threads` threads at once, and returns the floating
/// point operations a second of all together; negative if a thread could not be started.
double peak_fused_multiply_adds(int32_t threads, int64_t iterations);
/// The instruction set that it ran on.
const char* peak_instruction_set(void);

#endif
