/// What this machine can at best do: what a matrix product and a fill are held against.
#ifndef MACHINE_LIMITS_H
#define MACHINE_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Runs independent chains of fused multiply-adds in registers, on `threads` threads at once, and returns the floating
/// point operations a second of all together; negative if a thread could not be started.
double machine_fused_multiply_adds(int32_t threads, int64_t iterations);
/// The instruction set that it ran on.
const char* machine_instruction_set(void);

/// Writes `floats` elements a thread `passes` times, on `threads` threads at once, and returns the bytes a second of all
/// together; negative if a thread could not be started. `buffer` holds threads · floats elements and is aligned to 64
/// bytes; floats is a multiple of 16.
double machine_store_bandwidth(int32_t threads, float* buffer, size_t floats, int64_t passes, bool past_caches);

#endif
