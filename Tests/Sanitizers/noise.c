// Draws and rules: every distribution, wide and narrow matrices, tiles of a larger matrix, rules in place.
#include "support.h"

static const size_t most_rows = 70, most_columns = 300;

// A draw of the caller's own: a word of the generator at each element's address, as a float.
static void callback_fill(void* context, int32_t worker, const ck_address* address, size_t rows, size_t columns,
                          float* tile) {
  uint32_t* calls = context;
  calls[worker]++;
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < columns; c++) {
      uint32_t counter[4] = {address->column + (uint32_t)c, address->row + (uint32_t)r, (uint32_t)address->step,
                             address->plane};
      uint32_t key[2] = {(uint32_t)address->key, (uint32_t)(address->key >> 32)}, words[4];
      ck_philox4x32_10(counter, key, words);
      tile[r * columns + c] = (float)(int32_t)words[0] * 0x1p-31f;
    }
  }
}

ck_chance choose_chance(choices* chooser) {
  static const double edges[] = {0, 1, 0.5, 0x1p-16, 0x1p-33, 1.0 / 64, 1 - 0x1p-20};
  double p = choose_yes(chooser) ? choose_unit(chooser) : edges[choose_below(chooser, sizeof edges / sizeof *edges)];
  ck_chance chance = ck_chance_make(p);
  double really = ck_chance_probability(chance);
  expect(fabs(really - p) <= 0x1p-16, "the probability drawn is the one asked for", 0);
  return chance;
}

// Numbers from 3 on with probabilities of 2^-1, 2^-2 … 2^-23, and the last one again.
static ck_inversion inversion(void) {
  static uint32_t thresholds[24];
  static uint32_t guide[CK_INVERSION_GUIDES];
  for (int j = 0; j < 24; j++) thresholds[j] = (1u << 23) - (1u << (23 - j)) / 2;
  thresholds[23] = 1u << 23;
  ck_inversion_guide(thresholds, guide);
  return (ck_inversion){thresholds, guide, 3};
}

ck_draw choose_draw(choices* chooser, uint32_t* calls) {
  ck_draw draw = {
      .distribution = (ck_distribution)choose_below(chooser, CK_CALLBACK + 1),
      .a = choose_float(chooser, false),
      .b = (float)choose_unit(chooser),
      .chance = choose_chance(chooser),
      .inversion = inversion(),
      .callback = callback_fill,
      .context = calls,
  };
  // A triangle's mode lies between its ends.
  if (draw.distribution == CK_TRIANGULAR) draw.c = draw.a, draw.a -= draw.b, draw.b += draw.c;
  return draw;
}

static ck_sharing choose_sharing(choices* chooser, size_t columns) {
  ck_sharing sharing = {choose_yes(chooser), (uint32_t)choose_below(chooser, columns + 2), (uint32_t)columns};
  if (columns == 0 || choose_yes(chooser) || (!sharing.rows && sharing.columns == 0)) return (ck_sharing){0};
  if (sharing.columns) sharing.width = (uint32_t)(columns + sharing.columns - 1) / sharing.columns;
  return sharing;
}

// Of rows of that many columns, in memory of exactly their number.
static uint32_t* choose_lengths(choices* chooser, size_t rows, size_t columns) {
  uint32_t* lengths = malloc(rows * sizeof *lengths);
  for (size_t r = 0; r < rows; r++) lengths[r] = (uint32_t)choose_below(chooser, columns + 1);
  return lengths;
}

void noise_case_choose(noise_case* noise, choices* chooser, size_t rows, size_t columns) {
  memset(noise, 0, sizeof *noise);
  noise->count = (int32_t)choose_below(chooser, MOST_RULES + 1);
  noise->row = (uint32_t)choose_below(chooser, 1000);
  for (int32_t i = 0; i < noise->count; i++) {
    ck_chance chance = choose_chance(chooser);
    double dropped = ck_chance_probability(chance);
    noise->items[i] = (ck_rule){
        .kind = (ck_rule_kind)choose_below(chooser, CK_ADD_SHOT + 1),
        .scale = choose_yes(chooser) ? 1 : (float)choose_unit(chooser),
        .keep = dropped == 1 ? 0 : (float)(1 / (1 - dropped)),
        .chance = chance,
        .draw = choose_draw(chooser, noise->calls),
        .key = choose_bits(chooser),
        .step = choose_bits(chooser),
        .shift = choose_float(chooser, false),
        .dropped = choose_float(chooser, false),
        .sharing = choose_sharing(chooser, columns),
    };
    if (noise->items[i].kind != CK_ADD || choose_yes(chooser)) continue;
    // One a row, a column or an element.
    bool by_column = choose_yes(chooser), by_row = !by_column || choose_yes(chooser);
    size_t row_stride = by_row ? (by_column ? columns : 1) : 0;
    noise->scales[i] = floats_random(chooser, (by_row ? rows : 1) * (by_column ? columns : 1), false);
    noise->items[i].scales = (ck_scales){noise->scales[i].at, row_stride, by_column, NULL};
    if (choose_yes(chooser)) continue;
    noise->lengths[i] = choose_lengths(chooser, rows, columns);
    noise->items[i].scales.lengths = noise->lengths[i];
  }
}

void noise_case_free(noise_case* noise) {
  for (int32_t i = 0; i < MOST_RULES; i++) floats_free(&noise->scales[i]), free(noise->lengths[i]);
}

ck_rules noise_case_rules(noise_case* noise) { return (ck_rules){noise->items, noise->count, noise->row}; }

static void check_fill(choices* chooser) {
  uint32_t calls[MOST_WORKERS] = {0};
  ck_draw draw = choose_draw(chooser, calls);
  size_t width = choose_yes(chooser) ? 1 + choose_below(chooser, 32) : 33 + choose_length(chooser, most_columns);
  size_t column = choose_below(chooser, width), columns = choose_below(chooser, width - column + 1);
  size_t rows = choose_length(chooser, choose_below(chooser, 8) ? most_rows : 3000);
  size_t stride = columns + choose_below(chooser, 3);
  ck_address address = {choose_bits(chooser), choose_bits(chooser), (uint32_t)choose_below(chooser, 1u << 20),
                        (uint32_t)column,     (uint32_t)width,      (uint32_t)choose_below(chooser, 128)};
  // The last row ends with its columns, not with its stride.
  size_t count = rows && columns ? (rows - 1) * stride + columns : 0;

  floats reference = {0}, reference_words = {0};
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats out = floats_random(&runs, count, false), words = floats_random(&runs, count, false);
    for (size_t k = 0; k < count; k++) out.at[k] = words.at[k] = -1e30f;  // between the rows nothing is written
    expect_ok(ck_fill(&execution, &draw, &address, rows, columns, out.at, stride), "ck_fill", i);
    expect_ok(ck_fill_words(&execution, &address, rows, columns, (uint32_t*)(void*)words.at, stride), "ck_fill_words",
              i);
    if (i == 0) {
      reference = out, reference_words = words;
      continue;
    }
    compare("ck_fill", i, reference, out);
    expect(count == 0 || memcmp(reference_words.at, words.at, count * sizeof(float)) == 0, "ck_fill_words", i);
    floats_free(&out), floats_free(&words);
  }

  // A tile of the tile is what the tile holds there.
  if (rows && columns) {
    size_t r0 = choose_below(chooser, rows), c0 = choose_below(chooser, columns);
    size_t r = 1 + choose_below(chooser, rows - r0), c = 1 + choose_below(chooser, columns - c0);
    address.row += (uint32_t)r0, address.column += (uint32_t)c0;
    int32_t i = executions_count() - 1;
    ck_execution execution = execution_at(i);
    floats part = floats_unwritten(chooser, r * c), whole = floats_unwritten(chooser, r * c);
    for (size_t k = 0; k < r; k++) {
      memcpy(whole.at + k * c, reference.at + (r0 + k) * stride + c0, c * sizeof(float));
    }
    expect_ok(ck_fill(&execution, &draw, &address, r, c, part.at, c), "ck_fill of a part", i);
    compare("ck_fill of a part", i, whole, part);
    floats_free(&part), floats_free(&whole);
  }
  floats_free(&reference), floats_free(&reference_words);
}

void check_noise(choices* chooser) {
  // A path of any length, in memory of exactly that length.
  size_t count = choose_below(chooser, 70);
  uint8_t* path = malloc(count);
  for (size_t i = 0; i < count; i++) path[i] = (uint8_t)choose_bits(chooser);
  uint64_t seed = choose_bits(chooser);
  uint64_t key = ck_noise_key(seed, 1, 2, 64, path, count);
  expect(key != ck_noise_key(seed, 1, 3, 64, path, count), "another slot has another key", 0);
  expect(key != ck_noise_key(seed + 1, 1, 2, 64, path, count), "another seed has another key", 0);
  expect(key != ck_noise_key(seed, 1, 2, 32, path, count), "the narrow layout has another key", 0);
  free(path);
  check_fill(chooser);
}

void check_rules(choices* chooser) {
  size_t columns = choose_length(chooser, most_columns);
  size_t rows = choose_length(chooser, choose_below(chooser, 8) ? most_rows : 2000);
  noise_case noise;
  noise_case_choose(&noise, chooser, rows, columns);
  ck_rules rules = noise_case_rules(&noise);
  floats x = floats_random(chooser, rows * columns, true), dy = floats_random(chooser, rows * columns, true);
  floats y_reference = {0}, dx_reference = {0};
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    bool in_place = i > 0 && choose_yes(&runs);
    floats y = in_place ? floats_copy(&runs, x) : floats_unwritten(&runs, x.count);
    floats dx = in_place ? floats_copy(&runs, dy) : floats_unwritten(&runs, dy.count);
    expect_ok(ck_apply_rules(&execution, rules, rows, columns, in_place ? y.at : x.at, y.at), "ck_apply_rules", i);
    expect_ok(ck_apply_rules_gradient(&execution, rules, rows, columns, in_place ? dx.at : dy.at, dx.at),
              "ck_apply_rules_gradient", i);
    if (i == 0) {
      y_reference = y, dx_reference = dx;
      continue;
    }
    compare("ck_apply_rules", i, y_reference, y);
    compare("ck_apply_rules_gradient", i, dx_reference, dx);
    floats_free(&y), floats_free(&dx);
  }
  floats_free(&x), floats_free(&dy), floats_free(&y_reference), floats_free(&dx_reference);
  noise_case_free(&noise);
}

void check_scales(choices* chooser) {
  size_t columns = 1 + choose_length(chooser, choose_below(chooser, 8) ? most_columns : 2500);
  size_t rows = choose_length(chooser, choose_below(chooser, 8) ? most_rows : 1000);
  uint32_t calls[MOST_WORKERS] = {0};
  ck_rule rule = {.kind = CK_ADD,
                  .scale = 1,
                  .draw = choose_draw(chooser, calls),
                  .key = choose_bits(chooser),
                  .step = choose_bits(chooser),
                  .sharing = choose_sharing(chooser, columns)};
  ck_rules rules = {&rule, 1, (uint32_t)choose_below(chooser, 1000)};
  floats dy = floats_random(chooser, rows * columns, true), slopes = floats_random(chooser, columns, false);
  floats start = floats_random(chooser, columns, false), one = floats_random(chooser, 1, false), references[3] = {0};
  uint32_t* lengths = choose_yes(chooser) ? choose_lengths(chooser, rows, columns) : NULL;
  choices runs = branch(chooser);
  for (int32_t i = 0; i < executions_count(); i++) {
    ck_execution execution = execution_at(i);
    floats by_column = floats_copy(&runs, start), all = floats_copy(&runs, one), roots = floats_unwritten(&runs, rows);
    expect_ok(ck_scale_gradient(&execution, rules, 0, rows, columns, dy.at, slopes.at, true, by_column.at),
              "ck_scale_gradient", i);
    expect_ok(ck_scale_gradient(&execution, rules, 0, rows, columns, dy.at, slopes.at, false, all.at),
              "ck_scale_gradient", i);
    ck_row_root_mean_squares(&execution, rows, columns, lengths, 0.5f, dy.at, roots.at);
    floats results[3] = {by_column, all, roots};
    if (i == 0) {
      memcpy(references, results, sizeof results);
      continue;
    }
    compare("ck_scale_gradient by column", i, references[0], by_column);
    compare("ck_scale_gradient", i, references[1], all);
    compare("ck_row_root_mean_squares", i, references[2], roots);
    for (int k = 0; k < 3; k++) floats_free(&results[k]);
  }
  for (int k = 0; k < 3; k++) floats_free(&references[k]);
  floats_free(&dy), floats_free(&slopes), floats_free(&start), floats_free(&one), free(lengths);
}
