// Updates of SGD and Adam, the memory pool, and several callers at once.
#include <pthread.h>

#include "support.h"

void check_optimizer(choices* chooser) {
  size_t count = choose_length(chooser, choose_below(chooser, 8) ? 600 : 200000);
  floats weight = floats_random(chooser, count, false), gradient = floats_random(chooser, count, true);
  floats first_moment = floats_random(chooser, count, false), second_moment = floats_random(chooser, count, false);
  for (size_t k = 0; k < count; k++) second_moment.at[k] = fabsf(second_moment.at[k]);
  ck_sgd sgd = {1e-2, choose_yes(chooser) ? 0.9 : 0, choose_yes(chooser) ? 1e-4 : 0,
                0.5f, choose_yes(chooser),           choose_yes(chooser)};
  ck_adam adam = {1e-3, 0.9, 0.999, 1e-8, 1e-2, 1 - 0.9, 1 - 0.999, 1.0f, choose_yes(chooser)};
  floats references[7] = {0};
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats results[7] = {
        floats_copy(&runs, weight),        floats_copy(&runs, gradient), floats_copy(&runs, first_moment),
        floats_copy(&runs, weight),        floats_copy(&runs, gradient), floats_copy(&runs, first_moment),
        floats_copy(&runs, second_moment),
    };
    float* velocity = sgd.momentum == 0 ? NULL : results[2].at;
    ck_sgd_update(&execution, &sgd, count, results[0].at, results[1].at, velocity);
    ck_adam_update(&execution, &adam, count, results[3].at, results[4].at, results[5].at, results[6].at);
    if (i == 0) {
      memcpy(references, results, sizeof results);
      continue;
    }
    for (int k = 0; k < 7; k++) {
      compare(k < 3 ? "ck_sgd_update" : "ck_adam_update", i, references[k], results[k]);
      floats_free(&results[k]);
    }
  }
  for (int k = 0; k < 7; k++) floats_free(&references[k]);
  floats_free(&weight), floats_free(&gradient), floats_free(&first_moment), floats_free(&second_moment);
}

enum { HOLDERS = 4, HELD = 8 };

// Takes and gives back blocks, writing all over each: two that hold one block race, and see each other's bytes.
static void* holder_run(void* context) {
  choices* chooser = context;
  unsigned char* blocks[HELD] = {0};
  size_t capacities[HELD] = {0};
  unsigned char words[HELD] = {0};
  for (int turn = 0; turn < 500; turn++) {
    size_t k = choose_below(chooser, HELD);
    if (blocks[k]) {
      size_t same = 0;
      for (size_t i = 0; i < capacities[k]; i++) same += blocks[k][i] == words[k];
      expect(same == capacities[k], "a block of the pool, held by one thread", 0);
      ck_memory_give(blocks[k], capacities[k]);
    }
    if (choose_below(chooser, 100) == 0) ck_memory_trim();
    words[k] = (unsigned char)choose_below(chooser, 256);
    blocks[k] = ck_memory_take(choose_below(chooser, 700), &capacities[k]);
    expect(blocks[k], "ck_memory_take", 0);
    memset(blocks[k], words[k], capacities[k]);
  }
  for (int k = 0; k < HELD; k++) ck_memory_give(blocks[k], capacities[k]);
  return NULL;
}

static void check_holders(choices* chooser) {
  choices choosers[HOLDERS];
  pthread_t threads[HOLDERS];
  for (int i = 0; i < HOLDERS; i++) {
    choosers[i] = branch(chooser);
    choosers[i].state += (uint64_t)i;
    expect(pthread_create(&threads[i], NULL, holder_run, &choosers[i]) == 0, "pthread_create", 0);
  }
  for (int i = 0; i < HOLDERS; i++) pthread_join(threads[i], NULL);
}

void check_memory(choices* chooser) {
  check_holders(chooser);
  enum { BLOCKS = 16 };
  void* blocks[BLOCKS];
  size_t capacities[BLOCKS];
  uint64_t fresh = ck_memory_fresh_blocks();
  for (int i = 0; i < BLOCKS; i++) {
    size_t bytes = choose_length(chooser, 5000) << choose_below(chooser, 6);
    blocks[i] = ck_memory_take(bytes, &capacities[i]);
    expect(blocks[i] && capacities[i] >= bytes && (uintptr_t)blocks[i] % 64 == 0, "ck_memory_take", 0);
    memset(blocks[i], i, capacities[i]);
  }
  expect(ck_memory_fresh_blocks() >= fresh, "ck_memory_fresh_blocks", 0);
  for (int i = 0; i < BLOCKS; i++) ck_memory_give(blocks[i], capacities[i]);
  ck_memory_give(NULL, 0);
  size_t idle = ck_memory_idle_bytes();
  expect(ck_memory_trim() >= idle && ck_memory_idle_bytes() == 0, "ck_memory_trim", 0);
  size_t capacity = 0;
  expect(ck_memory_take(SIZE_MAX, &capacity) == NULL, "ck_memory_take of more than there is", 0);
}

enum { CALLERS = 4, SIDE = 96 };

typedef struct caller {
  floats a, b, c, noise;
} caller;

static void* caller_run(void* context) {
  caller* caller = context;
  ck_execution execution = {ck_kernels_at(0), 2};
  ck_draw draw = {.distribution = CK_GAUSSIAN, .b = 1};
  ck_address address = {.key = 7, .width = SIDE};
  for (int i = 0; i < 3; i++) {
    size_t capacity = 0;
    void* block = ck_memory_take(4096, &capacity);
    expect_ok(ck_fill(&execution, &draw, &address, SIDE, SIDE, caller->noise.at, SIDE), "ck_fill by a caller", 0);
    expect_ok(ck_matmul(&execution, false, true, SIDE, SIDE, SIDE, caller->a.at, caller->b.at, false, caller->c.at),
              "ck_matmul by a caller", 0);
    ck_memory_give(block, capacity);
  }
  return NULL;
}

void check_callers(choices* chooser) {
  caller callers[CALLERS];
  pthread_t threads[CALLERS];
  floats a = floats_random(chooser, SIDE * SIDE, false), b = floats_random(chooser, SIDE * SIDE, false);
  for (int i = 0; i < CALLERS; i++) {
    // The operands are shared, the results are not.
    callers[i] = (caller){a, b, floats_unwritten(chooser, SIDE * SIDE), floats_unwritten(chooser, SIDE * SIDE)};
    expect(pthread_create(&threads[i], NULL, caller_run, &callers[i]) == 0, "pthread_create", 0);
  }
  for (int i = 0; i < CALLERS; i++) {
    pthread_join(threads[i], NULL);
    compare("ck_matmul by several callers", 0, callers[0].c, callers[i].c);
    compare("ck_fill by several callers", 0, callers[0].noise, callers[i].noise);
  }
  for (int i = 0; i < CALLERS; i++) floats_free(&callers[i].c), floats_free(&callers[i].noise);
  floats_free(&a), floats_free(&b);
}
