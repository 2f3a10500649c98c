/// What every kernel call is told: which instruction set, how many threads. And the memory pool.
#ifndef CK_RUNTIME_H
#define CK_RUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ck_status {
  CK_OK = 0,
  CK_OUT_OF_MEMORY = 1,
} ck_status;

/// The kernels of one instruction set (opaque). All give the same bits.
typedef struct ck_kernels ck_kernels;

/// The instruction sets that this processor runs, best first; "scalar" is always the last.
int32_t ck_kernels_count(void);
const ck_kernels* ck_kernels_at(int32_t index);
/// The one of this name; NULL if the name is unknown or the processor does not run it.
const ck_kernels* ck_kernels_named(const char* name);
const char* ck_kernels_name(const ck_kernels* kernels);

/// How a call is to run: never what it computes.
typedef struct ck_execution {
  const ck_kernels* kernels;
  int32_t threads;  ///< at most this many, the caller's included; 1 for the calling thread alone
} ck_execution;

/// False when built without the trait `OpenMP`: every call then runs on the calling thread.
bool ck_has_openmp(void);
/// Processors that this process may use: affinity mask and container quota counted, at least 1.
int32_t ck_available_threads(void);
/// Processors that a folder of control groups grants, a part of one counted as one; 0 if it sets no quota. Reads `cpu.max`
/// (version 2), or where there is none `cpu/cpu.cfs_quota_us` and `cpu/cpu.cfs_period_us` (version 1).
int32_t ck_quota_processors(const char* folder);

/// Memory aligned to 64 bytes from a pool of blocks given back before; NULL if there is none, also once the idle blocks
/// are freed.
/// `capacity` receives the size of the block, to be handed to `ck_memory_give`. Contents are undefined.
void* ck_memory_take(size_t bytes, size_t* capacity);
/// Keeps a block for the next that takes one of its size. Idle blocks together hold at most 512 MiB: beyond that, those of
/// other sizes are freed, the largest first, to make room.
void ck_memory_give(void* block, size_t capacity);
/// Frees every idle block. Returns the bytes freed.
size_t ck_memory_trim(void);
/// Bytes in idle blocks; blocks that had to be asked of the system since the start.
size_t ck_memory_idle_bytes(void);
uint64_t ck_memory_fresh_blocks(void);

#endif
