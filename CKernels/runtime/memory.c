// A pool of aligned blocks. Fresh memory costs a page fault a page, some thirty times the work done on it.
// Blocks come in classes: four sizes to a power of two, from 256 bytes. Each class keeps a list of idle blocks, linked
// through their first word, behind one lock; together they hold at most `ck_idle_limit`. Under a sanitizer every block
// is asked of the system and returned to it, so that a use after the return is seen.
#include "include/ck_runtime.h"

#include <pthread.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define CK_POOL_BYPASSED 1
#endif
#endif

enum { CK_ALIGNMENT = 64, CK_SMALLEST = 256, CK_CLASSES = 4 * 40 };

static const size_t ck_idle_limit = (size_t)1 << 29;

static pthread_mutex_t ck_lock = PTHREAD_MUTEX_INITIALIZER;
static void* ck_idle[CK_CLASSES];
static size_t ck_idle_bytes;
static uint64_t ck_fresh_blocks;

// The class whose blocks hold `bytes`, and their size; CK_CLASSES if there is none.
static int ck_class_of(size_t bytes, size_t* size) {
  size_t base = CK_SMALLEST;
  for (int power = 0; power < CK_CLASSES / 4; power++, base *= 2) {
    for (int quarter = 0; quarter < 4; quarter++) {
      *size = base + base / 4 * (size_t)quarter;
      if (bytes <= *size) return power * 4 + quarter;
    }
  }
  return CK_CLASSES;
}

void* ck_memory_take(size_t bytes, size_t* capacity) {
  size_t size = 0;
  int class = ck_class_of(bytes, &size);
  if (class == CK_CLASSES) return NULL;
  *capacity = size;
  pthread_mutex_lock(&ck_lock);
  void* block = ck_idle[class];
  if (block) {
    ck_idle[class] = *(void**)block;
    ck_idle_bytes -= size;
  } else {
    ck_fresh_blocks++;
  }
  pthread_mutex_unlock(&ck_lock);
  if (block) return block;
  return aligned_alloc(CK_ALIGNMENT, size);
}

void ck_memory_give(void* block, size_t capacity) {
  if (!block) return;
#ifndef CK_POOL_BYPASSED
  size_t size = 0;
  int class = ck_class_of(capacity, &size);
  pthread_mutex_lock(&ck_lock);
  bool kept = ck_idle_bytes + size <= ck_idle_limit;
  if (kept) {
    *(void**)block = ck_idle[class];
    ck_idle[class] = block;
    ck_idle_bytes += size;
  }
  pthread_mutex_unlock(&ck_lock);
  if (kept) return;
#endif
  (void)capacity;
  free(block);
}

size_t ck_memory_trim(void) {
  size_t freed = 0;
  for (int class = 0; class < CK_CLASSES; class++) {
    pthread_mutex_lock(&ck_lock);
    void* block = ck_idle[class];
    ck_idle[class] = NULL;
    size_t size = ((size_t)CK_SMALLEST << (class / 4)) / 4 * (size_t)(4 + class % 4), count = 0;
    for (void* each = block; each; each = *(void**)each) count++;
    ck_idle_bytes -= size * count;
    pthread_mutex_unlock(&ck_lock);
    freed += size * count;
    while (block) {
      void* next = *(void**)block;
      free(block);
      block = next;
    }
  }
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
