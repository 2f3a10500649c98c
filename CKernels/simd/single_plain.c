// For any processor. Where that has no hardware fused multiply-add, each is a call of libm's fmaf: exact, and slow.
#include "simd/single.h"

#define CK_SINGLE ck_single_plain
#include "simd/single_core.h"
