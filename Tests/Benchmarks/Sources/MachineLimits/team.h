/// Threads that begin together.
#ifndef MACHINE_TEAM_H
#define MACHINE_TEAM_H

#include <stdbool.h>
#include <stdint.h>

/// Calls `work(context, thread)` on `threads` threads at once, the calling one included, and writes each one's seconds.
/// Returns false if a thread could not be started.
bool machine_team(int32_t threads, void (*work)(void* context, int32_t thread), void* context, double* seconds);

#endif
