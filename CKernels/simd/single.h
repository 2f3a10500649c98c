// The elementary functions of one number, compiled with fused multiply-adds in hardware and without.
#ifndef CK_SINGLE_H
#define CK_SINGLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ck_single_functions {
  float (*log)(float x), (*exp)(float x), (*sin)(float x), (*cos)(float x), (*tan)(float x), (*tanh)(float x),
      (*erf)(float x), (*inverse_normal)(float p);
  float (*pow)(float x, float y);
} ck_single_functions;

extern const ck_single_functions ck_single_plain;
#if defined(__x86_64__)
extern const ck_single_functions ck_single_fused;
#endif

#endif
