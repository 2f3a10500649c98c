// Draws of a wide matrix: the four words of 16 consecutive blocks are 64 columns of a row, those of 16-bit chances 128.

// Units in a flight.
enum { CK_FLIGHT_UNITS = CK_FLIGHT * CK_LANES <= 16 ? 1 : CK_FLIGHT * CK_LANES / 16 };

// Sixteen blocks of one row.
typedef struct ck_unit {
  ck_philox_row row;
  const float* x;
  float* y;
} ck_unit;

// What becomes of the draws of a flight, from the place `first` of its first unit on.
CK_INLINE void ck_put(ck_transform to, const ck_sink* sink, const ck_unit* units, uint32_t first,
                      ck_f32 draws[CK_FLIGHT][8]) {
#define CK_CASE(name)                                                                 \
  case name:                                                                          \
    _Pragma("unroll") for (uint32_t i = 0; i < CK_FLIGHT; i++) {                      \
      uint32_t place = first + i * CK_LANES;                                          \
      _Pragma("unroll") for (uint32_t j = 0; j < (to == CK_TO_HALVES ? 8 : 4); j++) { \
        const float* x = units[place / 16].x + place % 16 + j * 16;                   \
        ck_f32 draw = draws[i][j], old = ck_reads_x(name) ? ck_load(x) : ck_splat(0); \
        ck_store(units[place / 16].y + place % 16 + j * 16,                           \
                 ck_combine_lanes(name, &sink->operands, old, draw, (ck_u32)draw));   \
      }                                                                               \
    }                                                                                 \
    break;
  if (to == CK_TO_WORDS || to == CK_TO_HALVES) {
    switch (sink->how) {
      CK_CASE(CK_CHOOSE)
      CK_CASE(CK_CHOOSE_ALIKE)
      CK_CASE(CK_DROP)
      CK_CASE(CK_PUT_CHOICE)
      CK_CASE(CK_PASS)
      CK_CASE(CK_KEEP)
      default:
        break;
    }
  } else {
    switch (sink->how) {
      CK_CASE(CK_ADD_DRAW)
      CK_CASE(CK_MULTIPLY_BY_DRAW)
      CK_CASE(CK_KEEP)
      default:
        break;
    }
  }
#undef CK_CASE
}

CK_INLINE void ck_draw_units(ck_transform to, const ck_sink* sink, const ck_philox* philox, const ck_unit* units) {
#pragma unroll
  for (uint32_t first = 0; first < CK_FLIGHT_UNITS * 16; first += CK_FLIGHT * CK_LANES) {
    ck_counters counters[CK_FLIGHT];
#pragma unroll
    for (uint32_t i = 0; i < CK_FLIGHT; i++) {
      uint32_t place = first + i * CK_LANES;
      ck_philox_start_in_row(&units[place / 16].row, place % 16, &counters[i]);
    }
    ck_u32 words[CK_FLIGHT][4];
    ck_f32 draws[CK_FLIGHT][8];
    ck_philox_words(philox, 2, CK_FLIGHT, counters, words);
    ck_transform_words(to, sink, words, draws);
    ck_put(to, sink, units, first, draws);
  }
}

// Units that a tile's edge cuts go through memory of their own.
typedef struct ck_cut {
  float x[128], y[128];
  float* to;
  size_t skip, count;
} ck_cut;

CK_INLINE void ck_draw_wide(ck_transform to, const ck_sink* sink, const ck_address* address, size_t rows,
                            size_t columns) {
  const size_t wide = to == CK_TO_HALVES ? 128 : 64;
  const size_t end = address->column + columns;
  ck_philox philox = ck_philox_make(address);
  ck_unit units[CK_FLIGHT_UNITS];
  ck_cut cuts[CK_FLIGHT_UNITS];
  int waiting = 0;
  for (size_t r = 0; r < rows; r++) {
    for (size_t column = address->column, count; column < end; column += count) {
      size_t skip = column % wide;
      count = end - column < wide - skip ? end - column : wide - skip;
      ck_unit* unit = &units[waiting];
      ck_cut* cut = &cuts[waiting];
      ck_philox_row_make(&philox, address->row + (uint32_t)r, (uint32_t)(column / wide * 16), &unit->row);
      unit->y = sink->y + r * sink->y_stride + (column - address->column);
      unit->x = sink->x ? sink->x + r * sink->x_stride + (column - address->column) : unit->y;
      cut->count = count;
      if (count != wide) {
        if (sink->x) {
          __builtin_memset(cut->x, 0, sizeof cut->x);
          ck_copy(cut->x + skip, unit->x, count);
        }
        cut->to = unit->y, cut->skip = skip;
        unit->x = cut->x, unit->y = cut->y;
      }
      bool last = r + 1 == rows && column + count == end;
      if (++waiting < CK_FLIGHT_UNITS && !last) continue;
      for (int i = waiting; i < CK_FLIGHT_UNITS; i++) {
        units[i] = units[0];
        units[i].x = cuts[i].x, units[i].y = cuts[i].y;
      }
      ck_draw_units(to, sink, &philox, units);
      for (int i = 0; i < waiting; i++)
        if (cuts[i].count != wide) ck_copy(cuts[i].to, cuts[i].y + cuts[i].skip, cuts[i].count);
      waiting = 0;
    }
  }
}
