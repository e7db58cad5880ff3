// The steps that a program can be made of, over blocks of numbers: each operator by its name.
#pragma once

#include <string_view>

namespace afos {

constexpr int kBlock = 512;  // numbers a step computes at a time: a value and its derivative are 4 KiB
constexpr int kMostOperands = 4;

// Numbers of one value, all at a cache line's start.
struct alignas(64) Block {
  float at[kBlock];
};

// What a step computes: its value alone; or the derivative too, where an operand is x itself, or in general.
enum class Want { kValue, kSlope, kChain };

// The operands of a step, and their derivatives (unless only the value is wanted). They do not overlap the results.
struct Operands {
  const float* value[kMostOperands];
  const float* slope[kMostOperands];
};

// A step: computes kBlock values, and their derivatives unless only the value is wanted.
using Compute = void (*)(Want want, const Operands& operands, float* value, float* slope);

// An operator as a step.
struct Primitive {
  std::string_view name;
  int operands;
  Compute compute;
};

// The primitive of that name; null where there is none.
const Primitive* find_primitive(std::string_view name);

}  // namespace afos
