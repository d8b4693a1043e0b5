#ifndef HEMLOCK_CBLAS_SHIM_H
#define HEMLOCK_CBLAS_SHIM_H

#include <cblas.h>
#include <lapacke.h>

// The first instruction set this program was compiled for and this processor lacks, or NULL.
// The macros tell what the compiler was allowed to use, so the check follows -march by itself.
static inline const char *hemlock_missing_instruction_set(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
#ifdef __AVX2__
  if (!__builtin_cpu_supports("avx2")) return "AVX2";
#endif
#ifdef __FMA__
  if (!__builtin_cpu_supports("fma")) return "FMA";
#endif
#ifdef __BMI2__
  if (!__builtin_cpu_supports("bmi2")) return "BMI2";
#endif
#ifdef __AVX512F__
  if (!__builtin_cpu_supports("avx512f")) return "AVX-512F";
#endif
#ifdef __AVX512VL__
  if (!__builtin_cpu_supports("avx512vl")) return "AVX-512VL";
#endif
#endif
  return 0;
}

#endif
