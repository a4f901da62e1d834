// Reference kernel: bit-serial crossbar matrix-vector product by packed popcounts.
// Build: gcc -O3 -march=native -o popcount_mvm popcount_mvm.c
// Run:   ./popcount_mvm [seconds]          (one thread; prints a checksum, clip count, MVM per CPU second)
//
// Semantics (integers only, shared with org.emat.golden.PopcountKernel):
//   x[r] unsigned 8 bits, w[r][c] signed 8 bits stored as u = w + 128 (offset code) in 4 cells of 2 bits.
//   y[c] = sum_b sum_s 2^b 4^s min(sum_r xbit_b[r] * cell_s[r][c], ADC_MAX)  -  128 * sum_r x[r]
// A 2-bit slice is two 1-bit planes: sum = popcount(lo & row) + 2 * popcount(hi & row), at most 384, so the
// 8-bit ADC (ADC_MAX 255) does clip.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROWS = 128, COLS = 128, WORDS = ROWS / 64, IN_BITS = 8, PLANES = 8, SLICES = 4, BATCH = 256, ADC_MAX = 255 };

static uint64_t planes[PLANES][WORDS][COLS] __attribute__((aligned(64)));
static uint8_t x[BATCH][ROWS];
static int8_t w[ROWS][COLS];
static int32_t y[BATCH][COLS] __attribute__((aligned(64)));

static uint64_t state = 0x9E3779B97F4A7C15ull;
static uint32_t next_byte(void) {               // xorshift64*, the same in ReferenceProduct.java
  state ^= state >> 12; state ^= state << 25; state ^= state >> 27;
  return (uint32_t)((state * 0x2545F4914F6CDD1Dull) >> 56);
}

static void pack_weights(void) {
  memset(planes, 0, sizeof planes);
  for (int r = 0; r < ROWS; r++)
    for (int c = 0; c < COLS; c++) {
      unsigned u = (unsigned)(w[r][c] + 128);
      for (int p = 0; p < PLANES; p++)
        planes[p][r / 64][c] |= (uint64_t)((u >> p) & 1) << (r % 64);
    }
}

static void mvm(const uint8_t *in, int32_t *out) {
  uint64_t bits[IN_BITS][WORDS] = {{0}};
  int32_t sum = 0;
  for (int r = 0; r < ROWS; r++) {
    sum += in[r];
    for (int b = 0; b < IN_BITS; b++) bits[b][r / 64] |= (uint64_t)((in[r] >> b) & 1) << (r % 64);
  }
  for (int c = 0; c < COLS; c++) out[c] = -128 * sum;
  for (int s = 0; s < SLICES; s++) {
    const uint64_t *lo0 = planes[2 * s][0], *lo1 = planes[2 * s][1];
    const uint64_t *hi0 = planes[2 * s + 1][0], *hi1 = planes[2 * s + 1][1];
    for (int b = 0; b < IN_BITS; b++) {
      const uint64_t r0 = bits[b][0], r1 = bits[b][1];
      const int shift = b + 2 * s;
      for (int c = 0; c < COLS; c++) {
        int32_t v = (int32_t)(__builtin_popcountll(r0 & lo0[c]) + __builtin_popcountll(r1 & lo1[c])
                  + 2 * (__builtin_popcountll(r0 & hi0[c]) + __builtin_popcountll(r1 & hi1[c])));
        v = v > ADC_MAX ? ADC_MAX : v;
        out[c] += v << shift;
      }
    }
  }
}

// The definition, one cell at a time; every kernel must equal it.
static int64_t check(void) {
  int64_t clips = 0;
  for (int i = 0; i < BATCH; i++)
    for (int c = 0; c < COLS; c++) {
      int32_t acc = 0, sum = 0;
      for (int r = 0; r < ROWS; r++) sum += x[i][r];
      for (int b = 0; b < IN_BITS; b++)
        for (int s = 0; s < SLICES; s++) {
          int v = 0;
          for (int r = 0; r < ROWS; r++) v += ((x[i][r] >> b) & 1) * (((w[r][c] + 128) >> (2 * s)) & 3);
          if (v > ADC_MAX) { v = ADC_MAX; clips++; }
          acc += v << (b + 2 * s);
        }
      if (acc - 128 * sum != y[i][c]) { fprintf(stderr, "mismatch at input %d column %d\n", i, c); exit(1); }
    }
  return clips;
}

static double now(void) { struct timespec t; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return t.tv_sec + 1e-9 * t.tv_nsec; }

int main(int argc, char **argv) {
  double seconds = argc > 1 ? atof(argv[1]) : 3.0;
  for (int r = 0; r < ROWS; r++) for (int c = 0; c < COLS; c++) w[r][c] = (int8_t)(next_byte() - 128);
  for (int i = 0; i < BATCH; i++) for (int r = 0; r < ROWS; r++) x[i][r] = (uint8_t)next_byte();
  for (int r = 0; r < ROWS; r++) { x[0][r] = 255; w[r][0] = 127; }   // one full-scale input and column: clips
  pack_weights();
  for (int i = 0; i < BATCH; i++) mvm(x[i], y[i]);
  int64_t clips = check(), checksum = 0;
  for (int i = 0; i < BATCH; i++) for (int c = 0; c < COLS; c++) checksum = checksum * 31 + y[i][c];
  for (int round = 0; round < 3; round++) {
    long n = 0; double t0 = now(), t;
    do { for (int i = 0; i < BATCH; i++) mvm(x[i], y[i]); n += BATCH; __asm__ volatile("" ::: "memory"); } while ((t = now() - t0) < seconds);
    printf("C      %10.0f MVM/s  (%.3f us each)  checksum %016llx  clips %lld\n", n / t, 1e6 * t / n, (unsigned long long)checksum, (long long)clips);
  }
  return 0;
}
