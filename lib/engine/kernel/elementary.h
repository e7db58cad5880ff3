// Elementary functions in float32, and their derivatives: straight-line code that the compiler turns into vector
// instructions. Errors are at most 3 units in the last place (accuracy_test.cc). NaN gives NaN, and what is below the
// normal numbers counts as 0.
//
// The coefficients are minimax fits of our own (Lawson's iteration in float64, rounded to float32 one by one from the
// lowest degree on); each gives the interval and its largest relative error.
#pragma once

#include <cmath>

#include "float_bits.h"

namespace afos {

// f(x) and f'(x). A caller that ignores the slope does not pay for it.
struct Dual {
  float value;
  float slope;
};

// c + d t + …, by Horner's rule.
AFOS_INLINE float polynomial(float, float c) { return c; }
template <class... Floats>
AFOS_INLINE float polynomial(float t, float c, Floats... rest) {
  return fused(polynomial(t, rest...), t, c);
}

constexpr float kRound = 12582912.f;  // 1.5 · 2^23: what is added to it becomes an integer, in the low bits
constexpr float kLog2E = 1.44269504f;
constexpr float kLn2High = 0.693145752f;  // its last bits are 0: a product with a small integer is exact
constexpr float kLn2Low = 1.42860677e-6f;
constexpr float kTwoOverRootPi = 1.12837917f;

// x = exponent · ln 2 + rest, |rest| ≤ ln 2 / 2.
struct Reduced {
  int32_t exponent;
  float rest;
};

AFOS_INLINE Reduced reduce(float x) {
  const float shifted = fused(x, kLog2E, kRound);
  const float n = shifted - kRound;
  const float rest = fused(n, -kLn2Low, fused(n, -kLn2High, x));
  return {static_cast<int32_t>(to_bits(shifted) - to_bits(kRound)), rest};
}

// e^r - 1 for |r| ≤ ln 2 / 2.
AFOS_INLINE float small_expm1(float r) {
  // (e^r - 1 - r) / r², to 1.5e-8 of e^r - 1
  return fused(r * r, polynomial(r, 0.49999997f, 0.16666542f, 0.0416674316f, 0.00836687535f, 0.00138718635f), r);
}

// e^x · 2^kScale. Infinite beyond the largest number, 0 below about 2^-125.
template <int kScale = 0>
AFOS_INLINE float exponential(float x) {
  const auto [exponent, rest] = reduce(clamp(x, kScale == 0 ? -87.5f : -86.f, kScale == 0 ? 89.f : 89.8f));
  // 2 e^r · 2^(n - 1), as 2^128 is no number
  const float doubled = fused(2.f, small_expm1(rest), 2.f);
  return doubled * from_bits(static_cast<uint32_t>(exponent + 126 + kScale) << 23);
}

// e^(-x²) = near · (1 - lost): what x² lost by rounding counts where it is large.
struct Bell {
  float near;
  float lost;
};

AFOS_INLINE Bell bell(float x) {
  const float bounded = clamp(x, -10.f, 10.f);
  const float square = bounded * bounded;
  return {exponential(-square), fused(bounded, bounded, -square)};
}

// ln(kOne + u) for u ≥ 0, or u > -1 where kOne is 1.
template <int kOne>
AFOS_INLINE float logarithm(float u) {
  constexpr float one = kOne;
  const float w = one + u;
  const int32_t exponent = static_cast<int32_t>(to_bits(w) - 0x3f3504f3u) >> 23;  // w / 2^exponent is in [√½, √2)
  const float mantissa = from_bits(to_bits(w) - (static_cast<uint32_t>(exponent) << 23));
  // what the sum lost; the scale is no number only where nothing was lost
  const float scale = exponent > 126 ? 0.f : from_bits(static_cast<uint32_t>(127 - exponent) << 23);
  const float f = fused(u - (w - one), scale, mantissa - 1.f);
  // (ln(1 + f) - f + f²/2) / f³, to 5.8e-9 of ln(1 + f)
  const float square = f * f;
  const float n = static_cast<float>(exponent);
  const float correction = fused(square * f,
                                 polynomial(f, 0.333333313f, -0.250008196f, 0.200012401f, -0.166234076f, 0.142016277f,
                                            -0.131596833f, 0.127618611f, -0.0763575062f),
                                 fused(n, kLn2Low, -0.5f * square));
  const float y = fused(n, kLn2High, f + correction);
  return w > 3.4028234e38f ? w : y;
}

AFOS_INLINE Dual exp(float x) {
  const float y = exponential(x);
  return {y, y};
}

AFOS_INLINE Dual expm1(float x) {
  const auto [exponent, rest] = reduce(clamp(x, -87.f, 89.f));
  const float p = small_expm1(rest);
  const float half = from_bits(static_cast<uint32_t>(exponent + 126) << 23);  // 2^(n - 1)
  const float near = fused(half, p, half - 0.5f) * 2.f;
  const float far = fused(2.f, p, 2.f) * half;
  return {exponent > 64 ? far : near, far};
}

AFOS_INLINE Dual log(float x) {
  const float y = x < 1.17549435e-38f ? from_bits(x < 0.f ? kNaN : 0xff800000u) : logarithm<0>(x);
  return {y, 1.f / x};
}

AFOS_INLINE Dual log1p(float x) {
  const float y = x <= -1.f ? from_bits(x < -1.f ? kNaN : 0xff800000u) : logarithm<1>(x);
  return {y, 1.f / (1.f + x)};
}

// The error function for |x| ≤ 0.85.
AFOS_INLINE float small_erf(float x) {
  // erf(x) / x - 1 in x², to 7.7e-9 of erf(x) / x
  return fused(
      x, polynomial(x * x, 0.128379166f, -0.376125842f, 0.112827763f, -0.0268032122f, 0.00505037932f, -0.000630348979f),
      x);
}

AFOS_INLINE Dual erf(float x) {
  const auto [near, lost] = bell(x);
  const float e = fused(-near, lost, near);
  const float size = magnitude(x);
  // e^(a²) erfc(a) in a - 1.25, a in [0.84, 3.95]: erf to 8.4e-9
  const float tail =
      fused(-e,
            polynomial(clamp(size, 0.f, 4.f) - 1.25f, 0.367822915f, -0.208822384f, 0.106794551f, -0.0502039343f,
                       0.0220257286f, -0.00919108465f, 0.00357081555f, -0.00106669788f, 0.000158091934f),
            1.f);
  return {size < 0.85f ? small_erf(x) : with_sign(tail, x), kTwoOverRootPi * e};
}

AFOS_INLINE Dual erfc(float x) {
  const auto [near, lost] = bell(x);
  const float size = clamp(magnitude(x), 0.f, 10.f);
  const float divisor = fused(size, 0.5f, 1.f);
  const float t = 1.f / divisor;
  // e^(a²) erfc(a) / t in t = 1 / (1 + a/2), a in [0.49, 10], to 8.6e-9
  const float p = polynomial(t, 0.282075733f, 0.282590121f, 0.241327643f, 0.210574657f, -0.0472163185f, 0.310432136f,
                             -0.517089248f, 0.299353242f, -0.0620394498f);
  const float product = t * p;
  // what t and the product lost by rounding; the product grows about as t^(1 + 1.3 t)
  const float of_t = fused(-t, divisor, 1.f) - t * fused(size, 0.5f, 1.f - divisor);
  const float rest = fused(product, fused(of_t, fused(t, 1.3f, 1.f), -lost), fused(t, p, -product));
  const float tail = fused(near, rest, near * product);
  const float far = x < 0.f ? 2.f - tail : tail;
  return {size < 0.5f ? 1.f - small_erf(x) : far, -kTwoOverRootPi * fused(-near, lost, near)};
}

// σ(x) and σ(-x), each accurate where it is small.
struct Shares {
  float of_x;
  float of_minus_x;
};

AFOS_INLINE Shares shares(float x) {
  const float e = exponential(-magnitude(x));
  const float greater = 1.f / (1.f + e);
  const float lesser = e * greater;
  return x < 0.f ? Shares{lesser, greater} : Shares{greater, lesser};
}

AFOS_INLINE Dual sigmoid(float x) {
  const auto [y, rest] = shares(x);
  return {y, y * rest};
}

AFOS_INLINE Dual softplus(float x) {
  const float e = exponential(-magnitude(x));
  const float y = (x < 0.f ? 0.f : x) + logarithm<1>(e);
  return {y, (x < 0.f ? e : 1.f) / (1.f + e)};
}

AFOS_INLINE Dual tanh(float x) {
  const float e = exponential(-2.f * magnitude(x));
  const float greater = 1.f / (1.f + e);
  const float square = x * x;
  // (tanh(x) / x - 1) / x² in x², |x| ≤ 0.61: tanh to 3.3e-9
  const float small = fused(
      x * square, polynomial(square, -0.333332926f, 0.133317545f, -0.0537677594f, 0.0207370408f, -0.00582163921f), x);
  return {magnitude(x) < 0.6f ? small : with_sign((1.f - e) * greater, x), 4.f * e * greater * greater};
}

// sinh and cosh.
struct Hyperbolic {
  float sine;
  float cosine;
};

AFOS_INLINE Hyperbolic hyperbolic(float x) {
  const float size = magnitude(x);
  const float half = exponential<-1>(size);
  const float other = 0.25f / half;
  const float square = x * x;
  // (sinh(x) / x - 1) / x² in x², |x| ≤ 1: sinh to 3.2e-10
  const float small =
      fused(x * square, polynomial(square, 0.166666672f, 0.00833331142f, 0.000198426351f, 2.78392554e-06f), x);
  return {size < 1.f ? small : with_sign(half - other, x), half + other};
}

AFOS_INLINE Dual sinh(float x) {
  const auto [sine, cosine] = hyperbolic(x);
  return {sine, cosine};
}

AFOS_INLINE Dual cosh(float x) {
  const auto [sine, cosine] = hyperbolic(x);
  return {cosine, sine};
}

// sin and cos for |x| ≤ kLargestAngle.
struct Circular {
  float sine;
  float cosine;
};

constexpr float kLargestAngle = 1e5f;

AFOS_INLINE Circular circular(float x) {
  const float shifted = fused(x, 0.636619772f, kRound);
  const float n = shifted - kRound;
  // π/2 in four parts: the first two have few bits, so that what is left of x after them is exact
  const float coarse = fused(n, -0.000483810902f, fused(n, -1.5703125f, x));
  const float r = fused(n, -6.12323426e-17f, fused(n, -1.58932547e-08f, coarse));
  const float square = r * r;
  // (sin(r) / r - 1) / r² in r² to 1.7e-10 of sin, ((cos r - 1) / r² + 1/2) / r² to 1.4e-10 of cos, |r| ≤ 0.79
  const float sine =
      fused(r * square, polynomial(square, -0.166666672f, 0.0083333794f, -0.00019852983f, 2.8308018e-06f), r);
  const float cosine =
      fused(square, fused(square, polynomial(square, 0.0416666456f, -0.00138872978f, 2.44300882e-05f), -0.5f), 1.f);
  const uint32_t quarter = to_bits(shifted);
  const bool odd = quarter & 1u;
  return {from_bits(to_bits(odd ? cosine : sine) ^ (quarter & 2u) << 30),
          from_bits(to_bits(odd ? sine : cosine) ^ ((quarter + 1u) & 2u) << 30)};
}

AFOS_INLINE Dual sin(float x) {
  const auto [sine, cosine] = circular(x);
  return {sine, cosine};
}

AFOS_INLINE Dual cos(float x) {
  const auto [sine, cosine] = circular(x);
  return {cosine, -sine};
}

AFOS_INLINE Dual atan(float x) {
  const float size = magnitude(x);
  const bool large = size > 1.f;
  const float z = (large ? -1.f : size) / (large ? size : 1.f);
  const float square = z * z;
  // (atan(z) / z - 1) / z² in z², |z| ≤ 1: atan to 2.7e-9
  const float y = (large ? 1.57079633f : 0.f) +
                  fused(z * square,
                        polynomial(square, -0.333332986f, 0.19998531f, -0.142640516f, 0.109511748f, -0.0840047523f,
                                   0.0579065457f, -0.0311270021f, 0.0108873611f, -0.0017875476f),
                        z);
  return {with_sign(y, x), 1.f / fused(x, x, 1.f)};
}

AFOS_INLINE Dual asinh(float x) {
  const float size = magnitude(x);
  const float root = std::sqrt(fused(size, size, 1.f));
  const bool large = size > 1e9f;  // there asinh x is ln 2x, and x² may be infinite
  const float u = large ? size * 2.f : size + size * size / (1.f + root);
  const float y = large ? logarithm<0>(size) + 0.693147181f : logarithm<1>(u);
  return {with_sign(y, x), 1.f / (large ? size : root)};
}

AFOS_INLINE Dual atanh(float x) {
  const float size = magnitude(x);
  const float y = 0.5f * logarithm<1>(2.f * size / (1.f - size));
  return {size > 1.f ? from_bits(kNaN) : with_sign(y, x), 1.f / fused(-x, x, 1.f)};
}

AFOS_INLINE Dual sqrt(float x) {
  const float y = std::sqrt(x);
  return {y, 0.5f / y};
}

AFOS_INLINE Dual neg(float x) { return {-x, -1.f}; }

AFOS_INLINE Dual sign(float x) { return {x > 0.f ? 1.f : x < 0.f ? -1.f : x, 0.f}; }

AFOS_INLINE Dual abs(float x) { return {magnitude(x), x > 0.f ? 1.f : x < 0.f ? -1.f : x}; }

AFOS_INLINE Dual relu(float x) { return {x < 0.f ? 0.f : x, x > 0.f ? 1.f : 0.f}; }

}  // namespace afos
