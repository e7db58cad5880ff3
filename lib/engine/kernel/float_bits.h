// Float32 and bfloat16 numbers as bits, without a branch, so that loops over them can be vectorised.
#pragma once

#include <cstdint>

#define AFOS_INLINE static inline __attribute__((always_inline))

namespace afos {

AFOS_INLINE float from_bits(uint32_t bits) { return __builtin_bit_cast(float, bits); }
AFOS_INLINE uint32_t to_bits(float value) { return __builtin_bit_cast(uint32_t, value); }

constexpr uint32_t kSign = 0x80000000u;
constexpr uint32_t kMagnitude = 0x7fffffffu;
constexpr uint32_t kNaN = 0x7fc00000u;

AFOS_INLINE float magnitude(float x) { return from_bits(to_bits(x) & kMagnitude); }
AFOS_INLINE float with_sign(float size, float sign) {
  return from_bits((to_bits(size) & kMagnitude) | (to_bits(sign) & kSign));
}
// NaN stays NaN.
AFOS_INLINE float clamp(float x, float low, float high) {
  x = x < low ? low : x;
  return x > high ? high : x;
}
// a · b + c, rounded once.
AFOS_INLINE float fused(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
// a · b, and 0 where a or b is 0, even if the other one is infinite or NaN.
AFOS_INLINE float product_or_zero(float a, float b) {
  return from_bits(to_bits(a * b) & -static_cast<uint32_t>((a != 0.f) & (b != 0.f)));
}

AFOS_INLINE float from_bfloat16(uint16_t half) { return from_bits(static_cast<uint32_t>(half) << 16); }
// Rounds to nearest, ties to even.
AFOS_INLINE uint16_t to_bfloat16(float value) {
  const uint32_t bits = to_bits(value);
  const uint32_t rounded = (bits + 0x7fffu + (bits >> 16 & 1u)) >> 16;
  return static_cast<uint16_t>(value != value ? kNaN >> 16 : rounded);
}

}  // namespace afos
