// How many processors this process may use: the affinity mask, then the container's quota (cgroup v2, then v1).
#ifdef __linux__
#define _GNU_SOURCE
#include <sched.h>
#endif
#include "include/ck_runtime.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int32_t ck_affinity_count(void) {
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online < 1 ? 1 : (int32_t)online;
}

#ifdef __linux__
// A quota of microseconds in each period, rounded up to whole processors; 0 if there is none.
static int32_t ck_whole_processors(double quota, double period) {
  if (!(quota > 0 && period > 0)) return 0;
  double processors = quota / period;
  int32_t whole = (int32_t)processors;
  return whole < processors || whole == 0 ? whole + 1 : whole;
}

static int32_t ck_quota_count(void) {
  double quota = 0, period = 0;
  FILE* file = fopen("/sys/fs/cgroup/cpu.max", "r");
  if (file) {
    int fields = fscanf(file, "%lf %lf", &quota, &period);  // "max 100000" reads no number: no quota
    fclose(file);
    return fields == 2 ? ck_whole_processors(quota, period) : 0;
  }
  file = fopen("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "r");
  if (!file) return 0;
  int fields = fscanf(file, "%lf", &quota);
  fclose(file);
  file = fopen("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "r");
  if (!file) return 0;
  fields += fscanf(file, "%lf", &period);
  fclose(file);
  return fields == 2 ? ck_whole_processors(quota, period) : 0;
}
#endif

int32_t ck_available_threads(void) {
  int32_t count = ck_affinity_count();
#ifdef __linux__
  int32_t quota = ck_quota_count();
  if (quota > 0 && quota < count) count = quota;
#endif
  return count < 1 ? 1 : count;
}
