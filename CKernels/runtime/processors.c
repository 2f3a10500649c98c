// How many processors this process may use: the affinity mask, then the container's quota (cgroup v2, then v1).
#ifdef __linux__
#define _GNU_SOURCE
#include <sched.h>
#endif
#include "include/ck_runtime.h"

#include <stdio.h>
#include <unistd.h>

static int32_t ck_affinity_count(void) {
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online < 1 ? 1 : (int32_t)online;
}

// A quota of microseconds in each period, rounded up to whole processors; 0 if there is none.
static int32_t ck_whole_processors(double quota, double period) {
  if (!(quota > 0 && period > 0 && quota / period < INT32_MAX)) return 0;
  double processors = quota / period;
  int32_t whole = (int32_t)processors;
  return whole < processors ? whole + 1 : whole;
}

// Reads up to `wanted` numbers at the start of a file. Returns how many there are; -1 if there is no such file.
static int ck_read_numbers(const char* folder, const char* name, int wanted, double numbers[]) {
  char path[4096];
  int length = snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE* file = length < 0 || (size_t)length >= sizeof path ? NULL : fopen(path, "r");
  if (!file) return -1;
  int count = 0;
  while (count < wanted && fscanf(file, "%lf", &numbers[count]) == 1) count++;
  fclose(file);
  return count;
}

int32_t ck_quota_processors(const char* folder) {
  double numbers[2];
  int count = ck_read_numbers(folder, "cpu.max", 2, numbers);  // "max 100000" has no number first: no quota
  if (count < 0) {
    count = ck_read_numbers(folder, "cpu/cpu.cfs_quota_us", 1, numbers);
    count += ck_read_numbers(folder, "cpu/cpu.cfs_period_us", 1, numbers + 1);
  }
  return count == 2 ? ck_whole_processors(numbers[0], numbers[1]) : 0;
}

int32_t ck_available_threads(void) {
  int32_t count = ck_affinity_count();
#ifdef __linux__
  int32_t quota = ck_quota_processors("/sys/fs/cgroup");
  if (quota > 0 && quota < count) count = quota;
#endif
  return count < 1 ? 1 : count;
}
