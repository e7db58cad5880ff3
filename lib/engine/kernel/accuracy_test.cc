// Compares primitives and programs with long double. Run by accuracy_test.ts; without arguments it prints, for each
// primitive of one operand, a line "NAME ULPS SLOPE-ERROR"; with "programs" it reads programs from stdin, one a line,
// and prints for each a line "VALUE-ERROR SLOPE-ERROR POINTS". Errors of programs are relative to the condition: to
// what rounding each step once would change.
#include <xmmintrin.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <iostream>
#include <limits>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "float_bits.h"
#include "program.h"

namespace {

using Real = long double;

constexpr Real kUlp = 0x1p-23L;             // of 1
constexpr Real kSmallest = 0x1p-120L;       // below it float32 is not accurate: numbers become 0
constexpr Real kLargest = 0x1.fffffep127L;  // of float32

const Real kTwoOverRootPi = 2 / std::sqrt(std::acos(-1.0L));

Real sigmoid(Real x) { return 1 / (1 + std::exp(-x)); }
Real bell(Real x) { return kTwoOverRootPi * std::exp(-x * x); }
Real sign(Real x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }

// A function with its first two derivatives.
struct Reference {
  std::function<Real(Real)> value, slope, curvature;
};

const std::map<std::string, Reference> kReferences = {
    {"abs", {[](Real x) { return std::fabs(x); }, sign, [](Real) { return 0; }}},
    {"asinh",
     {[](Real x) { return std::asinh(x); }, [](Real x) { return 1 / std::hypot(x, 1.0L); },
      [](Real x) { return -x * std::pow(std::hypot(x, 1.0L), -3); }}},
    {"atan",
     {[](Real x) { return std::atan(x); }, [](Real x) { return 1 / (1 + x * x); },
      [](Real x) { return -2 * x / ((1 + x * x) * (1 + x * x)); }}},
    {"atanh",
     {[](Real x) { return std::atanh(x); }, [](Real x) { return 1 / (1 - x * x); },
      [](Real x) { return 2 * x / ((1 - x * x) * (1 - x * x)); }}},
    {"cos",
     {[](Real x) { return std::cos(x); }, [](Real x) { return -std::sin(x); }, [](Real x) { return -std::cos(x); }}},
    {"cosh",
     {[](Real x) { return std::cosh(x); }, [](Real x) { return std::sinh(x); }, [](Real x) { return std::cosh(x); }}},
    {"erf", {[](Real x) { return std::erf(x); }, bell, [](Real x) { return -2 * x * bell(x); }}},
    {"erfc",
     {[](Real x) { return std::erfc(x); }, [](Real x) { return -bell(x); }, [](Real x) { return 2 * x * bell(x); }}},
    {"exp",
     {[](Real x) { return std::exp(x); }, [](Real x) { return std::exp(x); }, [](Real x) { return std::exp(x); }}},
    {"expm1",
     {[](Real x) { return std::expm1(x); }, [](Real x) { return std::exp(x); }, [](Real x) { return std::exp(x); }}},
    {"log", {[](Real x) { return std::log(x); }, [](Real x) { return 1 / x; }, [](Real x) { return -1 / (x * x); }}},
    {"log1p",
     {[](Real x) { return std::log1p(x); }, [](Real x) { return 1 / (1 + x); },
      [](Real x) { return -1 / ((1 + x) * (1 + x)); }}},
    {"neg", {[](Real x) { return -x; }, [](Real) { return -1; }, [](Real) { return 0; }}},
    {"relu", {[](Real x) { return x < 0 ? 0 : x; }, [](Real x) { return x > 0 ? 1 : 0; }, [](Real) { return 0; }}},
    {"sigmoid",
     {sigmoid, [](Real x) { return sigmoid(x) * sigmoid(-x); },
      [](Real x) { return sigmoid(x) * sigmoid(-x) * (sigmoid(-x) - sigmoid(x)); }}},
    {"sign", {sign, [](Real) { return 0; }, [](Real) { return 0; }}},
    {"sin",
     {[](Real x) { return std::sin(x); }, [](Real x) { return std::cos(x); }, [](Real x) { return -std::sin(x); }}},
    {"sinh",
     {[](Real x) { return std::sinh(x); }, [](Real x) { return std::cosh(x); }, [](Real x) { return std::sinh(x); }}},
    {"softplus",
     {[](Real x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }, sigmoid,
      [](Real x) { return sigmoid(x) * sigmoid(-x); }}},
    {"sqrt",
     {[](Real x) { return std::sqrt(x); }, [](Real x) { return 0.5L / std::sqrt(x); },
      [](Real x) { return -0.25L / (x * std::sqrt(x)); }}},
    {"tanh",
     {[](Real x) { return std::tanh(x); }, [](Real x) { return std::pow(std::cosh(x), -2); },
      [](Real x) { return -2 * std::tanh(x) * std::pow(std::cosh(x), -2); }}},
};

// Numbers of all sizes and signs, evenly spread ones in several ranges, and those beside 1.
std::vector<float> arguments() {
  std::mt19937 random(20250101);
  std::vector<float> found;
  const auto uniform = [&](float low, float high, int count) {
    std::uniform_real_distribution<float> draw(low, high);
    for (int i = 0; i < count; i++) found.push_back(draw(random));
  };
  for (int i = 0; i < 300'000; i++) {
    const float x = afos::from_bits(static_cast<uint32_t>(random()));
    if (std::isnormal(x)) found.push_back(x);
  }
  for (const float range : {0.01f, 1.f, 4.f, 12.f, 100.f, 1e4f}) uniform(-range, range, 100'000);
  uniform(0.99f, 1.01f, 50'000);
  uniform(-1.01f, -0.99f, 50'000);
  return found;
}

bool representable(Real x) { return std::fabs(x) <= kLargest && (x == 0 || std::fabs(x) >= kSmallest); }

void measure_primitives() {
  const std::vector<float> x = arguments();
  std::vector<float> y(x.size());
  std::vector<float> d(x.size());
  for (const auto& [name, reference] : kReferences) {
    std::string error;
    afos::Program::of(name + " 0", error)->run(x.data(), y.data(), d.data(), x.size());
    Real ulps = 0;
    Real slope_error = 0;
    for (size_t i = 0; i < x.size(); i++) {
      const Real value = reference.value(x[i]);
      const Real slope = reference.slope(x[i]);
      if (std::isnan(value) != std::isnan(y[i])) ulps = std::numeric_limits<Real>::infinity();
      if (std::isnan(value)) continue;
      if (representable(value)) {
        const int exponent = value == 0 ? -100 : std::ilogb(value);
        ulps = std::fmax(ulps, std::fabs(y[i] - value) / std::ldexp(kUlp, exponent));
      } else if (std::fabs(value) > kLargest ? y[i] != static_cast<float>(value) : std::fabs(y[i]) > 2 * kSmallest) {
        ulps = std::numeric_limits<Real>::infinity();
      }
      if (representable(slope)) {
        slope_error = std::fmax(slope_error, std::fabs(d[i] - slope) / (slope == 0 ? 1 : std::fabs(slope)));
      }
    }
    std::printf("%s %.3Lf %.3Le\n", name.c_str(), ulps, slope_error);
  }
}

// A value with its derivative, and how much each changes where every step is rounded (in units of kUlp).
struct Number {
  Real value, slope, value_scale, slope_scale;
};

// Whether rounding decides which branch is taken, or a number leaves float32's range: then nothing is compared.
bool undecided(const Number& a, const Number& b) {
  return std::fabs(a.value - b.value) <= 16 * kUlp * (a.value_scale + b.value_scale);
}

Number apply_binary(const std::string& name, const Number& a, const Number& b, bool& comparable) {
  const Real u = a.value, v = b.value, p = a.slope, q = b.slope;
  if (name == "add" || name == "sub") {
    const Real s = name == "add" ? 1 : -1;
    const Real y = u + s * v, d = p + s * q;
    return {y, d, a.value_scale + b.value_scale + std::fabs(y), a.slope_scale + b.slope_scale + std::fabs(d)};
  }
  if (name == "mul" || name == "product_or_zero") {
    const Real y = u * v;
    return {y, u * q + v * p, std::fabs(u) * b.value_scale + std::fabs(v) * a.value_scale + std::fabs(y),
            std::fabs(u) * b.slope_scale + std::fabs(q) * a.value_scale + std::fabs(v) * a.slope_scale +
                std::fabs(p) * b.value_scale + 2 * (std::fabs(u * q) + std::fabs(v * p))};
  }
  if (name == "div") {
    const Real y = u / v, w = std::fabs(1 / v);
    return {
        y, (p - y * q) / v, w * (a.value_scale + std::fabs(y) * b.value_scale) + std::fabs(y),
        w * (a.slope_scale + std::fabs(y) * b.slope_scale) +
            w * w * (std::fabs(p) * b.value_scale + std::fabs(q) * (a.value_scale + 2 * std::fabs(y) * b.value_scale)) +
            3 * w * (std::fabs(p) + std::fabs(y * q))};
  }
  comparable &= !undecided(a, b);
  return (name == "max") == (u > v) ? a : b;
}

// The last value of a program, or its result, at x, in long double; `comparable` becomes false where float32 cannot be
// compared.
Number evaluate(const std::string& text, Real x, bool& comparable) {
  std::vector<Number> values{{x, 1, 0, 0}};
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ';');) {
    std::istringstream words(part);
    std::string name;
    words >> name;
    if (name == "constant") {
      Real number = 0;
      words >> number;
      values.push_back({number, 0, std::fabs(number) / 2, 0});
      continue;
    }
    std::vector<Number> operands;
    for (size_t at = 0; words >> at;) operands.push_back(values.at(at));
    if (name == "result") {  // a function with a derivative of its own
      const Number &y = operands[0], &d = operands[1];
      return {y.value, d.value, y.value_scale, d.value_scale};
    }
    Number y;
    if (const auto found = kReferences.find(name); found != kReferences.end()) {
      const Number& a = operands[0];
      const auto& [value, slope, curvature] = found->second;
      const Real v = value(a.value), s = slope(a.value), c = curvature(a.value);
      comparable &= representable(s);
      y = {v, s * a.slope, std::fabs(s) * a.value_scale + std::fabs(v),
           std::fabs(c * a.slope) * a.value_scale + std::fabs(s) * a.slope_scale + 2 * std::fabs(s * a.slope)};
      if (name == "abs" || name == "relu" || name == "sign") {
        comparable &= !undecided(a, {0, 0, 0, 0}) || (a.value == 0 && a.slope == 0);
      }
    } else if (name == "where") {
      comparable &= !undecided(operands[0], operands[1]);
      y = operands[0].value > operands[1].value ? operands[2] : operands[3];
    } else if (name == "pow") {
      const Number& a = operands[0];
      const Real b = operands[1].value, v = std::pow(a.value, b), s = b * std::pow(a.value, b - 1);
      y = {v, s * a.slope, std::fabs(s) * a.value_scale + std::fabs(v),
           std::fabs(b * (b - 1) * std::pow(a.value, b - 2) * a.slope) * a.value_scale + std::fabs(s) * a.slope_scale +
               2 * std::fabs(s * a.slope)};
    } else {
      y = apply_binary(name, operands[0], operands[1], comparable);
    }
    comparable &= representable(y.value) && representable(y.slope);
    values.push_back(y);
  }
  return values.back();
}

void measure_programs() {
  std::mt19937 random(3);
  std::normal_distribution<float> near(0, 1.5f);
  std::uniform_real_distribution<float> far(-50, 50);
  for (std::string text; std::getline(std::cin, text);) {
    std::string error;
    const auto program = afos::Program::of(text, error);
    if (!program) {
      std::printf("%s\n", error.c_str());
      continue;
    }
    float x[afos::kBlock], y[afos::kBlock], d[afos::kBlock];
    for (int i = 0; i < afos::kBlock; i++) x[i] = i % 8 == 0 ? far(random) : near(random);
    program->run(x, y, d, afos::kBlock);
    Real value_error = 0, slope_error = 0;
    int points = 0;
    for (int i = 0; i < afos::kBlock; i++) {
      bool comparable = true;
      const Number expected = evaluate(text, x[i], comparable);
      if (!comparable) continue;
      points++;
      if (expected.value_scale > 0) {
        value_error = std::fmax(value_error, std::fabs(y[i] - expected.value) / expected.value_scale);
      }
      if (expected.slope_scale > 0) {
        slope_error = std::fmax(slope_error, std::fabs(d[i] - expected.slope) / expected.slope_scale);
      }
      if (std::isnan(y[i]) || std::isnan(d[i])) value_error = std::numeric_limits<Real>::infinity();
    }
    std::printf("%.3Le %.3Le %d\n", value_error, slope_error, points);
  }
}

}  // namespace

int main(int count, char** arguments) {
  _mm_setcsr(_mm_getcsr() | 0x8040u);  // as in TensorFlow, numbers below the normal ones count as 0
  if (count == 2 && std::strcmp(arguments[1], "programs") == 0) {
    measure_programs();
  } else {
    measure_primitives();
  }
}
