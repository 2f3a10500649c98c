// RMSprop, Adagrad and Lion: one pass over a parameter, as in optimizer_core.h. A function `…_at` treats the `left`
// elements from i on, a vector at most; it is compiled once for whole vectors and once for the end.

CK_INLINE void ck_rmsprop_at(const ck_rmsprop_factors* f, size_t i, size_t left, float* weight, const float* gradient,
                             float* square, float* mean, float* velocity) {
  ck_f32 w = ck_load_up_to(weight + i, left), g = ck_load_up_to(gradient + i, left);
  if (f->decay != 0) g = ck_fma(ck_splat(f->decay), w, g);
  ck_f32 v = ck_fma(ck_splat(f->rest) * g, g, ck_splat(f->keep) * ck_load_up_to(square + i, left));
  ck_store_up_to(square + i, v, left);
  if (mean) {
    ck_f32 m = ck_moved(f->mean, ck_load_up_to(mean + i, left), g);
    ck_store_up_to(mean + i, m, left);
    // A variance that rounding made negative is 0; one that is not a number stays so.
    v = ck_fma(-m, m, v);
    v = ck_select(v < ck_splat(0), ck_splat(0), v);
  }
  ck_f32 change = g / (ck_sqrt(v) + ck_splat(f->epsilon));
  if (velocity) {
    change = ck_fma(ck_splat(f->momentum), ck_load_up_to(velocity + i, left), change);
    ck_store_up_to(velocity + i, change, left);
  }
  ck_store_up_to(weight + i, ck_fma(ck_splat(-f->step), change, w), left);
}

static void ck_rmsprop_part(const ck_rmsprop_factors* factors, size_t count, float* weight, const float* gradient,
                            float* square, float* mean, float* velocity) {
  const ck_rmsprop_factors f = *factors;
  size_t i = 0;
  for (; i + CK_LANES <= count; i += CK_LANES) ck_rmsprop_at(&f, i, CK_LANES, weight, gradient, square, mean, velocity);
  if (i < count) ck_rmsprop_at(&f, i, count - i, weight, gradient, square, mean, velocity);
}

CK_INLINE void ck_adagrad_at(const ck_adagrad_factors* f, size_t i, size_t left, float* weight, const float* gradient,
                             float* square_sum) {
  ck_f32 w = ck_load_up_to(weight + i, left), g = ck_load_up_to(gradient + i, left);
  if (f->decay != 0) g = ck_fma(ck_splat(f->decay), w, g);
  ck_f32 sum = ck_fma(g, g, ck_load_up_to(square_sum + i, left));
  ck_store_up_to(square_sum + i, sum, left);
  ck_f32 change = g / (ck_sqrt(sum) + ck_splat(f->epsilon));
  ck_store_up_to(weight + i, ck_fma(ck_splat(-f->step), change, w), left);
}

static void ck_adagrad_part(const ck_adagrad_factors* factors, size_t count, float* weight, const float* gradient,
                            float* square_sum) {
  const ck_adagrad_factors f = *factors;
  size_t i = 0;
  for (; i + CK_LANES <= count; i += CK_LANES) ck_adagrad_at(&f, i, CK_LANES, weight, gradient, square_sum);
  if (i < count) ck_adagrad_at(&f, i, count - i, weight, gradient, square_sum);
}

CK_INLINE void ck_lion_at(const ck_lion_factors* f, size_t i, size_t left, float* weight, const float* gradient,
                          float* mean) {
  ck_f32 w = ck_load_up_to(weight + i, left), g = ck_load_up_to(gradient + i, left), m = ck_load_up_to(mean + i, left);
  if (f->shrink != 1) w *= ck_splat(f->shrink);
  ck_f32 change = ck_fma(ck_splat(f->rest_in_step), g, ck_splat(f->keep_in_step) * m);
  // The sign of 0 is 0; that of what is not a number stays so.
  const ck_f32 zero = ck_splat(0), one = ck_splat(1);
  ck_f32 sign = ck_select(change > zero, one, ck_select(change < zero, -one, change));
  ck_store_up_to(weight + i, ck_fma(ck_splat(-f->step), sign, w), left);
  ck_store_up_to(mean + i, ck_fma(ck_splat(f->rest), g, ck_splat(f->keep) * m), left);
}

static void ck_lion_part(const ck_lion_factors* factors, size_t count, float* weight, const float* gradient,
                         float* mean) {
  const ck_lion_factors f = *factors;
  size_t i = 0;
  for (; i + CK_LANES <= count; i += CK_LANES) ck_lion_at(&f, i, CK_LANES, weight, gradient, mean);
  if (i < count) ck_lion_at(&f, i, count - i, weight, gradient, mean);
}
