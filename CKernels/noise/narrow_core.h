// Draws of a narrow matrix: the four words of a block are four rows of a column, those of 16-bit chances eight. A group is
// the rows that share a block. The blocks of a chunk of groups are drawn in one sequence, so that no lane idles however
// few the columns; the draws of the groups' first rows are contiguous then, and so on. No x is read.

CK_INLINE void ck_draw_narrow(ck_transform to, const ck_sink* sink, const ck_address* address, size_t rows,
                              size_t columns) {
  enum { CHUNK = 256 };
  const uint32_t group_rows = to == CK_TO_HALVES ? 8 : 4, width = (uint32_t)columns;
  const size_t chunk_rows = CHUNK / columns * group_rows;
  float planes[8][CHUNK + CK_FLIGHT * CK_LANES];
  ck_philox philox = ck_philox_make(address);
  // Where a chunk's first vector of blocks lies, and how far the next is from it.
  ck_u32 first_column, first_group;
  for (uint32_t i = 0; i < CK_LANES; i++) first_column[i] = i % width, first_group[i] = i / width;
  const ck_u32 step_column = ck_splat_u(CK_LANES % width), step_group = ck_splat_u(CK_LANES / width);
  for (size_t done = 0, count; done < rows; done += count) {
    uint32_t row = address->row + (uint32_t)done, skip = row % group_rows;
    count = rows - done < chunk_rows - skip ? rows - done : chunk_rows - skip;
    size_t blocks = (skip + count + group_rows - 1) / group_rows * columns;
    ck_u32 column = first_column, group = first_group + ck_splat_u(row / group_rows);
    for (size_t first = 0; first < blocks; first += CK_FLIGHT * CK_LANES) {
      ck_counters counters[CK_FLIGHT];
#pragma unroll
      for (int i = 0; i < CK_FLIGHT; i++) {
        ck_philox_start(&philox, column + ck_splat_u(address->column), group, &counters[i]);
        column += step_column, group += step_group;
        ck_u32 over = (ck_u32)(column >= ck_splat_u(width));
        column -= over & ck_splat_u(width), group -= over;
      }
      ck_u32 words[CK_FLIGHT][4];
      ck_f32 draws[CK_FLIGHT][8];
      ck_philox_words(&philox, 1, CK_FLIGHT, counters, words);
      ck_transform_words(to, sink, words, draws);
#pragma unroll
      for (int i = 0; i < CK_FLIGHT; i++) {
#pragma unroll
        for (uint32_t j = 0; j < group_rows; j++) {
          ck_f32 draw = draws[i][j];
          const bool is_word = to == CK_TO_WORDS || to == CK_TO_HALVES;
          if (is_word && sink->how == CK_CHOOSE)
            draw = ck_combine_lanes(CK_CHOOSE, &sink->operands, ck_splat(0), draw, (ck_u32)draw);
          else if (is_word && sink->how == CK_CHOOSE_ALIKE)
            draw = ck_combine_lanes(CK_CHOOSE_ALIKE, &sink->operands, ck_splat(0), draw, (ck_u32)draw);
          ck_store(planes[j] + first + i * CK_LANES, draw);
        }
      }
    }
    for (size_t r = 0; r < count; r++) {
      size_t place = skip + r;
      const float* from = planes[place % group_rows] + place / group_rows * columns;
      ck_copy(sink->y + (done + r) * sink->y_stride, from, columns);
    }
  }
}
