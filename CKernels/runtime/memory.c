// A pool of aligned blocks. Fresh memory costs a page fault a page, some thirty times the work done on it.
// Blocks come in classes: four sizes to a power of two, from 256 bytes. Each class keeps a list of idle blocks, linked
// through their first word, behind one lock; together they hold at most `ck_idle_limit`. A block that comes back when
// they are full takes the place of idle ones of other classes, so that what a program works with now is what is kept.
// Under a sanitizer every block is asked of the system and returned to it, so that a use after the return is seen;
// CK_POOL_FORCED keeps the pool, so that the pool itself can be checked.
#ifdef __linux__
#define _GNU_SOURCE
#include <sys/mman.h>
#endif
#include "include/ck_runtime.h"

#include <pthread.h>
#include <stdlib.h>

#if defined(__has_feature) && !defined(CK_POOL_FORCED)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define CK_POOL_BYPASSED 1
#endif
#endif

enum { CK_ALIGNMENT = 64, CK_SMALLEST = 256, CK_CLASSES = 4 * 40, CK_HUGE_PAGE = 1 << 21 };

static const size_t ck_idle_limit = (size_t)1 << 29;

typedef struct ck_idle_list {
  void* first;
  size_t count;
} ck_idle_list;

static pthread_mutex_t ck_lock = PTHREAD_MUTEX_INITIALIZER;
static ck_idle_list ck_idle[CK_CLASSES];
static size_t ck_idle_bytes;
static uint64_t ck_fresh_blocks;

static size_t ck_size_of(int class) {
  size_t base = (size_t)CK_SMALLEST << (class / 4);
  return base + base / 4 * (size_t)(class % 4);
}

// The smallest class whose blocks hold `bytes`; CK_CLASSES if there is none.
static int ck_class_of(size_t bytes) {
  if (bytes <= CK_SMALLEST) return 0;
  // Above 2^power and its quarters that are filled lies one class more.
  int power = 63 - __builtin_clzll(bytes - 1), class = 4 * (power - 8) + (int)((bytes - 1) >> (power - 2) & 3) + 1;
  return class < CK_CLASSES ? class : CK_CLASSES;
}

// An idle block of this class, or NULL. Under the lock, as are the next two.
static void* ck_pop(int class) {
  ck_idle_list* list = &ck_idle[class];
  void* block = list->first;
  if (!block) return NULL;
  list->first = *(void**)block;
  list->count--;
  ck_idle_bytes -= ck_size_of(class);
  return block;
}

#ifndef CK_POOL_BYPASSED
static void ck_push(int class, void* block) {
  ck_idle_list* list = &ck_idle[class];
  *(void**)block = list->first;
  list->first = block;
  list->count++;
  ck_idle_bytes += ck_size_of(class);
}
#endif

// Takes idle blocks off their lists, those of the largest class first and none of the class `spared`, until `limit` bytes
// are left. Returns them linked, to be freed outside the lock.
static void* ck_evict(int spared, size_t limit) {
  void* evicted = NULL;
  for (int class = CK_CLASSES - 1; class >= 0 && ck_idle_bytes > limit; class--) {
    while (class != spared && ck_idle[class].first && ck_idle_bytes > limit) {
      void* block = ck_pop(class);
      *(void**)block = evicted;
      evicted = block;
    }
  }
  return evicted;
}

static void ck_free_all(void* block) {
  while (block) {
    void* next = *(void**)block;
    free(block);
    block = next;
  }
}

// A block of the system's. Large ones lie on huge pages where the system has them: a product walks over more small pages
// than a processor keeps the addresses of.
static void* ck_fresh(size_t size) {
  void* block = NULL;
  size_t alignment = size < CK_HUGE_PAGE ? CK_ALIGNMENT : CK_HUGE_PAGE;
  if (posix_memalign(&block, alignment, size) != 0) return NULL;
#ifdef MADV_HUGEPAGE
  if (alignment == CK_HUGE_PAGE) madvise(block, size, MADV_HUGEPAGE);
#endif
  return block;
}

void* ck_memory_take(size_t bytes, size_t* capacity) {
  int class = ck_class_of(bytes);
  if (class == CK_CLASSES) return NULL;
  *capacity = ck_size_of(class);
  pthread_mutex_lock(&ck_lock);
  void* block = ck_pop(class);
  if (!block) ck_fresh_blocks++;
  pthread_mutex_unlock(&ck_lock);
  if (!block) block = ck_fresh(*capacity);
  // What is idle here may be what the system lacks.
  if (!block && ck_memory_trim() > 0) block = ck_fresh(*capacity);
  return block;
}

void ck_memory_give(void* block, size_t capacity) {
  if (!block) return;
#ifdef CK_POOL_BYPASSED
  (void)capacity;
  free(block);
#else
  int class = ck_class_of(capacity);
  size_t size = ck_size_of(class);
  void* unwanted = block;
  pthread_mutex_lock(&ck_lock);
  // Where its own class alone would exceed the limit, nothing is gained by evicting others.
  if ((ck_idle[class].count + 1) * size <= ck_idle_limit) {
    unwanted = ck_evict(class, ck_idle_limit - size);
    ck_push(class, block);
  } else {
    *(void**)block = NULL;
  }
  pthread_mutex_unlock(&ck_lock);
  ck_free_all(unwanted);
#endif
}

size_t ck_memory_trim(void) {
  pthread_mutex_lock(&ck_lock);
  size_t freed = ck_idle_bytes;
  void* idle = ck_evict(CK_CLASSES, 0);
  pthread_mutex_unlock(&ck_lock);
  ck_free_all(idle);
  return freed;
}

size_t ck_memory_idle_bytes(void) {
  pthread_mutex_lock(&ck_lock);
  size_t bytes = ck_idle_bytes;
  pthread_mutex_unlock(&ck_lock);
  return bytes;
}

uint64_t ck_memory_fresh_blocks(void) {
  pthread_mutex_lock(&ck_lock);
  uint64_t blocks = ck_fresh_blocks;
  pthread_mutex_unlock(&ck_lock);
  return blocks;
}
