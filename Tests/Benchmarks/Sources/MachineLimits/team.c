// Threads of a short life: started, let go together, timed each by itself, joined.
#ifdef __linux__
#define _GNU_SOURCE  // clock_gettime
#endif
#include "team.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

typedef struct machine_member {
  void (*work)(void*, int32_t);
  void* context;
  int32_t thread;
  atomic_int* waiting;
  double* seconds;
} machine_member;

static double machine_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void* machine_member_run(void* context) {
  machine_member* member = context;
  // All start together, or the first would run while the others are still being made.
  atomic_fetch_sub(member->waiting, 1);
  while (atomic_load(member->waiting) > 0) {
  }
  double start = machine_now();
  member->work(member->context, member->thread);
  member->seconds[member->thread] = machine_now() - start;
  return NULL;
}

bool machine_team(int32_t threads, void (*work)(void*, int32_t), void* context, double* seconds) {
  if (threads < 1) return false;
  machine_member* members = calloc((size_t)threads, sizeof *members);
  pthread_t* handles = calloc((size_t)threads, sizeof *handles);
  bool complete = members && handles;
  if (complete) {
    atomic_int waiting = threads;
    for (int32_t t = 0; t < threads; t++) members[t] = (machine_member){work, context, t, &waiting, seconds};
    int32_t started = 1;
    for (; started < threads; started++) {
      if (pthread_create(&handles[started], NULL, machine_member_run, &members[started]) != 0) break;
    }
    if (started < threads) complete = false, atomic_store(&waiting, 1);
    machine_member_run(&members[0]);
    for (int32_t t = 1; t < started; t++) pthread_join(handles[t], NULL);
  }
  free(members);
  free(handles);
  return complete;
}
