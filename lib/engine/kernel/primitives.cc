#include "primitives.h"

#include <cmath>

#include "elementary.h"

namespace afos {
namespace {

// Loops stay apart (value and derivative, then the chain rule), as the compiler vectorises only the plain ones.

template <Dual (*kFunction)(float)>
void unary(Want want, const Operands& operands, float* __restrict value, float* __restrict slope) {
  const float* __restrict x = operands.value[0];
  if (want == Want::kValue) {
    for (int i = 0; i < kBlock; i++) value[i] = kFunction(x[i]).value;
    return;
  }
  for (int i = 0; i < kBlock; i++) {
    const Dual y = kFunction(x[i]);
    value[i] = y.value;
    slope[i] = y.slope;
  }
  if (want == Want::kSlope) return;
  const float* __restrict dx = operands.slope[0];
  for (int i = 0; i < kBlock; i++) slope[i] = product_or_zero(slope[i], dx[i]);
}

// sin and cos: large angles, which are rare, are left to the C library.
template <Dual (*kFunction)(float), double (*kExact)(double), double (*kExactSlope)(double)>
void circular_unary(Want want, const Operands& operands, float* __restrict value, float* __restrict slope) {
  unary<kFunction>(want, operands, value, slope);
  const float* __restrict x = operands.value[0];
  int large = 0;
  for (int i = 0; i < kBlock; i++) large |= magnitude(x[i]) > kLargestAngle;
  for (int i = 0; large && i < kBlock; i++) {
    if (!(magnitude(x[i]) > kLargestAngle)) continue;
    value[i] = static_cast<float>(kExact(x[i]));
    if (want == Want::kValue) continue;
    const float inner = want == Want::kChain ? operands.slope[0][i] : 1.f;
    slope[i] = product_or_zero(static_cast<float>(kExactSlope(x[i])), inner);
  }
}

double exact_sin(double x) { return std::sin(x); }
double exact_cos(double x) { return std::cos(x); }
double minus_exact_sin(double x) { return -std::sin(x); }

// A function of two values a and b with derivatives p and q.
using Binary = Dual (*)(float a, float b, float p, float q);

template <Binary kFunction>
void binary(Want want, const Operands& operands, float* __restrict value, float* __restrict slope) {
  const float* a = operands.value[0];
  const float* b = operands.value[1];
  for (int i = 0; i < kBlock; i++) value[i] = kFunction(a[i], b[i], 0.f, 0.f).value;
  if (want == Want::kValue) return;
  const float* p = operands.slope[0];
  const float* q = operands.slope[1];
  for (int i = 0; i < kBlock; i++) slope[i] = kFunction(a[i], b[i], p[i], q[i]).slope;
}

AFOS_INLINE Dual add(float a, float b, float p, float q) { return {a + b, p + q}; }
AFOS_INLINE Dual sub(float a, float b, float p, float q) { return {a - b, p - q}; }
AFOS_INLINE Dual mul(float a, float b, float p, float q) {
  return {a * b, product_or_zero(a, q) + product_or_zero(b, p)};
}
// As mul, but 0 where b is 0, even if a is infinite or NaN.
AFOS_INLINE Dual guarded_mul(float a, float b, float p, float q) {
  return {b == 0.f ? 0.f : a * b, product_or_zero(a, q) + product_or_zero(b, p)};
}
AFOS_INLINE Dual div(float a, float b, float p, float q) {
  const float inverse = 1.f / b;
  return {a / b, product_or_zero(inverse, p) - product_or_zero(product_or_zero(a * inverse, q), inverse)};
}
// Where both are the same, the derivative is that of b (as in the table of operators).
AFOS_INLINE Dual max(float a, float b, float p, float q) { return {(a > b) | (a != a) ? a : b, a > b ? p : q}; }
AFOS_INLINE Dual min(float a, float b, float p, float q) { return {(a < b) | (a != a) ? a : b, a < b ? p : q}; }

// a^b, number by number: powers with a small integer exponent are products before they come here.
void pow(Want want, const Operands& operands, float* __restrict value, float* __restrict slope) {
  for (int i = 0; i < kBlock; i++) {
    const double a = operands.value[0][i];
    const double b = operands.value[1][i];
    value[i] = static_cast<float>(std::pow(a, b));
    if (want == Want::kValue) continue;
    const float of_base = static_cast<float>(b * std::pow(a, b - 1));
    const float of_exponent = operands.slope[1][i] == 0.f ? 0.f : static_cast<float>(std::pow(a, b) * std::log(a));
    slope[i] = product_or_zero(of_base, operands.slope[0][i]) + product_or_zero(of_exponent, operands.slope[1][i]);
  }
}

// Operands c and d where a > b, else d; NaN where a or b is.
void where(Want want, const Operands& operands, float* __restrict value, float* __restrict slope) {
  const auto [a, b, yes, no] = operands.value;
  for (int i = 0; i < kBlock; i++) {
    const float chosen = a[i] > b[i] ? yes[i] : no[i];
    value[i] = (a[i] != a[i]) | (b[i] != b[i]) ? from_bits(kNaN) : chosen;
  }
  if (want == Want::kValue) return;
  const float* p = operands.slope[2];
  const float* q = operands.slope[3];
  for (int i = 0; i < kBlock; i++) slope[i] = a[i] > b[i] ? p[i] : q[i];
}

constexpr Primitive kPrimitives[] = {
    {"abs", 1, unary<abs>},
    {"add", 2, binary<add>},
    {"asinh", 1, unary<asinh>},
    {"atan", 1, unary<atan>},
    {"atanh", 1, unary<atanh>},
    {"cos", 1, circular_unary<cos, exact_cos, minus_exact_sin>},
    {"cosh", 1, unary<cosh>},
    {"div", 2, binary<div>},
    {"erf", 1, unary<erf>},
    {"erfc", 1, unary<erfc>},
    {"exp", 1, unary<exp>},
    {"expm1", 1, unary<expm1>},
    {"log", 1, unary<log>},
    {"log1p", 1, unary<log1p>},
    {"max", 2, binary<max>},
    {"min", 2, binary<min>},
    {"mul", 2, binary<mul>},
    {"neg", 1, unary<neg>},
    {"pow", 2, pow},
    {"product_or_zero", 2, binary<guarded_mul>},
    {"relu", 1, unary<relu>},
    {"sigmoid", 1, unary<sigmoid>},
    {"sign", 1, unary<sign>},
    {"sin", 1, circular_unary<sin, exact_sin, exact_cos>},
    {"sinh", 1, unary<sinh>},
    {"softplus", 1, unary<softplus>},
    {"sqrt", 1, unary<sqrt>},
    {"sub", 2, binary<sub>},
    {"tanh", 1, unary<tanh>},
    {"where", 4, where},
};

}  // namespace

const Primitive* find_primitive(std::string_view name) {
  for (const Primitive& primitive : kPrimitives) {
    if (primitive.name == name) return &primitive;
  }
  return nullptr;
}

}  // namespace afos
